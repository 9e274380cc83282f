"""What the home page and the lists say: all issues, topics, sources and articles, each once and in
order, each as the archive calls it, and how many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bulletin_site.checks.issue_facts import Facts, topics_printed
from bulletin_site.checks.listed import Listed
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Issue
from bulletin_site.pages import urls
from bulletin_site.pages.home import LATEST_ISSUES
from bulletin_site.pages.parts import day

_HOME = (
    "h1, .nameplate-facts, .latest > h2, .latest h3, .latest h4, .first .listing-facts,"
    " .latest > .whole, .aside h2, .aside h3, .aside li, .aside .lead"
)


def of_list(address: str, truth: Truth) -> Facts | None:
    """What the page at an address must say, if it is a list."""
    if address in truth.lists:
        return "h1, h2, .lead, .listing > li", list(_listing(truth.lists[address], truth))
    if address == urls.HOME:
        return (_HOME, list(_home(truth))) if truth.archive.issues else None
    if address == urls.ISSUES:
        return "h1, h2, .issue-list > li", list(_issues(truth))
    if address == urls.TOPICS:
        return "h1, .topic-cards > li", ["主题", *_topics(truth, described=True)]
    if address == urls.SOURCES:
        return "h1, .source-list > li, .lead", list(_sources(truth))
    return None


def _listing(listed: Listed, truth: Truth) -> Iterator[str]:
    year = f"{listed.year}年" if listed.year else ""
    yield f"{listed.name}{year}{listed.count}篇"
    described = {one.name: one.description for one in truth.archive.topics}
    if not (listed.of_source or listed.year) and described[listed.name]:
        yield described[listed.name]
    if listed.latest:
        yield f"最近的{listed.latest}篇；以前的按年份查看。"
    for issue, articles in groupby(listed.articles, key=lambda one: one[0]):
        yield issue.name + day(issue.date).text
        for _, article in articles:
            topics = "".join(topic.name for topic in article.topics)
            beside = topics if listed.of_source else article.source or ""
            yield f"{article.title}{beside}第{article.first_page}页"


def _home(truth: Truth) -> Iterator[str]:
    archive, latest = truth.archive, truth.archive.issues[-1]
    first = latest.articles[0]
    publisher = f"{archive.publisher}编印" if archive.publisher else ""
    counts = f"{len(archive.issues)}期·{len(archive.articles)}篇文章·{len(truth.sources)}个来源"
    yield archive.title
    yield f"{publisher}{day(latest.date).text}共{counts}"
    yield f"最新一期{latest.name}"
    yield first.title
    yield f"{first.source or ''}第{first.first_page}页"
    yield "目录"
    yield from topics_printed(latest)
    yield "整期阅读"
    if archive.topics:
        yield from ("主题", *_topics(truth, described=False))
    newest = archive.issues[: -LATEST_ISSUES - 1 : -1]
    more = len(archive.issues) > len(newest)
    yield "近期目录" if more else "各期目录"
    for year, issues in _by_year(newest):
        yield f"{year}年"
        yield from map(_issue_line, issues)
    if more:
        yield f"全部{len(archive.issues)}期"


def _issues(truth: Truth) -> Iterator[str]:
    archive = truth.archive
    yield f"各期{len(archive.issues)}期·{len(archive.articles)}篇"
    for year, issues in _by_year(archive.issues[::-1]):
        yield f"{year}年{len(issues)}期·{sum(len(one.articles) for one in issues)}篇"
        yield from map(_issue_line, issues)


def _by_year(issues: Sequence[Issue]) -> Iterator[tuple[int, list[Issue]]]:
    for year, same in groupby(issues, key=lambda one: one.date.year):
        yield year, list(same)


def _issue_line(issue: Issue) -> str:
    return f"{issue.label}{day(issue.date).text}{len(issue.articles)}篇"


def _topics(truth: Truth, *, described: bool) -> Iterator[str]:
    for topic in truth.archive.topics:
        count = truth.lists[urls.topic(topic.slug)].count
        yield f"{topic.name}{count}篇{topic.description if described else ''}"


def _sources(truth: Truth) -> Iterator[str]:
    yield "来源"
    for address, name in truth.sources.items():
        years = [
            issue.date.year
            for issue in truth.archive.issues
            if any(one.source == name for one in issue.articles)
        ]
        span = f"{years[0]}年" if years[0] == years[-1] else f"{years[0]}–{years[-1]}年"
        yield f"{name}{truth.lists[address].count}篇·{span}"
    without = sum(not article.source for article in truth.archive.articles)
    if without:
        yield f"另有{without}篇没有注明来源。"
