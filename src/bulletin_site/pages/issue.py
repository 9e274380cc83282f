"""An issue's page: the printed 目录, each number leading to the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markupsafe import Markup

from bulletin_site.content.model import Article, Issue, Publication, Topic
from bulletin_site.pages import citations, prose, urls
from bulletin_site.pages.citations import CitationView
from bulletin_site.pages.downloads import Download, Sizes, downloads
from bulletin_site.pages.frame import CITE_SCRIPT, Page, frame
from bulletin_site.pages.linked_data import contents_node
from bulletin_site.pages.metadata import Column
from bulletin_site.pages.parts import Day, Link, Neighbour, day
from bulletin_site.pages.site import IssueBeside, IssueSite


@dataclass(frozen=True, slots=True, kw_only=True)
class TocEntry:
    """A line of the table of contents: number, title, printed page."""

    number: int
    title: Link
    page: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class TocGroup:
    """The entries under one printed topic; `topic` is missing where none was printed."""

    topic: Link | None
    entries: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignedTopic:
    """A topic that was assigned later, with the articles it was given to."""

    topic: Link
    articles: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnArticle:
    """An article that was withdrawn: its number, the day, and where that is said."""

    number: int
    day: Day
    notice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The cover lines and the table of contents of an issue, as shown on its own page and, for the
    latest issue, on the home page."""

    issue: Link
    name: str
    day: Day
    organization: str | None
    publisher: str | None
    groups: tuple[TocGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    contents: Contents
    archive_title: str
    note: Markup | None
    withdrawn: tuple[WithdrawnArticle, ...]
    assigned_topics: tuple[AssignedTopic, ...]
    page_list: tuple[Link, ...]
    whole_issue: str
    downloads: tuple[Download, ...]
    citation: CitationView
    earlier: Neighbour | None
    later: Neighbour | None


def page(site: IssueSite, sizes: Sizes) -> Page:
    """The one page of the issue; it offers the files of which `sizes` are."""
    issue = site.issue
    address = urls.issue(issue.id)
    own = issue_column(issue)
    return Page(
        address=address,
        template="issue.html",
        frame=frame(
            site,
            address,
            title=issue.name,
            description=own.description,
            kind=own.kind,
            keywords=own.keywords,
            linked_data=[contents_node(site.publication, issue)],
            breadcrumbs=[(issue.name, address)],
            scripts=(CITE_SCRIPT,),
        ),
        view=IssueView(
            contents=contents(site.publication, issue, address),
            archive_title=site.publication.title,
            note=prose.plain(issue.note) if issue.note.markdown.strip() else None,
            withdrawn=_withdrawn(issue, address),
            assigned_topics=()
            if issue.topics_printed
            else tuple(_assigned_topics(site.publication, issue, address)),
            page_list=page_list(issue, address),
            whole_issue=urls.link(address, urls.whole_issue(issue.id)),
            downloads=downloads(issue, sizes, address),
            citation=citations.view(
                citations.of_issue(site.publication, issue), issue.id, address, of_all="各篇的 "
            ),
            earlier=_neighbour("上一期", site.earlier, "prev", address),
            later=_neighbour("下一期", site.later, "next", address),
        ),
    )


def issue_column(issue: Issue) -> Column:
    """An issue as a column, which its articles belong to."""
    names = dict.fromkeys(topic.name for article in issue.articles for topic in article.topics)
    return Column(
        name=issue.name,
        description=f"{issue.name}，{day(issue.date).text}出版，{len(issue.articles)} 篇。",
        keywords=tuple(names),
        kind="期刊目录",
    )


def contents(publication: Publication, issue: Issue, address: str) -> Contents:
    """The table of contents of an issue for the page at `address`; on the page of the whole issue
    its titles lead to the articles there."""
    return Contents(
        issue=Link(text=issue.name, href=urls.link(address, urls.issue(issue.id))),
        name=issue.name,
        day=day(issue.date),
        organization=issue.organization or publication.organization,
        publisher=issue.publisher or publication.publisher,
        groups=tuple(_groups(issue, address)),
    )


def page_list(issue: Issue, address: str) -> tuple[Link, ...]:
    """Links to all printed pages of an issue."""
    return tuple(
        Link(text=str(page), href=urls.link(address, urls.printed_page(issue.id, page)))
        for page in issue.pages
    )


def topic_groups(issue: Issue) -> Iterator[tuple[Topic | None, tuple[Article, ...]]]:
    """As printed: under topics where the issue has them in print, else in one list."""

    def printed_topic(article: Article) -> Topic | None:
        return article.topics[0] if issue.topics_printed and article.topics else None

    for topic, articles in groupby(issue.articles, key=printed_topic):
        yield topic, tuple(articles)


def _groups(issue: Issue, address: str) -> Iterator[TocGroup]:
    for topic, articles in topic_groups(issue):
        href = urls.link(address, urls.topic(topic.slug)) if topic else ""
        yield TocGroup(
            topic=Link(text=topic.name, href=href) if topic else None,
            entries=tuple(_entry(article, address) for article in articles),
        )


def _entry(article: Article, address: str) -> TocEntry:
    page = article.first_page
    on_page = urls.printed_page(article.issue_id, page)
    return TocEntry(
        number=article.number,
        title=Link(text=article.title, href=_text_of(article, address)),
        page=Link(
            text=str(page),
            href=urls.link(address, on_page, urls.article_anchor(article.number)),
        ),
    )


def _text_of(article: Article, address: str) -> str:
    whole = urls.whole_issue(article.issue_id)
    if address == whole:
        return urls.link(address, whole, urls.article_anchor(article.number))
    return urls.link(address, urls.article(article.id))


def _withdrawn(issue: Issue, address: str) -> tuple[WithdrawnArticle, ...]:
    return tuple(
        WithdrawnArticle(number=number, day=day(one.date), notice=urls.link(address, one.address))
        for number, one in issue.withdrawn.items()
    )


def _assigned_topics(
    publication: Publication, issue: Issue, address: str
) -> Iterator[AssignedTopic]:
    for topic in publication.topics:
        articles = tuple(
            Link(text=article.title, href=urls.link(address, urls.article(article.id)))
            for article in issue.articles
            if topic in article.topics
        )
        if articles:
            href = urls.link(address, urls.topic(topic.slug))
            yield AssignedTopic(topic=Link(text=topic.name, href=href), articles=articles)


def _neighbour(
    label: str, issue: IssueBeside | None, relation: Literal["prev", "next"], address: str
) -> Neighbour | None:
    if not issue:
        return None
    href = urls.link(address, urls.issue(issue.id))
    return Neighbour(label=label, text=issue.name, href=href, relation=relation)
