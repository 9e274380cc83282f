"""Words that rise and fall."""

from __future__ import annotations

import pytest

from archives import BASE, Sources, archive, collected, published
from bulletin_site.cache import Cache
from bulletin_site.content.model import Archive
from bulletin_site.pages.words import Trends
from bulletin_site.search import subjects
from bulletin_site.search.documents import BODY, FIELDS, document
from bulletin_site.search.segment import Segmenter
from bulletin_site.search.words import words


def issue(name: str, *texts: str) -> Sources:
    year, month, _ = name.split("-")
    files = {f"issues/{name}/issue.md": f"---\ndate: {year}-{month}-09\n---\n"}
    for number, text in enumerate(texts, start=1):
        files[f"issues/{name}/{number:02}.md"] = (
            f"---\ntitle: 第{number}篇\npage: {number + 1}\n---\n\n{text}。\n"
        )
    return files


SETTINGS = {"issues/archive.yaml": BASE["issues/archive.yaml"]}


def trends(held: Archive) -> Trends:
    return words(held, collected(held), Cache()).trends


def test_a_word_of_which_more_articles_speak_than_before_rises() -> None:
    fish = "渔船出海，渔船归来"
    mine = "煤矿停产，煤矿复产"
    held = archive(
        {
            **SETTINGS,
            **issue("2014-05-1", mine, mine, mine, "说明"),
            **issue("2014-06-1", fish, fish, fish, "说明"),
        }
    )
    found = trends(held)
    assert "渔船" in found.rising
    assert "煤矿" in found.falling
    assert found.counts["渔船"] == (0, 3)
    assert found.counts["煤矿"] == (3, 0)
    assert "煤矿" in found.periods[0].words


def test_what_is_said_in_passing_is_no_trend() -> None:
    held = archive(
        {
            **SETTINGS,
            **issue("2014-05-1", "说明", "通知", "公告"),
            **issue("2014-06-1", "渔船出海", "渔船归来", "渔船停靠"),
        }
    )
    assert "渔船" not in trends(held).rising


def test_an_archive_of_one_issue_has_no_trends() -> None:
    assert trends(archive(BASE)) == Trends()


def test_every_number_is_that_of_articles_with_the_word_in_title_or_twice_in_the_text() -> None:
    held = published().archive
    found = trends(held)
    assert found.rising
    assert [period.articles for period in found.periods] == [12, 13]
    assert all(sum(counts) >= 2 for counts in found.counts.values())
    assert all(
        count <= period.articles
        for counts in found.counts.values()
        for count, period in zip(counts, found.periods, strict=True)
    )


def test_a_long_archive_is_told_by_years() -> None:
    files = dict(SETTINGS)
    for year in (2014, 2015, 2016):
        for month in range(1, 11):
            files |= issue(f"{year}-{month:02}-1", f"渔船{year}渔船")
    found = trends(archive(files))
    assert found.by_year
    assert [period.name for period in found.periods] == ["2014年", "2015年", "2016年"]


def test_a_weekly_is_told_by_issues_in_its_first_year() -> None:
    files = dict(SETTINGS)
    for number in range(1, 27):
        name = f"2014-{1 + number // 3:02}-{1 + number % 3}"
        files |= issue(name, f"渔船{number}渔船", "煤矿，煤矿")
    found = trends(archive(files))
    assert not found.by_year
    assert len(found.periods) == 26


@pytest.mark.parametrize(("word", "whole"), [("数据", 1), ("大数据", 2)])
def test_a_word_inside_of_a_longer_one_does_not_count_besides(word: str, whole: int) -> None:
    held = archive({**SETTINGS, **issue("2014-05-1", "大数据，数据，大数据")})
    found = document(held.articles[0], Segmenter(["大数据"]))[FIELDS.index(BODY)]
    assert found.counts["数据"] == 3
    assert found.whole[word] == whole


def test_jieba_is_asked_of_a_word_once(monkeypatch: pytest.MonkeyPatch) -> None:
    held = published().archive
    cache = Cache()
    first = words(held, collected(held), cache)
    monkeypatch.setattr(subjects, "segmenter", lambda _: None)
    assert words(held, collected(held), cache) == first
