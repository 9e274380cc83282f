"""An article's page shows the article as printed: its title, its source, its text and nothing
else; each printed page begins where the editor's mark stands, and each paragraph has its address.
The page of a whole issue shows all of its articles so, in printed order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from bulletin_site.checks.built_site import REBUILD, BuiltSite, Document, unspaced, words
from bulletin_site.checks.truth import PrintedArticle, PrintedText, Truth
from bulletin_site.content.model import Issue
from bulletin_site.content.pagination import begins_a_page, printed_pages
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_LAST_NUMBER = re.compile(r"([0-9]+)[^0-9]*$")
_AROUND = ("header", "h1", "h2")
_PARTS = {"body", "signature", "corrections", "page-break-line"}
"""Of what an article consists, by elements and by classes."""
_SHOWN = 12
"""Characters around a place that let a person find it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBreak:
    """A `doc-pagebreak`: its id, its accessible name, and how many characters stand before it."""

    id: str
    name: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An article as a page shows it: `node` holds it, under a title of that element and text. Of
    several on a page, `number` tells their paragraphs apart."""

    document: Document
    node: LexborNode
    found: PrintedArticle
    heading: str
    title: str
    number: int | None

    def line(self, *words: str) -> int:
        """The line of some words where the article stands alone, else that of the article."""
        own = f'data-article="{self.found.article.id}"'
        return self.document.line(own) if self.number else self.document.line(*words, "<article")


def article_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge the page if it is an article's."""
    found = truth.articles.get(document.page.address)
    if not found:
        return
    articles = document.tree.css("article[data-article]")
    main = document.tree.css_first("main")
    if [node.attributes["data-article"] for node in articles] != [found.article.id] or not main:
        what = f'应当正好有一个 article[data-article="{found.article.id}"]'
        yield text_problem(document, what, document.line("data-article", "<main"))
        return
    shown = Shown(
        document=document,
        node=articles[0],
        found=found,
        heading="h1",
        title=found.article.title,
        number=None,
    )
    yield from _article_problems(shown)
    body = articles[0].css_first(".body")
    inside = [(mark.id, mark.name) for mark in _breaks(body)] if body else []
    outside = [mark for mark in _breaks(main) if (mark.id, mark.name) not in inside]
    # A title at the top of a printed page may carry that page's mark; there is no other.
    allowed = 1 if begins_a_page(found.issue, found.article) else 0
    for mark in outside[:allowed]:
        yield from _mark_problems(document, mark, found.article.first_page)
    for mark in outside[allowed:]:
        yield _break_problem(document, mark.id, f"正文以外多了一个：{mark.name or mark.id}")


def whole_issue_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge the page if it shows a whole issue."""
    issue = truth.whole_issues.get(document.page.address)
    if not issue:
        return
    nodes = document.tree.css("article[data-article]")
    ids = [node.attributes["data-article"] or "" for node in nodes]
    right = [article.id for article in issue.articles]
    if ids != right:
        what = f"依次应有文章 {'、'.join(right)}，网页上是 {'、'.join(ids) or '（无）'}"
        yield text_problem(document, what, document.line("data-article", "<main"))
        return
    for node, article in zip(nodes, issue.articles, strict=True):
        shown = Shown(
            document=document,
            node=node,
            found=truth.articles[urls.article(article.id)],
            heading="h2",
            title=f"{article.number}、{article.title}",
            number=article.number,
        )
        anchor = urls.article_anchor(article.number)
        if node.attributes.get("id") != anchor:
            what = f"文章“{article.title}”的 id 应是“{anchor}”"
            yield text_problem(document, what, shown.line())
        yield from _article_problems(shown)
        yield from _beginning_problems(shown)
    yield from _page_count_problems(document, nodes, issue)


def missing_whole_issues(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Every issue can be read as a whole."""
    for address, issue in truth.whole_issues.items():
        if address not in site.pages:
            yield Problem(
                path=site.path(address),
                code="printed-text",
                message=f"网页与原文不符：没有{issue.name}的整期阅读页",
                hint=REBUILD,
            )


def parting(found: str, printed: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(found, printed, strict=False))
    return next((i for i, (one, other) in pairs if one != other), min(len(found), len(printed)))


