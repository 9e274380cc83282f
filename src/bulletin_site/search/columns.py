"""Columns of numbers as the text of lists: what JSON writers do number by number, in bulk."""

from __future__ import annotations

from itertools import pairwise
from json.encoder import encode_basestring as quoted
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bulletin_site.search.collection import Numbers

__all__ = ["distinct", "joined", "numerals", "quoted"]

Texts = NDArray[Any]
"""An array of strings as objects."""


def distinct(numbers: Numbers) -> Numbers:
    """Numbers from 0 on, each once, in order; several times as fast as `numpy.unique`."""
    ordered = np.sort(numbers)
    first: NDArray[np.bool_] = np.diff(ordered, prepend=-1) != 0
    return ordered[first]


def numerals(numbers: Numbers) -> Texts:
    """Numbers of articles or of terms in decimal, each different one made once."""
    table = np.array(list(map(str, range(int(numbers.max(initial=-1)) + 1))), dtype=object)
    return table[numbers]


def joined(texts: Texts, group: Numbers, groups: int) -> list[str]:
    """The texts of each group with commas between them; `group` rises from 0 to below `groups`."""
    bounds = np.searchsorted(group, np.arange(groups + 1)) * (texts.size // max(1, len(group)))
    flat, ends = texts.ravel().tolist(), bounds.tolist()
    return [",".join(flat[start:end]) for start, end in pairwise(ends)]
