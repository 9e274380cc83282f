"""What slices say, read as the reader's script reads them: for proofs that they say the right
thing, so nothing of what writes them is used here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any

_VALUES = {
    digit: value for value, digit in enumerate(f"{ascii_uppercase}{ascii_lowercase}{digits}-_")
}
_FIELDS = 3


def documents_of(entry: Any) -> list[list[int]]:
    """The documents that have a key: in the text, in the title, in the source."""
    return [list(accumulate(numbers(found))) for found in _lists(entry[0], _FIELDS)]


def terms_of(entry: Any) -> dict[str, str]:
    """The terms that begin with a key, with their postings."""
    return entry[1] if len(entry) > 1 else {}


def postings_of(listed: str) -> list[list[tuple[int, int, int]]]:
    """For text, title and source: each document that has a term, how often, in how many words."""
    found = _lists(listed, 2 * _FIELDS)
    return [
        [
            (document, *counted)
            for document, counted in zip(
                accumulate(numbers(documents)), _counts(counts), strict=True
            )
        ]
        for documents, counts in zip(found[::2], found[1::2], strict=True)
    ]


def _lists(listed: str, most: int) -> list[str]:
    found = listed.split(",")
    return found + [""] * (most - len(found))


def _counts(listed: str) -> Iterator[tuple[int, int]]:
    values = numbers(listed)
    for value in values:
        yield (next(values) if value % 2 else 1), value // 2


def numbers(listed: str) -> Iterator[int]:
    """Numbers in digits of five bits; all digits of one but the last have the sixth bit set."""
    number = 0
    for digit in listed:
        value = _VALUES[digit]
        number = number * 32 + value % 32
        if value < 32:
            yield number
            number = 0
