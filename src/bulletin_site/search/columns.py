"""Columns of numbers and of strings as text, in bulk: what JSON writers do value by value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from json.encoder import encode_basestring as quoted
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bulletin_site.search.collection import Numbers, ranges

__all__ = [
    "Bytes",
    "Pieces",
    "changes",
    "constant",
    "distinct",
    "listed",
    "pieces",
    "quoted",
    "woven",
]

Bytes = NDArray[np.uint8]

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BITS = 5
_MORE = 1 << _BITS


@dataclass(frozen=True, slots=True)
class Pieces:
    """A column of strings: each is a piece of `content`."""

    content: Bytes
    start: Numbers
    length: Numbers

    def __getitem__(self, chosen: NDArray[np.integer[Any]] | slice) -> Pieces:
        return Pieces(self.content, self.start[chosen], self.length[chosen])

    def grouped(self, bounds: Numbers) -> Pieces:
        """Strings that stand without a gap, joined: the first of each are those from one of the
        `bounds` to before the next."""
        ends = np.concatenate([self.start, [len(self.content)]])[bounds]
        return Pieces(self.content, ends[:-1], np.diff(ends))

    def without_last(self) -> Pieces:
        """The strings without the last byte of each."""
        return Pieces(self.content, self.start, np.maximum(self.length - 1, 0))


def pieces(texts: Iterable[str] | Iterable[bytes]) -> Pieces:
    encoded = [text.encode() if isinstance(text, str) else text for text in texts]
    length = np.array([len(text) for text in encoded], dtype=np.int64)
    return _in_a_row(np.frombuffer(b"".join(encoded), dtype=np.uint8), length)


def constant(text: str, rows: int) -> Pieces:
    """The same string in each row."""
    content = np.frombuffer(text.encode(), dtype=np.uint8)
    return Pieces(content, np.zeros(rows, dtype=np.int64), np.full(rows, len(content)))


def woven(*columns: Pieces) -> Pieces:
    """What stands in the columns of each row, one string after another."""
    before = np.cumsum([0, *(len(column.content) for column in columns[:-1])])
    start = np.stack([column.start for column in columns], axis=1) + before
    length = np.stack([column.length for column in columns], axis=1)
    content = np.concatenate([column.content for column in columns])
    places = ranges(start.ravel(), (start + length).ravel())
    return _in_a_row(content[places], length.sum(axis=1))


def _in_a_row(content: Bytes, length: Numbers) -> Pieces:
    return Pieces(content, np.cumsum(length) - length, length)


def listed(rows: int, lists: int, *columns: tuple[Numbers, Numbers]) -> Pieces:
    """In each row so many lists of numbers in digits, with commas between the lists and none at the
    end. Of a column each number comes with the list in which it stands, which rises from 0 to below
    `rows * lists`; no two columns have numbers in the same list.

    A digit has five bits, the highest first; all digits of a number but the last have the sixth bit
    set."""
    spelled = [_Digits(numbers, group, rows * lists) for numbers, group in columns]
    width = np.sum([column.width for column in spelled], axis=0)
    last = lists - 1 - np.argmax(width.reshape(rows, lists)[:, ::-1] > 0, axis=1)
    is_after = np.arange(lists) <= last[:, None]
    is_after[:, 0] = False
    end = np.cumsum(width + is_after.ravel())
    content = np.full(int(end[-1]) if rows else 0, ord(","), dtype=np.uint8)
    for column in spelled:
        column.write(content, end - width)
    length = np.diff(end[lists - 1 :: lists], prepend=0)
    return _in_a_row(content, length)


class _Digits:
    """A column of numbers on its way to its lists. `width`: of each list."""

    def __init__(self, numbers: Numbers, group: Numbers, groups: int) -> None:
        self._numbers, self._group = numbers, group
        self._length = np.ones(len(numbers), dtype=np.int8)
        most = int(numbers.max(initial=0)).bit_length()
        for bits in range(_BITS, most, _BITS):
            self._length += numbers >= 1 << bits
        self._end = np.cumsum(self._length, dtype=np.int64)
        bounds = np.cumsum(np.bincount(group, minlength=groups))
        ends = np.append(0, self._end)[bounds]
        self.width = np.diff(ends, prepend=0)
        self._before = ends - self.width

    def write(self, content: Bytes, start: Numbers) -> None:
        """Write the lists to their places."""
        digits = np.frombuffer(DIGITS.encode(), dtype=np.uint8)
        last = self._end + (start - self._before - 1)[self._group]
        content[last] = digits[self._numbers & (_MORE - 1)]
        for place in range(1, int(self._length.max(initial=1))):
            at = np.flatnonzero(self._length > place)
            digit = self._numbers[at] >> _BITS * place & (_MORE - 1) | _MORE
            content[last[at] - place] = digits[digit]


def distinct(numbers: Numbers) -> Numbers:
    """Numbers from 0 on, each once, in order; several times as fast as `numpy.unique`."""
    ordered = np.sort(numbers)
    return ordered[changes(ordered)]


def changes(numbers: Numbers) -> NDArray[np.bool_]:
    """Which numbers are not the same as the one before."""
    changed = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=changed[1:])
    return changed
