"""The search's files: the complete lunr index, and the reader's copy cut into slices."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bulletin_site.pages import urls
from bulletin_site.pages.site import Site
from bulletin_site.problems import Problem
from bulletin_site.search.articles import article_files
from bulletin_site.search.catalog import catalog_files
from bulletin_site.search.collection import Collection
from bulletin_site.search.lexicon import lexicon_files
from bulletin_site.search.lunr_index import index_json, scores
from bulletin_site.search.proof import silent_articles
from bulletin_site.search.slices import slice_files

MOST_IN_ONE_FILE = 3000
"""Articles; a larger archive has a file a year, with the scores of the whole archive in it."""


def search_files(site: Site, collection: Collection) -> tuple[dict[str, bytes], list[Problem]]:
    """All files under `search/`, and the articles that they do not answer for."""
    archive = site.archive
    files = {
        **dict(_complete(collection)),
        **slice_files(collection),
        **article_files(archive),
        **catalog_files(site, collection),
        **lexicon_files(archive, collection),
    }
    return files, list(silent_articles(files, collection))


def _complete(collection: Collection) -> Iterator[tuple[str, bytes]]:
    of_terms = scores(collection)
    if len(collection.ids) <= MOST_IN_ONE_FILE:
        yield urls.SEARCH_INDEX, index_json(collection, of_terms).encode()
        return
    first = 0
    for year, group in groupby(collection.years):
        numbers = range(first, first + len(list(group)))
        yield urls.search_index_of(year), index_json(collection, of_terms, numbers).encode()
        first = numbers.stop
