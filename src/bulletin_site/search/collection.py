"""All documents together: which word stands in which field of which document, and how often.

Arrays and not objects: an archive of ten thousand articles has two million such facts. All of them
are a function of the archive alone, whatever was known of it before: documents that an earlier
build has met are taken over, and then everything is numbered anew.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import accumulate, chain, groupby, pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from bulletin_site.cache import Cache
from bulletin_site.content import emphasis, markdown, marks
from bulletin_site.content.model import Archive
from bulletin_site.pages import prose
from bulletin_site.search import documents, segment
from bulletin_site.search.documents import DIGEST_SIZE, FIELDS, Document, digest, document
from bulletin_site.search.segment import segmenter

Numbers = NDArray[np.int64]
Column = NDArray[np.int32]
Counts = NDArray[np.unsignedinteger[Any]]
"""Of the smallest type that holds them all: not to be added up in it."""

_TEXT = "utf-16-le"
"""Of Chinese characters two bytes each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What is known of texts, in the order of documents and, in each, of `FIELDS`: so a *text* is
    a field of a document, and its number is that of the document times three and the field's.

    `literals` has all literals one after another in UTF-16; that of a text ends before the byte in
    `ends`. `terms` are in the order in which they first occur, as lunr numbers them. A posting is a
    term in a text: its number in `term`, how often it stands there in `count`, and in `whole` how
    often not only as a part of a longer word. The postings of a text end before that in `bounds`.
    `digests` say what each document was made from."""

    digests: Sequence[bytes]
    literals: bytes | memoryview
    ends: Numbers
    terms: Sequence[str]
    term: Column
    count: Counts
    whole: Counts
    bounds: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A document's number is its place in printed order, a field's its place in `FIELDS`. `new` are
    those that no earlier build has met."""

    ids: Sequence[str]
    years: Sequence[int]
    new: Sequence[int]
    columns: Columns

    def literal(self, document: int, field: int) -> str:
        text = document * len(FIELDS) + field
        start, end = _place(self.columns.ends, text, text + 1)
        return bytes(self.columns.literals[start:end]).decode(_TEXT, "surrogatepass")

    def of_years(self) -> Iterator[range]:
        """The documents of each year."""
        first = 0
        for _, group in groupby(self.years):
            numbers = range(first, first + sum(1 for _ in group))
            yield numbers
            first = numbers.stop

    def part(self, numbers: range) -> Collection:
        """Some documents as a collection of their own."""
        return Collection(
            ids=self.ids[numbers.start : numbers.stop],
            years=self.years[numbers.start : numbers.stop],
            new=(),
            columns=_arranged([self.columns], numbers),
        )


def texts(columns: Columns) -> Column:
    """The number of the text of each posting."""
    return np.repeat(np.arange(len(columns.bounds), dtype=np.int32), sizes(columns.bounds))


def lengths(columns: Columns) -> Numbers:
    """The lengths of texts in words, repeated ones too: a row a document, a column a field."""
    counted = np.concatenate([[0], np.cumsum(columns.count, dtype=np.int64)])
    return sizes(counted[columns.bounds]).reshape(-1, len(FIELDS))


def sizes(ends: Numbers, first: int = 0, last: int | None = None) -> Numbers:
    """How much there is of each, from one to before another, where the first of all begins at 0."""
    return np.diff(ends[first:last], prepend=_place(ends, first, first)[0])


def _place(ends: Numbers, first: int, last: int) -> tuple[int, int]:
    """From where to before where is what belongs to some, where the first of all begins at 0."""
    start, end = (int(ends[at - 1]) if at else 0 for at in (first, last))
    return start, end


def collect(archive: Archive, cache: Cache) -> Collection:
    """Count the words of all articles. jieba's dictionary is read only where a text is new."""
    articles = archive.articles
    maker = maker_of_words(archive.dictionary)
    digests = [digest(article, maker) for article in articles]
    kept = cache.get(maker.hex())
    known = _unpacked(kept) if kept is not None else counted((), ())
    met = set(known.digests)
    if digests != known.digests:
        new = {d: article for d, article in zip(digests, articles, strict=True) if d not in met}
        cut = (document(article, segmenter(archive.dictionary)) for article in new.values())
        held = [known, counted(list(new), cut, known.terms)] if new else [known]
        every = chain.from_iterable(columns.digests for columns in held)
        number = {digest: number for number, digest in enumerate(every)}
        known = _arranged(held, [number[digest] for digest in digests])
        cache.put(maker.hex(), _packed(known))
    return Collection(
        ids=[article.id for article in articles],
        years=[issue.date.year for issue in archive.issues for _ in issue.articles],
        new=[number for number, digest in enumerate(digests) if digest not in met],
        columns=known,
    )


@lru_cache(maxsize=1)
def maker_of_words(dictionary: tuple[str, ...]) -> bytes:
    """On what, besides a text, its words depend. Not on the whole of the program: to cut a large
    archive into words takes longer than all the rest."""
    modules = (emphasis, marks, markdown, prose, documents)
    files = [Path(str(module.__file__)) for module in modules]
    sources = [file.read_text("utf-8") for file in (*files, Path(__file__))]
    made_from = (sources, version("markdown-it-py"), segment.maker(), dictionary)
    return hashlib.sha256(msgspec.msgpack.encode(made_from)).digest()


