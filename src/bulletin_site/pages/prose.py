"""The body of an article as HTML: whole, or cut into its printed pages.

The printed text is all the text there is. Where a printed page begins stands an empty element with
the role `doc-pagebreak` (DPUB-ARIA 1.1; its name is the number of the page that begins) and an
empty link whose number CSS shows in the margin: neither is copied or searched. No more is the empty
link by which a paragraph can be cited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from markupsafe import Markup, escape

from bulletin_site.content.markdown import PAGE_BREAK
from bulletin_site.content.model import Article, Body
from bulletin_site.pages import urls
from bulletin_site.pages.language import english


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraphs:
    """How the paragraphs of a text are cited: by their number and, on a page of several articles,
    by that of the `article`."""

    article: int | None = None

    def anchor(self, number: int) -> str:
        return urls.paragraph_anchor(number, self.article)

    def name(self, number: int) -> str:
        return f"第{self.article}篇第{number}段" if self.article else f"第{number}段"


def page_mark(page: int, href: str) -> Markup:
    """The place where a printed page begins, with the link to that page."""
    return Markup(
        f'<span class="page-break" role="doc-pagebreak" id="{urls.page_anchor(page)}"'
        f' title="第{page}页"></span><a class="page-number" href="{escape(href)}"'
        f' aria-label="印刷版第{page}页" data-page="{page}"></a>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How texts are written. `mark` makes the place where a printed page begins of its number and
    of what there is to say of it: for the site the link to that page. `empty` ends the tag of an
    element in which nothing can stand."""

    mark: Callable[[int, str], Markup]
    empty: str


HTML = Form(mark=page_mark, empty=">")
"""As the site's pages have it."""


def html(
    tokens: Sequence[Token],
    of_page: Callable[[int], str] | None,
    *,
    below: int = 1,
    paragraphs: Paragraphs | None = None,
    form: Form = HTML,
) -> Markup:
    """Tokens as markdown-it writes them, but for subheadings: these are at levels that follow on
    the heading above them, without a jump. `of_page` gives what a page's mark says besides its
    number; without it page breaks leave no trace. `below` is the level of the heading under which
    the text stands. `paragraphs`: each has an address."""
    mark = _marker(of_page, form)
    ids, places = _places(tokens, paragraphs) if paragraphs else ({}, {})
    written: list[str] = []
    level = below
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            level = min(below + token.meta["rank"], level + 1, 6)
        if token.type == "inline":
            written += (places.get(position, ""), _inline(token.children or (), mark, form))
        elif token.type == PAGE_BREAK:
            if mark:
                written.append(f'<div class="page-break-line">{mark(token)}</div>\n')
        elif token.type == "fence":
            # Without the language that is written beside it: as a class it could be one of ours.
            written.append(f"<pre><code>{escapeHtml(token.content)}</code></pre>\n")
        elif not token.hidden:
            name = f"h{level}" if token.type in ("heading_open", "heading_close") else token.tag
            if token.nesting == -1:
                written.append(f"</{name}>\n")
            else:
                attributes = _attributes(token.attrs) + ids.get(position, "")
                end = ">" if token.nesting else form.empty
                written.append(_opening(tokens, position, f"<{name}{attributes}{end}"))
    return Markup("".join(written))


_Marker = Callable[[Token], Markup]


def _marker(of_page: Callable[[int], str] | None, form: Form) -> _Marker | None:
    if of_page is None:
        return None
    say = of_page
    return lambda token: form.mark(token.meta["page"], say(token.meta["page"]))


def _inline(tokens: Sequence[Token], mark: _Marker | None, form: Form) -> str:
    written: list[str] = []
    for position, token in enumerate(tokens):
        if token.type == "text":
            written.append(english(token.content))
        elif token.type == PAGE_BREAK:
            if mark:
                written.append(mark(token))
        elif token.type == "code_inline":
            written.append(f"<code>{escapeHtml(token.content)}</code>")
        elif token.type == "hardbreak":
            written.append(f"<br{form.empty}\n")
        elif token.nesting == 1:
            written.append(f"<{token.tag}{_attributes(token.attrs)}{_spelled(tokens[position:])}>")
        else:
            written.append(f"</{token.tag}>")
    return "".join(written)


