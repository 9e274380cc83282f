"""The index that stock lunr loads, and what the search page shows beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from lunr.index import Index

from archives import BASE, Sources, archive, published, published_files, read, searched
from bulletin_site.content.model import Article
from bulletin_site.pages import prose
from bulletin_site.search.segment import Segmenter

ARTICLES = published().archive.articles
TITLED = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)


@cache
def segmenter() -> Segmenter:
    return Segmenter(published().archive.dictionary)


@cache
def index() -> Index:
    return Index.load(json.loads(published_files()["search/index.json"]))


def received(script: bytes, name: str) -> Any:
    """What a script hands to the search page."""
    call = re.fullmatch(r'bulletin\.receive\("([^"]+)",(.*)\);\n', script.decode(), re.DOTALL)
    assert call is not None
    assert call[1] == name
    return json.loads(call[2])


def made(sources: Sources) -> Mapping[str, bytes]:
    """The search data of an archive, which answers for all its articles."""
    return searched(archive(sources))


def handed(files: Mapping[str, bytes], article_id: str) -> Any:
    return received(files[f"search/articles/{article_id}.js"], f"a:{article_id}")


@cache
def shown() -> dict[str, Any]:
    return {article.id: handed(published_files(), article.id) for article in ARTICLES}


def ids_of(words: list[str]) -> list[str]:
    """The articles that lunr finds for these words, best first."""
    query = index().create_query()
    for word in words:
        query.term(word, use_pipeline=False)
    return [match["ref"] for match in index().query(query)]


@TITLED
def test_every_article_is_the_first_answer_to_its_own_title(article: Article) -> None:
    assert ids_of(segmenter().words(article.title))[0] == article.id


@TITLED
def test_every_article_is_found_by_every_word_of_its_text(article: Article) -> None:
    words = set(segmenter().words(prose.plain_text(article.body).text))
    indexed = {
        entry[0] for entry in json.loads(published_files()["search/index.json"])["invertedIndex"]
    }
    assert words
    assert words <= indexed


@pytest.mark.parametrize("source", sorted({a.source for a in ARTICLES if a.source}))
def test_the_articles_of_a_source_are_found_by_its_name(source: str) -> None:
    found = ids_of(segmenter().words(source))
    assert {article.id for article in ARTICLES if article.source == source} <= set(found)


@pytest.mark.parametrize("word", ["大数据", "云计算", "政务公开", "wifi", "江苏"])
def test_a_word_finds_the_articles_that_hold_it_and_no_others(word: str) -> None:
    holding = {
        article.id
        for article in ARTICLES
        if word
        in segmenter().words(
            f"{article.title}\n{prose.plain_text(article.body).text}\n{article.source}"
        )
    }
    assert holding
    assert set(ids_of([word])) == holding


def test_the_index_says_what_lunr_expects() -> None:
    serialized = json.loads(published_files()["search/index.json"])
    assert serialized["version"] == "2.3.9"
    assert serialized["fields"] == ["body", "title", "source"]
    assert serialized["pipeline"] == []
    assert len(serialized["fieldVectors"]) == 3 * len(ARTICLES)


def test_terms_are_in_the_order_of_utf_16_for_lunr_js_would_throw_on_any_other() -> None:
    files = dict(BASE)
    third = "issues/2014-05-1/03.md"
    # Beyond the BMP comes before U+FA0E in UTF-16 and after it in code points.
    files[third] = BASE[third].replace("会议不再", "会议\U00020bb7家\ufa0e不再 ａ")
    built = json.loads(made(files)["search/index.json"])
    terms = [entry[0] for entry in built["invertedIndex"]]
    assert any("\U00020bb7" in term for term in terms)
    assert any("\ufa0e" in term for term in terms)
    assert terms == sorted(terms, key=lambda term: term.encode("utf-16-be"))
    assert terms != sorted(terms)


def test_the_search_page_knows_every_article_and_its_whole_text() -> None:
    assert [(id_, entry["title"], entry["text"]) for id_, entry in shown().items()] == [
        (article.id, article.title, prose.plain_text(article.body).text) for article in ARTICLES
    ]


def test_every_address_of_a_hit_is_a_file_of_the_site() -> None:
    for entry in shown().values():
        hrefs = [entry["href"], entry["issueHref"], *(page["href"] for page in entry["pages"])]
        assert {href.partition("#")[0] for href in hrefs} <= published_files().keys()


def test_the_pages_of_a_hit_begin_where_they_begin_in_print() -> None:
    starts = {
        (id_, page["page"]): entry["text"][page["at"] :][:6]
        for id_, entry in shown().items()
        for page in entry["pages"]
    }
    assert starts["2014-05-1/06", 5] == "2010年以"
    assert starts["2014-05-1/06", 6] == "点企业或科研"
    assert starts["2014-05-1/06", 7] == "金支持；在省"
    assert starts["2014-06-2/13", 15] == "经验、123"


def test_places_of_pages_are_counted_as_scripts_count_characters() -> None:
    files = dict(BASE)
    first = "issues/2014-05-1/01.md"
    files[first] = BASE[first].replace("规划提出", "😀\U00020bb7规划提出")
    entry = handed(made(files), "2014-05-1/01")
    at = entry["pages"][1]["at"]
    assert entry["text"].encode("utf-16-le")[2 * at :].decode("utf-16-le").startswith("标，并明确")


def test_nothing_in_a_script_can_end_a_line_or_a_script_early() -> None:
    files = dict(BASE)
    third = "issues/2014-05-1/03.md"
    files[third] = BASE[third].replace("会议不再", "会议\u2028\u2029不再")
    held, problems = read(files)
    assert {problem.code for problem in problems} == {"invisible-character"}
    script = searched(held)["search/articles/2014-05-1/03.js"].decode()
    assert script.count("\n") == 1
    assert "\u2028" not in script
    assert "\u2029" not in script


def test_what_was_printed_in_traditional_characters_is_compared_in_simplified_ones() -> None:
    files = dict(BASE)
    third = "issues/2014-05-1/03.md"
    files[third] = BASE[third].replace("会议不再", "會議與雲計算不再")
    built = made(files)
    assert handed(built, "2014-05-1/03")["variants"] == "會会與与計计議议雲云"
    assert "云计算" in {e[0] for e in json.loads(built["search/index.json"])["invertedIndex"]}
