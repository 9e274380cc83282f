"""What words say beyond the search: which articles are related, what the archive speaks of."""

from __future__ import annotations

from bulletin_site.content.model import Archive
from bulletin_site.pages.words import Words
from bulletin_site.search.collection import Collection, whole_words
from bulletin_site.search.related import related_articles
from bulletin_site.search.segment import segmenter
from bulletin_site.search.trends import trends


def words(archive: Archive, collection: Collection) -> Words:
    """Both, from the words that are not only parts of longer ones."""
    jieba = segmenter(archive.dictionary)
    whole = whole_words(collection, jieba.knows)
    return Words(
        related=related_articles(collection, whole),
        trends=trends(archive, collection, whole, jieba),
    )
