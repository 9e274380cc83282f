"""Chinese text becomes words. The only module that imports jieba; its counterpart in the reader's
browser is `templates/assets/search-text.js`, and `tests/search/cases.json` binds the two.
"""

from __future__ import annotations

import logging
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import log

# jieba asks setuptools where its dictionary is and looks in its own folder where that is missing;
# importing setuptools costs a tenth of a second, for nothing.
_SETUPTOOLS = "pkg_resources"
_was_loaded = _SETUPTOOLS in sys.modules
sys.modules.setdefault(_SETUPTOOLS, None)  # type: ignore[arg-type]
import jieba  # noqa: E402
from jieba import finalseg  # noqa: E402
from opencc import OpenCC  # noqa: E402

if not _was_loaded:
    del sys.modules[_SETUPTOOLS]
jieba.setLogLevel(logging.WARNING)

# What jieba looks for words in; any other character stands alone.
_RUN = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&\._%\-]+|[^\W_]")
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
        simplified = _TO_SIMPLIFIED.convert(chr(code)) if code >= _FIRST_HAN else chr(code)
        self[code] = simplified if len(simplified) == 1 else chr(code)
        return self[code]


_FIRST_HAN = 0x3400
_TO_SIMPLIFIED = OpenCC("t2s")
_SIMPLIFIED = _Simplified()


def simplified(text: str) -> str:
    """The same text in simplified characters, one for one."""
    return text.translate(_SIMPLIFIED)


def traditional_pairs() -> str:
    """Every traditional character of the basic plane, each followed by its simplified one."""
    characters = [chr(code) for code in range(_FIRST_HAN, 0xA000)]
    # All in one call, a line each: a call a character would take four times as long.
    simplified_ones = _TO_SIMPLIFIED.convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified_ones, strict=True)
    return "".join(a + b for a, b in pairs if a != b and len(b) == 1 and b < "\U00010000")


def comparable(text: str) -> str:
    """The folded text in simplified characters: 雲計算 is compared as 云计算."""
    return simplified(fold(text))


def literal(text: str) -> str:
    """What is compared when a string is looked for: `comparable` text without white space."""
    return "".join(comparable(text).split())


class Segmenter:
    """jieba with the archive's own dictionary, answering what `Tokenizer.cut_for_search` answers
    (a test holds the two against each other) in half the time: the logarithms of the dictionary
    are taken once, and what has been cut is remembered.

    jieba's dictionary is read without its cache: that cache is a file in the machine's temporary
    folder under a name that others can write.
    """

    def __init__(self, dictionary: Iterable[str]) -> None:
        tokenizer = jieba.Tokenizer()
        tokenizer.FREQ, tokenizer.total = read_dictionary(tokenizer)
        tokenizer.initialized = True
        for word in dictionary:
            tokenizer.add_word(comparable(word))
        self._frequencies: dict[str, int] = tokenizer.FREQ
        # jieba takes a word that it does not know for one that was counted once.
        self._unknown = -log(tokenizer.total)
        self._weights: dict[str, float | None] = {}
        self._parts: dict[str, list[str]] = {}
        self._guesses: dict[str, list[str]] = {}

    def words(self, text: str) -> list[str]:
        """The words of a text for searching: long words and the shorter ones inside of them, with
        punctuation left out."""
        found: list[str] = []
        for run in _RUN.findall(comparable(text)):
            for word in self._cut(run):
                parts = self._parts.get(word)
                if parts is None:
                    parts = self._parts[word] = self._searchable(word)
                found += parts
        return found

    def _searchable(self, word: str) -> list[str]:
        """The pairs and triples inside a word that are words themselves, then the word."""
        inside = [
            word[start : start + length]
            for length in (2, 3)
            if len(word) > length
            for start in range(len(word) - length + 1)
        ]
        known = [part for part in inside if self._frequencies.get(part)]
        return [part for part in (*known, word) if any(map(str.isalnum, part))]

    def _cut(self, run: str) -> Iterator[str]:
        """The likeliest way through a run of characters; single characters that follow one another
        are left to jieba's hidden Markov model, unless they are a word."""
        singles = ""
        start = 0
        for end in self._ends(run):
            if end - start == 1:
                singles += run[start]
            else:
                if singles:
                    yield from self._guessed(singles)
                    singles = ""
                yield run[start:end]
            start = end
        if singles:
            yield from self._guessed(singles)

    def _guessed(self, singles: str) -> list[str]:
        if len(singles) == 1:
            return [singles]
        guess = self._guesses.get(singles)
        if guess is None:
            known = self._frequencies.get(singles)
            guess = list(singles) if known else list(finalseg.cut(singles))
            self._guesses[singles] = guess
        return guess

    def _ends(self, run: str) -> Iterator[int]:
        """Where the words of the likeliest way end: the longest of equally likely ones."""
        length = len(run)
        likelihood = [0.0] * (length + 1)
        ends = [0] * length
        weights, frequencies = self._weights, self._frequencies
        for start in range(length - 1, -1, -1):
            best, best_end = None, start + 1
            end = start + 1
            word = run[start:end]
            while word in frequencies:
                weight = weights.get(word, 0.0)
                if weight == 0.0:
                    count = frequencies[word]
                    weight = weights[word] = log(count) + self._unknown if count else None
                if weight is not None:
                    value = weight + likelihood[end]
                    if best is None or value >= best:
                        best, best_end = value, end
                if end == length:
                    break
                end += 1
                word = run[start:end]
            if best is None:
                best = self._unknown + likelihood[start + 1]
            likelihood[start], ends[start] = best, best_end
        place = 0
        while place < length:
            place = ends[place]
            yield place


@lru_cache(maxsize=1)
def segmenter(dictionary: tuple[str, ...]) -> Segmenter:
    """The segmenter of an archive; reading jieba's dictionary takes a third of a second."""
    return Segmenter(dictionary)


def read_dictionary(tokenizer: jieba.Tokenizer) -> tuple[dict[str, int], int]:
    """The counts of jieba's dictionary, 0 for what only begins a word, and their sum: what its own
    `gen_pfdict` answers, in two thirds of the time, because it reads in bulk."""
    with tokenizer.get_dict_file() as file:
        columns = file.read().decode("utf-8").split()  # word, count, part of speech
    words, counts = columns[::3], [int(count) for count in columns[1::3]]
    frequencies: dict[str, int] = {}
    length, longer = 1, [word for word in words if len(word) > 1]
    while longer:
        frequencies.update(dict.fromkeys([word[:length] for word in longer], 0))
        length += 1
        longer = [word for word in longer if len(word) > length]
    frequencies.update(zip(words, counts, strict=True))
    return frequencies, sum(counts)
