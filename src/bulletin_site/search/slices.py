"""The reader's copy of the index, cut so that a query loads what it asks for and little else.

Every character and every pair of adjacent characters of a text is a *key*. A key's slice says which
documents have it, and lists the terms of the index that begin with it with their scores: so the
keys of a query bring all that is needed to find it (a string stands in a field only if all of its
pairs do) and to rank what was found (a term of the query begins with one of its pairs). Slices
share files by the hash of their key; the more articles, the more files, so that a file stays a few
kilobytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from bulletin_site.pages import urls
from bulletin_site.search.documents import FIELDS, Document
from bulletin_site.search.lunr_index import ScoredTerm
from bulletin_site.search.script import script

_FEWEST, _MOST_LINEAR = 16, 4096


def slice_files(documents: Sequence[Document], terms: Mapping[str, ScoredTerm]) -> dict[str, bytes]:
    """All slices, as scripts that hand them over."""
    count = shard_count(len(documents))
    shards: list[dict[str, list[Any]]] = [{} for _ in range(count)]
    for key, numbers in _keys(documents).items():
        lists = [deltas(found) for found in numbers]
        shards[hashed(key) & (count - 1)][key] = [*lists, 0]
    for word, term in terms.items():
        key = word[:2]
        postings = [part for posting in term.postings for part in (deltas(posting[0]), posting[1])]
        entry = shards[hashed(key) & (count - 1)][key]
        entry[-1] = {**(entry[-1] or {}), word: postings}
    return {
        urls.search_terms(f"{number:x}"): script(f"t:{number:x}", dict(sorted(shard.items())))
        for number, shard in enumerate(shards)
    }


def shard_count(document_count: int) -> int:
    """A power of two: about four for five articles, and from 5,000 articles on with their root, for
    a folder of tens of thousands of files serves nobody."""
    linear = 0.8 * document_count
    wanted = linear if linear <= _MOST_LINEAR else _MOST_LINEAR * math.sqrt(linear / _MOST_LINEAR)
    return max(_FEWEST, int(2 ** round(math.log2(max(wanted, 1)))))


def hashed(key: str) -> int:
    """FNV-1a, 32 bits, over UTF-16 code units: what the reader's script computes too."""
    data = key.encode("utf-16-le")
    value = 0x811C9DC5
    for position in range(0, len(data), 2):
        value ^= data[position] | data[position + 1] << 8
        value = value * 0x01000193 & 0xFFFFFFFF
    return value


def deltas(numbers: Sequence[int]) -> list[int]:
    """Rising numbers as the first one and the differences."""
    return [*numbers[:1], *(b - a for a, b in pairwise(numbers))]


def _keys(documents: Sequence[Document]) -> dict[str, tuple[list[int], ...]]:
    """The documents that have each key, by field."""
    found: dict[str, tuple[list[int], ...]] = {}
    for number, document in enumerate(documents):
        for position, field in enumerate(document.fields):
            for key in keys(field.literal):
                if key not in found:
                    found[key] = tuple([] for _ in FIELDS)
                found[key][position].append(number)
    return found


def keys(literal: str) -> Iterable[str]:
    """Its characters and its pairs of characters, each once."""
    return {*literal, *map("".join, pairwise(literal))}
