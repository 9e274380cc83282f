"""Which words name a subject, and how common they are: asked of jieba once, and then known."""

from __future__ import annotations

import hashlib

import msgspec

from bulletin_site.cache import Cache
from bulletin_site.search.segment import is_telling, maker, segmenter

_COMMONEST = 30_000
"""Of sixty million, more than one word in two thousand: 全国, 时间, 社会."""


class Subjects:
    """What jieba and the archive's dictionary say of words. What they said in an earlier build is
    in the cache, so that the dictionary is read only for a word that is new here."""

    def __init__(self, dictionary: tuple[str, ...], cache: Cache) -> None:
        self._dictionary = dictionary
        self._cache = cache
        name = msgspec.msgpack.encode(("subjects", maker(), dictionary))
        self._name = hashlib.sha256(name).hexdigest()
        kept = cache.get(self._name)
        self._known = msgspec.msgpack.decode(kept, type=dict[str, tuple[bool, int]]) if kept else {}
        self._asked: dict[str, tuple[bool, int]] = {}

    def is_subject(self, word: str) -> bool:
        """Whether a word can name a subject: a noun, a noun made of a verb, a name or an idiom, or
        a word of the archive's own; and not one of the commonest of all."""
        if not is_telling(word):
            return False
        is_noun, commonness = self._said(word)
        return is_noun and commonness < _COMMONEST

    def commonness(self, word: str) -> int:
        """How often a word stood among the sixty million from which jieba's dictionary was
        counted."""
        return self._said(word)[1]

    def keep(self) -> None:
        """Let the next build know what was asked in this one."""
        if self._asked != self._known:
            self._cache.put(self._name, msgspec.msgpack.encode(self._asked))

    def _said(self, word: str) -> tuple[bool, int]:
        if word not in self._asked:
            said = self._known.get(word)
            if said is None:
                jieba = segmenter(self._dictionary)
                said = jieba.is_noun(word), jieba.commonness(word)
            self._asked[word] = said
        return self._asked[word]
