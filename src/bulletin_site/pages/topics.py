"""The topic index and a page for each topic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.listing import ListedIssue, list_pages, listing
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
    """`timeline` and `latest` on the first page: how many of the articles it lists, where it does
    not list all."""

    name: str
    description: str
    count: int
    latest: int | None
    timeline: Timeline | None
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
        first = urls.topic(topic.slug)
        for part in list_pages(site, articles, first):
            title, when = part.title(topic.name), f"{part.year}年" if part.year else ""
            description = "" if part.year else topic.description
            yield Page(
                address=part.address,
                template="topic.html",
                frame=frame(
                    site,
                    part.address,
                    title=title,
                    description=f"主题“{topic.name}”{when}的 {part.count} 篇文章。{description}",
                    kind="主题",
                    section=urls.TOPICS,
                    breadcrumbs=part.trail(("主题", urls.TOPICS), (topic.name, first)),
                ),
                view=TopicView(
                    name=title,
                    description=description,
                    count=part.count,
                    latest=part.latest,
                    timeline=None if part.year else timeline(site, articles, first),
                    years=part.years,
                    issues=listing(site, part.articles, part.address),
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
