"""The search's files: the complete lunr index, and the reader's copy cut into slices."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby

from bulletin_site.batch import Batch, key
from bulletin_site.pages import urls
from bulletin_site.pages.site import Site
from bulletin_site.search.articles import article_files
from bulletin_site.search.catalog import catalog_files
from bulletin_site.search.collection import Collection
from bulletin_site.search.lexicon import lexicon_files
from bulletin_site.search.lunr_index import index_json, scores
from bulletin_site.search.slices import slice_files

MOST_IN_ONE_FILE = 3000
"""Articles; a larger archive has a file a year, with the scores of the whole archive in it."""


def search_batches(site: Site, collection: Collection) -> list[Batch]:
    """All files under `search/`."""
    archive = site.archive
    files = {
        **dict(_complete(collection)),
        **slice_files(collection),
        **article_files(archive),
        **catalog_files(site, collection),
        **lexicon_files(archive, collection),
    }
    keys = {address: key(hashlib.sha256(content).digest()) for address, content in files.items()}
    return [Batch(keys=keys, make=lambda wanted: ((address, files[address]) for address in wanted))]


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
