"""An article as the search sees it: for each field the string that is compared and the words that
are counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bulletin_site.content.model import Article
from bulletin_site.pages.prose import plain_text
from bulletin_site.search.segment import Segmenter, comparable, without_space

TITLE, BODY, SOURCE = "title", "body", "source"
FIELDS = (BODY, TITLE, SOURCE)

DIGEST_SIZE = 16
"""Bytes of a document's digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldText:
    """`counts` has the words in the order in which they first occur; `whole` has for the same words
    how often they stand there and not only as a part of a longer one."""

    literal: str
    counts: Mapping[str, int]
    whole: Mapping[str, int]


Document = tuple[FieldText, FieldText, FieldText]
"""One article, in the order of `FIELDS`."""


def digest(article: Article, maker: bytes) -> bytes:
    """From what and by what its document is made, told without parsing its text: `DIGEST_SIZE`
    bytes."""
    texts = "\0".join((article.title, article.source or "", article.body.markdown))
    return hashlib.sha256(maker + texts.encode("utf-8", "surrogatepass")).digest()[:DIGEST_SIZE]


def document(article: Article, segmenter: Segmenter) -> Document:
    """Cut an article into words."""
    body, title, source = (
        _field(text, segmenter)
        for text in (plain_text(article.body).text, article.title, article.source or "")
    )
    return body, title, source


def _field(text: str, segmenter: Segmenter) -> FieldText:
    compared = comparable(text)
    counts = Counter(segmenter.words_of_comparable(compared))
    return FieldText(
        literal=without_space(compared), counts=counts, whole=_whole(counts, segmenter)
    )


def _whole(counts: Mapping[str, int], segmenter: Segmenter) -> dict[str, int]:
    """A search for 数据 finds 大数据, but an article about 大数据 does not also speak of 数据."""
    left = dict(counts)
    for word, count in counts.items():
        for part in segmenter.parts(word):
            left[part] -= count
    return {word: max(0, count) for word, count in left.items()}
