"""Where asterisks and underscores begin and end emphasis.

CommonMark asks for a space outside of punctuation at the edge of emphasis, which Chinese has not:
`**强调。**后面` would stay as it is (commonmark-spec#650). Beside a wide character none is asked
for here. And an asterisk between two Latin letters or digits is printed: it multiplies.
"""

from __future__ import annotations

import unicodedata

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter


def emphasis(state: StateInline, silent: bool) -> bool:
    """markdown-it's rule: each marker becomes a text of its own and a delimiter that may find its
    pair later."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    opens, closes = _flanks(before, after, inside_words=marker == "*")
    length = end - state.pos
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=length,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = end
    return True


def is_wide(character: str) -> bool:
    """Is this one character set on a full em, as Han characters and their punctuation are?"""
    return bool(character) and (
        unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·"
    )


def _flanks(before: str, after: str, *, inside_words: bool) -> tuple[bool, bool]:
    """May markers between these two characters open emphasis, may they close it?"""
    if _is_word(before) and _is_word(after):
        return False, False
    left = not _is_blank(after) and (not _is_mark(after) or _is_edge(before))
    right = not _is_blank(before) and (not _is_mark(before) or _is_edge(after))
    if inside_words:
        return left, right
    return left and (not right or _is_mark(before)), right and (not left or _is_mark(after))


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _is_blank(character: str) -> bool:
    return isWhiteSpace(ord(character))


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_edge(character: str) -> bool:
    """Does what stands here end a word?"""
    return _is_blank(character) or _is_mark(character) or is_wide(character)
