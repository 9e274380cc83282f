"""Articles as the search sees them: for each field the string that is compared and the words that
are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bulletin_site.content.model import Archive, Article
from bulletin_site.pages.prose import plain_text
from bulletin_site.search.segment import Segmenter, comparable, without_space

TITLE, BODY, SOURCE = "title", "body", "source"
FIELDS = (BODY, TITLE, SOURCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """`counts` has the words in the order in which they first occur; `length` counts all of them,
    repeated ones too."""

    literal: str
    counts: Mapping[str, int]
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article; `fields` in the order of `FIELDS`."""

    id: str
    year: int
    fields: tuple[FieldText, FieldText, FieldText]


def documents(archive: Archive, segmenter: Segmenter) -> Iterator[Document]:
    """All articles in printed order."""
    for issue in archive.issues:
        for article in issue.articles:
            yield Document(id=article.id, year=issue.date.year, fields=_fields(article, segmenter))


def _fields(article: Article, segmenter: Segmenter) -> tuple[FieldText, FieldText, FieldText]:
    def field(text: str) -> FieldText:
        compared = comparable(text)
        words = segmenter.words_of_comparable(compared)
        return FieldText(literal=without_space(compared), counts=Counter(words), length=len(words))

    return (
        field(plain_text(article.body).text),
        field(article.title),
        field(article.source or ""),
    )
