"""The search's files: the complete lunr index, and the reader's copy cut into slices."""

from __future__ import annotations

from collections.abc import Collection as Addresses
from collections.abc import Iterator

from bulletin_site.batch import Batch, key
from bulletin_site.cache import Cache
from bulletin_site.pages import urls
from bulletin_site.pages.site import Site
from bulletin_site.search.articles import article_batch
from bulletin_site.search.catalog import catalog_batch
from bulletin_site.search.collection import Collection
from bulletin_site.search.lexicon import lexicon_batches
from bulletin_site.search.lunr_index import index_json
from bulletin_site.search.slices import slice_batch

MOST_IN_ONE_FILE = 3000
"""Articles; a larger archive has an index a year, each complete and of that year alone."""


def search_batches(site: Site, collection: Collection, cache: Cache) -> list[Batch]:
    """All files under `search/`."""
    return [
        _complete(collection),
        slice_batch(collection, cache),
        article_batch(site.archive, collection),
        catalog_batch(site, collection),
        *lexicon_batches(site.archive, collection, cache),
    ]


def _complete(collection: Collection) -> Batch:
    if len(collection.ids) <= MOST_IN_ONE_FILE:
        parts = {urls.SEARCH_INDEX: range(len(collection.ids))}
    else:
        parts = {
            urls.search_index_of(collection.years[numbers.start]): numbers
            for numbers in collection.of_years()
        }

    def make(wanted: Addresses[str]) -> Iterator[tuple[str, bytes]]:
        for address in wanted:
            yield address, index_json(collection.part(parts[address]))

    return Batch(
        keys={
            address: key(
                collection.ids[numbers.start : numbers.stop],
                b"".join(collection.columns.digests[numbers.start : numbers.stop]),
            )
            for address, numbers in parts.items()
        },
        make=make,
    )
