"""The reader's copy of the index says what the whole index and the printed text say: no key, no
document more or less, and of each word what makes up its score in the whole index."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from bulletin_site.checks.built_site import REBUILD, BuiltSite
from bulletin_site.checks.index import UnreadableError, received, scores, unreadable
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.pages.prose import plain_text
from bulletin_site.problems import Problem
from bulletin_site.search.documents import BODY, FIELDS, SOURCE, TITLE
from bulletin_site.search.segment import literal
from bulletin_site.search.slices import hashed

_Keys = dict[str, tuple[set[int], ...]]
"""The documents that have each key, in the order of `FIELDS`."""


def catalog_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge `search/catalog.js` and `search/facets.js` against the archive."""
    issues = [
        [issue.id, issue.name, issue.date.isoformat(), [a.number for a in issue.articles]]
        for issue in truth.archive.issues
    ]
    articles = truth.archive.articles
    for address, name in ((urls.SEARCH_CATALOG, "catalog"), (urls.SEARCH_FACETS, "facets")):
        try:
            value = received(site, address, name)
            if name == "catalog":
                right = [[*issue[:3], _numbers(*issue[5:])] for issue in value["issues"]] == issues
            else:
                right = _facets(value) == [
                    ([topic.name for topic in article.topics], article.source)
                    for article in articles
                ]
        except (UnreadableError, LookupError, TypeError) as reason:
            yield unreadable(site, address, str(reason))
            continue
        if not right:
            yield _problem(site, address, "所列的期或文章与 issues/ 不符")


def _numbers(count: int, withdrawn: Sequence[int] = ()) -> list[int]:
    """The numbers of an issue's articles, as the search page counts them."""
    return [number for number in range(1, count + len(withdrawn) + 1) if number not in withdrawn]


def slice_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge every script under `search/terms/`."""
    try:
        catalog = received(site, urls.SEARCH_CATALOG, "catalog")
        shards, fields = catalog["shards"], catalog["fields"]
    except (UnreadableError, LookupError, TypeError):
        return
    keys = _keys(truth)
    terms = scores(site, truth)
    ids = [article.id for article in truth.archive.articles]
    for number in range(shards if isinstance(shards, int) else 0):
        address = urls.search_terms(f"{number:x}")
        try:
            shard = received(site, address, f"t:{number:x}")
            for key, entry in shard.items():
                fault = _fault(key, entry, keys.pop(key, None), terms, ids, fields)
                if hashed(key) & (shards - 1) != number or fault:
                    yield _problem(site, address, f"“{key}”{fault or '不该在这里'}")
        except (
            UnreadableError,
            LookupError,
            TypeError,
            ArithmeticError,
            ValueError,
            AttributeError,
        ) as reason:
            yield unreadable(site, address, str(reason))
    for key in list(keys)[:3]:
        address = urls.search_terms(f"{hashed(key) & (shards - 1):x}")
        yield _problem(site, address, f"缺少“{key}”")
    for term in list(terms)[:3]:
        address = urls.search_terms(f"{hashed(term[:2]) & (shards - 1):x}")
        yield _problem(site, address, f"缺少词“{term}”")


def _keys(truth: Truth) -> _Keys:
    """Every character and pair of characters that was printed, and where."""
    found: _Keys = {}
    for number, article in enumerate(truth.archive.articles):
        texts = {
            BODY: plain_text(article.body).text,
            TITLE: article.title,
            SOURCE: article.source or "",
        }
        for position, field in enumerate(FIELDS):
            text = literal(texts[field])
            for key in {*text, *(text[at : at + 2] for at in range(len(text) - 1))}:
                found.setdefault(key, tuple(set() for _ in FIELDS))[position].add(number)
    return found


def _fault(
    key: str,
    entry: Any,
    right: tuple[set[int], ...] | None,
    terms: dict[str, dict[str, dict[str, int]]],
    ids: list[str],
    fields: Sequence[tuple[str, float, float]],
) -> str:
    """What is wrong with a slice; its words are taken out of `terms`."""
    *lists, words = entry
    if tuple(set(accumulate(numbers)) for numbers in lists) != right:
        return "所在的文章与原文不符"
    for word, postings in (words or {}).items():
        standing = sum(map(len, postings[::2]))
        idf = math.log(1 + abs((len(ids) - standing + 0.5) / (standing + 0.5)))
        shown = {
            field: dict(
                zip(
                    (ids[number] for number in accumulate(postings[at])),
                    _thousandths(postings[at + 1], idf, boost, average),
                    strict=True,
                )
            )
            for (field, boost, average), at in zip(fields, range(0, 6, 2), strict=True)
            if postings[at]
        }
        if not word.startswith(key) or shown != terms.pop(word, None):
            return f"的词“{word}”与索引不符"
    return ""


def _thousandths(counts: list[int], idf: float, boost: float, average: float) -> Iterator[int]:
    """The scores that counts and lengths come to: BM25 with lunr's k1 = 1.2 and b = 0.75."""
    tf = 1
    for value in counts:
        if value < 0:
            tf = -value
        else:
            norm = 1.2 * (1 - 0.75 + 0.75 * (value / average))
            yield round(round(idf * ((1.2 + 1) * tf) / (norm + tf) * boost, 3) * 1000)
            tf = 1


def _facets(value: Any) -> list[tuple[list[str], str | None]]:
    return [
        (
            [value["topics"][topic] for topic in topics],
            value["sources"][source] if source >= 0 else None,
        )
        for topics, source in zip(value["topicOf"], value["sourceOf"], strict=True)
    ]


def _problem(site: BuiltSite, address: str, fault: str) -> Problem:
    return Problem(
        path=site.path(address),
        code="index-slice",
        message=f"检索数据不对：{fault}",
        hint=REBUILD,
    )
