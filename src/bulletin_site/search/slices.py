"""The reader's copy of the index, cut so that a query loads what it asks for and little else.

Every character and every pair of adjacent characters of a text is a *key*. A key's slice says which
documents have it, and lists the terms of the index that begin with it: so the keys of a query bring
all that is needed to find it (a string stands in a field only if all of its pairs do) and to rank
what was found (a term of the query begins with one of its pairs). Slices share files, *shards*, by
the hash of their key; the more articles, the more files, so that a file stays a few kilobytes.

Of a term is said how often it stands in a field and how long that field is, not its score: scores
change everywhere with each article that is added, these facts do not, so publishing an issue leaves
most slices as they were. The reader's script computes lunr's scores from them.

A shard is an object, key → `[documents]` or `[documents, terms]`; terms are an object, term →
postings. Documents are three lists, of text, title and source, as `columns.listed` writes them;
postings are three pairs of lists, documents and counts. A list of documents is the first and then
the differences; a list of counts is twice the length of the field or, where the term stands in it
more than once, one more than that and then how often.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection as Addresses
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bulletin_site.batch import Batch, key
from bulletin_site.cache import Cache
from bulletin_site.pages import urls
from bulletin_site.search.collection import Collection, Counts, Numbers, lengths, sizes, texts
from bulletin_site.search.columns import (
    Pieces,
    changes,
    constant,
    distinct,
    listed,
    pieces,
    quoted,
    woven,
)
from bulletin_site.search.documents import FIELDS
from bulletin_site.search.keys import (
    NONE,
    Portions,
    Shards,
    characters,
    document_of,
    field_of,
    key_of,
    keys_of,
    place_of,
    shards_of,
    standing,
    with_place,
)
from bulletin_site.search.script import script_of_json

_FEWEST, _MOST_LINEAR = 16, 8192
_PORTION = 500_000
"""So many characters of texts are worked on together: more take more memory, fewer more time."""

Hashes = NDArray[np.uint64]


def slice_batch(collection: Collection, cache: Cache) -> Batch:
    """All shards, as scripts that hand them over."""
    count = shard_count(len(collection.ids))
    addresses = [urls.search_terms(f"{number:x}") for number in range(count)]
    number_of = {address: number for number, address in enumerate(addresses)}
    kind = key("slices", count)[:48]
    facts = shard_hashes(collection, count, cache).tolist()

    def make(wanted: Addresses[str]) -> Iterator[tuple[str, bytes]]:
        for number, shard in shards(collection, count, sorted(map(number_of.__getitem__, wanted))):
            yield addresses[number], script_of_json(f"t:{number:x}", b"{%s}" % shard)

    return Batch(
        keys={name: f"{kind}{fact:016x}" for name, fact in zip(addresses, facts, strict=True)},
        make=make,
    )


def shard_count(document_count: int) -> int:
    """A power of two: about six for five articles, and from 7,000 articles on with their root, for
    a folder of tens of thousands of files serves nobody."""
    linear = 1.2 * document_count
    wanted = linear if linear <= _MOST_LINEAR else _MOST_LINEAR * math.sqrt(linear / _MOST_LINEAR)
    return max(_FEWEST, int(2 ** round(math.log2(max(wanted, 1)))))


def shards(
    collection: Collection, count: int, wanted: Sequence[int]
) -> Iterator[tuple[int, bytes]]:
    """Some of the shards by their numbers, in JSON, made a few at a time."""
    if not wanted:
        return
    cost = len(collection.columns.literals) // 2 * len(wanted) // count
    parts = np.array_split(np.array(wanted), min(1 + cost // _PORTION, NONE))
    portions = np.full(count, NONE, dtype=np.uint8)
    for portion, numbers in enumerate(parts):
        portions[numbers] = portion
    # A year at a time: what is worked on together should fit into the processor's cache.
    standing_in = [standing(collection, numbers, portions) for numbers in collection.of_years()]
    vocabulary = _Vocabulary(collection, portions)
    for portion, numbers in enumerate(parts):
        both = distinct(np.concatenate([each.within(portion) for each in standing_in]))
        rows, shard = _rows(both, vocabulary.entries(portion), count)
        content, bounds = rows.content.tobytes(), np.append(0, np.cumsum(rows.length))
        starts = bounds[np.searchsorted(shard, numbers)].tolist()
        ends = bounds[np.searchsorted(shard, numbers, side="right")].tolist()
        for number, start, end in zip(numbers.tolist(), starts, ends, strict=True):
            yield number, content[start:end].removesuffix(b",")


def _rows(both: Numbers, entries: tuple[Numbers, Pieces], count: int) -> tuple[Pieces, Shards]:
    """An entry for each key, a comma after each, in the order of their shards, which come too.
    `both`: keys and places; `entries`: of terms, by the keys with which they begin."""
    stands = key_of(both)
    is_first = changes(stands)
    keys = stands[is_first]
    group = (np.cumsum(is_first) - 1) * len(FIELDS) + field_of(both)
    documents = listed(len(keys), len(FIELDS), (_deltas(group, document_of(both)), group))
    initial, terms = entries
    words = terms.grouped(np.append(np.searchsorted(initial, keys), len(initial))).without_last()
    has_words = (words.length > 0).astype(np.int64)
    shard = shards_of(keys, count)
    order = np.argsort(shard, kind="stable")
    columns = (
        *_names(keys),
        documents,
        pieces(['"],', '",{'])[has_words],
        words,
        pieces(["", "}],"])[has_words],
    )
    return woven(*(column[order] for column in columns)), shard[order]


class _Vocabulary:
    """The terms of an archive, and where they stand."""

    def __init__(self, collection: Collection, portions: Portions) -> None:
        columns = collection.columns
        self._terms = columns.terms
        self._initial = keys_of(columns.terms)
        self._portion = portions[shards_of(self._initial, len(portions))]
        held = self._portion[columns.term]
        wanted = np.flatnonzero(held != NONE)
        self._held = wanted[np.argsort(held[wanted], kind="stable")]
        self._bounds = np.searchsorted(held[self._held], np.arange(NONE + 1))
        self._term, self._count = columns.term, columns.count
        self._text = texts(columns)
        self._lengths = lengths(columns).ravel()

    def entries(self, portion: int) -> tuple[Numbers, Pieces]:
        """The terms of a portion in the order of their characters: for each the key with which it
        begins, and its name with its postings, a comma after each."""
        found = np.flatnonzero(self._portion == portion).tolist()
        terms = sorted(found, key=self._terms.__getitem__)
        rank = np.zeros(len(self._terms), dtype=np.int32)
        rank[terms] = np.arange(len(terms), dtype=np.int32)
        held = self._held[self._bounds[portion] : self._bounds[portion + 1]]
        document, field = np.divmod(self._text[held], len(FIELDS))
        both = with_place(rank[self._term[held]], document, field)
        order = np.argsort(both)
        both = both[order]
        group = key_of(both) * len(FIELDS) + field_of(both)
        length = self._lengths[self._text[held]]
        counts, repeated = _counts(self._count[held][order], length[order])
        postings = listed(
            len(terms),
            2 * len(FIELDS),
            (_deltas(group, document_of(both)), 2 * group),
            (counts, np.repeat(2 * group + 1, repeated)),
        )
        names = pieces([f'{quoted(self._terms[number])}:"' for number in terms])
        return self._initial[terms], woven(names, postings, constant('",', len(terms)))


def _names(keys: Numbers) -> tuple[Pieces, Pieces]:
    """A key's first character after a quotation mark; its second before all that follows."""
    first, second = characters(keys)
    stands = np.zeros(sys.maxunicode + 1, dtype=np.bool_)
    stands[first] = stands[second[second >= 0]] = True
    known = np.flatnonzero(stands)
    number = np.cumsum(stands, dtype=np.int32)
    shown = [quoted(chr(code))[1:-1] for code in known.tolist()]
    opening = pieces([f'"{character}' for character in shown])
    closing = pieces([f'{character}":["' for character in ("", *shown)])
    return opening[number[first] - 1], closing[np.where(second < 0, 0, number[second])]


