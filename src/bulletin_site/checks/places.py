"""Where the pages of an issue lead to a place, not only to a page: from an article to the same in
the whole issue, from a title on a printed page to where it goes on, from the number beside the
text to the printed page that begins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selectolax.lexbor import LexborNode

from bulletin_site.checks.built_site import REBUILD, Document
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import Truth
from bulletin_site.content.pagination import PrintedPage
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_Place = tuple[str, str]
"""An address and an anchor, which is empty for the page as a whole."""


def place_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge the links of one page that lead to places."""
    for selector, right in _expected(document.page.address, truth).items():
        links = document.tree.css(selector)
        found = [_leads_to(document, link) for link in links]
        if len(found) == len(right):
            for link, one, place in zip(links, found, right, strict=True):
                if one != place:
                    yield _facts_problem(document, link, place)
        elif found:
            yield _facts_problem(document, links[0], right[0] if right else None)
    yield from _number_problems(document)


def _expected(address: str, truth: Truth) -> Mapping[str, Sequence[_Place]]:
    """By a selector, where the links that it finds must lead."""
    if found := truth.articles.get(address):
        number = found.article.number
        whole = urls.whole_issue(found.issue.id)
        return {".whole a": [(whole, urls.article_anchor(number))]}
    if issue := truth.whole_issues.get(address):
        articles = [(urls.article(one.id), "") for one in issue.articles]
        return {"article > h2 a": articles, ".whole a": [(urls.issue(issue.id), "")]}
    if issue := truth.issues.get(address):
        return {".whole a": [(urls.whole_issue(issue.id), "")]}
    if address == urls.HOME and truth.archive.issues:
        latest = truth.archive.issues[-1]
        return {
            ".whole a": [(urls.whole_issue(latest.id), "")],
            ".first h3 a": [(urls.article(latest.articles[0].id), "")],
        }
    printed = truth.printed_pages.get(address)
    return _on_printed_page(address, printed) if printed else {}


def _on_printed_page(address: str, printed: PrintedPage) -> Mapping[str, Sequence[_Place]]:
    anchor = urls.page_anchor(printed.number)
    titles = [
        (urls.article(one.article.id), "" if one.begins else anchor) for one in printed.pieces
    ]
    whole = urls.whole_issue(urls.issue_of(address) or "")
    return {".piece > h2 a": titles, ".whole a": [(whole, anchor if titles else "")]}


def _number_problems(document: Document) -> Iterator[Problem]:
    """Beside each place where a page begins stands its number, with a link to the printed page."""
    for link in document.tree.css("a.page-number"):
        mark = link.prev
        anchor = mark.attributes.get("id") if mark else None
        number = link.attributes.get("data-page") or ""
        name = link.attributes.get("aria-label") or ""
        page = int(number) if number.isdecimal() else 0
        right = urls.printed_page(urls.issue_of(document.page.address) or "", page)
        if (
            anchor != urls.page_anchor(page)
            or not name.endswith(f"第{page}页")
            or _leads_to(document, link) != (right, "")
        ):
            yield Problem(
                path=document.page.path,
                line=document.line_of(link),
                code="page-break",
                message=f"文章里的页码标记与分页记号不符：“{anchor or '（无）'}”旁边的页码是"
                f"“{number or '（无）'}”，读作“{name}”，通到“{link.attributes.get('href')}”",
                hint=REBUILD,
            )


def _leads_to(document: Document, link: LexborNode) -> _Place:
    aim = target(link.attributes.get("href") or "", document.page, None)
    return aim.address, aim.fragment


def _facts_problem(document: Document, link: LexborNode, place: _Place | None) -> Problem:
    said = link.text().strip()
    right = urls.link(document.page.address, *place) if place else ""
    return Problem(
        path=document.page.path,
        line=document.line_of(link),
        code="page-facts",
        message=f"网页上写的与 issues/ 不符：“{said}”应通到 {right}"
        if place
        else f"网页上写的与 issues/ 不符：不应有链接“{said}”",
        hint=REBUILD,
    )
