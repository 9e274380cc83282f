"""What a first visit to an article costs a reader: the page and all that it loads, compressed."""

from __future__ import annotations

import gzip
import posixpath

from selectolax.lexbor import LexborHTMLParser

from archives import published, published_files
from bulletin_site.pages import urls

KILOBYTE = 1000


def compressed(address: str) -> int:
    return len(gzip.compress(published_files()[address], mtime=0))


def loaded(address: str) -> list[str]:
    """The scripts, styles and pictures that a page asks for."""
    tree = LexborHTMLParser(published_files()[address].decode())
    links = [
        node.attributes.get("src") or node.attributes.get("href") or ""
        for node in tree.css("script[src], link[rel=stylesheet], link[rel=icon], img")
    ]
    folder = posixpath.dirname(address)
    return [posixpath.normpath(posixpath.join(folder, link)) for link in links]


def test_an_article_costs_at_most_eight_kilobytes_and_thirty_with_all_that_it_loads() -> None:
    for article in published().archive.articles:
        address = urls.article(article.id)
        assert len(loaded(address)) >= 3
        assert compressed(address) <= 8 * KILOBYTE, address
        assert sum(map(compressed, (address, *loaded(address)))) <= 30 * KILOBYTE, address
