"""The reader's copy of the index against the text and against the whole index."""

from __future__ import annotations

import json
import zlib
from itertools import accumulate
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archives import published, published_files
from bulletin_site.pages.prose import plain_text
from bulletin_site.search.segment import literal
from bulletin_site.search.slices import deltas, hashed, shard_count

ARTICLES = published().archive.articles


def value(address: str) -> Any:
    script = published_files()[address].decode()
    return json.loads(script[script.index(",") + 1 : script.rindex(")")])


SHARDS = value("search/catalog.js")["shards"]


def entry(key: str) -> Any:
    return value(f"search/terms/{zlib.crc32(key.encode('utf-16-le')) % SHARDS:x}.js").get(key)


def test_a_key_names_the_articles_that_have_it_in_text_title_and_source() -> None:
    for key in ("数据", "云", "wi", "5页", "重点", "的"):
        fields = [
            [plain_text(article.body).text for article in ARTICLES],
            [article.title for article in ARTICLES],
            [article.source or "" for article in ARTICLES],
        ]
        assert [list(accumulate(numbers)) for numbers in entry(key)[:3]] == [
            [n for n, text in enumerate(texts) if key in literal(text)] for texts in fields
        ]


def test_words_lie_under_the_key_with_which_they_begin() -> None:
    assert {"数据", "数据库"} <= set(entry("数据")[3])
    assert "大数据" in entry("大数")[3]
    assert "gartner" in entry("ga")[3]
    assert entry("据的") is None or entry("据的")[3] == 0


def test_all_terms_of_the_index_are_in_the_slices_with_their_scores() -> None:
    index = json.loads(published_files()["search/index.json"])
    terms = {posting["_index"]: term for term, posting in index["invertedIndex"]}
    scores: dict[tuple[str, str, str], int] = {}
    for reference, vector in index["fieldVectors"]:
        field, _, article = reference.partition("/")
        for number, score in zip(vector[::2], vector[1::2], strict=True):
            scores[terms[number], field, article] = round(score * 1000)
    cut: dict[tuple[str, str, str], int] = {}
    for number in range(SHARDS):
        for found in value(f"search/terms/{number:x}.js").values():
            for word, postings in (found[3] or {}).items():
                for position, field in enumerate(index["fields"]):
                    numbers = accumulate(postings[2 * position])
                    for n, score in zip(numbers, postings[2 * position + 1], strict=True):
                        cut[word, field, ARTICLES[n].id] = score
    assert cut == scores


@given(st.sets(st.integers(0, 10**6)))
def test_deltas_add_up_to_the_numbers(numbers: set[int]) -> None:
    assert list(accumulate(deltas(sorted(numbers)))) == sorted(numbers)


def test_the_hash_is_the_common_crc_32() -> None:
    assert hashed("12") == zlib.crc32(b"1\x002\x00")
    assert hashed("\U00020bb7") == zlib.crc32("\U00020bb7".encode("utf-16-le"))


@given(st.integers(1, 200_000))
def test_there_are_as_many_files_as_serve_readers_and_folders(articles: int) -> None:
    count = shard_count(articles)
    assert count & (count - 1) == 0
    assert 16 <= count <= 32_768
    assert count <= max(16, 2 * articles)
