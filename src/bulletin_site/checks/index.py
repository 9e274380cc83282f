"""The search index: stock lunr can load it, it holds the archive's articles and no others, and it
finds each of them by its own title."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lunr.exceptions import BaseLunrException
from lunr.index import Index
from lunr.query import Query, QueryPresence

from bulletin_site.checks.built_site import REBUILD, BuiltSite
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Article
from bulletin_site.pages import urls
from bulletin_site.problems import Problem
from bulletin_site.search.documents import TITLE
from bulletin_site.search.index import MOST_IN_ONE_FILE
from bulletin_site.search.script import handed
from bulletin_site.search.segment import segmenter

_LUNR_VERSION = "2.3.9"


class UnreadableError(Exception):
    """Why a file of the search data cannot be read."""


def index_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge `search/index.json`, or in a large archive the index of each year."""
    for address, articles in indexes(truth).items():
        try:
            serialized = _serialized(site, address)
            index = _loaded(serialized)
        except UnreadableError as reason:
            yield unreadable(site, address, str(reason))
            continue
        for fault in _faults(serialized, {article.id for article in articles}):
            yield unreadable(site, address, fault)
        yield from _answer_problems(site, address, truth, index, articles)


Scores = dict[str, dict[str, dict[str, int]]]
"""In thousandths: of terms by field and article."""


def scores(site: BuiltSite, truth: Truth) -> Scores:
    """What the index says: of each term by field, the score in thousandths of each article. Empty
    where an index cannot be read, which is said elsewhere. A score of -1 stands where its two
    halves, words by article and articles by word, contradict each other."""
    found: Scores = {}
    for address in indexes(truth):
        try:
            serialized = _serialized(site, address)
            _loaded(serialized)
        except UnreadableError:
            return {}
        for term, fields in _of_file(serialized).items():
            for field, articles in fields.items():
                found.setdefault(term, {}).setdefault(field, {}).update(articles)
    return found


def _of_file(serialized: Any) -> Scores:
    found: Scores = {}
    terms = {posting["_index"]: term for term, posting in serialized["invertedIndex"]}
    for reference, vector in serialized["fieldVectors"]:
        field, _, article = reference.partition("/")
        for number, score in zip(vector[::2], vector[1::2], strict=True):
            of_term = found.setdefault(terms[number], {}).setdefault(field, {})
            of_term[article] = round(score * 1000)
    for term, posting in serialized["invertedIndex"]:
        of_fields = found.setdefault(term, {})
        for field in serialized["fields"]:
            if posting[field].keys() != of_fields.get(field, {}).keys():
                of_fields[field] = {"": -1}
    return found


def indexes(truth: Truth) -> dict[str, list[Article]]:
    """The files that hold the index, and the articles in each."""
    printed = [found.article for found in truth.articles.values()]
    if len(printed) <= MOST_IN_ONE_FILE:
        return {urls.SEARCH_INDEX: printed}
    by_year: dict[str, list[Article]] = {}
    for found in truth.articles.values():
        address = urls.search_index_of(found.issue.date.year)
        by_year.setdefault(address, []).append(found.article)
    return by_year


def received(site: BuiltSite, address: str, name: str) -> Any:
    """The value that a script hands to the search page."""
    try:
        return handed(_bytes(site, address), name)
    except ValueError as reason:
        raise UnreadableError(str(reason)) from None


def wrong_data(site: BuiltSite, address: str, fault: str) -> Problem:
    """That what the search page loads can be read, but is not what the archive says."""
    return Problem(
        path=site.path(address),
        code="index-slice",
        message=f"检索数据不对：{fault}",
        hint=REBUILD,
    )


def unreadable(site: BuiltSite, address: str, fault: str) -> Problem:
    return Problem(
        path=site.path(address),
        code="index-unreadable",
        message=f"检索数据不能用：{fault}",
        hint=REBUILD,
    )


def _bytes(site: BuiltSite, address: str) -> bytes:
    try:
        return site.files[address]
    except KeyError:
        raise UnreadableError("没有这个文件") from None


def _serialized(site: BuiltSite, address: str) -> Any:
    try:
        return json.loads(_bytes(site, address).decode("utf-8"))
    except UnicodeDecodeError:
        raise UnreadableError("不是 UTF-8 编码") from None
    except (ValueError, RecursionError) as reason:
        raise UnreadableError(f"不是完好的 JSON（{reason}）") from None


