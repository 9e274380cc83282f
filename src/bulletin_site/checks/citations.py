"""Every article and every issue is cited as the archive has it: in the citation that readers see,
in the pieces of which their browser makes one for a passage, and in the files for other programs.

What must be said is put together here anew, and the files are read by rules of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bulletin_site.checks.bibliography import (
    Fields,
    Record,
    Unreadable,
    bibtex_records,
    ris_records,
)
from bulletin_site.checks.built_site import REBUILD, BuiltSite, Document, words
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Archive, Article, Issue
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

Pieces = tuple[str, str, str]
"""What a citation begins with, what follows its kind, and its pages: of GB/T 7714—2015."""


def citation_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge what a page says of how something is cited."""
    address, archive = document.page.address, truth.archive
    found, issue = truth.articles.get(address), truth.issues.get(address)
    if found:
        of_article = _of_article(archive, found.issue, found.article)
        yield from _section_problems(document, archive, of_article, found.article.id)
    elif issue:
        yield from _section_problems(document, archive, _of_issue(archive, issue), issue.id)
    yield from _pieces_problems(document, list(_cited_on(address, truth)))


def _cited_on(address: str, truth: Truth) -> Iterator[Pieces]:
    """What can be cited on a page, in its order."""
    archive = truth.archive
    found, whole = truth.articles.get(address), truth.whole_issues.get(address)
    page, issue_id = urls.printed_page_of(address), urls.issue_of(address)
    around = truth.issues.get(urls.issue(issue_id)) if issue_id else None
    if found:
        yield _of_article(archive, found.issue, found.article)
    elif whole:
        yield from (_of_article(archive, whole, article) for article in whole.articles)
    elif address in truth.issues:
        yield _of_issue(archive, truth.issues[address])
    elif page and around and address not in {*truth.withdrawn, *truth.aliases}:
        for article in around.articles:
            if page in article.pages:
                lead, rest, _ = _of_article(archive, around, article)
                yield lead, rest, str(page)


def _of_article(archive: Archive, issue: Issue, article: Article) -> Pieces:
    first, last = article.pages.first, article.pages.last
    year = issue.date.year
    return (
        f"{words(article.title)}[J",
        f"]. {words(archive.title)}，{year}（{issue.number}）：",
        f"{first}-{last}" if last > first else f"{first}",
    )


def _of_issue(archive: Archive, issue: Issue) -> Pieces:
    year = issue.date.year
    imprint = [issue.publisher or archive.publisher or "", str(year)]
    return (
        f"{words(archive.title)}[J",
        f"]. {year}（{issue.number}）. {'，'.join(filter(None, imprint))}",
        "",
    )


def _section_problems(
    document: Document, archive: Archive, pieces: Pieces, id_: str
) -> Iterator[Problem]:
    """The citation that readers see, and the links to its files."""
    base, address = archive.base_url, document.page.address
    lead, rest, pages = pieces
    if base:
        right = f"{lead}/OL{rest}{pages}. {urls.absolute(base, address)}"
    else:
        right = f"{lead}{rest}{pages}."
    shown = [words(node.text()) for node in document.tree.css(".citation .citation-text")]
    if shown != [words(right)]:
        yield _on_page(document, f"应是“{right}”，网页上是“{'、'.join(shown) or '（无）'}”")
    links = [
        target(node.attributes.get("href") or "", document.page, base).address
        for node in document.tree.css(".citation a")
    ]
    if links != [urls.bibtex(id_), urls.ris(id_)]:
        yield _on_page(document, "应有通到 BibTeX 和 RIS 文件的链接")


def _pieces_problems(document: Document, right: Sequence[Pieces]) -> Iterator[Problem]:
    found = [
        tuple(node.attributes.get(f"data-{name}") or "" for name in ("lead", "rest", "pages"))
        for node in document.tree.css("[data-lead]")
    ]
    shown = [(words(lead), rest, pages) for lead, rest, pages in found]
    if shown != [(words(lead), rest, pages) for lead, rest, pages in right]:
        wrong = next((one for one in shown if one not in right), None)
        what = f"有一处是“{''.join(wrong)}”" if wrong else f"有 {len(shown)} 处"
        expected = "、".join(f"“{''.join(one)}”" for one in right) or "没有"
        yield _on_page(document, f"复制引文用的应是{expected}，网页上{what}", "data-lead")


