"""Each issue's EPUB is whole and says what was printed: every file that it names, every place that
its contents and its page list lead to, the text of every article, and where each printed page
begins (EPUB 3.2, EPUB Accessibility 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from bulletin_site.checks.book_files import (
    DC,
    MEDIA_TYPES,
    OPF,
    XHTML,
    XML_LANG,
    BookError,
    BuiltBook,
    kinds,
    marks_in,
    nav_links,
    opened,
    text_of,
)
from bulletin_site.checks.book_texts import article_faults, cover_faults
from bulletin_site.checks.built_site import REBUILD, BuiltSite, words
from bulletin_site.checks.targets import Reach, resolve
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Issue
from bulletin_site.content.pagination import printed_pages
from bulletin_site.pages import urls
from bulletin_site.pages.identity import identifier
from bulletin_site.pages.xhtml import without_forbidden
from bulletin_site.problems import Problem

_LANGUAGE = "zh-CN"
_FEATURES = {
    *("tableOfContents", "readingOrder", "structuralNavigation"),
    *("pageBreakMarkers", "pageNavigation"),
}
_NOT_LISTED = {urls.BOOK_TYPE, urls.BOOK_CONTAINER}
_FETCHES = re.compile(rb"url\(|@import", re.IGNORECASE)
_NAMED = 3

Faults = Iterator[str]


def book_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge the EPUB of every issue."""
    for issue in truth.archive.issues:
        address = urls.epub(issue.id)
        for fault in _faults(site, address, issue, truth):
            yield Problem(
                path=site.path(address), code="epub", message=f"电子书不对：{fault}", hint=REBUILD
            )


def _faults(site: BuiltSite, address: str, issue: Issue, truth: Truth) -> Faults:
    if address not in site.files:
        yield f"没有{issue.name}的电子书"
        return
    try:
        book = opened(site.files[address])
        yield from _file_faults(book)
        yield from _metadata_faults(book, issue, truth)
        yield from _order_faults(book, issue)
        yield from _document_faults(book)
        yield from _navigation_faults(book, issue)
        yield from cover_faults(book, issue, truth.archive.title)
        for article in issue.articles:
            yield from article_faults(
                book, truth.articles[urls.article(article.id)], truth.archive.base_url
            )
    except BookError as reason:
        yield str(reason)


def _file_faults(book: BuiltBook) -> Faults:
    """What it lists is there, and the reverse."""
    there = book.files.keys() - _NOT_LISTED - {book.package_place}
    for place in sorted(there - book.manifest.keys()):
        yield f"清单里没有 {place}"
    for place in sorted(book.manifest.keys() - there):
        yield f"清单里的 {place or '一个文件'} 不在书里"
    for place in there:
        if place.endswith(".css") and _FETCHES.search(book.files[place]):
            yield f"{place} 要取别的文件"
    for place, item in book.manifest.items():
        ending = place[place.rfind(".") :]
        if item.get("media-type") != MEDIA_TYPES.get(ending):
            yield f"清单里 {place} 的类型是“{item.get('media-type')}”"


def _metadata_faults(book: BuiltBook, issue: Issue, truth: Truth) -> Faults:
    archive = truth.archive
    metadata = book.package.find(f"{OPF}metadata")
    if metadata is None:
        raise BookError("没有书的说明")
    changed = [issue.date, *(one.date for one in issue.withdrawn.values())]
    changed += (one.date for article in issue.articles for one in article.corrections)
    publisher = issue.publisher or archive.publisher
    names = [identifier(archive, issue.id)]
    if archive.base_url:
        names.append(urls.absolute(archive.base_url, urls.epub(issue.id)))
    expected = {
        "identifier": names,
        "title": [words(f"{archive.title} {issue.name}")],
        "language": [_LANGUAGE],
        "publisher": [words(publisher)] if publisher else [],
        "date": [issue.date.isoformat()],
        "creator": [],
    }
    for name, values in expected.items():
        said = [words(text_of(one)) for one in metadata.iterfind(f"{DC}{name}")]
        if said != values:
            right = f"应是“{'、'.join(values)}”" if values else "不应有"
            yield f"{name} {right}，写的是“{'、'.join(said)}”"
    own = book.package.get("unique-identifier")
    if [one.get("id") for one in metadata.iterfind(f"{DC}identifier")][:1] != [own]:
        yield "没有指明哪个 identifier 是书的"
    yield from _property_faults(metadata, f"{max(changed).isoformat()}T00:00:00Z")


