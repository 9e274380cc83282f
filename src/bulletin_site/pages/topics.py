"""The topic index and a page for each topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.listing import ListedIssue, listing, year_links
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import Site
from bulletin_site.pages.timeline import Timeline, timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLine:
    """A topic in a list of topics."""

    topic: Link
    description: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsView:
    topics: tuple[TopicLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    name: str
    description: str
    count: int
    timeline: Timeline
    years: tuple[Link, ...]
    issues: tuple[ListedIssue, ...]


def pages(site: Site) -> Iterator[Page]:
    """The index first, then the topics in the archive's order."""
    names = [topic.name for topic in site.archive.topics]
    description = f"按主题浏览：{'、'.join(names)}。"
    yield Page(
        address=urls.TOPICS,
        template="topics.html",
        frame=frame(
            site,
            urls.TOPICS,
            title="主题",
            description=description,
            kind="栏目索引",
            keywords=names,
            section=urls.TOPICS,
            breadcrumbs=[("主题", urls.TOPICS)],
        ),
        view=TopicsView(topics=topic_lines(site, urls.TOPICS)),
    )
    for topic, articles in site.by_topic.items():
        address = urls.topic(topic.slug)
        summary = f"主题“{topic.name}”的 {len(articles)} 篇文章。{topic.description}"
        yield Page(
            address=address,
            template="topic.html",
            frame=frame(
                site,
                address,
                title=topic.name,
                description=summary,
                kind="主题",
                section=urls.TOPICS,
                breadcrumbs=[("主题", urls.TOPICS), (topic.name, address)],
            ),
            view=TopicView(
                name=topic.name,
                description=topic.description,
                count=len(articles),
                timeline=timeline(site, articles, address),
                years=year_links(site, articles),
                issues=listing(site, articles, address),
            ),
        )


def topic_lines(site: Site, address: str) -> tuple[TopicLine, ...]:
    """All topics, for a list on the page at `address`."""
    return tuple(
        TopicLine(
            topic=Link(text=topic.name, href=urls.link(address, urls.topic(topic.slug))),
            description=topic.description,
            count=len(articles),
        )
        for topic, articles in site.by_topic.items()
    )
