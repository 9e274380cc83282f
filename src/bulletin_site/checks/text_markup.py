"""What the printed text is beside its characters: where its links lead, what is emphasized, what is
a heading, a list, a quotation or a cell of a table; and that readers see all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markdown_it.token import Token
from selectolax.lexbor import LexborNode

from bulletin_site.checks.article_pages import text_problem
from bulletin_site.checks.built_site import Document, unspaced, words
from bulletin_site.checks.targets import Reach, resolve
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Issue
from bulletin_site.pages import urls
from bulletin_site.pages.prose import by_page
from bulletin_site.problems import Problem

_SHOWN = 12
"""Characters of a text that let a person find it."""

_TAGLESS = ("", "p", "li", "thead", "tbody", "tr")
"""Blocks that the text itself, its paragraphs and the elements around them already tell."""
_MARKED = (
    "*:not(p, li, thead, tbody, tr, .place, .page-break, .page-number, .page-break-line,"
    ' span[lang="en"])'
)
_UNSEEN = "[hidden], [inert], [aria-hidden], [dir], .hidden"
_BLOCKS = "p, li, th, td, pre, h2, h3, h4, h5, h6"
_ALIGNED = re.compile(r"align[-:](\w+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A part of a text: its element, what this says (where a link leads, how a cell is aligned),
    and its characters, white space apart."""

    element: str
    says: str
    text: str

    def __str__(self) -> str:
        says = f"（{self.says}）" if self.says else ""
        return f"<{self.element}>“{self.text[:_SHOWN]}”{says}"


def markup_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge all printed texts on a page."""
    for node, tokens, below, written_on in _texts(document, truth):
        right = marked(tokens, below, written_on)
        nodes = node.css(_MARKED)[1:]
        found = [_shown(one, document.page.address) for one in nodes]
        for at, (expected, shown) in enumerate(zip_longest(right, found)):
            if expected != shown:
                is_too_much = shown and (len(found) > len(right) or not expected)
                place = nodes[at] if is_too_much else _block(node, expected)
                what = f"应是 {expected}" if expected else "这里没有标记"
                line = document.line_of(place)
                yield text_problem(document, f"{what}，网页上是 {shown or '（无）'}", line)
                break
        for unseen in _unseen(node):
            what = f"读者看不到或听不到“{words(unseen.text())[:_SHOWN]}”"
            yield text_problem(document, what, document.line_of(unseen))


class _Telling:
    """The elements of a text while it is told from its tokens."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, str, list[str]]] = []
        self._begun: list[int] = []

    def begin(self, element: str, says: str = "") -> None:
        self._begun.append(len(self.parts))
        self.parts.append((element, says, []))

    def end(self) -> None:
        self._begun.pop()

    def say(self, text: str) -> None:
        for at in self._begun:
            self.parts[at][2].append(text)


def marked(tokens: Sequence[Token], below: int, written_on: str) -> list[Marked]:
    """What an editor's Markdown marks, where it stands under a heading of the level `below`, with
    links as they hold on the page `written_on`."""
    telling = _Telling()
    level = below
    for token in tokens:
        if token.type == "heading_open":
            level = min(below + token.meta["rank"], level + 1, 6)
            telling.begin(f"h{level}")
        elif token.type == "inline":
            for child in token.children or ():
                _tell(child, telling, written_on)
        else:
            _tell(token, telling, written_on)
    return [
        Marked(element=element, says=says, text=unspaced("".join(pieces)))
        for element, says, pieces in telling.parts
    ]


def _tell(token: Token, telling: _Telling, written_on: str) -> None:
    if token.type in _WHOLE:
        for element in _WHOLE[token.type]:
            telling.begin(element)
        telling.say(token.content)
        for _ in _WHOLE[token.type]:
            telling.end()
    elif token.type == "text":
        telling.say(token.content)
    elif token.hidden or token.tag in _TAGLESS:
        return
    elif token.nesting == -1:
        telling.end()
    elif token.type == "link_open":
        telling.begin("a", _led_to(str(token.attrs["href"]), written_on))
    else:
        telling.begin(token.tag, _alignment(str(token.attrs.get("style", ""))))


_WHOLE = {
    "code_inline": ("code",),
    "fence": ("pre", "code"),
    "hardbreak": ("br",),
    "hr": ("hr",),
}
"""Tokens that are whole elements."""

_Text = tuple[LexborNode, Sequence[Token], int, str]
"""Where a text stands, its tokens, the level of the heading above it, and the page for which its
links are written."""


def _texts(document: Document, truth: Truth) -> Iterator[_Text]:
    address, tree = document.page.address, document.tree
    if found := truth.articles.get(address):
        for node in tree.css("article .body"):
            yield node, found.article.body.tokens, 1, address
    elif issue := truth.whole_issues.get(address):
        yield from _notes(document, issue)
        for article, node in zip(issue.articles, tree.css("article > .body"), strict=False):
            yield node, article.body.tokens, 2, urls.article(article.id)
    elif issue := truth.issues.get(address):
        yield from _notes(document, issue)
    elif printed := truth.printed_pages.get(address):
        for piece, node in zip(printed.pieces, tree.css(".piece > .prose"), strict=False):
            tokens = piece.article.body.tokens
            on_page = by_page(piece.article) if marked(tokens, 2, "") else {}
            yield node, on_page.get(piece.page, ()), 2, urls.article(piece.article.id)


def _notes(document: Document, issue: Issue) -> Iterator[_Text]:
    for node in document.tree.css(".note"):
        yield node, issue.note.tokens, 1, urls.issue(issue.id)


def marks_of(text: LexborNode, address: str) -> list[Marked]:
    """What a text marks that is shown on a page."""
    return [_shown(one, address) for one in text.css(_MARKED)[1:]]


def _shown(node: LexborNode, address: str) -> Marked:
    attributes = node.attributes
    says = ""
    if node.tag == "a":
        says = _led_to(attributes.get("href") or "", address)
    elif node.tag in ("th", "td"):
        says = _alignment(attributes.get("class") or "")
    return Marked(element=node.tag or "", says=says, text=unspaced(node.text()))


def _led_to(href: str, page: str) -> str:
    """Where a link leads: the same for all ways to write it."""
    aim = resolve(href, page, None)
    if aim.reach is not Reach.INSIDE:
        return href
    return f"{aim.address}#{aim.fragment}" if aim.fragment else aim.address


def _alignment(said: str) -> str:
    found = _ALIGNED.search(said)
    return found[1] if found else ""


def _unseen(node: LexborNode) -> Iterator[LexborNode]:
    """What of a text is taken from its readers, and elements around it that take all of it."""
    yield from node.css(_UNSEEN)
    above = node.parent
    while above is not None and above.tag != "html":
        if {"hidden", "inert", "aria-hidden"} & above.attributes.keys():
            yield above
        above = above.parent


def _block(text: LexborNode, missing: Marked | None) -> LexborNode:
    """The part of a text that should have what is missing."""
    sought = missing.text if missing else ""
    blocks = text.css(_BLOCKS) if sought else ()
    return next((one for one in blocks if sought in unspaced(one.text())), text)