def citation_file_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge the files by which other programs cite: each article's, and each issue's."""
    keys: dict[str, str] = {}
    for issue in truth.archive.issues:
        for id_, articles in (
            (issue.id, issue.articles),
            *((article.id, (article,)) for article in issue.articles),
        ):
            for address, read, fields in (
                (urls.bibtex(id_), bibtex_records, _bibtex),
                (urls.ris(id_), ris_records, _ris),
            ):
                for fault in _file_faults(
                    site, address, read, truth, issue, articles, fields, keys
                ):
                    yield _in_file(site, address, fault)


def _file_faults(
    site: BuiltSite,
    address: str,
    read: Callable[[str], list[Record]],
    truth: Truth,
    issue: Issue,
    articles: Sequence[Article],
    fields: Callable[[Archive, Issue, Article], Fields],
    keys: dict[str, str],
) -> Iterator[str]:
    if address not in site.files:
        yield "没有这个文件"
        return
    try:
        records = read(site.files[address].decode())
    except (UnicodeDecodeError, Unreadable) as reason:
        yield "不是 UTF-8" if isinstance(reason, UnicodeDecodeError) else str(reason)
        return
    if len(records) != len(articles):
        yield f"应有 {len(articles)} 篇，文件里有 {len(records)} 篇"
        return
    for record, article in zip(records, articles, strict=True):
        right = fields(truth.archive, issue, article)
        yield from _differences(record, right)
        # One name for an article everywhere, and for no other.
        if keys.setdefault(article.id, record.key) != record.key or not _is_key_of(
            record.key, article
        ):
            yield f"“{article.title}”的代号不应是“{record.key}”"


def _is_key_of(key: str, article: Article) -> bool:
    ending = f"-{article.issue_id}-{article.number:02}"
    return bool(re.fullmatch(f"[a-z]+{re.escape(ending)}", key))


def _differences(record: Record, right: Fields) -> Iterator[str]:
    if record.kind not in ("article", "JOUR"):
        yield f"种类是“{record.kind}”，应是期刊文章"
    for name, values in right.items():
        shown = record.fields.get(name, ())
        if tuple(map(words, shown)) != values:
            told = "、".join(shown) or "（无）"
            yield f"{name} 是“{told}”，应是“{'、'.join(values)}”"
    for name in record.fields.keys() - right.keys():
        yield f"不应有 {name}，原文没有"


def _bibtex(archive: Archive, issue: Issue, article: Article) -> Fields:
    first, last = article.pages.first, article.pages.last
    # Two hyphens are BibTeX's sign for a range: a dash between the numbers.
    return _known(
        title=article.title,
        journal=archive.title,
        year=f"{issue.date.year:04}",
        date=issue.date.isoformat(),
        number=issue.number,
        pages=f"{first}–{last}" if last > first else f"{first}",
        publisher=issue.publisher or archive.publisher,
        langid="chinese",
        language="zh-CN",
        keywords=", ".join(_keywords(article)),
        annote=f"来源：{article.source}" if article.source else None,
        url=_url(archive, article),
    )


def _ris(archive: Archive, issue: Issue, article: Article) -> Fields:
    return _known(
        TI=article.title,
        T2=archive.title,
        JF=archive.title,
        PY=f"{issue.date.year:04}",
        DA=f"{issue.date:%Y/%m/%d}/",
        IS=issue.number,
        SP=str(article.pages.first),
        EP=str(article.pages.last) if article.pages.last > article.pages.first else None,
        PB=issue.publisher or archive.publisher,
        LA="zh-CN",
        N1=f"来源：{article.source}" if article.source else None,
        UR=_url(archive, article),
    ) | ({"KW": tuple(map(words, _keywords(article)))} if _keywords(article) else {})


def _known(**fields: str | None) -> Fields:
    return {name: (words(value),) for name, value in fields.items() if value}


def _keywords(article: Article) -> tuple[str, ...]:
    return article.keywords or tuple(topic.name for topic in article.topics)


def _url(archive: Archive, article: Article) -> str | None:
    return urls.absolute(archive.base_url, urls.article(article.id)) if archive.base_url else None


def _on_page(document: Document, fault: str, *place: str) -> Problem:
    return Problem(
        path=document.page.path,
        line=document.line(*place, 'class="citation', "<main"),
        code="citation",
        message=f"引文与原文不符：{fault}",
        hint=REBUILD,
    )


def _in_file(site: BuiltSite, address: str, fault: str) -> Problem:
    return Problem(
        path=site.path(address),
        code="citation",
        message=f"引文与原文不符：{fault}",
        hint=REBUILD,
    )
