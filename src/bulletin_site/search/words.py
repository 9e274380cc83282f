"""What words say beyond the search: which articles are related, what the archive speaks of."""

from __future__ import annotations

from bulletin_site.cache import Cache
from bulletin_site.content.model import Archive
from bulletin_site.pages.words import Words
from bulletin_site.search.collection import Collection
from bulletin_site.search.related import related_articles
from bulletin_site.search.subjects import Subjects
from bulletin_site.search.trends import trends


def words(archive: Archive, collection: Collection, cache: Cache) -> Words:
    """Both, from the words that are not only parts of longer ones."""
    subjects = Subjects(archive.dictionary, cache)
    found = Words(
        related=related_articles(collection, cache), trends=trends(archive, collection, subjects)
    )
    subjects.keep()
    return found
