"""What the home page and the lists say: all issues, topics, sources and articles, each once and in
order, each as the archive calls it, and how many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bulletin_site.checks.issue_facts import Fact, Facts, topics_printed
from bulletin_site.checks.listed import Listed
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Issue
from bulletin_site.pages import urls
from bulletin_site.pages.home import LATEST_ISSUES
from bulletin_site.pages.parts import day
from bulletin_site.pages.words import told_by_years

_HOME = (
    "h1, .nameplate-facts, .latest > h2, .latest h3:not(.toc-heading), .latest h4,"
    " .first .listing-facts, .aside h3, .aside li, .aside .lead"
)


def of_list(address: str, truth: Truth) -> Facts | None:
    """What the page at an address must say, if it is a list."""
    if address in truth.lists:
        return "h1, h2, .lead, tbody > tr, .listing > li", list(
            _listing(truth.lists[address], truth)
        )
    if address == urls.HOME:
        return (_HOME, list(_home(truth))) if truth.archive.issues else None
    if address == urls.ISSUES:
        return "h1, h2, .issue-list > li", list(_issues(truth))
    if address == urls.TOPICS:
        return ".topic-cards > li", list(_topics(truth, described=True))
    if address == urls.SOURCES:
        return ".source-list > li, .lead", list(_sources(truth))
    return None


def _listing(listed: Listed, truth: Truth) -> Iterator[Fact]:
    yield listed.name, str(listed.year or ""), str(listed.count)
    described = {one.name: one.description for one in truth.archive.topics}
    description = None if listed.of_source or listed.year else described[listed.name]
    if description:
        yield (description,)
    if not listed.of_source and not listed.year:
        yield from _counts(listed.name, truth)
    if listed.latest:
        yield (str(listed.latest),)
    for issue, articles in groupby(listed.articles, key=lambda one: one[0]):
        yield issue.name, day(issue.date).text
        for _, article in articles:
            topics = tuple(topic.name for topic in article.topics)
            beside = topics if listed.of_source else (article.source or "",)
            yield article.title, *beside, str(article.first_page)


def _counts(topic: str, truth: Truth) -> Iterator[Fact]:
    """How many articles of a topic the periods have, where there are several."""
    by_years = told_by_years(truth.archive)
    counts: dict[str, int] = {}
    for issue in truth.archive.issues:
        period = f"{issue.date.year}年" if by_years else issue.name
        own = sum(any(one.name == topic for one in article.topics) for article in issue.articles)
        counts[period] = counts.get(period, 0) + own
    if len(counts) > 1:
        yield from ((period, str(count)) for period, count in counts.items())


def _home(truth: Truth) -> Iterator[Fact]:
    archive, latest = truth.archive, truth.archive.issues[-1]
    first = latest.articles[0]
    counts = (len(archive.issues), len(archive.articles), len(truth.sources))
    yield (archive.title,)
    yield archive.publisher or "", day(latest.date).text, *map(str, counts)
    yield (latest.name,)
    yield (first.title,)
    yield first.source or "", str(first.first_page)
    yield from topics_printed(latest)
    yield from _topics(truth, described=False)
    newest = archive.issues[: -LATEST_ISSUES - 1 : -1]
    for year, issues in _by_year(newest):
        yield (str(year),)
        yield from map(_issue_line, issues)
    if len(archive.issues) > len(newest):
        yield (str(len(archive.issues)),)


def _issues(truth: Truth) -> Iterator[Fact]:
    archive = truth.archive
    yield str(len(archive.issues)), str(len(archive.articles))
    for year, issues in _by_year(archive.issues[::-1]):
        yield str(year), str(len(issues)), str(sum(len(one.articles) for one in issues))
        yield from map(_issue_line, issues)


def _by_year(issues: Sequence[Issue]) -> Iterator[tuple[int, list[Issue]]]:
    for year, same in groupby(issues, key=lambda one: one.date.year):
        yield year, list(same)


def _issue_line(issue: Issue) -> Fact:
    return issue.label, day(issue.date).text, str(len(issue.articles))


def _topics(truth: Truth, *, described: bool) -> Iterator[Fact]:
    for topic in truth.archive.topics:
        count = truth.lists[urls.topic(topic.slug)].count
        yield topic.name, str(count), (topic.description or "") if described else ""


def _sources(truth: Truth) -> Iterator[Fact]:
    for address, name in truth.sources.items():
        years = [
            issue.date.year
            for issue in truth.archive.issues
            if any(one.source == name for one in issue.articles)
        ]
        span = dict.fromkeys((str(years[0]), str(years[-1])))
        yield name, str(truth.lists[address].count), *span
    without = sum(not article.source for article in truth.archive.articles)
    if without:
        yield (str(without),)
