"""What the search page shows of a hit: a small script an article, loaded for the hits in sight."""

from __future__ import annotations

from collections.abc import Collection as Addresses
from collections.abc import Iterator
from typing import Any

from bulletin_site.batch import Batch, key
from bulletin_site.content.model import Archive, Article, Issue
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day
from bulletin_site.pages.prose import PlainText, plain_text
from bulletin_site.search.collection import Collection
from bulletin_site.search.script import script
from bulletin_site.search.segment import simplified


def article_batch(archive: Archive, collection: Collection) -> Batch:
    """One script an article."""
    articles = {
        urls.search_article(article.id): (issue, article)
        for issue in archive.issues
        for article in issue.articles
    }
    keys = {
        address: key(
            *(digest, article.id, article.first_page, issue.name, issue.date),
            [topic.name for topic in article.topics],
        )
        for (address, (issue, article)), digest in zip(
            articles.items(), collection.columns.digests, strict=True
        )
    }

    def make(wanted: Addresses[str]) -> Iterator[tuple[str, bytes]]:
        for address in wanted:
            issue, article = articles[address]
            yield address, script(f"a:{article.id}", shown(issue, article))

    return Batch(keys=keys, make=make)


def shown(issue: Issue, article: Article) -> dict[str, Any]:
    """Title, source, issue, text and the pages that begin in it; `at` counts UTF-16 units, as
    scripts do. `variants` has the traditional characters that were printed, each followed by its
    simplified one, since the index compares simplified ones."""
    printed = plain_text(article.body)
    address = urls.article(article.id)
    plain = {"title": article.title, "source": article.source or "", "text": printed.text}
    value: dict[str, Any] = {
        **plain,
        "href": urls.link(urls.SEARCH, address),
        "issue": issue.name,
        "issueHref": urls.link(urls.SEARCH, urls.issue(issue.id)),
        "date": issue.date.isoformat(),
        "dateText": day(issue.date).text,
        "topics": [topic.name for topic in article.topics],
        "pages": [
            {
                "page": page,
                "at": len(printed.text[:start].encode("utf-16-le")) // 2,
                "href": urls.link(urls.SEARCH, address, urls.page_anchor(page)),
            }
            for page, start in _page_starts(article, printed)
        ],
    }
    characters = sorted(set().union(*plain.values()))
    variants = "".join(one + simplified(one) for one in characters if simplified(one) != one)
    return {**value, "variants": variants} if variants else value


def _page_starts(article: Article, printed: PlainText) -> Iterator[tuple[int, int]]:
    yield article.first_page, 0
    yield from printed.page_starts
