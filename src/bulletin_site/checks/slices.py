"""The reader's copy of the index says what the whole index and the printed text say: no key, no
document more or less, and of each word what makes up its score in the whole index."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from operator import add
from typing import Any

from bulletin_site.checks.built_site import BuiltSite
from bulletin_site.checks.index import (
    Scores,
    UnreadableError,
    indexes,
    received,
    scores,
    unreadable,
    wrong_data,
)
from bulletin_site.checks.lexicon import lexicon_problems
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day
from bulletin_site.pages.prose import plain_text
from bulletin_site.problems import Problem
from bulletin_site.search.documents import BODY, FIELDS, SOURCE, TITLE
from bulletin_site.search.keys import hashed
from bulletin_site.search.lunr_index import BOOSTS
from bulletin_site.search.reading import documents_of, postings_of, terms_of
from bulletin_site.search.segment import literal

_Postings = list[list[tuple[int, int, int]]]
"""By field: documents, how often a term stands there, and in how many words."""
_Lengths = list[dict[int, int]]
"""By field: of documents the number of words."""
_MALFORMED = (LookupError, TypeError, ArithmeticError, ValueError, AttributeError, RuntimeError)
"""What reading something else than a slice comes to."""

_Keys = tuple[dict[str, list[int]], ...]
"""By field, in the order of `FIELDS`: of each key the documents that have it, in order."""


def catalog_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge `search/catalog.js` and `search/facets.js` against the archive."""
    issues = [
        [
            *(issue.id, issue.name, issue.date.isoformat(), day(issue.date).text),
            *(urls.link(urls.SEARCH, urls.issue(issue.id)), [a.number for a in issue.articles]),
        ]
        for issue in truth.archive.issues
    ]
    files = {
        "terms": urls.folder(urls.search_terms("0")),
        "articles": urls.folder(urls.folder(urls.search_article("a/1"))[:-1]),
        "facets": urls.SEARCH_FACETS,
        "lexicon": urls.SEARCH_LEXICON,
        "variants": urls.SEARCH_VARIANTS,
    }
    articles = truth.archive.articles
    for address, name in ((urls.SEARCH_CATALOG, "catalog"), (urls.SEARCH_FACETS, "facets")):
        try:
            value = received(site, address, name)
            if name == "catalog":
                found = [[*issue[:5], _numbers(*issue[5:])] for issue in value["issues"]]
                places = {name: urls.link(urls.SEARCH, place) for name, place in files.items()}
                boosts = [[name, BOOSTS[name]] for name in FIELDS]
                right = (
                    found == issues
                    and [of_field[:2] for of_field in value["fields"]] == boosts
                    and {name: value[name] for name in value.keys() & places} == places
                    and value.keys() == {*places, "shards", "fields", "issues"}
                )
            else:
                years = sorted({issue.date.year for issue in truth.archive.issues})
                right = value["years"] == years and _facets(value) == [
                    ([topic.name for topic in article.topics], article.source)
                    for article in articles
                ]
        except (UnreadableError, *_MALFORMED) as reason:
            yield unreadable(site, address, str(reason))
            continue
        if not right:
            yield wrong_data(site, address, "所列的期或文章与 issues/ 不符")


def _numbers(count: int, withdrawn: Sequence[int] = ()) -> list[int]:
    """The numbers of an issue's articles, as the search page counts them."""
    return [number for number in range(1, count + len(withdrawn) + 1) if number not in withdrawn]


