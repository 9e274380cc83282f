"""Every number in a table of contents leads to the printed page on which the article begins, and
the printed pages hold the whole text, each its own piece of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from bulletin_site.checks.article_pages import difference
from bulletin_site.checks.built_site import REBUILD, BuiltSite, Document, Piece, words
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Article, Issue
from bulletin_site.content.pagination import PrintedPage, printed_pages
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_NUMBER = re.compile(r"[0-9]+")


def contents_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge the tables of contents and the lists of printed pages of one page."""
    address = document.page.address
    issue = truth.issues.get(address)
    if issue:
        yield from _toc_problems(document, issue)
        yield from _page_list_problems(document, issue, needed=True)
    elif address in truth.whole_issues:
        yield from _toc_problems(document, truth.whole_issues[address])
    elif address == urls.HOME and truth.archive.issues and document.tree.css_first("ol.toc"):
        yield from _toc_problems(document, truth.archive.issues[-1])
    else:
        around = truth.issues.get(urls.issue(urls.issue_of(address) or ""))
        if around:
            yield from _page_list_problems(document, around, needed=False)
    yield from _page_link_problems(document)


def piece_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge what the printed pages show, and whether articles begin where the numbers lead."""
    for address, issue in truth.issues.items():
        for printed in printed_pages(issue):
            yield from _printed_page_problems(site, truth, issue, printed)
        for article in issue.articles:
            place = urls.printed_page(issue.id, article.first_page)
            anchor = urls.article_anchor(article.number)
            if not _begins_there(site, truth, article, place, anchor):
                shown = urls.link(address, place, anchor)
                yield _toc_page_problem(
                    site.path(address),
                    site.line(address, f'href="{shown}"'),
                    str(article.first_page),
                    f"文章“{article.title}”在第 {article.first_page} 页的开头",
                )


def _toc_problems(document: Document, issue: Issue) -> Iterator[Problem]:
    entries = document.tree.css("ol.toc > li")
    if len(entries) != len(issue.articles):
        what = f"{issue.name}有 {len(issue.articles)} 篇，目录里有 {len(entries)} 条"
        yield _entry_problem(document, "ol class", what)
    for entry, article in zip(entries, issue.articles, strict=False):
        faults = list(_entry_problems(document, entry, article))
        yield from faults
        if faults and len(entries) != len(issue.articles):
            return  # what follows is only out of step


def _entry_problems(document: Document, entry: LexborNode, article: Article) -> Iterator[Problem]:
    """One line of the table of contents: `5、题名……5`."""
    numbers = entry.css("a.page")
    titles = [link for link in entry.css("a") if link not in numbers]
    if len(titles) != 1 or len(numbers) != 1:
        yield _entry_problem(document, article.title, "每条应有一个题名链接和一个页码链接")
        return
    shown_title, shown_page = words(titles[0].text()), words(numbers[0].text())
    if shown_title != words(article.title):
        yield _entry_problem(document, shown_title, f"“{shown_title}”应是“{article.title}”")
    if shown_page != str(article.first_page):
        what = f"“{article.title}”的页码是“{shown_page}”，应是 {article.first_page}"
        yield _entry_problem(document, article.title, what)
    # The title itself may have digits; what stands before it is the article's number.
    lead = words(entry.text()).partition(shown_title or article.title)[0].strip()
    if lead != f"{article.number}、":
        what = f"“{article.title}”的序号是“{lead}”，应是“{article.number}、”"
        yield _entry_problem(document, article.title, what)
    label = numbers[0].attributes.get("aria-label")
    if label != f"第{article.first_page}页":
        what = f"“{article.title}”的页码读作“{label or '（无）'}”，应是“第{article.first_page}页”"
        yield _entry_problem(document, article.title, what)
    if _leads_to(document, titles[0]) != _text_of(document, article):
        yield _entry_problem(document, article.title, f"“{article.title}”没有通到这篇文章")
    place = urls.printed_page(article.issue_id, article.first_page)
    if _leads_to(document, numbers[0]) != (place, urls.article_anchor(article.number)):
        yield _toc_page_problem(
            document.page.path,
            document.line(f'href="{numbers[0].attributes.get("href")}"', shown_title),
            shown_page,
            f"文章“{article.title}”在第 {article.first_page} 页的开头",
        )


def _text_of(document: Document, article: Article) -> tuple[str, str]:
    """Where the title in a table of contents leads: where all of the issue stands on the same page,
    to the article there."""
    whole = urls.whole_issue(article.issue_id)
    if document.page.address == whole:
        return whole, urls.article_anchor(article.number)
    return urls.article(article.id), ""


def _page_list_problems(document: Document, issue: Issue, *, needed: bool) -> Iterator[Problem]:
    """A `doc-pagelist` names each printed page of the issue once, in order (WCAG, H99)."""
    lists = document.tree.css('[role="doc-pagelist"]')
    if not lists and not needed:
        return
    found = [
        ([link.text(), link.attributes.get("aria-label")], *_leads_to(document, link))
        for one in lists
        for link in one.css("a")
    ]
    right = [
        ([str(page), f"第{page}页"], urls.printed_page(issue.id, page), "") for page in issue.pages
    ]
    if len(lists) != 1 or found != right:
        wrong = [entry for entry in found if entry not in right]
        shown = "、".join(names[0] or "" for names, *_ in wrong or found) or "（无）"
        span = f"{issue.pages.first}—{issue.pages.last}"
        yield _toc_page_problem(
            document.page.path,
            document.line("doc-pagelist", "<main"),
            shown,
            f"印刷页列表，它应依次列出第 {span} 页，每页一次",
        )


def _page_link_problems(document: Document) -> Iterator[Problem]:
    """Wherever else a page number is a link, it leads to the page of that number."""
    in_contents = set(document.tree.css("ol.toc a.page"))
    for link in document.tree.css("a.page"):
        if link in in_contents:
            continue
        digits = _NUMBER.findall(link.text())
        address, _ = _leads_to(document, link)
        issue_id = urls.issue_of(address)
        pages = [urls.printed_page(issue_id, int(number)) for number in digits] if issue_id else []
        if len(digits) != 1 or address not in pages:
            yield _toc_page_problem(
                document.page.path,
                document.line(f'href="{link.attributes.get("href")}"'),
                words(link.text()),
                "印刷的这一页",
            )


def _leads_to(document: Document, link: LexborNode) -> tuple[str, str]:
    aim = target(link.attributes.get("href") or "", document.page, None)
    return aim.address, aim.fragment


def _printed_page_problems(
    site: BuiltSite, truth: Truth, issue: Issue, printed: PrintedPage
) -> Iterator[Problem]:
    address = urls.printed_page(issue.id, printed.number)
    page = site.pages.get(address)
    if not page:
        yield _text_problem(site, address, "", f"没有印刷版第 {printed.number} 页")
        return
    anchors = [piece.anchor for piece in page.pieces]
    right = [urls.article_anchor(piece.article.number) for piece in printed.pieces]
    if anchors != right:
        what = f"这一页依次应有 {'、'.join(right)}，网页上是 {'、'.join(anchors) or '（无）'}"
        yield _text_problem(site, address, "<main", what)
        return
    for expected, found in zip(printed.pieces, page.pieces, strict=True):
        place = f'id="{found.anchor}"'
        article = expected.article
        text = truth.articles[urls.article(article.id)].printed.on_page(printed.number)
        if words(article.title) not in found.heading:
            what = f"题名应是“{article.title}”，网页上是“{found.heading}”"
            yield _text_problem(site, address, place, what)
        if found.text != text:
            yield _text_problem(site, address, place, difference(found.text, text))


def _begins_there(
    site: BuiltSite, truth: Truth, article: Article, address: str, anchor: str
) -> bool:
    """Does the page show the beginning of the article at the anchor?"""
    page = site.pages.get(address)
    pieces: tuple[Piece, ...] = page.pieces if page else ()
    text = truth.articles[urls.article(article.id)].printed.text
    return any(piece.anchor == anchor and text.startswith(piece.text) for piece in pieces)


def _entry_problem(document: Document, place: str, fault: str) -> Problem:
    return Problem(
        path=document.page.path,
        line=document.line(place, "<ol", "<main"),
        code="toc-entry",
        message=f"目录与文章不符：{fault}",
        hint="如果题名或页码录错了，请改 issues/ 里的文章；否则" + REBUILD,
    )


def _toc_page_problem(path: str, line: int, shown: str, place: str) -> Problem:
    return Problem(
        path=path,
        line=line,
        code="toc-page",
        message=f"页码“{shown}”没有通到{place}",
        hint=REBUILD,
    )


def _text_problem(site: BuiltSite, address: str, place: str, fault: str) -> Problem:
    return Problem(
        path=site.path(address),
        line=site.line(address, place),
        code="printed-text",
        message=f"网页与原文不符：{fault}",
        hint="如果原文录错了，请改 issues/ 里的文章；否则" + REBUILD,
    )