def block_at(text: LexborNode, offset: int) -> LexborNode:
    """The element of a text that holds the character at an offset, white space apart; the last one
    where it ends before."""
    block = text
    for node in text.traverse(include_text=True):
        if node.tag == "-text" and node.parent is not None and (said := unspaced(node.text())):
            block = node.parent
            offset -= len(said)
            if offset < 0:
                break
    return block


def difference(found: str, printed: str, place: str = "网页上") -> str:
    """Where two texts part, for a message that says where the one was found."""
    at = parting(found, printed)
    start = max(0, at - _SHOWN)
    return f"应是“…{printed[start : at + _SHOWN]}…”，{place}是“…{found[start : at + _SHOWN]}…”"


def _article_problems(shown: Shown) -> Iterator[Problem]:
    bodies = shown.node.css(".body")
    if len(bodies) != 1:
        what = f"应当正好有一处 .body，现在有 {len(bodies)} 处"
        yield text_problem(shown.document, what, shown.line('class="body'))
        return
    yield from _heading_problems(shown, bodies[0])
    for node in shown.node.iter():
        if node.tag not in _AROUND and not _PARTS & set(
            (node.attributes.get("class") or "").split()
        ):
            what = f"正文以外多了“{words(node.text())[:_SHOWN]}”"
            yield text_problem(shown.document, what, shown.document.line_of(node))
    text = unspaced(bodies[0].text())
    printed = shown.found.printed
    if text != printed.text:
        line = shown.document.line_of(block_at(bodies[0], parting(text, printed.text)))
        yield text_problem(shown.document, difference(text, printed.text), line)
    yield from _break_problems(shown.document, tuple(_breaks(bodies[0])), printed)
    yield from _paragraph_problems(shown, bodies[0])


def _heading_problems(shown: Shown, body: LexborNode) -> Iterator[Problem]:
    titles = [words(node.text()) for node in shown.node.css(shown.heading)]
    if titles != [words(shown.title)]:
        what = f"题名应是“{shown.title}”，网页上是“{'、'.join(titles)}”"
        yield text_problem(shown.document, what, shown.line(f"<{shown.heading}"))
    sources = [words(node.text()) for node in shown.node.css(".source")]
    printed = words(shown.found.article.source or "")
    if sources != ([printed] if printed else []) or body.css_first(".source"):
        what = f"来源应是“{printed or '（无）'}”，网页上是“{'、'.join(sources) or '（无）'}”"
        yield text_problem(shown.document, what, shown.line('class="source', f"<{shown.heading}"))


def _paragraph_problems(shown: Shown, body: LexborNode) -> Iterator[Problem]:
    """The third paragraph is found at `s3`, and at no other place."""
    paragraphs = shown.found.paragraphs
    numbers = range(1, len(paragraphs) + 1)
    right = [urls.paragraph_anchor(number, shown.number) for number in numbers]
    nodes = body.css("p[id], li[id]")
    ids = [node.attributes["id"] or "" for node in nodes]
    if ids != right:
        wrong = next((one for one in ids if one not in right), "") or "、".join(ids) or "（无）"
        what = f"依次应是 {right[0]}—{right[-1]}，网页上是 {wrong}" if right else f"多了 {wrong}"
        yield _place_problem(shown, wrong, what)
        return
    links = [
        (link.attributes.get("href"), link.attributes.get("data-number"), _number_said(link))
        for link in body.css("a.place")
    ]
    places = [
        (f"#{anchor}", str(number), str(number))
        for number, anchor in zip(numbers, right, strict=True)
    ]
    if links != places:
        wrong = next((f"{one[0]}" for one in links if one not in places), "（无）")
        yield _place_problem(shown, wrong.removeprefix("#"), f"段前的链接不对：{wrong}")
    for node, anchor, text in zip(nodes, right, paragraphs, strict=True):
        if not unspaced(node.text()).startswith(text):
            what = f"“{anchor}”不是以“{text[:_SHOWN]}”开头的一段"
            yield _place_problem(shown, anchor, what)


