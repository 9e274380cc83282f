"""The archive's own words: for spellings in pinyin, for a wrong character, for words that are
written otherwise in traditional characters."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from collections.abc import Collection as Addresses
from functools import lru_cache
from itertools import chain, islice

import msgspec
import numpy as np

from bulletin_site.batch import Batch, key
from bulletin_site.cache import Cache
from bulletin_site.content.model import Archive
from bulletin_site.pages import urls
from bulletin_site.search.collection import Collection, texts
from bulletin_site.search.columns import distinct
from bulletin_site.search.documents import BODY, FIELDS, TITLE
from bulletin_site.search.script import script
from bulletin_site.search.segment import comparable, simplified, traditional_pairs

MOST_WORDS = 3000
_LONGEST = 8

_Spelled = dict[str, tuple[str, str]]
"""Of words the pinyin and what they are called elsewhere."""


def lexicon_batches(archive: Archive, collection: Collection, cache: Cache) -> list[Batch]:
    """`lexicon.js` and `variants.js`."""
    numbers = {term: number for number, term in enumerate(collection.columns.terms)}
    words = _words(archive, collection, numbers)
    spelled = _spelled(words, cache)
    entries = [[word, spelled[word][0], count] for word, count in words.items()]
    others = _other_words(words, spelled, numbers)

    def lexicon(_: Addresses[str]) -> Iterator[tuple[str, bytes]]:
        yield urls.SEARCH_LEXICON, script("lexicon", entries)

    def variants(_: Addresses[str]) -> Iterator[tuple[str, bytes]]:
        value = {"characters": traditional_pairs(), "words": others}
        yield urls.SEARCH_VARIANTS, script("variants", value)

    return [
        Batch(keys={urls.SEARCH_LEXICON: key(entries)}, make=lexicon),
        Batch(keys={urls.SEARCH_VARIANTS: key(others)}, make=variants),
    ]


def _spelled(words: Iterable[str], cache: Cache) -> _Spelled:
    """How words are spelled otherwise. The libraries that say so are loaded for new words only."""
    name = key("spelled")
    kept = cache.get(name)
    known = msgspec.msgpack.decode(kept, type=_Spelled) if kept is not None else {}
    new = [word for word in words if word not in known]
    if new:
        from pypinyin import lazy_pinyin

        elsewhere = simplified(_to_taiwan()("\n".join(new))).split("\n")
        pairs = zip(new, elsewhere, strict=True)
        known |= {word: (" ".join(lazy_pinyin(word)), other) for word, other in pairs}
    found = {word: known[word] for word in words}
    if new or len(found) < len(known):
        cache.put(name, msgspec.msgpack.encode(found))
    return found


@lru_cache(maxsize=1)
def _to_taiwan() -> Callable[[str], str]:
    """Reading OpenCC's dictionaries takes a tenth of a second, which a preview pays once."""
    from opencc import OpenCC

    return OpenCC("s2twp").convert


def _words(archive: Archive, collection: Collection, numbers: Mapping[str, int]) -> dict[str, int]:
    """Words of Han characters, those in most articles first: what the archive names itself, then
    the words of titles, then the commonest words that are not in every other article."""
    columns = collection.columns
    own = (comparable(word) for word in (*archive.dictionary, *(t.name for t in archive.topics)))
    field = texts(columns) % len(FIELDS)
    articles = np.bincount(columns.term[field == FIELDS.index(BODY)], minlength=len(numbers))
    in_title = distinct(columns.term[field == FIELDS.index(TITLE)].astype(np.int64))

    def telling() -> Iterator[str]:
        held = np.flatnonzero((articles > 1) & (articles < len(collection.ids) / 2)).tolist()
        yield from sorted(
            (columns.terms[number] for number in held),
            key=lambda word: (-articles[numbers[word]], word),
        )

    titles = (columns.terms[number] for number in in_title.tolist())
    chosen = (word for word in chain(own, titles, telling()) if word in numbers and _is_word(word))
    kept = {word: int(articles[numbers[word]]) for word in islice(_once(chosen), MOST_WORDS)}
    return {word: kept[word] for word in sorted(kept, key=lambda word: (-kept[word], word))}


def _once(words: Iterable[str]) -> Iterator[str]:
    seen = set()
    for word in words:
        if word not in seen:
            seen.add(word)
            yield word


def _is_word(word: str) -> bool:
    return 2 <= len(word) <= _LONGEST and all(
        "\u4e00" <= character <= "\u9fff" for character in word
    )


def _other_words(words: Iterable[str], spelled: _Spelled, terms: Container[str]) -> list[list[str]]:
    """What is called otherwise in Taiwan (資訊化 for 信息化), unless it is a word here itself."""
    pairs = ([spelled[word][1], word] for word in words)
    return [pair for pair in pairs if pair[0] != pair[1] and pair[0] not in terms]