def counted(
    digests: Sequence[bytes], found: Iterable[Document], terms: Sequence[str] = ()
) -> Columns:
    """The columns of documents; their terms are numbered after some that are known."""
    numbers = {term: number for number, term in enumerate(terms)}
    literals: list[bytes] = []
    ends, bounds, term, count, whole = (array("q") for _ in range(5))
    length = 0
    for field in chain.from_iterable(found):
        literals.append(field.literal.encode(_TEXT, "surrogatepass"))
        length += len(literals[-1])
        ends.append(length)
        term.extend([numbers.setdefault(word, len(numbers)) for word in field.counts])
        count.extend(field.counts.values())
        whole.extend(field.whole.values())
        bounds.append(len(term))
    return Columns(
        digests=list(digests),
        literals=b"".join(literals),
        ends=_numbers(ends),
        terms=list(numbers),
        term=_numbers(term).astype(np.int32),
        count=_small(_numbers(count)),
        whole=_small(_numbers(whole)),
        bounds=_numbers(bounds),
    )


def _numbers(column: array[int]) -> Numbers:
    return np.frombuffer(column, dtype=np.int64) if column else np.zeros(0, dtype=np.int64)


def _small(numbers: NDArray[np.integer[Any]]) -> Counts:
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))), copy=False)


def _arranged(held: Sequence[Columns], numbers: Sequence[int]) -> Columns:
    """Some documents in another order, with their terms in the order in which they first occur
    there. The documents of several columns are numbered through; the last know the terms of all."""
    runs = list(_runs(held, numbers))
    literals, lengths, postings = [], [], []
    digests: list[bytes] = []
    for columns, first, last in runs:
        start, end = _place(columns.ends, first * len(FIELDS), last * len(FIELDS))
        literals.append(columns.literals[start:end])
        lengths.append(sizes(columns.ends, first * len(FIELDS), last * len(FIELDS)))
        postings.append(sizes(columns.bounds, first * len(FIELDS), last * len(FIELDS)))
        digests += columns.digests[first:last]
    places = [
        (columns, slice(*_place(columns.bounds, first * len(FIELDS), last * len(FIELDS))))
        for columns, first, last in runs
    ]
    terms, term = _numbered(
        np.concatenate([columns.term[place] for columns, place in places]), held[-1].terms
    )
    return Columns(
        digests=digests,
        literals=b"".join(literals),
        ends=np.cumsum(np.concatenate(lengths)),
        terms=terms,
        term=term,
        count=_small(np.concatenate([columns.count[place] for columns, place in places])),
        whole=_small(np.concatenate([columns.whole[place] for columns, place in places])),
        bounds=np.cumsum(np.concatenate(postings)),
    )


def _runs(held: Sequence[Columns], numbers: Sequence[int]) -> Iterator[tuple[Columns, int, int]]:
    """Documents that stand one after another in the same columns, each run with their first and the
    one after their last."""
    firsts = list(accumulate((len(columns.digests) for columns in held), initial=0))
    starts = [
        at
        for at, number in enumerate(numbers)
        if not at or number != numbers[at - 1] + 1 or number in firsts
    ]
    for start, end in pairwise([*starts, len(numbers)]):
        of = bisect_right(firsts, numbers[start]) - 1
        first = numbers[start] - firsts[of]
        yield held[of], first, first + end - start


def _numbered(term: Column, terms: Sequence[str]) -> tuple[list[str], Column]:
    """The terms that occur in the order in which they first do, and the column numbered so."""
    first = np.full(len(terms), len(term), dtype=np.int32)
    # Backwards, for of several values for one place the last stays.
    first[term[::-1]] = np.arange(len(term) - 1, -1, -1, dtype=np.int32)
    used = np.flatnonzero(first < len(term))
    used = used[np.argsort(first[used])]
    number = np.zeros(len(terms), dtype=np.int32)
    number[used] = np.arange(len(used), dtype=np.int32)
    return [terms[at] for at in used.tolist()], number[term]


def ranges(starts: Numbers, ends: Numbers) -> Numbers:
    """The numbers from each start to before its end, one range after another."""
    length = ends - starts
    skipped = np.repeat(starts - (np.cumsum(length) - length), length)
    numbers: Numbers = skipped + np.arange(len(skipped))
    return numbers


class _Packed(msgspec.Struct, array_like=True):
    """Columns as they are kept; of numbers the type and the bytes."""

    digests: bytes
    literals: memoryview
    terms: list[str]
    numbers: tuple[_Numbers, _Numbers, _Numbers, _Numbers, _Numbers]


_Numbers = tuple[str, memoryview]


def _packed(columns: Columns) -> bytes:
    every = (columns.ends, columns.bounds, columns.term, columns.count, columns.whole)
    numbers = [(column.dtype.str, column.data) for column in every]
    terms = list(columns.terms)
    packed = (b"".join(columns.digests), columns.literals, terms, numbers)
    return msgspec.msgpack.encode(packed)


def _unpacked(kept: bytes) -> Columns:
    packed = msgspec.msgpack.decode(kept, type=_Packed)
    ends, bounds, term, count, whole = (
        np.frombuffer(numbers, dtype=kind) for kind, numbers in packed.numbers
    )
    places = pairwise(range(0, len(packed.digests) + 1, DIGEST_SIZE))
    return Columns(
        digests=[packed.digests[start:end] for start, end in places],
        literals=packed.literals,
        ends=ends,
        terms=packed.terms,
        term=term,
        count=count,
        whole=whole,
        bounds=bounds,
    )