def _deltas(group: Numbers, document: Numbers) -> Numbers:
    """In each group the first document's number, then the differences."""
    deltas = np.diff(document, prepend=0)
    first = changes(group)
    deltas[first] = document[first]
    return deltas


def _counts(count: Counts, length: Numbers) -> tuple[Numbers, Numbers]:
    """Of each posting the length of its text with its count, in one number or two; and in how
    many."""
    is_more = count > 1
    repeated = 1 + is_more.astype(np.int64)
    numbers = np.repeat(2 * length + is_more, repeated)
    numbers[np.cumsum(repeated)[is_more] - 1] = count[is_more]
    return numbers, repeated


def shard_hashes(collection: Collection, count: int, cache: Cache) -> Hashes:
    """For each shard a hash of all that is in it: the sum of the hashes of its facts. Sums are kept
    for each year, so that only that of an article that changes is worked out again."""
    total = np.zeros(count, dtype=np.uint64)
    for numbers in collection.of_years():
        digests = b"".join(collection.columns.digests[numbers.start : numbers.stop])
        name = key("shard hashes", count, numbers.start, digests)
        kept = cache.get(name)
        if kept is None:
            kept = _hashes(collection, numbers, count).tobytes()
            cache.put(name, kept)
        total += np.frombuffer(kept, dtype=np.uint64)
    return total


