"""The reader's copy of the index against the text and against the whole index."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import TWO_ISSUES, Sources, archive, collected, published, published_files, read
from bulletin_site.batch import Batch
from bulletin_site.cache import Cache
from bulletin_site.pages import urls
from bulletin_site.pages.prose import plain_text
from bulletin_site.search import slices
from bulletin_site.search.documents import document
from bulletin_site.search.keys import hashed
from bulletin_site.search.reading import documents_of, postings_of, terms_of
from bulletin_site.search.segment import Segmenter, literal
from bulletin_site.search.slices import shard_count, slice_batch

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
        assert documents_of(entry(key)) == [
            [n for n, text in enumerate(texts) if key in literal(text)] for texts in fields
        ]


def test_words_lie_under_the_key_with_which_they_begin() -> None:
    assert {"数据", "数据库"} <= set(terms_of(entry("数据")))
    assert "大数据" in terms_of(entry("大数"))
    assert "gartner" in terms_of(entry("ga"))
    assert entry("据的") is None or terms_of(entry("据的")) == {}


def test_of_every_word_is_said_how_often_it_stands_in_how_long_a_field() -> None:
    right: dict[tuple[str, int, int], tuple[int, int]] = {}
    segmenter = Segmenter(published().archive.dictionary)
    for number, article in enumerate(ARTICLES):
        for position, field in enumerate(document(article, segmenter)):
            for word, times in field.counts.items():
                right[word, position, number] = times, sum(field.counts.values())
    cut: dict[tuple[str, int, int], tuple[int, int]] = {}
    for shard in range(SHARDS):
        for found in value(f"search/terms/{shard:x}.js").values():
            for word, listed in terms_of(found).items():
                for position, postings in enumerate(postings_of(listed)):
                    for number, times, length in postings:
                        cut[word, position, number] = times, length
    assert cut == right


def batch(files: Sources) -> Batch:
    return slice_batch(collected(archive(files)), Cache())


def changed(before: Batch, after: Batch) -> set[str]:
    """The shards that another content is promised for, which is the content that they have."""
    assert before.keys.keys() == after.keys.keys()
    promised = {name for name in after.keys if before.keys[name] != after.keys[name]}
    files = [dict(each.make(each.keys)) for each in (before, after)]
    assert promised == {name for name in after.keys if files[0][name] != files[1][name]}
    return promised


def shards_of(*texts: str) -> set[str]:
    keys = {key for text in map(literal, texts) for key in keys_of(text)}
    return {urls.search_terms(f"{hashed(key) & (shard_count(6) - 1):x}") for key in keys}


def keys_of(text: str) -> set[str]:
    return {*text, *(text[at : at + 2] for at in range(len(text) - 1))}


def test_an_article_that_is_added_changes_only_the_slices_of_what_is_new_in_it() -> None:
    last = "issues/2014-06-2/03.md"
    added = "---\ntitle: 新的一篇\npage: 6\n---\n\n罕见的字词。\n"
    assert changed(batch(TWO_ISSUES), batch({**TWO_ISSUES, last: added})) == shards_of(
        "新的一篇", "罕见的字词。"
    )


def test_a_correction_of_a_character_changes_only_the_slices_of_its_text() -> None:
    third = "issues/2014-05-1/03.md"
    mended = TWO_ISSUES[third].replace("印发", "印制")
    found = changed(batch(TWO_ISSUES), batch({**TWO_ISSUES, third: mended}))
    assert shards_of("制") <= found <= shards_of("会议不再印发文件。", "会议不再印制文件。")


@given(st.data())
def test_some_shards_are_made_as_they_are_among_all(data: st.DataObject) -> None:
    made = batch(TWO_ISSUES)
    every = dict(made.make(made.keys))
    wanted = data.draw(st.sets(st.sampled_from(sorted(made.keys))))
    assert dict(made.make(wanted)) == {name: every[name] for name in wanted}


@pytest.mark.parametrize("most", [1, 7, 40])
def test_shards_do_not_depend_on_how_many_are_made_at_a_time(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    made = batch(TWO_ISSUES)
    at_once = dict(made.make(made.keys))
    monkeypatch.setattr(slices, "_PORTION", most)
    assert dict(made.make(made.keys)) == at_once


@given(
    st.lists(
        st.text(st.sampled_from('大数据a1"\\\u2028\x7f﨎\U00020bb7😀'), max_size=9), max_size=6
    )
)
def test_any_characters_come_back_from_the_slices(texts: list[str]) -> None:
    files = dict(TWO_ISSUES)
    third = "issues/2014-05-1/03.md"
    files[third] = TWO_ISSUES[third] + "".join(f"\n字{text}字\n" for text in texts)
    held, _ = read(files)  # of control characters, which no editor could publish, too
    made = slice_batch(collected(held), Cache())
    shards = {
        name: json.loads(content[content.index(b",") + 1 : content.rindex(b")")])
        for name, content in made.make(made.keys)
    }
    body = literal(plain_text(held.articles[2].body).text)
    for key in keys_of(body):
        address = urls.search_terms(f"{hashed(key) & (len(shards) - 1):x}")
        assert 2 in documents_of(shards[address][key])[0]


def test_the_hash_is_the_common_crc_32() -> None:
    assert hashed("12") == zlib.crc32(b"1\x002\x00")
    assert hashed("\U00020bb7") == zlib.crc32("\U00020bb7".encode("utf-16-le"))


@given(st.integers(1, 200_000))
def test_there_are_as_many_files_as_serve_readers_and_folders(articles: int) -> None:
    count = shard_count(articles)
    assert count & (count - 1) == 0
    assert 16 <= count <= 32_768
    assert count <= max(16, 2 * articles)
