"""What the search page knows of all articles: the issues they belong to, and what to filter by."""

from __future__ import annotations

from typing import Any

from bulletin_site.batch import Batch, key
from bulletin_site.content.model import Archive, Issue
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day
from bulletin_site.pages.site import Site
from bulletin_site.search.collection import Collection
from bulletin_site.search.documents import FIELDS
from bulletin_site.search.lunr_index import BOOSTS, averages
from bulletin_site.search.script import script
from bulletin_site.search.slices import shard_count


def catalog_batch(site: Site, collection: Collection) -> Batch:
    """The catalog, which every search loads, and the facets, which filters load."""
    values = {
        urls.SEARCH_CATALOG: ("catalog", _catalog(site.archive, collection)),
        urls.SEARCH_FACETS: ("facets", _facets(site)),
    }
    return Batch(
        keys={address: key(value) for address, value in values.items()},
        make=lambda wanted: ((address, script(*values[address])) for address in wanted),
    )


def _catalog(archive: Archive, collection: Collection) -> dict[str, Any]:
    def folder(address: str) -> str:
        return urls.link(urls.SEARCH, address).rpartition("/")[0] + "/"

    return {
        "shards": shard_count(len(archive.articles)),
        "fields": [
            [name, BOOSTS[name], average]
            for name, average in zip(FIELDS, averages(collection), strict=True)
        ],
        "issues": [
            [
                issue.id,
                issue.name,
                issue.date.isoformat(),
                day(issue.date).text,
                urls.link(urls.SEARCH, urls.issue(issue.id)),
                len(issue.articles),
                *([withdrawn] if withdrawn else []),
            ]
            for issue in archive.issues
            for withdrawn in (_withdrawn(issue),)
        ],
        "terms": folder(urls.search_terms("0")),
        "articles": folder(urls.search_article("0")),
        "facets": urls.link(urls.SEARCH, urls.SEARCH_FACETS),
        "lexicon": urls.link(urls.SEARCH, urls.SEARCH_LEXICON),
        "variants": urls.link(urls.SEARCH, urls.SEARCH_VARIANTS),
    }


def _withdrawn(issue: Issue) -> list[int]:
    """The numbers, up to that of its last article, that no article of an issue has."""
    numbers = {article.number for article in issue.articles}
    return [number for number in range(1, max(numbers)) if number not in numbers]


def _facets(site: Site) -> dict[str, Any]:
    topics = {topic.name: number for number, topic in enumerate(site.archive.topics)}
    sources = {name: number for number, name in enumerate(site.sources)}
    articles = site.archive.articles
    return {
        "topics": list(topics),
        "sources": list(sources),
        "years": sorted({issue.date.year for issue in site.archive.issues}),
        "topicOf": [[topics[topic.name] for topic in article.topics] for article in articles],
        "sourceOf": [sources[article.source] if article.source else -1 for article in articles],
    }
