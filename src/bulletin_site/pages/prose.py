"""The body of an article as HTML: whole, or cut into its printed pages.

The printed text is all the text there is. Where a printed page begins stands an empty element with
the role `doc-pagebreak` (DPUB-ARIA 1.1; its name is the number of the page that begins) and an
empty link whose number CSS shows in the margin: neither is copied or searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from bulletin_site.content.markdown import PAGE_BREAK
from bulletin_site.content.model import Article, Body
from bulletin_site.pages import urls


class _Renderer(RendererHTML):
    """CommonMark's HTML with page breaks; `env` holds `page_href`."""

    def page_break(
        self,
        tokens: Sequence[Token],
        index: int,
        _options: OptionsDict,
        env: MutableMapping[str, Any],
    ) -> str:
        if env["page_href"] is None:
            return ""
        page = tokens[index].meta["page"]
        mark = page_mark(page, env["page_href"](page))
        return f'<div class="page-break-line">{mark}</div>\n' if tokens[index].block else mark


_RENDERER = _Renderer()
_OPTIONS = OptionsDict(
    {
        "maxNesting": 20,
        "html": False,
        "linkify": False,
        "typographer": False,
        "quotes": "",
        "xhtmlOut": False,
        "breaks": False,
        "langPrefix": "",
        "highlight": None,
    }
)


def page_mark(page: int, href: str) -> Markup:
    """The place where a printed page begins, with the link to that page."""
    return Markup(
        '<span class="page-break" role="doc-pagebreak" id="{id}" title="第{page}页"></span>'
        '<a class="page-number" href="{href}" aria-label="印刷版第{page}页" data-page="{page}"></a>'
    ).format(id=urls.page_anchor(page), page=page, href=href)


def html(
    tokens: Sequence[Token], page_href: Callable[[int], str] | None, *, below: int = 1
) -> Markup:
    """Rendered tokens. `page_href` gives the link for a page's number; without it page breaks leave
    no trace. `below` is the level of the heading under which the text stands."""
    env = {"page_href": page_href}
    return Markup(_RENDERER.render(list(_with_headings(tokens, below)), _OPTIONS, env))


def plain(body: Body) -> Markup:
    """A body without its printed pages, for an editor's note or a feed."""
    return html(body.tokens, None)


def _with_headings(tokens: Sequence[Token], below: int) -> Iterator[Token]:
    """Subheadings at levels that follow on the heading above them, without a jump."""
    level = below
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            if token.nesting == 1:
                level = min(below + token.meta["rank"], level + 1, 6)
            token = copy(token)
            token.tag = f"h{level}"
        yield token


PageTokens = Mapping[int, tuple[Token, ...]]
"""Tokens by the printed page on which they stand."""


def by_page(article: Article) -> PageTokens:
    """What of an article's body stands on each of its printed pages.

    Where a page end cuts a paragraph, the rest of it opens the next page with the class `resumed`,
    and so do whatever list or quotation it stands in."""
    pages: dict[int, list[Token]] = {}
    page = article.first_page
    current = pages.setdefault(page, [])
    stack: list[Token] = []
    for token in article.body.tokens:
        if token.type == "inline":
            for mark, children in _pieces(token):
                if mark is not None:
                    current += _closings(stack)
                    page = mark
                    current = pages.setdefault(page, [])
                    current += (_resumed(opening) for opening in stack)
                piece = copy(token)
                piece.children = children
                current.append(piece)
        elif token.type == PAGE_BREAK:
            current += _closings(stack)
            page = token.meta["page"]
            current = pages.setdefault(page, [])
            current += (_resumed(opening) for opening in stack)
        else:
            current.append(token)
            if token.nesting == 1:
                stack.append(token)
            elif token.nesting == -1:
                stack.pop()
    return {number: tuple(_without_empty(tokens)) for number, tokens in pages.items()}


def _without_empty(tokens: Sequence[Token]) -> list[Token]:
    """Without the items and paragraphs of which nothing stands on the page."""
    kept: list[Token] = []
    for token in tokens:
        if token.nesting == -1 and kept[-1].nesting == 1:
            kept.pop()
        elif token.type != "inline" or token.children:
            kept.append(token)
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """Plain text, a line a block; `page_starts` are the pages that begin in it, each with the
    offset of its first character, counted in code points."""

    text: str
    page_starts: tuple[tuple[int, int], ...]


def plain_text(body: Body) -> PlainText:
    """What is printed and nothing else: no mark, no markup, nothing added."""
    pieces: list[str] = []
    page_starts: list[tuple[int, int]] = []
    length = 0
    for token in body.tokens:
        if token.type == PAGE_BREAK:
            page_starts.append((token.meta["page"], length))
            continue
        for child in token.children or ([token] if token.type == "fence" else ()):
            if child.type == PAGE_BREAK:
                page_starts.append((child.meta["page"], length))
            else:
                pieces.append("\n" if child.type == "hardbreak" else child.content)
                length += len(pieces[-1])
        if token.type in ("inline", "fence"):
            pieces.append("\n")
            length += 1
    text = "".join(pieces).rstrip("\n")
    return PlainText(text=text, page_starts=tuple(page_starts))


def _pieces(inline: Token) -> Iterator[tuple[int | None, list[Token]]]:
    """The children between page breaks; emphasis that a break cuts is closed and opened again."""
    mark: int | None = None
    children: list[Token] = []
    stack: list[Token] = []
    for child in inline.children or ():
        if child.type == PAGE_BREAK:
            yield mark, [*children, *_closings(stack)]
            mark, children = child.meta["page"], [copy(opening) for opening in stack]
            continue
        children.append(child)
        if child.nesting == 1:
            stack.append(child)
        elif child.nesting == -1:
            stack.pop()
    yield mark, children


def _closings(stack: Sequence[Token]) -> Iterator[Token]:
    for opening in reversed(stack):
        closing = copy(opening)
        closing.type = opening.type.replace("_open", "_close")
        closing.nesting = -1
        closing.attrs = {}
        yield closing


def _resumed(opening: Token) -> Token:
    again = copy(opening)
    again.attrs = {**opening.attrs, "class": "resumed"}
    return again
