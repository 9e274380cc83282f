"""Chinese text becomes words. The only module that imports jieba; its counterpart in the reader's
browser is `templates/assets/search-text.js`, and `tests/search/cases.json` binds the two.
"""

from __future__ import annotations

import logging
import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# jieba asks setuptools where its dictionary is and looks in its own folder where that is missing;
# importing setuptools costs a tenth of a second, for nothing.
_SETUPTOOLS = "pkg_resources"
_was_loaded = _SETUPTOOLS in sys.modules
sys.modules.setdefault(_SETUPTOOLS, None)  # type: ignore[arg-type]
import jieba  # noqa: E402
from opencc import OpenCC  # noqa: E402

if not _was_loaded:
    del sys.modules[_SETUPTOOLS]
jieba.setLogLevel(logging.WARNING)

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
    pairs = ((chr(code), _SIMPLIFIED[code]) for code in range(_FIRST_HAN, 0xA000))
    return "".join(a + b for a, b in pairs if a != b and ord(b) < 0x10000)


def comparable(text: str) -> str:
    """The folded text in simplified characters: 雲計算 is compared as 云计算."""
    return simplified(fold(text))


def literal(text: str) -> str:
    """What is compared when a string is looked for: `comparable` text without white space."""
    return "".join(comparable(text).split())


class Segmenter:
    """jieba with the archive's own dictionary.

    jieba's dictionary is read without its cache: that cache is a file in the machine's temporary
    folder under a name that others can write.
    """

    def __init__(self, dictionary: Iterable[str]) -> None:
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total = read_dictionary(self._tokenizer)
        self._tokenizer.initialized = True
        for word in dictionary:
            self._tokenizer.add_word(comparable(word))

    def words(self, text: str) -> list[str]:
        """The words of a text for searching: long words and the shorter ones inside of them, with
        punctuation left out."""
        found = self._tokenizer.cut_for_search(comparable(text))
        return [word for word in found if any(character.isalnum() for character in word)]


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
