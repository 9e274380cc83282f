"""The reader's copy of the index says what the whole index and the printed text say: no key, no
document and no score more or less."""

from __future__ import annotations

from collections.abc import Iterator
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
        [issue.id, issue.name, issue.date.isoformat(), len(issue.articles)]
        for issue in truth.archive.issues
    ]
    articles = truth.archive.articles
    for address, name in ((urls.SEARCH_CATALOG, "catalog"), (urls.SEARCH_FACETS, "facets")):
        try:
            value = received(site, address, name)
            if name == "catalog":
                right = [[*issue[:3], issue[5]] for issue in value["issues"]] == issues
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


def slice_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge every script under `search/terms/`."""
    try:
        shards = received(site, urls.SEARCH_CATALOG, "catalog")["shards"]
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
                fault = _fault(key, entry, keys.pop(key, None), terms, ids)
                if hashed(key) & (shards - 1) != number or fault:
                    yield _problem(site, address, f"“{key}”{fault or '不该在这里'}")
        except (UnreadableError, LookupError, TypeError, ValueError, AttributeError) as reason:
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
) -> str:
    """What is wrong with a slice; its words are taken out of `terms`."""
    *lists, words = entry
    if tuple(set(accumulate(numbers)) for numbers in lists) != right:
        return "所在的文章与原文不符"
    for word, postings in (words or {}).items():
        shown = {
            field: dict(
                zip(
                    (ids[number] for number in accumulate(postings[at])),
                    postings[at + 1],
                    strict=True,
                )
            )
            for field, at in zip(FIELDS, range(0, 6, 2), strict=True)
            if postings[at]
        }
        if not word.startswith(key) or shown != terms.pop(word, None):
            return f"的词“{word}”与索引不符"
    return ""


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
