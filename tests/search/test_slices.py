"""The reader's copy of the index against the text and against the whole index."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archives import TWO_ISSUES, archive, collected, published, published_files
from bulletin_site.cache import Cache
from bulletin_site.pages import urls
from bulletin_site.pages.prose import plain_text
from bulletin_site.search.documents import documents
from bulletin_site.search.segment import literal
from bulletin_site.search.slices import hashed, shard_count, slice_files

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


def counted(values: list[int]) -> Iterator[tuple[int, int]]:
    """How often a word stands in a field, and how long the field is."""
    times = 1
    for value in values:
        if value < 0:
            times = -value
        else:
            yield times, value
            times = 1


def test_of_every_word_is_said_how_often_it_stands_in_how_long_a_field() -> None:
    right: dict[tuple[str, int, int], tuple[int, int]] = {}
    for number, document in enumerate(documents(published().archive, Cache())):
        for position, field in enumerate(document.fields):
            for word, times in field.counts.items():
                right[word, position, number] = times, field.length
    cut: dict[tuple[str, int, int], tuple[int, int]] = {}
    for shard in range(SHARDS):
        for found in value(f"search/terms/{shard:x}.js").values():
            for word, postings in (found[3] or {}).items():
                for position in range(3):
                    numbers = accumulate(postings[2 * position])
                    pairs = counted(postings[2 * position + 1])
                    for number, pair in zip(numbers, pairs, strict=True):
                        cut[word, position, number] = pair
    assert cut == right


def test_an_article_that_is_added_changes_only_the_slices_of_what_is_new_in_it() -> None:
    last = "issues/2014-06-2/03.md"
    added = "---\ntitle: 新的一篇\npage: 6\n---\n\n罕见的字词。\n"
    before, after = (
        slice_files(collected(archive(files)))
        for files in (TWO_ISSUES, {**TWO_ISSUES, last: added})
    )
    assert before.keys() == after.keys()
    changed = {name for name in after if before[name] != after[name]}
    own = {literal(text) for text in ("新的一篇", "罕见的字词。")}
    assert changed == {
        urls.search_terms(f"{hashed(key) & (len(after) - 1):x}")
        for text in own
        for key in {*text, *(text[at : at + 2] for at in range(len(text) - 1))}
    }


def test_the_hash_is_the_common_crc_32() -> None:
    assert hashed("12") == zlib.crc32(b"1\x002\x00")
    assert hashed("\U00020bb7") == zlib.crc32("\U00020bb7".encode("utf-16-le"))


@given(st.integers(1, 200_000))
def test_there_are_as_many_files_as_serve_readers_and_folders(articles: int) -> None:
    count = shard_count(articles)
    assert count & (count - 1) == 0
    assert 16 <= count <= 32_768
    assert count <= max(16, 2 * articles)