def _spelled(tokens: Sequence[Token]) -> str:
    """A class for a link whose text is its address: on paper this is not said once more."""
    own = [token.content for token in tokens[1:2] if token.type == "text"]
    return ' class="spelled"' if own == [tokens[0].attrs.get("href")] else ""


def _opening(tokens: Sequence[Token], position: int, tag: str) -> str:
    """The tag at which a block begins, with line ends where markdown-it has them: around blocks,
    not around what holds text or nothing at all."""
    token = tokens[position]
    before = "\n" if position and tokens[position - 1].hidden else ""
    if token.nesting == 1:
        inner = tokens[position + 1]
        if (
            inner.type == "inline"
            or inner.hidden
            or (inner.nesting == -1 and inner.tag == token.tag)
        ):
            return before + tag
    return f"{before}{tag}\n"


def _attributes(attributes: Mapping[str, object]) -> str:
    if not attributes:
        return ""
    return "".join(
        f' {name}="{escapeHtml(value)}"' for name, value in _without_style(attributes).items()
    )


def _without_style(attributes: Mapping[str, object]) -> dict[str, str]:
    """Attributes with the alignment of a table's cell as a class: the pages' policy lets no style
    stand in an element."""
    found = {name: str(value) for name, value in attributes.items()}
    style = found.pop("style", "")
    if style:
        classes = (found.get("class", ""), style.replace("text-align:", "align-"))
        found["class"] = " ".join(name for name in classes if name)
    return found


def plain(body: Body, form: Form = HTML) -> Markup:
    """A body without its printed pages, for an editor's note or a feed."""
    return html(body.tokens, None, form=form)


def _places(
    tokens: Sequence[Token], paragraphs: Paragraphs
) -> tuple[Mapping[int, str], Mapping[int, str]]:
    """By positions among the tokens: the id of each paragraph's element, and the link to it that
    stands before its text."""
    ids: dict[int, str] = {}
    links: dict[int, str] = {}
    for number, (element, text) in enumerate(_paragraphs(tokens), start=1):
        anchor, name = paragraphs.anchor(number), paragraphs.name(number)
        ids[element] = f' id="{anchor}"'
        links[text] = (
            f'<a class="place" href="#{anchor}" aria-label="{name}" data-number="{number}"></a>'
        )
    return ids, links


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
    current: list[Token] = []
    pages = {article.first_page: current}
    stack: list[Token] = []

    def turn_to(page: int) -> None:
        nonlocal current
        current += _closings(stack)
        current = pages.setdefault(page, [])
        current += (_resumed(opening) for opening in stack)

    for token in article.body.tokens:
        if token.type == PAGE_BREAK:
            turn_to(token.meta["page"])
        elif token.type == "inline":
            for page, piece in _pieces(token):
                if page is not None:
                    turn_to(page)
                current.append(piece)
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


def _pieces(inline: Token) -> Iterator[tuple[int | None, Token]]:
    """A text between its page breaks, each piece with the page that begins before it; emphasis that
    a break cuts is closed and opened again."""
    whole = inline.children or []
    if not any(child.type == PAGE_BREAK for child in whole):
        yield None, inline
        return
    page: int | None = None
    children: list[Token] = []
    stack: list[Token] = []
    for child in whole:
        if child.type == PAGE_BREAK:
            yield page, Token("inline", "", 0, children=[*children, *_closings(stack)])
            page, children = child.meta["page"], list(stack)
            continue
        children.append(child)
        if child.nesting == 1:
            stack.append(child)
        elif child.nesting == -1:
            stack.pop()
    yield page, Token("inline", "", 0, children=children)


def _closings(stack: Sequence[Token]) -> Iterator[Token]:
    for opening in reversed(stack):
        kind = opening.type.replace("_open", "_close")
        yield Token(kind, opening.tag, -1, block=opening.block, hidden=opening.hidden)


def _resumed(opening: Token) -> Token:
    return opening.copy(attrs={**opening.attrs, "class": "resumed"})