def slice_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge every script under `search/terms/`."""
    try:
        catalog = received(site, urls.SEARCH_CATALOG, "catalog")
        count = int(catalog["shards"])
        averages = [float(average) for _, _, average in catalog["fields"]]
    except (UnreadableError, LookupError, TypeError, ValueError):
        return
    shards: dict[str, Any] = {}
    lengths: _Lengths = [{} for _ in FIELDS]
    for number in range(count):
        address = urls.search_terms(f"{number:x}")
        try:
            shards[address] = received(site, address, f"t:{number:x}")
            _measure(shards[address], lengths)
        except (UnreadableError, *_MALFORMED) as reason:
            shards.pop(address, None)
            yield unreadable(site, address, str(reason))
    documents = len(truth.archive.articles)
    if averages != [sum(of_field.values()) / max(1, documents) for of_field in lengths]:
        yield wrong_data(site, urls.SEARCH_CATALOG, "所记的平均长度与切片不符")
    keys, weights, terms = _keys(truth), _Weights(truth, lengths), scores(site, truth)
    yield from lexicon_problems(site, truth, terms)
    missing = set().union(*keys)
    for number in range(count):
        address = urls.search_terms(f"{number:x}")
        for key, entry in shards.get(address, {}).items():
            missing.discard(key)
            fault = _fault(key, entry, keys, terms, weights)
            if hashed(key) & (count - 1) != number or fault:
                yield wrong_data(site, address, f"“{key}”{fault or '不该在这里'}")
    for key in sorted(missing)[:3]:
        address = urls.search_terms(f"{hashed(key) & (count - 1):x}")
        yield wrong_data(site, address, f"缺少“{key}”")
    for term in list(terms)[:3]:
        address = urls.search_terms(f"{hashed(term[:2]) & (count - 1):x}")
        yield wrong_data(site, address, f"缺少词“{term}”")


def _measure(shard: Any, lengths: _Lengths) -> None:
    """Take down how long fields are. Raises one of `_MALFORMED` where the shard is no shard."""
    for entry in shard.values():
        documents_of(entry)
        for postings in terms_of(entry).values():
            for of_field, found in zip(lengths, postings_of(postings), strict=True):
                of_field.update((document, length) for document, _, length in found)


def _keys(truth: Truth) -> _Keys:
    """Every character and pair of characters that was printed, and where."""
    found: _Keys = tuple({} for _ in FIELDS)
    for number, article in enumerate(truth.archive.articles):
        texts = {
            BODY: plain_text(article.body).text,
            TITLE: article.title,
            SOURCE: article.source or "",
        }
        for field, of_field in zip(FIELDS, found, strict=True):
            text = literal(texts[field])
            for key in {*text, *map(add, text, text[1:])}:
                of_field.setdefault(key, []).append(number)
    return found


def _fault(key: str, entry: Any, keys: _Keys, terms: Scores, weights: _Weights) -> str:
    """What is wrong with a slice; its words are taken out of `terms`."""
    right = [of_field.get(key, []) for of_field in keys]
    if not any(right) or documents_of(entry) != right:
        return "所在的文章与原文不符"
    for term, listed in terms_of(entry).items():
        promised = terms.pop(term, None)
        if not term.startswith(key) or weights.of(postings_of(listed)) != promised:
            return f"的词“{term}”与索引不符"
    return ""


class _Weights:
    """The scores that counts and lengths come to in the index, or in the index of each year: BM25
    with lunr's k1 = 1.2 and b = 0.75."""

    def __init__(self, truth: Truth, lengths: _Lengths) -> None:
        self._ids = [article.id for article in truth.archive.articles]
        place = {id_: number for number, id_ in enumerate(self._ids)}
        parts = [
            [place[article.id] for article in articles] for articles in indexes(truth).values()
        ]
        self._part = {number: part for part, numbers in enumerate(parts) for number in numbers}
        self._sizes = [len(numbers) for numbers in parts]
        self._averages = [
            [sum(of_field.get(number, 0) for number in numbers) / len(numbers) for numbers in parts]
            for of_field in lengths
        ]

    def of(self, postings: _Postings) -> dict[str, dict[str, int]]:
        """In thousandths, of each field by article; empty where there is no such article."""
        places = [self._part.get(number) for found in postings for number, _, _ in found]
        if None in places:
            return {}
        standing = Counter(places)
        shown: dict[str, dict[str, int]] = {}
        for name, averages, found in zip(FIELDS, self._averages, postings, strict=True):
            for number, times, length in found:
                part = self._part[number]
                n, size = standing[part], self._sizes[part]
                idf = math.log(1 + abs((size - n + 0.5) / (n + 0.5)))
                norm = 1.2 * (1 - 0.75 + 0.75 * (length / averages[part]))
                score = idf * ((1.2 + 1) * times) / (norm + times) * BOOSTS[name]
                shown.setdefault(name, {})[self._ids[number]] = round(round(score, 3) * 1000)
        return shown


def _facets(value: Any) -> list[tuple[list[str], str | None]]:
    return [
        (
            [value["topics"][topic] for topic in topics],
            value["sources"][source] if source >= 0 else None,
        )
        for topics, source in zip(value["topicOf"], value["sourceOf"], strict=True)
    ]
