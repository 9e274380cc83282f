"""Keys: every character and every pair of adjacent characters of a text, and where they stand.

A key is a number of 42 bits: its first character and, if it is a pair, one more than its second. A
*place* is a field and a document, in 21 bits. Both together make one number, so that sorting such
numbers sorts what stands where.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bulletin_site.search.collection import Collection, Column, Numbers, sizes
from bulletin_site.search.documents import FIELDS

_CHARACTER = 21
"""The bits of a character."""
_DOCUMENT = 19
"""The bits of a document: there may be half a million."""
_PLACE = _DOCUMENT + 2
_UNIT = 0xFFFF

NONE = 255
"""The number of no portion."""

Shards = NDArray[np.uint16]
Portions = NDArray[np.uint8]


def hashed(key: str) -> int:
    """CRC-32 of the UTF-16 code units: what the reader's script computes too."""
    return zlib.crc32(key.encode("utf-16-le", "surrogatepass"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands where in some documents: keys and places, as often as they do, by the portions of
    the shards that they are in; `bounds` say where those of each portion begin."""

    both: Numbers
    bounds: Numbers

    def within(self, portion: int) -> Numbers:
        return self.both[self.bounds[portion] : self.bounds[portion + 1]]


def standing(collection: Collection, documents: range, portions: Portions) -> Standing:
    """What stands in some documents. `portions` has for each shard the number of its portion, or
    `NONE`."""
    first, last = documents.start * len(FIELDS), documents.stop * len(FIELDS)
    columns = collection.columns
    document, field = np.divmod(np.arange(first, last, dtype=np.int32), len(FIELDS))
    units = sizes(columns.ends, first, last) // 2
    end = int(columns.ends[last - 1])
    literals = columns.literals[end - 2 * int(units.sum()) : end]
    code, is_one = _code_points(np.frombuffer(literals, dtype="<u2"))
    place = np.repeat(place_of(document, field), units)
    place = place if is_one is None else place[is_one]
    single = portions[shards_of_singles(code, len(portions))]
    pair = portions[shards_of_pairs(code[:-1], code[1:], len(portions))]
    pair[place[:-1] != place[1:]] = NONE  # the last character of a text begins no pair
    singles, pairs = np.flatnonzero(single != NONE), np.flatnonzero(pair != NONE)
    keys = np.concatenate([_key(code[singles]), _key(code[pairs]) | code[pairs + 1] + 1])
    both = keys << _PLACE | np.concatenate([place[singles], place[pairs]])
    portion = np.concatenate([single[singles], pair[pairs]])
    order = np.argsort(portion, kind="stable")
    return Standing(both=both[order], bounds=np.searchsorted(portion[order], np.arange(NONE + 1)))


def _code_points(units: NDArray[np.uint16]) -> tuple[Column, NDArray[np.bool_] | None]:
    """The code points that UTF-16 units stand for, and which units are not the second half of one,
    where there is any."""
    code = units.astype(np.int32)
    second = np.flatnonzero((units[1:] & 0xFC00 == 0xDC00) & (units[:-1] & 0xFC00 == 0xD800)) + 1
    if not len(second):
        return code, None
    code[second - 1] = 0x10000 + ((code[second - 1] & 0x3FF) << 10 | code[second] & 0x3FF)
    is_one = np.ones(len(code), dtype=np.bool_)
    is_one[second] = False
    return code[is_one], is_one


def place_of(document: Column, field: Column) -> Column:
    return field << _DOCUMENT | document


def key_of(both: Numbers) -> Numbers:
    return both >> _PLACE


def field_of(both: Numbers) -> Numbers:
    return both >> _DOCUMENT & ((1 << _PLACE - _DOCUMENT) - 1)


def document_of(both: Numbers) -> Numbers:
    return both & ((1 << _DOCUMENT) - 1)


def with_place(numbers: Column, document: Column, field: Column) -> Numbers:
    """Numbers and places as one number each, as keys and places are."""
    return numbers.astype(np.int64) << _PLACE | place_of(document, field)


def keys_of(texts: Sequence[str]) -> Numbers:
    """The keys with which texts begin."""
    length = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    start = np.cumsum(length) - length
    code = np.frombuffer("".join((*texts, "\0")).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    second = np.where(length > 1, code[start + 1].astype(np.int64) + 1, 0)
    keys: Numbers = _key(code[start]) | second
    return keys


def _key(code: NDArray[np.integer[Any]]) -> Numbers:
    return code.astype(np.int64) << _CHARACTER


def characters(keys: Numbers) -> tuple[Numbers, Numbers]:
    """The codes of the first characters and of the second ones, -1 where there is none."""
    return keys >> _CHARACTER, (keys & ((1 << _CHARACTER) - 1)) - 1


def shards_of(keys: Numbers, shards: int) -> Shards:
    first, second = characters(keys)
    return np.where(
        second < 0,
        shards_of_singles(first, shards),
        shards_of_pairs(first, np.maximum(second, 0), shards),
    )


def shards_of_singles(code: Numbers | Column, shards: int) -> Shards:
    zeros = np.uint16(zlib.crc32(bytes(2)) & _UNIT)
    found = (_changes(0).take(code & _UNIT) ^ zeros) & np.uint16(shards - 1)
    for at in np.flatnonzero(code > _UNIT).tolist():
        found[at] = hashed(chr(code[at])) & (shards - 1)
    return found


def shards_of_pairs(first: Numbers | Column, second: Numbers | Column, shards: int) -> Shards:
    zeros = np.uint16(zlib.crc32(bytes(4)) & _UNIT)
    changed = _changes(1).take(first & _UNIT) ^ _changes(0).take(second & _UNIT)
    found = (changed ^ zeros) & np.uint16(shards - 1)
    for at in np.flatnonzero((first | second) > _UNIT).tolist():
        found[at] = hashed(chr(first[at]) + chr(second[at])) & (shards - 1)
    return found


@lru_cache(maxsize=2)
def _changes(after: int) -> Shards:
    """By what each UTF-16 unit, with so many units after it, changes the CRC-32 of zeros (the lower
    half of it): a CRC is linear in the bits of what it is made of."""
    rest = bytes(2 * after)
    table = np.zeros(1, dtype=np.uint16)
    for bit in range(16):
        change = zlib.crc32((1 << bit).to_bytes(2, "little") + rest) ^ zlib.crc32(bytes(2) + rest)
        table = np.concatenate([table, table ^ np.uint16(change & _UNIT)])
    return table