def _property_faults(metadata: etree._Element, modified: str) -> Faults:
    said: dict[str, list[str]] = {}
    for one in metadata.iterfind(f"{OPF}meta"):
        said.setdefault(one.get("property", ""), []).append(words(text_of(one)))
    if said.get("dcterms:modified") != [modified]:
        yield f"dcterms:modified 应是“{modified}”"
    source = metadata.find(f"{DC}source")
    refined = f'{OPF}meta[@property="source-of"]'
    of_pages = [one for one in metadata.iterfind(refined) if words(text_of(one)) == "pagination"]
    if source is None or [one.get("refines") for one in of_pages] != [f"#{source.get('id')}"]:
        yield "没有说明页码是哪个印刷版的"
    for name, value in (("accessMode", "textual"), ("accessModeSufficient", "textual")):
        if said.get(f"schema:{name}") != [value]:
            yield f"schema:{name} 应是“{value}”"
    missing = _FEATURES - set(said.get("schema:accessibilityFeature", ()))
    if missing:
        yield f"schema:accessibilityFeature 缺少 {'、'.join(sorted(missing))}"
    if said.get("schema:accessibilityHazard") != ["none"]:
        yield "schema:accessibilityHazard 应是“none”"
    if not any(said.get("schema:accessibilitySummary", ())):
        yield "没有无障碍说明"


def _order_faults(book: BuiltBook, issue: Issue) -> Faults:
    """What is read after what: the cover with the contents, and the articles as printed."""
    expected = (
        urls.book_issue(issue.id),
        *(urls.book_article(article.id) for article in issue.articles),
    )
    spine = book.package.find(f"{OPF}spine")
    if spine is not None and spine.get("page-progression-direction", "ltr") != "ltr":
        yield "翻页的方向不是从左到右"
    if book.spine != expected:
        yield f"阅读顺序应是 {_named(expected)}，书里是 {_named(book.spine)}"


def _named(places: tuple[str, ...]) -> str:
    more = f"等 {len(places)} 个" if len(places) > _NAMED else ""
    return "、".join(places[:_NAMED]) + more


def _document_faults(book: BuiltBook) -> Faults:
    """Every document: its language, nothing that runs, links that lead somewhere."""
    for place, root in book.documents.items():
        if (root.get("lang"), root.get(XML_LANG)) != (_LANGUAGE, _LANGUAGE):
            yield f"{place} 没有写明语言"
        ids = [one.get("id") for one in root.iter("{*}*") if one.get("id")]
        if len(set(ids)) != len(ids):
            yield f"{place} 里有两个相同的 id"
        for node in root.iter("{*}*"):
            yield from _element_faults(book, place, node)


def _element_faults(book: BuiltBook, place: str, node: etree._Element) -> Faults:
    name = etree.QName(node).localname
    if name in ("script", "iframe", "object", "embed") or any(
        str(attribute).startswith("on") for attribute in node.attrib
    ):
        yield f"{place} 里有会运行的内容：{name}"
    for attribute in ("href", "src"):
        value = node.get(attribute)
        if value is None:
            continue
        reach = resolve(value, place, None).reach
        if reach is Reach.INSIDE:
            document, anchor = book.target(place, value)
            if document not in book.manifest or (
                anchor and anchor not in book.ids.get(document, ())
            ):
                yield f"{place} 里的链接“{value}”没有通到任何地方"
        elif name != "a" or reach not in (Reach.ELSEWHERE, Reach.MAIL):
            yield f"{place} 里的链接“{value}”不能用"


def _navigation_faults(book: BuiltBook, issue: Issue) -> Faults:
    places = [place for place, one in book.manifest.items() if one.get("properties") == "nav"]
    if len(places) != 1:
        raise BookError("没有指明目录文件")
    place = places[0]
    navs = {kind: nav for nav in book.document(place).iter(f"{XHTML}nav") for kind in kinds(nav)}
    if missing := [kind for kind in ("toc", "landmarks", "page-list") if kind not in navs]:
        raise BookError(f"{place} 里没有 {'、'.join(missing)}")
    toc = [(text, book.target(place, href)) for text, href in nav_links(navs["toc"])]
    expected = [(urls.book_issue(issue.id), "")]
    expected += ((urls.book_article(article.id), "") for article in issue.articles)
    titles = [words(without_forbidden(f"{one.number}、{one.title}")) for one in issue.articles]
    if [target for _, target in toc] != expected or [text for text, _ in toc[1:]] != titles:
        yield "目录与各篇的题名、次序不符"
    marks = {kind for link in navs["landmarks"].iter(f"{XHTML}a") for kind in kinds(link)}
    if not {"toc", "bodymatter"} <= marks:
        yield "没有指明目录和正文在哪里"
    yield from _page_list_faults(book, place, navs["page-list"], issue)


def _page_list_faults(book: BuiltBook, place: str, nav: etree._Element, issue: Issue) -> Faults:
    """Every printed page of which something is left, in order, and where it begins."""
    listed = list(nav_links(nav))
    pages = [page.number for page in printed_pages(issue) if page.pieces]
    if [text for text, _ in listed] != list(map(str, pages)):
        said = "、".join(text for text, _ in listed)
        yield f"页码表应是 {'、'.join(map(str, pages))}，书里是 {said}"
        return
    marks = [
        (document, mark.id) for document in book.spine for mark in marks_in(book.document(document))
    ]
    if [book.target(place, href) for _, href in listed] != marks:
        yield "页码表没有按次序通到各页开始的地方"
