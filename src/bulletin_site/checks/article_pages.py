"""An article's page shows the article as printed: its title, its source, its text and nothing
else, and each printed page begins where the editor's mark stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from bulletin_site.checks.built_site import REBUILD, Document, unspaced, words
from bulletin_site.checks.truth import PrintedArticle, PrintedText, Truth
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_SHOWN = 12
"""Characters around a place that let a person find it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundBreak:
    """A `doc-pagebreak`: its id, its accessible name, and how many characters stand before it."""

    id: str
    name: str
    offset: int


def article_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge the page if it is an article's."""
    found = truth.articles.get(document.page.address)
    if not found:
        return
    articles = document.tree.css("article[data-article]")
    bodies = document.tree.css("article[data-article] .body")
    if [node.attributes["data-article"] for node in articles] != [found.article.id]:
        what = f'应当正好有一个 article[data-article="{found.article.id}"]'
        yield _text_problem(document, what, document.line("data-article", "<main"))
    elif len(bodies) != 1:
        what = f"应当正好有一处 .body，现在有 {len(bodies)} 处"
        yield _text_problem(document, what, document.line('class="body', "<article"))
    else:
        yield from _heading_problems(document, articles[0], bodies[0], found)
        yield from _body_problems(document, bodies[0], found)


def difference(found: str, printed: str) -> str:
    """Where two texts part, for a message."""
    at = next(
        (i for i, (one, other) in enumerate(zip(found, printed, strict=False)) if one != other),
        min(len(found), len(printed)),
    )
    start = max(0, at - _SHOWN)
    return f"应是“…{printed[start : at + _SHOWN]}…”，网页上是“…{found[start : at + _SHOWN]}…”"


def _heading_problems(
    document: Document, article: LexborNode, body: LexborNode, found: PrintedArticle
) -> Iterator[Problem]:
    titles = [words(node.text()) for node in article.css("h1")]
    if titles != [words(found.article.title)]:
        what = f"题名应是“{found.article.title}”，网页上是“{'、'.join(titles)}”"
        yield _text_problem(document, what, document.line("<h1"))
    sources = [words(node.text()) for node in article.css(".source")]
    printed = words(found.article.source or "")
    if sources != ([printed] if printed else []) or body.css_first(".source"):
        what = f"来源应是“{printed or '（无）'}”，网页上是“{'、'.join(sources) or '（无）'}”"
        yield _text_problem(document, what, document.line('class="source', "<h1"))


def _body_problems(
    document: Document, body: LexborNode, found: PrintedArticle
) -> Iterator[Problem]:
    text = unspaced(body.text())
    if text != found.printed.text:
        what = difference(text, found.printed.text)
        yield _text_problem(document, what, document.line('class="body', "<article"))
    breaks = tuple(_breaks(body))
    yield from _break_problems(document, breaks, found.printed)
    yield from _outside_problems(document, breaks, found)


def _outside_problems(
    document: Document, breaks: Sequence[FoundBreak], found: PrintedArticle
) -> Iterator[Problem]:
    """A title at the top of a printed page may carry that page's mark; above or below the text
    there is no other."""
    main = document.tree.css_first("main")
    inside = [(mark.id, mark.name) for mark in breaks]
    outside = [
        mark for mark in (_breaks(main) if main else ()) if (mark.id, mark.name) not in inside
    ]
    allowed = 1 if begins_a_page(found.issue, found.article) else 0
    for mark in outside[:allowed]:
        yield from _mark_problems(document, mark, found.article.first_page)
    for mark in outside[allowed:]:
        yield _break_problem(document, mark.id, f"正文以外多了一个：{mark.name or mark.id}")


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


def _text_problem(document: Document, fault: str, line: int) -> Problem:
    return Problem(
        path=document.page.path,
        line=line,
        code="printed-text",
        message=f"网页与原文不符：{fault}",
        hint="如果原文录错了，请改 issues/ 里的文章；否则" + REBUILD,
    )
