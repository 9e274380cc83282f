"""An article's front matter as typed values."""

from __future__ import annotations

from datetime import date

import pytest

from archives import BASE, TWO_ISSUES, archive, read

THIRD = "issues/2014-05-1/03.md"


def with_lines(*lines: str) -> dict[str, str]:
    """The base archive with more lines in the front matter of its third article."""
    more = "\n".join(["page: 4", *lines])
    return {**BASE, THIRD: BASE[THIRD].replace("page: 4", more)}


def test_everything_an_editor_may_write_is_read() -> None:
    article = archive(TWO_ISSUES).issues[1].articles[0]
    assert article.id == "2014-06-2/01"
    assert article.title == "云服务与“大数据”"
    assert [topic.slug for topic in article.topics] == ["big-data", "government-cloud"]
    assert article.source == "ZDNet 存储频道"
    assert article.keywords == ("云服务",)
    assert [(c.date, c.text) for c in article.corrections] == [
        (date(2014, 6, 20), "首段“割格”应为“价格”。")
    ]
    assert article.aliases == ("old/cloud.html",)
    assert (article.pages.first, article.pages.last) == (2, 5)


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("（文汇报）", "文汇报"),
        ("( 文汇报 )", "文汇报"),
        ("文汇报（网络版）", "文汇报（网络版）"),
        ("（甲）（乙）", "（甲）（乙）"),
    ],
)
def test_the_brackets_around_a_source_are_not_part_of_its_name(written: str, source: str) -> None:
    article = archive(with_lines(f"source: {written}")).articles[2]
    assert article.source == source


def test_a_topic_may_be_written_without_brackets() -> None:
    article = archive(with_lines("topics: 大数据")).articles[2]
    assert [topic.name for topic in article.topics] == ["大数据"]


@pytest.mark.parametrize("alias", ["old.html", "a/b-c/d_1.html", "2014/05.html"])
def test_an_old_address_is_kept(alias: str) -> None:
    assert archive(with_lines(f"aliases: {alias}")).articles[2].aliases == (alias,)


@pytest.mark.parametrize(
    "alias",
    [
        "/old.html",
        "../old.html",
        "a/../old.html",
        "./old.html",
        "a//old.html",
        "old",
        "old.htm",
        "http://a.cn/old.html",
        "旧.html",
        "a b.html",
        "a?b.html",
        "a%20b.html",
        ".old.html",
        "a/.b/c.html",
        "C:\\old.html",
    ],
)
def test_an_old_address_that_is_none_is_said(alias: str) -> None:
    _, problems = read(with_lines(f"aliases: '{alias}'"))
    assert [(found.code, found.line) for found in problems] == [("bad-address", 4)]


def test_an_empty_list_says_nothing_and_means_nothing() -> None:
    article = archive(with_lines("topics: []", "keywords:", "aliases: []")).articles[2]
    assert (article.topics, article.keywords, article.aliases) == ((), (), ())


def test_a_hundred_articles_are_no_gap() -> None:
    files = {path: text for path, text in BASE.items() if not path.endswith(("2.md", "3.md"))}
    for number in range(2, 102):
        files[f"issues/2014-05-1/{number:02}.md"] = BASE[THIRD].replace("page: 4", "page: 3")
    assert [article.number for article in archive(files).articles] == list(range(1, 102))