def _hashes(collection: Collection, documents: range, count: int) -> Hashes:
    """What some documents add to the hashes of shards."""
    both = distinct(standing(collection, documents, np.zeros(count, dtype=np.uint8)).within(0))
    keys = key_of(both)
    columns = collection.columns
    first, last = documents.start * len(FIELDS), documents.stop * len(FIELDS)
    postings = sizes(columns.bounds, first, last)
    end = int(columns.bounds[last - 1])
    start = end - int(postings.sum())
    term, times = columns.term[start:end], columns.count[start:end].astype(np.uint64)
    text = np.repeat(np.arange(last - first, dtype=np.int32), postings)
    length = np.bincount(text, times)[text].astype(np.uint64)
    document, field = np.divmod(text + first, len(FIELDS))
    counts = times << np.uint64(32) ^ length ^ mixed(place_of(document, field).astype(np.int64))
    names, place = np.unique(term, return_inverse=True)
    terms = [columns.terms[number] for number in names.tolist()]
    facts = mixed(_term_hashes(terms)[place] ^ mixed(counts))
    shard = np.concatenate([shards_of(keys, count), shards_of(keys_of(terms), count)[place]])
    order = np.argsort(shard, kind="stable")
    sums = np.concatenate([[np.uint64(0)], np.cumsum(np.concatenate([mixed(both), facts])[order])])
    bounds = np.searchsorted(shard[order], np.arange(count + 1))
    return np.diff(sums[bounds])


def _term_hashes(terms: Sequence[str]) -> Hashes:
    """The sum of the hashes of a term's characters, each with its place."""
    length = np.array([len(term) for term in terms], dtype=np.int64)
    code = np.frombuffer("".join(terms).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    starts = np.cumsum(length) - length
    place = np.arange(len(code)) - np.repeat(starts, length)
    sums = np.concatenate([[np.uint64(0)], np.cumsum(mixed(code.astype(np.int64) << 32 | place))])
    hashes: Hashes = sums[starts + length] - sums[starts]
    return hashes


def mixed(numbers: Numbers | Hashes) -> Hashes:
    """Numbers of 64 bits, any of which changes half of the bits of what it becomes (splitmix64;
    Steele, Lea and Flood, 2014)."""
    value = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))
