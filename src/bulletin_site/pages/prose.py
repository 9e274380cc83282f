"""The body of an article as HTML: whole, or cut into its printed pages.

The printed text is all the text there is. Where a printed page begins stands an empty element with
the role `doc-pagebreak` (DPUB-ARIA 1.1; its name is the number of the page that begins) and an
empty link whose number CSS shows in the margin: neither is copied or searched. No more is the empty
link by which a paragraph can be cited.
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
from bulletin_site.pages.language import english

_PARAGRAPH_PLACE = "paragraph_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraphs:
    """How the paragraphs of a text are cited: by their number and, on a page of several articles,
    by that of the `article`."""

    article: int | None = None

    def anchor(self, number: int) -> str:
        return urls.paragraph_anchor(number, self.article)

    def name(self, number: int) -> str:
        return f"第{self.article}篇第{number}段" if self.article else f"第{number}段"


class _Renderer(RendererHTML):
    """CommonMark's HTML with page breaks and the places of paragraphs; `env` holds `page_href`."""

    def text(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        _env: MutableMapping[str, Any],
    ) -> str:
        return english(tokens[idx].content)

    def paragraph_place(
        self,
        tokens: Sequence[Token],
        idx: int,
        _options: OptionsDict,
        _env: MutableMapping[str, Any],
    ) -> str:
        return Markup(
            '<a class="place" href="#{anchor}" aria-label="{name}" data-number="{number}"></a>'
        ).format(**tokens[idx].meta)

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
    tokens: Sequence[Token],
    page_href: Callable[[int], str] | None,
    *,
    below: int = 1,
    paragraphs: Paragraphs | None = None,
) -> Markup:
    """Rendered tokens. `page_href` gives the link for a page's number; without it page breaks leave
    no trace. `below` is the level of the heading under which the text stands. `paragraphs`: each
    has an address."""
    env = {"page_href": page_href}
    shown = list(_with_headings(tokens, below))
    if paragraphs:
        shown = _with_places(shown, paragraphs)
    return Markup(_RENDERER.render(shown, _OPTIONS, env))


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


def _with_places(tokens: Sequence[Token], paragraphs: Paragraphs) -> list[Token]:
    """Each paragraph with its id, and a link to itself before its text."""
    placed = list(tokens)
    for number, (element, text) in enumerate(_paragraphs(tokens), start=1):
        anchor, name = paragraphs.anchor(number), paragraphs.name(number)
        placed[element] = copy(tokens[element])
        placed[element].attrs = {**tokens[element].attrs, "id": anchor}
        place = Token(_PARAGRAPH_PLACE, "", 0)
        place.meta = {"anchor": anchor, "name": name, "number": number}
        placed[text] = copy(tokens[text])
        placed[text].children = [place, *(tokens[text].children or ())]
    return placed


def paragraphs_of(body: Body) -> tuple[str, ...]:
    """What is printed in each paragraph, in the order of their numbers."""
    return tuple(_printed(body.tokens[text]) for _, text in _paragraphs(body.tokens))


def _printed(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type != PAGE_BREAK)


def _paragraphs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the elements and the texts of paragraphs stand among the tokens. In a tight list the
    item is the paragraph; headings and tables have none."""
    items: list[int] = []
    numbered: set[int] = set()
    for position, token in enumerate(tokens):
        if token.type == "list_item_open":
            items.append(position)
        elif token.type == "list_item_close":
            items.pop()
        elif token.type == "paragraph_open":
            element = items[-1] if token.hidden and items else position
            if element not in numbered:
                numbered.add(element)
                yield element, position + 1


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
