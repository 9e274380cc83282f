"""Lists of articles: cut by years where they are long; charts and timelines beside them."""

from __future__ import annotations

from functools import cache

import pytest
from selectolax.lexbor import LexborHTMLParser

from archives import BASE, Sources, archive, published, published_files
from bulletin_site.content.model import Archive
from bulletin_site.pages.charts import HEIGHT, chart
from bulletin_site.pages.listing import LATEST_LISTED, MOST_LISTED, list_pages
from bulletin_site.pages.site import derive
from bulletin_site.pages.timeline import timeline


def long_archive(years: int, articles: int) -> Sources:
    """An issue a month, all its articles of one topic."""
    files = {"issues/archive.yaml": BASE["issues/archive.yaml"]}
    for year in range(2014, 2014 + years):
        for month in range(1, 13):
            folder = f"issues/{year}-{month:02}-1"
            files[f"{folder}/issue.md"] = f"---\ndate: {year}-{month:02}-09\n---\n"
            for number in range(1, articles + 1):
                files[f"{folder}/{number:02}.md"] = (
                    f"---\ntitle: 第{number}篇\npage: {number}\ntopics: [大数据]\n---\n\n说明。\n"
                )
    return files


@cache
def many() -> Archive:
    return archive(long_archive(years=3, articles=4))


def test_a_short_list_stays_whole() -> None:
    site = derive(published().archive)
    for articles in site.by_topic.values():
        (page,) = list_pages(site, articles, "topics/x.html")
        assert page.articles == articles
        assert page.year is None


def test_a_long_list_begins_with_the_latest_issues_and_has_a_page_for_each_year() -> None:
    site = derive(many())
    articles = next(found for topic, found in site.by_topic.items() if topic.name == "大数据")
    assert len(articles) > MOST_LISTED
    first, *years = list_pages(site, articles, "topics/big-data.html")
    assert first.articles == articles[: len(first.articles)]
    assert LATEST_LISTED <= len(first.articles) < LATEST_LISTED + 4
    assert [page.year for page in years] == [2016, 2015, 2014]
    assert years[0].address == "topics/big-data/2016.html"
    assert tuple(article for page in years for article in page.articles) == articles
    assert [link.href for link in years[0].years] == ["2016.html", "2015.html", "2014.html"]
    assert first.years[0].href == "big-data/2016.html"


def test_a_timeline_counts_by_issue_and_in_a_long_archive_by_year() -> None:
    site = derive(published().archive)
    topic = next(found for topic, found in site.by_topic.items() if topic.name == "大数据")
    line = timeline(site, topic, "topics/big-data.html")
    assert (line.unit, [point.count for point in line.points]) == ("期", [3, 2])
    long_site = derive(many())
    line = timeline(long_site, long_site.archive.articles, "topics/big-data.html")
    assert (line.unit, [point.count for point in line.points]) == ("年", [48, 48, 48])


@pytest.mark.parametrize("values", [[], [0], [0, 0], [1], [0, 3, 1000], list(range(40))])
def test_bars_are_as_high_as_their_values_and_none_that_is_not_nothing_vanishes(
    values: list[int],
) -> None:
    drawn = chart(values)
    assert [bar.value for bar in drawn.bars] == values
    assert all((bar.height > 0) == (bar.value > 0) for bar in drawn.bars)
    assert all(bar.y + bar.height == pytest.approx(HEIGHT) for bar in drawn.bars)
    if any(values):
        assert max(bar.height for bar in drawn.bars) == HEIGHT
    assert all(bar.x + bar.width <= drawn.width for bar in drawn.bars)


def test_the_numbers_of_a_chart_stand_beside_it_as_a_table() -> None:
    page = LexborHTMLParser(published_files()["topics/big-data.html"].decode())
    cells = page.css(".timeline-lines td")
    assert [cell.text().strip() for cell in cells] == ["3 篇", "2 篇"]
    label = page.css(".timeline-lines svg")[0].attributes["aria-label"]
    assert label == "2014年五月第一期：3 篇"


def test_the_index_of_issues_names_every_issue_under_its_year() -> None:
    page = LexborHTMLParser(published_files()["issues/index.html"].decode())
    assert [link.attributes["href"] for link in page.css(".issue-list a")] == [
        "2014-06-2/index.html",
        "2014-05-1/index.html",
    ]


def test_the_home_page_leads_to_the_index_of_issues_where_it_does_not_name_all() -> None:
    page = LexborHTMLParser(published_files()["index.html"].decode())
    assert len(page.css(".issue-list a")) == 2
