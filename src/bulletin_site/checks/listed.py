"""Which articles the pages of topics and sources must list, by the addresses of these pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin_site.content.model import Archive, Article, Issue
from bulletin_site.pages import urls
from bulletin_site.pages.listing import LATEST_LISTED, MOST_LISTED

Printed = tuple[Issue, Article]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A list, or one year of it: the newest issue first, each in printed order. `of_source`: all
    are from one source, else they are of one topic. `count` is that of the list or of the year,
    `latest` how many stand on a first page that does not show all."""

    name: str
    year: int | None
    of_source: bool
    count: int
    latest: int | None
    articles: Sequence[Printed]


def lists_of(archive: Archive, sources: Mapping[str, str]) -> dict[str, Listed]:
    """All such pages; `sources` are names by the addresses of their pages."""
    by_source: dict[str, list[Printed]] = {name: [] for name in sources.values()}
    by_topic: dict[str, list[Printed]] = {topic.name: [] for topic in archive.topics}
    for issue in reversed(archive.issues):
        for article in issue.articles:
            if article.source:
                by_source[article.source].append((issue, article))
            for topic in article.topics:
                by_topic[topic.name].append((issue, article))
    found: dict[str, Listed] = {}
    for topic in archive.topics:
        found |= _pages(urls.topic(topic.slug), topic.name, by_topic[topic.name], False)
    for address, name in sources.items():
        found |= _pages(address, name, by_source[name], True)
    return found


def _pages(
    address: str, name: str, articles: Sequence[Printed], of_source: bool
) -> Iterator[tuple[str, Listed]]:
    """The first page; where it cannot hold all, a page for each year."""

    def page(some: Sequence[Printed], year: int | None, count: int) -> Listed:
        latest = len(some) if len(some) < count else None
        return Listed(
            name=name, year=year, of_source=of_source, count=count, latest=latest, articles=some
        )

    end = min(LATEST_LISTED, len(articles))
    while 0 < end < len(articles) and articles[end][0] is articles[end - 1][0]:
        end += 1
    if len(articles) <= MOST_LISTED:
        end = len(articles)
    yield address, page(articles[:end], None, len(articles))
    if end < len(articles):
        for year in dict.fromkeys(issue.date.year for issue, _ in articles):
            of_year = [one for one in articles if one[0].date.year == year]
            yield urls.of_year(address, year), page(of_year, year, len(of_year))
