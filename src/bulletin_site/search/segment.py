"""Chinese text becomes words: jieba's, cut by jieba-rs, which is the only place that knows either.
Its counterpart in the reader's browser is `templates/assets/search-text.js`, and
`tests/search/cases.json` binds the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

# What jieba looks for words in; any other character stands alone.
_RUN = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+|[^\W_]")
# Where jieba ends words of Latin letters and digits that its dictionary does not have; jieba-rs is
# less strict there (1.3nm, a-1).
_LATIN = re.compile(r"[a-zA-Z0-9]+(?:\.\d+)?%?")
_ZERO_WIDTH = re.compile("[\u200b-\u200d\ufeff]")
_SPACE = re.compile(r"\s+")
_WIDE = (
    "\u2e80-\u2fdf\u3000-\u303f\u3040-\u30ff\u3100-\u312f\u31c0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—"
)
_SPACE_BESIDE_WIDE = re.compile(f"(?<=[{_WIDE}]) | (?=[{_WIDE}])")


def fold(text: str) -> str:
    """The form in which text is compared: compatibility characters and case folded (NFKC, lower
    case), one space between Latin words and none beside Han characters. `85 页` → `85页`."""
    folded = _ZERO_WIDTH.sub("", unicodedata.normalize("NFKC", text).lower())
    return _SPACE_BESIDE_WIDE.sub("", _SPACE.sub(" ", folded)).strip()


class _Simplified(dict[int, str]):
    """Each character's simplified form, asked of OpenCC once; one character for one, so that places
    in a text stay where they are."""

    def __missing__(self, code: int) -> str:
        simplified = _to_simplified()(chr(code)) if code >= _FIRST_HAN else chr(code)
        self[code] = simplified if len(simplified) == 1 else chr(code)
        return self[code]


_FIRST_HAN = 0x3400
_SIMPLIFIED = _Simplified()


@lru_cache(maxsize=1)
def _to_simplified() -> Callable[[str], str]:
    # Imported late, as jieba below: where no text is new, neither is needed.
    from opencc import OpenCC

    try:
        return OpenCC("t2s").convert
    except RuntimeError as reason:  # its dictionary is not there, or cannot be opened
        raise ImportError(str(reason), name="opencc") from reason


def simplified(text: str) -> str:
    """The same text in simplified characters, one for one."""
    return text.translate(_SIMPLIFIED)


@lru_cache(maxsize=1)
def traditional_pairs() -> str:
    """Every traditional character of the basic plane, each followed by its simplified one."""
    characters = [chr(code) for code in range(_FIRST_HAN, 0xA000)]
    # All in one call, a line each: a call a character would take four times as long.
    simplified_ones = _to_simplified()("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified_ones, strict=True)
    return "".join(a + b for a, b in pairs if a != b and len(b) == 1 and b < "\U00010000")


def comparable(text: str) -> str:
    """The folded text in simplified characters: 雲計算 is compared as 云计算."""
    return simplified(fold(text))


def literal(text: str) -> str:
    """What is compared when a string is looked for: `comparable` text without white space."""
    return without_space(comparable(text))


def without_space(compared: str) -> str:
    """The literal of a text that is `comparable` already."""
    return "".join(compared.split())


class _Jieba(Protocol):
    """What is asked of rjieba's `Jieba`."""

    def cut(self, text: str) -> list[str]: ...
    def tag(self, text: str) -> list[tuple[str, str]]: ...
    def has_word(self, word: str) -> bool: ...
    def suggest_freq(self, segment: str) -> int: ...
    def add_word(self, word: str, freq: int | None, tag: str | None) -> int: ...


@lru_cache(maxsize=1)
def _spare() -> list[_Jieba]:
    """rjieba reads its dictionary when it is imported: the first segmenter takes that one over."""
    from rjieba import _DEFAULT_JIEBA

    return [_DEFAULT_JIEBA]


def _jieba() -> _Jieba:
    """One to which no words were added."""
    if _spare():
        return _spare().pop()
    from rjieba import Jieba

    return Jieba()


class Segmenter:
    """jieba with the archive's own words, answering what `jieba.Tokenizer.cut_for_search` answers
    in an eighth of the time; a test holds the two against each other."""

    def __init__(self, dictionary: Iterable[str]) -> None:
        self._jieba = _jieba()
        for word in dictionary:
            # Without a frequency jieba gives it the one that keeps the word in one piece.
            self._jieba.add_word(comparable(word), None, None)
        self._searched: dict[str, list[str]] = {}
        self._parts: dict[str, list[str]] = {}

    def words(self, text: str) -> list[str]:
        """The words of a text for searching: long words and the shorter ones inside of them, with
        punctuation left out."""
        return self.words_of_comparable(comparable(text))

    def words_of_comparable(self, compared: str) -> list[str]:
        """The same of a text that is `comparable` already."""
        cut, searched = self._jieba.cut, self._searched
        found: list[str] = []
        for run in _RUN.findall(compared):
            for word in cut(run):
                if word not in searched:
                    searched[word] = self._searchable(word)
                found += searched[word]
        return found

    def pieces(self, text: str) -> list[str]:
        """A text cut into words, nothing left out."""
        return self._jieba.cut(text)

    def parts(self, word: str) -> list[str]:
        """The pairs and triples inside a word that are words themselves."""
        if word not in self._parts:
            known = self._jieba.has_word
            inside = (
                word[start : start + length]
                for length in (2, 3)
                if len(word) > length
                for start in range(len(word) - length + 1)
            )
            self._parts[word] = [p for p in inside if known(p) and any(map(str.isalnum, p))]
        return self._parts[word]

    def is_noun(self, word: str) -> bool:
        """Whether a word is a noun, a noun made of a verb, a name or an idiom, or a word of the
        archive's own."""
        tags = [tag for _, tag in self._jieba.tag(word)]
        return len(tags) > 1 or tags[0] in ("", *_NOUNS) or tags[0].startswith("n")

    def commonness(self, word: str) -> int:
        """How often a word stood among the sixty million from which jieba's dictionary was
        counted."""
        return self._jieba.suggest_freq(word)

    def _searchable(self, word: str) -> list[str]:
        """The parts of a word, then the word."""
        is_one = word.isalpha() or self._jieba.has_word(word)
        pieces = [word] if is_one else _LATIN.findall(word) or [word]
        found = [part for piece in pieces for part in (*self.parts(piece), piece)]
        return [part for part in found if any(map(str.isalnum, part))]


_NOUNS = ("vn", "an", "eng", "j", "l", "i")
"""Of jieba's classes of words those that name something, besides all nouns (n…)."""


@lru_cache(maxsize=1)
def maker() -> tuple[str, ...]:
    """On what, besides a text and the archive's dictionary, its words depend."""
    source = Path(__file__).read_text("utf-8")
    return source, version("rjieba"), version("opencc"), unicodedata.unidata_version


@lru_cache(maxsize=1)
def segmenter(dictionary: tuple[str, ...]) -> Segmenter:
    """The segmenter of an archive; reading jieba's dictionary takes a tenth of a second."""
    return Segmenter(dictionary)


def is_telling(word: str) -> bool:
    """Whether a word can say what a text is about: no number, no single character, no letter or
    two."""
    if len(word) < (3 if word.isascii() else 2):
        return False
    return word.isalpha() or not any(map(str.isdigit, word))