def _loaded(serialized: Any) -> Index:
    """The index in lunr.py, which wants terms by code points where lunr.js wants UTF-16 units."""
    try:
        if not _has_shape(serialized):
            raise UnreadableError("不是 lunr 的索引")
        by_code_point = sorted(serialized["invertedIndex"], key=lambda entry: entry[0])
        return Index.load({**serialized, "invertedIndex": by_code_point})
    except (
        BaseLunrException,
        KeyError,
        TypeError,
        ValueError,
        IndexError,
        AttributeError,
    ) as reason:
        raise UnreadableError(f"lunr 读不出索引（{reason!r}）") from None


def _has_shape(serialized: Any) -> bool:
    """Are there lists of fields, of vectors by reference and of postings by term? lunr.py takes
    other shapes too, and trips over them later."""
    fields = serialized["fields"]
    numbers = {posting["_index"] for _, posting in serialized["invertedIndex"]}
    return (
        numbers == set(range(len(serialized["invertedIndex"])))
        and all(
            len(vector) % 2 == 0 and numbers.issuperset(vector[::2])
            for _, vector in serialized["fieldVectors"]
        )
        and all(isinstance(field, str) for field in fields)
        and all(isinstance(reference, str) for reference, _ in serialized["fieldVectors"])
        and all(
            isinstance(term, str) and all(isinstance(posting[field], dict) for field in fields)
            for term, posting in serialized["invertedIndex"]
        )
    )


def _faults(serialized: Any, articles: set[str]) -> Iterator[str]:
    """What lunr.py accepts and stock lunr.js, or a reader, would stumble over."""
    if serialized["version"] != _LUNR_VERSION:
        yield f"版本是 {serialized['version']}，应是 {_LUNR_VERSION}"
    if serialized["pipeline"]:
        yield f"pipeline 应当是空的：{serialized['pipeline']} 只适用于英文"
    terms = [entry[0].encode("utf-16-be", "surrogatepass") for entry in serialized["invertedIndex"]]
    if terms != sorted(set(terms)):
        yield "词没有按 UTF-16 编码排列，或有重复"
    expected = {f"{field}/{article}" for field in serialized["fields"] for article in articles}
    vectors = [reference for reference, _ in serialized["fieldVectors"]]
    if sorted(vectors) != sorted(expected):
        wrong = sorted(set(vectors) ^ expected) or sorted(vectors)
        yield f"所收的文章与 issues/ 不符：{'、'.join(wrong[:3])}"
    posted = {
        reference
        for _, posting in serialized["invertedIndex"]
        for field in serialized["fields"]
        for reference in posting.get(field, ())
    }
    if posted - articles:
        yield f"词条里有不存在的文章：{'、'.join(sorted(posted - articles)[:3])}"


def _answer_problems(
    site: BuiltSite, address: str, truth: Truth, index: Index, articles: list[Article]
) -> Iterator[Problem]:
    """Every article's title is asked for. That all words of a title lead to the article is read
    from lunr's postings, which is what a query with every word required comes to; lunr itself
    answers for one article an issue, since in a large archive each answer costs milliseconds."""
    words = segmenter(truth.archive.dictionary).words
    for article in articles:
        title_words = words(article.title)
        if not title_words:
            continue
        posted = all(_is_posted(index, word, article.id) for word in title_words)
        if not posted or (article.number == 1 and article.id not in _answer(index, title_words)):
            yield Problem(
                path=site.path(address),
                code="index-answer",
                message=f"用题名检索查不到文章 {article.id}“{article.title}”",
                hint=REBUILD,
            )


def _is_posted(index: Index, word: str, article_id: str) -> bool:
    return article_id in index.inverted_index.get(word, {}).get(TITLE, ())


def _answer(index: Index, title_words: list[str]) -> set[str]:
    """The articles whose titles have all of some words."""
    if TITLE not in index.fields:
        return set()
    query: Query = index.create_query([TITLE])
    for word in title_words:
        query.clause(term=word, presence=QueryPresence.REQUIRED, use_pipeline=False)
    try:
        return {hit["ref"] for hit in index.query(query)}
    except (KeyError, TypeError, ValueError):
        return set()
