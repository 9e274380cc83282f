"""The documents of an issue's EPUB say what was printed: the cover and the contents, the text of
every article, and where in it each printed page begins."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bulletin_site.checks.article_pages import difference
from bulletin_site.checks.book_files import XHTML, BuiltBook, Mark, marks_in, text_of
from bulletin_site.checks.built_site import unspaced, words
from bulletin_site.checks.text_markup import marked
from bulletin_site.checks.truth import PrintedArticle
from bulletin_site.content.model import Article, Issue
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day
from bulletin_site.pages.prose import plain_text
from bulletin_site.pages.text_links import has_scheme
from bulletin_site.pages.xhtml import without_forbidden

Faults = Iterator[str]


def cover_faults(book: BuiltBook, issue: Issue, bulletin: str) -> Faults:
    """Judge the first document: what the issue is called, the editor's note, word for word, the
    contents with their pages, and what was withdrawn."""
    root = book.document(urls.book_issue(issue.id))
    headings = [words(text_of(one)) for one in root.iter(f"{XHTML}h1")]
    if headings != [words(without_forbidden(f"{bulletin} {issue.name}"))]:
        yield f"封面写的是“{'、'.join(headings)}”"
    days = [(one.get("datetime"), text_of(one)) for one in _cover(root)]
    if days != [(issue.date.isoformat(), day(issue.date).text)]:
        yield f"封面上的日期是“{'、'.join(said for _, said in days)}”"
    notes = [unspaced(text_of(one)) for one in _of_class(root, "note")]
    printed = unspaced(without_forbidden(plain_text(issue.note).text))
    if notes != ([printed] if printed else []):
        yield "编者说明与原文不符"
    yield from _contents_faults(book, root, issue)
    said = [
        words(text_of(line))
        for part in _of_class(root, "withdrawn")
        for line in part.iter(f"{XHTML}li")
    ]
    withdrawn = [
        words(without_forbidden(f"第{number}篇，{day(one.date).text}撤回：{one.text}"))
        for number, one in issue.withdrawn.items()
    ]
    if said != withdrawn:
        yield "撤回的说明与 archive.yaml 不符"


def _contents_faults(book: BuiltBook, root: etree._Element, issue: Issue) -> Faults:
    """Each title leads to its article, each number to where that page begins."""
    place = urls.book_issue(issue.id)
    links = [
        (words(text_of(link)), book.target(place, link.get("href", "")))
        for part in _of_class(root, "contents")
        for link in part.iter(f"{XHTML}a")
    ]
    titles = [
        (words(without_forbidden(f"{one.number}、{one.title}")), (urls.book_article(one.id), ""))
        for one in issue.articles
    ]
    if links[0::2] != titles:
        yield "封面上的目录与各篇的题名、次序不符"
    pages = [(f"第{one.first_page}页", f"p{one.first_page}") for one in issue.articles]
    if [(text, anchor) for text, (_, anchor) in links[1::2]] != pages:
        yield "封面上目录的页码与文章不符"


def article_faults(book: BuiltBook, found: PrintedArticle, base_url: str | None) -> Faults:
    """Judge the document of an article."""
    article, place = found.article, urls.book_article(found.article.id)
    root = book.document(place)
    bodies, headings = _of_class(root, "body"), list(root.iter(f"{XHTML}h1"))
    if len(bodies) != 1 or len(headings) != 1:
        yield f"{place} 里应有一个题名和一处正文"
        return
    title = words(without_forbidden(f"{article.number}、{article.title}"))
    if words(text_of(headings[0])) != title:
        yield f"{place} 的题名应是“{title}”，书里是“{words(text_of(headings[0]))}”"
    text, printed = unspaced(text_of(bodies[0])), without_forbidden(found.printed.text)
    if text != printed:
        yield f"{place} 的正文与原文不符，{difference(text, printed, '书里')}"
    named = [words(text_of(one)) for one in root.iter(f"{XHTML}title")]
    if named != [words(without_forbidden(article.title))]:
        yield f"{place} 的 title 是“{'、'.join(named)}”"
    written = {one.says for one in marked(article.body.tokens, 1, urls.article(article.id))}
    for link in bodies[0].iter(f"{XHTML}a"):
        href = link.get("href", "")
        # To what is not in the book a full URL of the site leads.
        own = base_url and href.startswith(f"{base_url}/")
        if has_scheme(href) and href not in written and not own:
            yield f"{place} 里的链接“{href}”与原文不符"
    yield from _mark_faults(place, list(marks_in(root)), list(marks_in(bodies[0])), found)
    yield from _ending_faults(place, root, article)


def _mark_faults(
    place: str, marks: list[Mark], inside: list[Mark], found: PrintedArticle
) -> Faults:
    """The first page's mark stands before the title where it begins there, the others in the
    text; there are no more."""
    article = found.article
    expected = {
        page: len(without_forbidden(found.printed.text[:offset]))
        for page, offset in found.printed.page_starts[1:]
    }
    begins = [article.first_page] if begins_a_page(found.issue, article) else []
    pages = [*begins, *expected]
    if [(mark.id, mark.name, mark.number) for mark in marks] != [
        (f"p{page}", f"第{page}页", str(page)) for page in pages
    ]:
        said = "、".join(f"{mark.name or mark.id}（{mark.number}）" for mark in marks)
        yield f"{place} 里的分页应是 {'、'.join(f'第{page}页' for page in pages)}，书里是 {said}"
        return
    if begins and marks[0].headings:
        yield f"{place} 里第{article.first_page}页应从题名前面开始"
    for (page, offset), mark in zip(expected.items(), inside, strict=False):
        if mark.offset != offset:
            yield f"{place} 里第{page}页前面应有 {offset} 个字，书里有 {mark.offset} 个"
    if len(inside) != len(expected):
        yield f"{place} 的正文里应有 {len(expected)} 处分页，书里有 {len(inside)} 处"


def _ending_faults(place: str, root: etree._Element, article: Article) -> Faults:
    """What stands below a text: its source and its corrections."""
    said = [words(text_of(one)) for one in _of_class(root, "source")]
    if said != ([words(without_forbidden(f"（{article.source}）"))] if article.source else []):
        yield f"{place} 的来源与原文不符"
    corrections = [
        words(text_of(one))
        for part in _of_class(root, "corrections")
        for one in part.iter(f"{XHTML}dd")
    ]
    if corrections != [words(without_forbidden(one.text)) for one in article.corrections]:
        yield f"{place} 的勘误与原文不符"


def _cover(root: etree._Element) -> list[etree._Element]:
    """The days that stand on the cover."""
    return [one for part in _of_class(root, "cover") for one in part.iter(f"{XHTML}time")]


def _of_class(root: etree._Element, name: str) -> list[etree._Element]:
    return [one for one in root.iter("{*}*") if name in one.get("class", "").split()]
