"""The reader's copy of the index, cut so that a query loads what it asks for and little else.

Every character and every pair of adjacent characters of a text is a *key*. A key's slice says which
documents have it, and lists the terms of the index that begin with it: so the keys of a query bring
all that is needed to find it (a string stands in a field only if all of its pairs do) and to rank
what was found (a term of the query begins with one of its pairs). Slices share files by the hash of
their key; the more articles, the more files, so that a file stays a few kilobytes.

Of a term is said how often it stands in a field and how long that field is, not its score: scores
change everywhere with each article that is added, these facts do not, so publishing an issue leaves
most slices as they were. The reader's script computes lunr's scores from them.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence

import numpy as np

from bulletin_site.pages import urls
from bulletin_site.search.collection import Collection, Numbers
from bulletin_site.search.columns import Texts, distinct, joined, numerals, quoted
from bulletin_site.search.documents import FIELDS
from bulletin_site.search.script import script_of_json

_FEWEST, _MOST_LINEAR = 16, 8192
_CHARACTER = 21
"""The bits of a character."""


def slice_files(collection: Collection) -> dict[str, bytes]:
    """All slices, as scripts that hand them over."""
    count = shard_count(len(collection.ids))
    words = _words(collection)
    shards: list[list[str]] = [[] for _ in range(count)]
    for key, lists in _keys(collection):
        entry = f"{quoted(key)}:[{lists},{words.get(key, '0')}]"
        shards[hashed(key) & (count - 1)].append(entry)
    return {
        urls.search_terms(f"{number:x}"): script_of_json(f"t:{number:x}", f"{{{','.join(shard)}}}")
        for number, shard in enumerate(shards)
    }


def shard_count(document_count: int) -> int:
    """A power of two: about six for five articles, and from 7,000 articles on with their root, for
    a folder of tens of thousands of files serves nobody."""
    linear = 1.2 * document_count
    wanted = linear if linear <= _MOST_LINEAR else _MOST_LINEAR * math.sqrt(linear / _MOST_LINEAR)
    return max(_FEWEST, int(2 ** round(math.log2(max(wanted, 1)))))


def hashed(key: str) -> int:
    """CRC-32 of the UTF-16 code units: what the reader's script computes too."""
    return zlib.crc32(key.encode("utf-16-le", "surrogatepass"))


def _keys(collection: Collection) -> Iterator[tuple[str, str]]:
    """Every key in order, with the lists of the documents that have it in each field."""
    standing = [_standing(texts) for texts in collection.literals]
    known = distinct(np.concatenate([keys for keys, _ in standing]))
    lists = []
    for keys, document in standing:
        group = np.searchsorted(known, keys)
        lists.append(joined(numerals(_deltas(group, document)), group, len(known)))
    for key, *of_key in zip(_shown(known), *lists, strict=True):
        yield key, f"[{'],['.join(of_key)}]"


def _standing(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Keys and the documents that have them, each once, in order. A key is a number of 42 bits: its
    first character and, if it is a pair, one more than its second."""
    whole = "".join(texts).encode("utf-32-le", "surrogatepass")
    characters = np.frombuffer(whole, dtype="<u4").astype(np.int64)
    document = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    pair = document[:-1] == document[1:]
    keys = np.concatenate(
        [characters << _CHARACTER, (characters[:-1] << _CHARACTER | characters[1:] + 1)[pair]]
    )
    bits = len(texts).bit_length()
    both = distinct(keys << bits | np.concatenate([document, document[:-1][pair]]))
    return both >> bits, both & ((1 << bits) - 1)


def _shown(keys: Numbers) -> list[str]:
    """The keys as strings."""
    second = keys & ((1 << _CHARACTER) - 1)
    characters = np.stack([keys >> _CHARACTER, np.maximum(second - 1, 0)], axis=1)
    return characters.astype("<u4").view("<U2").ravel().tolist()


def _words(collection: Collection) -> dict[str, str]:
    """The terms that begin with each key: of each field the documents, and what a score is made
    of."""
    postings = collection.postings
    group = postings.term * len(FIELDS) + postings.field
    groups = len(collection.terms) * len(FIELDS)
    documents = joined(numerals(_deltas(group, postings.document)), group, groups)
    length = collection.lengths[postings.field, postings.document]
    counts = joined(_counts(postings.count, length), group, groups)
    found: dict[str, list[str]] = {}
    # By their characters: the order of their numbers changes where an old article is mended.
    for number in sorted(range(len(collection.terms)), key=collection.terms.__getitem__):
        term, fields = (
            collection.terms[number],
            slice(number * len(FIELDS), (number + 1) * len(FIELDS)),
        )
        lists = zip(documents[fields], counts[fields], strict=True)
        entry = ",".join(f"[{of_field}],[{count}]" for of_field, count in lists)
        found.setdefault(term[:2], []).append(f"{quoted(term)}:[{entry}]")
    return {key: f"{{{','.join(entries)}}}" for key, entries in found.items()}


def _counts(count: Numbers, length: Numbers) -> Texts:
    """The length of the field that has a term, after how often it does, as a negative number, where
    that is not once."""
    bits = int(length.max(initial=0)).bit_length()
    known, place = np.unique(count << bits | length, return_inverse=True)
    shown = [
        f"{value & ((1 << bits) - 1)}" if times == 1 else f"-{times},{value & ((1 << bits) - 1)}"
        for value in known.tolist()
        for times in (value >> bits,)
    ]
    return np.array(shown, dtype=object)[place] if shown else np.zeros(0, dtype=object)


def _deltas(group: Numbers, document: Numbers) -> Numbers:
    """In each group the first document's number, then the differences."""
    deltas = np.diff(document, prepend=0)
    first = np.diff(group, prepend=-1) != 0
    deltas[first] = document[first]
    return deltas
