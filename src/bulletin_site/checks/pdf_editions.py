"""The PDF edition of an issue holds what the archive says, each thing on its printed page: proved
by reading the file back, character by character (`pdf_pages/`)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from bulletin_site.checks.built_site import BuiltSite
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Article, Issue, Masthead
from bulletin_site.content.pagination import printed_pages
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day
from bulletin_site.pages.prose import plain_text
from bulletin_site.pdf_pages.edition import Bookmark, PdfEdition, read_editions, said_of
from bulletin_site.pdf_pages.ink import ink
from bulletin_site.problems import Problem

_SHOWN = 10
"""Characters on both sides of the place where two texts part."""
_LEADER = "[.…·]*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong on a page of a PDF; `page` 0: with the file as a whole."""

    page: int
    what: str


def pdf_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge all PDF editions of a site."""
    issues = [issue for issue in truth.issues.values() if urls.pdf(issue.id) in site.files]
    editions = read_editions([site.files[urls.pdf(issue.id)] for issue in issues])
    for issue, edition in zip(issues, editions, strict=True):
        path = site.path(urls.pdf(issue.id))
        content = site.files[urls.pdf(issue.id)]
        if issue.pdf and hashlib.sha256(content).hexdigest() != issue.pdf.sha256:
            yield _problem(path, issue, Fault(page=0, what=f"不是 {issue.pdf.path} 那个文件"))
        if isinstance(edition, PdfEdition):
            for fault in edition_faults(truth.archive, issue, edition):
                yield _problem(path, issue, fault)
        else:
            yield _problem(path, issue, Fault(page=0, what=said_of(edition)))


def _problem(path: str, issue: Issue, fault: Fault) -> Problem:
    place = f"第 {fault.page} 页：" if fault.page else ""
    return Problem(
        path=path,
        code="pdf-page",
        message=f"{place}{fault.what}",
        hint=f"请运行 bulletin pdf {issue.id} --again 重新排版，再运行 bulletin build。",
    )


def edition_faults(masthead: Masthead, issue: Issue, edition: PdfEdition) -> Iterator[Fault]:
    """All in which a PDF differs from an issue whose page numbers hold."""
    if len(edition.pages) != issue.pages.last:
        yield Fault(page=0, what=f"这一期共 {issue.pages.last} 页，PDF 有 {len(edition.pages)} 页")
    expected = text_by_page(issue)
    front = ""
    for number, page in enumerate(edition.pages, start=1):
        if page.foot != f"—{number}—":
            yield Fault(page=number, what=f"页脚是“{page.foot}”，应是“—{number}—”")
        printed = expected.get(number, "")
        if number <= issue.pages.first and page.text.endswith(printed):
            front += page.text.removesuffix(printed)
        elif page.text != printed:
            yield Fault(page=number, what=difference(page.text, printed))
    yield from _front_faults(masthead, issue, front)
    yield from _outline_faults(issue, edition.outline)


def text_by_page(issue: Issue) -> Mapping[int, str]:
    """What stands on each printed page: titles, texts, sources."""
    inks = {article.number: ink_by_page(article) for article in issue.articles}
    return {
        page.number: "".join(
            (title_ink(piece.article) if piece.begins else "")
            + inks[piece.article.number][page.number]
            + (source_ink(piece.article) if piece.ends else "")
            for piece in page.pieces
        )
        for page in printed_pages(issue)
    }


def title_ink(article: Article) -> str:
    return ink(f"{article.number}、{article.title}")


def source_ink(article: Article) -> str:
    return ink(f"（{article.source}）") if article.source else ""


def ink_by_page(article: Article) -> Mapping[int, str]:
    """What of the body stands on each of its pages."""
    plain = plain_text(article.body)
    starts = [(article.first_page, 0), *plain.page_starts]
    ends = [start for _, start in starts[1:]] + [len(plain.text)]
    return {
        page: ink(plain.text[start:end]) for (page, start), end in zip(starts, ends, strict=True)
    }


def _front_faults(masthead: Masthead, issue: Issue, front: str) -> Iterator[Fault]:
    """The masthead, then the 目录 with its numbers, and perhaps the editor's note."""
    head = ink(
        f"{issue.organization or masthead.organization or ''}{masthead.title}{issue.label}"
        f"{issue.publisher or masthead.publisher or ''}{day(issue.date).text}目录"
    )
    if not front.startswith(head):
        yield Fault(page=1, what=f"报头应是“{head}”")
        return
    rest = front.removeprefix(head)
    for topic, articles in groupby(issue.articles, key=lambda one: _topic(issue, one)):
        heading = ink(f"【{topic}】") if topic else ""
        if not rest.startswith(heading):
            yield Fault(page=1, what=f"目录里少了栏目“{topic}”")
        rest = rest.removeprefix(heading)
        for article in articles:
            entry = re.match(f"{re.escape(title_ink(article))}{_LEADER}{article.first_page}", rest)
            if not entry:
                yield Fault(
                    page=1,
                    what=f"目录里应有“{article.title}”，第 {article.first_page} 页",
                )
                return
            rest = rest[entry.end() :]
    note = ink(plain_text(issue.note).text)
    if rest not in ("", note):
        yield Fault(page=1, what=f"目录后面多出“{rest[:_SHOWN]}”")


def _topic(issue: Issue, article: Article) -> str | None:
    return article.topics[0].name if issue.topics_printed and article.topics else None


def _outline_faults(issue: Issue, outline: tuple[Bookmark, ...]) -> Iterator[Fault]:
    """Every title is in the outline, in order, and leads to its page."""
    entries = iter(outline)
    for article in issue.articles:
        title = title_ink(article)
        found = next((entry for entry in entries if ink(entry.title) == title), None)
        if not found:
            yield Fault(page=0, what=f"书签里没有“{article.title}”，或者次序不对")
            return
        if found.page != article.first_page:
            yield Fault(
                page=0,
                what=f"书签“{article.title}”通到第 {found.page} 页，"
                f"应通到第 {article.first_page} 页",
            )


def difference(found: str, printed: str) -> str:
    """Where what was read parts from what should be there, in a sentence."""
    pairs = enumerate(zip(found, printed, strict=False))
    at = next((i for i, (one, other) in pairs if one != other), min(len(found), len(printed)))
    start = max(0, at - _SHOWN)
    right, wrong = printed[start : at + _SHOWN], found[start : at + _SHOWN]
    return f"应印的是“…{right}…”，PDF 上是“…{wrong}…”"