def _number_said(link: LexborNode) -> str:
    """The last number in the name of a link: of the paragraph, after that of the article."""
    found = _LAST_NUMBER.search(link.attributes.get("aria-label") or "")
    return found[1] if found else ""


def _beginning_problems(shown: Shown) -> Iterator[Problem]:
    """In a whole issue a page that begins with an article is marked before its title."""
    article = shown.found.article
    marks = [mark for mark in _breaks(shown.node) if mark.offset == 0]
    if begins_a_page(shown.found.issue, article):
        if not marks:
            what = f"第 {article.first_page} 页应从题名“{article.title}”之前开始"
            yield _break_problem(shown.document, urls.article_anchor(article.number), what)
        for mark in marks:
            yield from _mark_problems(shown.document, mark, article.first_page)


def _page_count_problems(
    document: Document, nodes: Sequence[LexborNode], issue: Issue
) -> Iterator[Problem]:
    """With the marks in the texts and before the titles every page begins once, but for those of
    which everything was withdrawn."""
    pages = sum(bool(printed.pieces) for printed in printed_pages(issue))
    inside = sum(len(tuple(_breaks(node))) for node in nodes)
    everywhere = len(document.tree.css("[role=doc-pagebreak]"))
    if (inside, everywhere) != (pages, pages):
        what = f"{issue.name}有 {pages} 个印刷页，网页上有 {everywhere} 个页码标记"
        yield _break_problem(document, "", what)


def _breaks(node: LexborNode) -> Iterator[FoundBreak]:
    """The page breaks within an element, in reading order."""
    offset = 0
    for inner in node.traverse(include_text=True):
        if inner.tag == "-text":
            offset += len(unspaced(inner.text_content or ""))
        elif inner.tag and not inner.tag.startswith("-"):
            attributes = inner.attributes
            if attributes.get("role") == "doc-pagebreak":
                name = attributes.get("aria-label") or attributes.get("title") or ""
                yield FoundBreak(id=attributes.get("id") or "", name=name, offset=offset)


def _break_problems(
    document: Document, breaks: Sequence[FoundBreak], printed: PrintedText
) -> Iterator[Problem]:
    marks = printed.page_starts[1:]
    if [mark.id for mark in breaks] != [urls.page_anchor(page) for page, _ in marks]:
        right = "、".join(str(page) for page, _ in marks) or "无"
        there = "、".join(mark.id or "（无 id）" for mark in breaks) or "无"
        yield _break_problem(document, "", f"依次应是第 {right} 页，网页上是 {there}")
        return
    for mark, (page, offset) in zip(breaks, marks, strict=True):
        yield from _mark_problems(document, mark, page)
        if mark.offset != offset:
            before = printed.text[max(0, offset - _SHOWN) : offset]
            yield _break_problem(document, mark.id, f"第 {page} 页应从“{before}”之后开始")


def _mark_problems(document: Document, mark: FoundBreak, page: int) -> Iterator[Problem]:
    if mark.id != urls.page_anchor(page):
        yield _break_problem(document, mark.id, f"第 {page} 页的 id 是“{mark.id}”")
    if mark.name not in (str(page), f"第{page}页"):
        yield _break_problem(document, mark.id, f"第 {page} 页的名称是“{mark.name}”")


def _break_problem(document: Document, identifier: str, fault: str) -> Problem:
    return Problem(
        path=document.page.path,
        line=document.line(f'id="{identifier}"' if identifier else "", "doc-pagebreak", "<article"),
        code="page-break",
        message=f"文章里的页码标记与分页记号不符：{fault}",
        hint=REBUILD,
    )


def text_problem(document: Document, fault: str, line: int) -> Problem:
    """That a page does not show what was printed."""
    return Problem(
        path=document.page.path,
        line=line,
        code="printed-text",
        message=f"网页与原文不符：{fault}",
        hint="如果原文录错了，请改 issues/ 里的文章；否则" + REBUILD,
    )


def _place_problem(shown: Shown, anchor: str, fault: str) -> Problem:
    document = shown.document
    return Problem(
        path=document.page.path,
        line=document.line(f'id="{anchor}"') or shown.line('class="body'),
        code="paragraph-place",
        message=f"段落的网址与原文不符：{fault}",
        hint=REBUILD,
    )
