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
import zlib
from collections.abc import Mapping, Sequence
from operator import add, sub
from typing import Any

from bulletin_site.pages import urls
from bulletin_site.search.documents import FIELDS, Document
from bulletin_site.search.lunr_index import ScoredTerm
from bulletin_site.search.script import script

_FEWEST, _MOST_LINEAR = 16, 4096


def slice_files(documents: Sequence[Document], terms: Mapping[str, ScoredTerm]) -> dict[str, bytes]:
    """All slices, as scripts that hand them over."""
    count = shard_count(len(documents))
    by_field = [_keys(documents, position) for position in range(len(FIELDS))]
    shards: list[dict[str, list[Any]]] = [{} for _ in range(count)]
    entries: dict[str, list[Any]] = {}
    for key in sorted(set().union(*by_field)):
        entries[key] = [*(deltas(found.get(key, ())) for found in by_field), 0]
        shards[hashed(key) & (count - 1)][key] = entries[key]
    for word, term in terms.items():
        entry = entries[word[:2]]
        entry[-1] = entry[-1] or {}
        entry[-1][word] = [
            part for posting in term.postings for part in (deltas(posting[0]), posting[1])
        ]
    return {
        urls.search_terms(f"{number:x}"): script(f"t:{number:x}", shard)
        for number, shard in enumerate(shards)
    }


def shard_count(document_count: int) -> int:
    """A power of two: about four for five articles, and from 5,000 articles on with their root, for
    a folder of tens of thousands of files serves nobody."""
    linear = 0.8 * document_count
    wanted = linear if linear <= _MOST_LINEAR else _MOST_LINEAR * math.sqrt(linear / _MOST_LINEAR)
    return max(_FEWEST, int(2 ** round(math.log2(max(wanted, 1)))))


def hashed(key: str) -> int:
    """CRC-32 of the UTF-16 code units: what the reader's script computes too."""
    return zlib.crc32(key.encode("utf-16-le"))


def deltas(numbers: Sequence[int]) -> Sequence[int]:
    """Rising numbers as the first one and the differences."""
    return [*numbers[:1], *map(sub, numbers[1:], numbers)] if len(numbers) > 1 else numbers


def _keys(documents: Sequence[Document], position: int) -> Mapping[str, list[int]]:
    """The documents that have each key in one field."""
    found: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for key in keys(document.fields[position].literal):
            found.setdefault(key, []).append(number)
    return found


def keys(literal: str) -> set[str]:
    """Its characters and its pairs of characters, each once."""
    return {*literal, *map(add, literal, literal[1:])}
