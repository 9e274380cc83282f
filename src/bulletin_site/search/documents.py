"""Articles as the search sees them: for each field the string that is compared and the words that
are counted."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.cache import Cache
from bulletin_site.content.model import Archive, Article
from bulletin_site.pages.prose import plain_text
from bulletin_site.search.segment import MAKER, Segmenter, comparable, segmenter, without_space

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


def documents(archive: Archive, cache: Cache) -> Iterator[Document]:
    """All articles in printed order. The cache knows the words of articles that an earlier build
    has met; jieba's dictionary is read for the others alone."""
    maker = "\0".join((MAKER, Path(__file__).read_text("utf-8"), *archive.dictionary))
    for issue in archive.issues:
        for article in issue.articles:
            texts = _texts(article)
            key = hashlib.sha256("\0".join((maker, *texts)).encode("utf-8", "surrogatepass"))
            known = cache.get(key.hexdigest())
            if known is None:
                words = segmenter(archive.dictionary)
                worked_out = [_worked_out(text, words) for text in texts]
                known = json.dumps(worked_out, ensure_ascii=False).encode()
                cache.put(key.hexdigest(), known)
            body, title, source = (
                FieldText(literal=literal, counts=counts, length=length)
                for literal, counts, length in json.loads(known)
            )
            yield Document(id=article.id, year=issue.date.year, fields=(body, title, source))


def _texts(article: Article) -> tuple[str, str, str]:
    return plain_text(article.body).text, article.title, article.source or ""


def _worked_out(text: str, segmenter: Segmenter) -> tuple[str, dict[str, int], int]:
    compared = comparable(text)
    words = segmenter.words_of_comparable(compared)
    return without_space(compared), Counter(words), len(words)
