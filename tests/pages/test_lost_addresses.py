"""A published page does not vanish by accident, and what the hint says mends it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import BASE, TWO_ISSUES, Sources, archive
from bulletin_site.pages.lost_addresses import lost_addresses
from bulletin_site.pages.moves import address_problems, all_pages
from bulletin_site.pages.site import derive
from bulletin_site.problems import Problem
from pages.test_lists import long_archive

ARCHIVE = "issues/archive.yaml"
FIRST, SECOND, THIRD = (f"issues/2014-05-1/0{number}.md" for number in (1, 2, 3))
LATER: Sources = {
    path.replace("2014-05-1", "2014-05-2"): text
    for path, text in BASE.items()
    if path.startswith("issues/2014-05-1/")
}
"""The articles of the issue in the folder of another."""


def published(sources: Sources) -> set[str]:
    return all_pages(derive(archive(sources)))


def lost(before: Iterable[str], sources: Sources) -> list[Problem]:
    site = derive(archive(sources))
    found = list(lost_addresses(list(before), all_pages(site), site))
    assert {problem.code for problem in found} <= {"address-lost"}
    assert {problem.path for problem in found} <= {ARCHIVE}
    return found


def without(sources: Sources, *paths: str) -> dict[str, str]:
    return {path: text for path, text in sources.items() if not path.startswith(paths)}


def blocks(problem: Problem) -> dict[str, str]:
    """What the hint offers to paste, by its key, with the blanks filled in."""
    found = re.findall(r"^(moved|withdrawn):\n((?: .*\n?)+)", problem.hint, re.MULTILINE)
    blanks = {"    date:\n": "    date: 2026-01-02\n", "    text:": "    text: 因"}
    filled = {}
    for key, block in found:
        for blank, value in blanks.items():
            block = block.replace(blank, value)
        filled[key] = f"{key}:\n{block.rstrip()}\n"
    return filled


def pasted(sources: Sources, problems: Iterable[Problem], key: str) -> dict[str, str]:
    """The archive after the block of that key was copied from every hint."""
    block = "".join(blocks(problem)[key].removeprefix(f"{key}:\n") for problem in problems)
    return {**sources, ARCHIVE: f"{sources[ARCHIVE]}{key}:\n{block}"}


def assert_mended(before: set[str], sources: Sources, key: str) -> None:
    site = derive(archive(pasted(sources, lost(before, sources), key)))
    assert list(address_problems(site)) == []
    assert before <= all_pages(site)


def test_what_stays_or_comes_is_no_loss() -> None:
    assert lost(published(BASE), TWO_ISSUES) == []
    assert lost([], BASE) == []


def test_only_pages_count() -> None:
    others = ["search/index.json", "search/terms/1.js", "feed.xml", "sitemap.xml", "assets/a.css"]
    assert lost([*others, "SHA256SUMS", "robots.txt", "", "旧.html", "../a.html"], BASE) == []


def test_an_issue_in_another_folder_has_moved() -> None:
    before = published(BASE)
    sources = {**without(BASE, "issues/2014-05-1/"), **LATER}
    (problem,) = lost(before, sources)
    assert problem.message == "已经发布的 issues/2014-05-1/ 里的 8 个网页这次全会消失"
    assert blocks(problem)["moved"] == (
        "moved:\n  - from: issues/2014-05-1/\n    to: issues/2014-05-2/\n"
    )
    for key in ("moved", "withdrawn"):
        assert_mended(before, sources, key)


def test_pages_that_an_issue_lost_on_its_way_are_led_to_the_nearest() -> None:
    before = published(BASE)
    shorter = {**LATER, "issues/2014-05-2/03.md": BASE[THIRD].replace("page: 4", "page: 3")}
    sources = {**without(BASE, "issues/2014-05-1/"), **shorter}
    (problem,) = lost(before, sources)
    assert "  - from: issues/2014-05-1/p4.html\n    to: issues/2014-05-2/p3.html\n" in problem.hint
    assert_mended(before, sources, "moved")


def test_an_issue_that_is_gone_beside_one_that_was_there_is_not_said_to_be_that_one() -> None:
    both = {**TWO_ISSUES, **LATER}
    (problem,) = lost(published(both), without(both, "issues/2014-05-2/"))
    assert "    to:\n" in problem.hint
    assert "在 to 后面写上现在的网址" in problem.hint
    assert_mended(published(both), {**BASE}, "withdrawn")


def test_the_last_article_of_an_issue_may_be_withdrawn_with_its_page() -> None:
    before, sources = published(BASE), without(BASE, THIRD)
    (problem,) = lost(before, sources)
    assert problem.message == ("已经发布的 2 个网页这次会消失：issues/2014-05-1/03.html、p4.html")
    assert "文章也可以在它的 aliases 里写旧网址" in problem.hint
    assert_mended(before, sources, "withdrawn")


def test_a_printed_page_that_never_was_leads_to_the_last() -> None:
    before = published(BASE)
    sources = {**BASE, THIRD: BASE[THIRD].replace("page: 4", "page: 3")}
    (problem,) = lost(before, sources)
    assert problem.message == "已经发布的网页 issues/2014-05-1/p4.html 这次会消失"
    assert "    to: issues/2014-05-1/p3.html\n" in problem.hint
    assert_mended(before, sources, "moved")


@pytest.mark.parametrize(
    ("old", "new", "slug"),
    [
        ("人民网", "人民网北京", "renminwangbeijing"),  # renamed: one like it is new
        ("人民网", "文汇报", "index"),  # corrected to one that was there and is not like it
        ("文汇报社", "文汇报", "wenhuibao"),  # corrected to one that was there
    ],
)
def test_a_source_that_was_corrected_has_moved_to_the_one_it_is_like(
    old: str, new: str, slug: str
) -> None:
    earlier = {**BASE, SECOND: BASE[SECOND].replace("人民网", old)}
    later = {**BASE, SECOND: BASE[SECOND].replace("人民网", new)}
    (problem,) = lost(published(earlier), later)
    assert problem.hint.count(f"    to: sources/{slug}.html\n") == 1
    assert_mended(published(earlier), later, "moved")


def test_a_topic_with_another_slug_has_moved_however_it_is_called() -> None:
    earlier = {path: text.replace("slug: big-data", "slug: zzz") for path, text in BASE.items()}
    (problem,) = lost(published(earlier), BASE)
    assert "  - from: topics/zzz.html\n    to: topics/big-data.html\n" in problem.hint


def test_the_years_of_a_topic_move_with_it() -> None:
    later = long_archive(years=3, articles=4)
    earlier = {path: text.replace("slug: big-data", "slug: data") for path, text in later.items()}
    page, years = lost(published(earlier), later)
    assert "  - from: topics/data.html\n    to: topics/big-data.html\n" in page.hint
    assert "  - from: topics/data/\n    to: topics/big-data/\n" in years.hint
    assert_mended(published(earlier), later, "moved")


def test_the_years_of_a_list_that_became_short_lead_to_the_list() -> None:
    long = long_archive(years=3, articles=4)
    short = {
        path: text.replace("topics: [大数据]", "topics: []") if "/2016-" in path else text
        for path, text in long.items()
    }
    (years,) = lost(published(long), short)
    assert years.message == "已经发布的 topics/big-data/ 里的 3 个网页这次全会消失"
    assert years.hint.count("    to: topics/big-data.html\n") == 3
    assert_mended(published(long), short, "moved")


def test_an_alias_that_was_taken_away_is_a_page_too() -> None:
    sources = {
        **TWO_ISSUES,
        "issues/2014-06-2/01.md": TWO_ISSUES["issues/2014-06-2/01.md"].replace(
            "aliases: [old/cloud.html]\n", ""
        ),
    }
    (problem,) = lost(published(TWO_ISSUES), sources)
    assert problem.message == "已经发布的网页 old/cloud.html 这次会消失"
    line = sources[ARCHIVE].split("\n").index("moved:") + 1
    assert f"在 issues/archive.yaml 第 {line} 行 moved: 的下面加上" in problem.hint
    assert "moved:\n" not in problem.hint


def test_a_move_and_a_withdrawal_that_are_taken_back_are_losses() -> None:
    sources = {**TWO_ISSUES, ARCHIVE: BASE[ARCHIVE]}
    assert [problem.message for problem in lost(published(TWO_ISSUES), sources)] == [
        "已经发布的 issues/2014-05-3/ 里的 8 个网页这次全会消失",
        "已经发布的网页 issues/2014-06-2/03.html 这次会消失",
        "已经发布的网页 old/notice.html 这次会消失",
        "已经发布的网页 topics/cloud.html 这次会消失",
    ]


def test_of_another_bulletins_pages_the_first_are_named_and_the_rest_counted() -> None:
    before = {f"issues/{year}-01-1/{page}.html" for year in range(2000, 2030) for page in ("01", "p1")}  # fmt: skip
    problems = lost(before, BASE)
    assert len(problems) == 11
    assert problems[-1].message == "另有 40 个已经发布的网页这次也会消失"
    assert all("--out" in problem.hint for problem in problems)


def test_where_an_issue_stays_nobody_is_told_to_do_away_with_the_site() -> None:
    both = {**TWO_ISSUES, **LATER}
    (problem,) = lost(published(both), without(both, "issues/2014-05-2/"))
    assert "--out" not in problem.hint
    assert "删去那个文件夹" not in problem.hint


def test_pages_are_named_in_the_order_of_their_numbers() -> None:
    names = [f"issues/2013-01-1/p{page}.html" for page in (10, 9, 2)]
    (problem,) = lost(names, BASE)
    assert re.findall(r"p\d+", problem.hint) == ["p2", "p9", "p10"]


CHANGES = st.fixed_dictionaries(
    {
        "slug": st.sampled_from(["big-data", "data"]),
        "source": st.sampled_from(["人民网", "新华网", "文汇报"]),
        "page": st.sampled_from(["3", "4"]),
        "folder": st.sampled_from(["2014-05-1", "2014-05-2"]),
        "alias": st.sampled_from(["", "aliases: [old/a.html]\n"]),
        "last": st.booleans(),
    }
)


def changed(change: Mapping[str, object]) -> Sources:
    files = {**BASE, ARCHIVE: BASE[ARCHIVE].replace("big-data", str(change["slug"]))}
    files[FIRST] = files[FIRST].replace("source: 文汇报\n", f"source: 文汇报\n{change['alias']}")
    files[SECOND] = files[SECOND].replace("人民网", str(change["source"]))
    files[THIRD] = files[THIRD].replace("page: 4", f"page: {change['page']}")
    if not change["last"]:
        del files[THIRD]
    folder = str(change["folder"])
    return {path.replace("2014-05-1", folder): text for path, text in files.items()}


@given(CHANGES, CHANGES)
def test_whatever_changes_what_the_hints_say_keeps_every_address(
    before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    addresses = published(changed(before))
    problems = lost(addresses, changed(after))
    assert bool(problems) == bool(addresses - published(changed(after)))
    assert_mended(addresses, changed(after), "withdrawn")
    if not any("    to:\n" in problem.hint for problem in problems):
        assert_mended(addresses, changed(after), "moved")
