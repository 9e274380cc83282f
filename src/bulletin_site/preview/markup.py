"""A piece of one of the site's own pages, to be shown on another: cut out, its links made to work
there, doubtful words in it marked."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from bulletin_site.pages.text_links import has_scheme
from bulletin_site.preview.matching import bare

_TOKEN = re.compile(r"<[^>]*>|[^<]+")
_CHARACTER = re.compile(r"&[#\w]+;|.", re.DOTALL)
_ANCHOR = re.compile(r'<section\b[^>]*\sid="([^"]*)"')
_NOT_PRINTED = re.compile(r'<p\b[^>]*\sclass="continues"')
_LINK = re.compile(r'\b(href|src)="([^"]*)"')
_REFERENCE = re.compile(r'\s(?:id|aria-labelledby|aria-describedby)="[^"]*"')
_MARK = '<mark class="doubtful"'
_FEWEST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of the section with that anchor, about which there is doubt `number`."""

    number: int
    anchor: str
    text: str


def element(page: str, opening: str) -> str:
    """The first element whose start tag matches, with its tags; empty where there is none."""
    found = re.search(opening, page)
    if found is None:
        return ""
    name = re.match(r"<(\w+)", found[0])
    depth = 0
    for tag in re.finditer(rf"<(/?){name[1] if name else ''}\b[^>]*>", page[found.start() :]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return page[found.start() : found.start() + tag.end()]
    return ""


def moved(piece: str, address: str) -> str:
    """A piece of the page at an address, with links that work on any other, and without its own
    ids, which may be there already."""
    page = f"/{address}"

    def absolute(link: re.Match[str]) -> str:
        # What leads elsewhere stays as it is written: `http://[x/` cannot even be taken apart.
        return link[0] if has_scheme(link[2]) else f'{link[1]}="{urljoin(page, link[2])}"'

    return "".join(
        _LINK.sub(absolute, _REFERENCE.sub("", token))
        if token.startswith("<") and not token.startswith(_MARK)
        else token
        for token in _TOKEN.findall(piece)
    )


def marked(piece: str, quotes: Sequence[Quote]) -> tuple[str, frozenset[int]]:
    """The piece with the quoted words in `<mark id="m3">`, and which doubts were found. Of words
    that a page end cuts, those of this page."""
    tokens = _TOKEN.findall(piece)
    letters = list(_letters(tokens))
    owners: dict[tuple[int, int], int] = {}
    for quote in quotes:
        own = [letter for letter in letters if letter.anchor == quote.anchor]
        for letter in _found(own, bare(quote.text)):
            owners.setdefault(letter.place, quote.number)
    written = _written(tokens, owners)
    return "".join(written), frozenset(owners.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """A character that is compared; `place`: in which token, and which of its characters."""

    place: tuple[int, int]
    text: str
    anchor: str


def _letters(tokens: Sequence[str]) -> Iterator[_Letter]:
    anchor, printed = "", True
    for number, token in enumerate(tokens):
        if token.startswith("<"):
            section = _ANCHOR.match(token)
            anchor = section[1] if section else "" if token == "</section>" else anchor
            printed = (printed or token == "</p>") and not _NOT_PRINTED.match(token)
        elif printed:
            for position, character in enumerate(_CHARACTER.findall(token)):
                text = bare(html.unescape(character))
                if text:
                    yield _Letter(place=(number, position), text=text, anchor=anchor)


def _found(letters: Sequence[_Letter], wanted: str) -> Sequence[_Letter]:
    """The letters that are the wanted words, or as many of them as stand at the end or at the
    beginning."""
    text = "".join(letter.text for letter in letters)
    if not wanted or len(text) != len(letters):
        return ()
    at = text.find(wanted)
    if at >= 0:
        return letters[at : at + len(wanted)]
    for length in range(len(wanted) - 1, _FEWEST - 1, -1):
        if text.endswith(wanted[:length]):
            return letters[len(letters) - length :]
    return ()


def _written(tokens: Sequence[str], owners: dict[tuple[int, int], int]) -> Iterator[str]:
    begun: set[int] = set()
    for number, token in enumerate(tokens):
        if token.startswith("<") or not any(place[0] == number for place in owners):
            yield token
            continue
        characters = _CHARACTER.findall(token)
        doubts = [owners.get((number, position), 0) for position in range(len(characters))]
        _bridge(doubts)
        last = 0
        for doubt, character in zip([*doubts, 0], [*characters, ""], strict=True):
            if doubt != last:
                yield "</mark>" if last else ""
                anchor = "" if doubt in begun else f' id="m{doubt}"'
                yield f'{_MARK}{anchor} data-doubt="{doubt}">' if doubt else ""
                begun.add(doubt)
            yield character
            last = doubt


def _bridge(doubts: list[int]) -> None:
    """Spaces and punctuation between marked letters are marked with them."""
    last = None
    for position, doubt in enumerate(doubts):
        if doubt and last is not None and doubts[last] == doubt:
            doubts[last:position] = [doubt] * (position - last)
        last = position if doubt else last
