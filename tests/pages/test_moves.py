"""Where old addresses lead, and what cannot be declared of them."""

from __future__ import annotations

import pytest

from archives import BASE, TWO_ISSUES, WITHDRAWN, Sources, archive
from bulletin_site.pages.moves import address_problems, redirects
from bulletin_site.pages.site import derive
from bulletin_site.problems import Problem

ARCHIVE = "issues/archive.yaml"
LINES = BASE[ARCHIVE].count("\n")
THIRD = "issues/2014-05-1/03.md"
OF_THE_ISSUE = {
    *("index.html", "full.html", "01.html", "02.html", "03.html", "p2.html", "p3.html", "p4.html")
}


def saying(*moves: tuple[str, str], withdrawn: str = "", more: Sources | None = None) -> Sources:
    """`BASE` with a line an entry, and what the sources in `more` say instead."""
    lines = [f"  - {{from: {old}, to: {new}}}\n" for old, new in moves]
    text = "moved:\n" + "".join(lines) if lines else ""
    if withdrawn:
        text += f"withdrawn:\n  - {{address: [{withdrawn}], date: 2026-01-02, text: 因}}\n"
    return {**BASE, **(more or {}), ARCHIVE: BASE[ARCHIVE] + text}


def leading(*moves: tuple[str, str], withdrawn: str = "", more: Sources | None = None) -> dict[str, str]:  # fmt: skip
    site = derive(archive(saying(*moves, withdrawn=withdrawn, more=more)))
    assert list(address_problems(site)) == []
    return redirects(site)


def wrong(*moves: tuple[str, str], withdrawn: str = "", more: Sources | None = None) -> list[Problem]:  # fmt: skip
    site = derive(archive(saying(*moves, withdrawn=withdrawn, more=more)))
    redirects(site)
    return list(address_problems(site))


def codes(problems: list[Problem]) -> list[tuple[str, int]]:
    assert {problem.path for problem in problems} <= {ARCHIVE}
    return [(problem.code, problem.line - LINES) for problem in problems]


def test_a_page_leads_to_where_it_has_moved() -> None:
    assert leading(("topics/cloud.html", "topics/government-cloud.html")) == {
        "topics/cloud.html": "topics/government-cloud.html"
    }


def test_every_page_of_a_folder_leads_to_the_page_of_the_same_name() -> None:
    assert leading(("issues/2014-05-3/", "issues/2014-05-1/")) == {
        f"issues/2014-05-3/{name}": f"issues/2014-05-1/{name}" for name in OF_THE_ISSUE
    }


def test_what_moved_twice_leads_to_its_last_address_in_any_order() -> None:
    moves = [("a/", "b/"), ("b/", "issues/2014-05-1/"), ("c.html", "b/p3.html"), ("d.html", "c.html")]  # fmt: skip
    found = leading(*moves)
    assert found == leading(*moves[::-1])
    assert found["a/p3.html"] == found["b/p3.html"] == "issues/2014-05-1/p3.html"
    assert found["c.html"] == found["d.html"] == "issues/2014-05-1/p3.html"
    assert len(found) == 2 * len(OF_THE_ISSUE) + 2


def test_what_is_said_of_a_page_goes_before_what_is_said_of_its_folder() -> None:
    aliased = {THIRD: BASE[THIRD].replace("page: 4", "page: 4\naliases: [a/02.html]")}
    found = leading(
        ("a/", "issues/2014-05-1/"),
        ("a/p2.html", "issues/2014-05-1/p3.html"),
        withdrawn="a/01.html",
        more=aliased,
    )
    assert found["a/02.html"] == "issues/2014-05-1/03.html"
    assert found["a/p2.html"] == "issues/2014-05-1/p3.html"
    assert found["a/03.html"] == "issues/2014-05-1/03.html"
    assert "a/01.html" not in found


def test_what_is_said_of_a_folder_goes_before_what_is_said_of_the_one_around_it() -> None:
    files = {
        "issues/2014-06-1/issue.md": "---\ndate: 2014-06-06\n---\n",
        "issues/2014-06-1/01.md": BASE["issues/2014-05-1/02.md"],
    }
    moves = [("a/", "issues/"), ("a/2014-06-1/", "issues/2014-05-1/")]
    found = leading(*moves, more=files)
    assert found == leading(*moves[::-1], more=files)
    assert found["a/2014-05-1/01.html"] == "issues/2014-05-1/01.html"
    assert found["a/2014-06-1/01.html"] == "issues/2014-05-1/01.html"
    assert found["a/index.html"] == "issues/index.html"


def test_a_page_may_have_moved_to_one_that_was_withdrawn() -> None:
    found = leading(
        ("a/", "issues/2014-05-1/"), ("b.html", "c.html"), withdrawn="issues/2014-05-1/04.html, c.html"
    )  # fmt: skip
    assert found["a/04.html"] == "issues/2014-05-1/04.html"
    assert found["b.html"] == "c.html"


def test_aliases_below_a_folder_that_has_moved_are_led_on_too() -> None:
    aliased = {
        THIRD: BASE[THIRD].replace("page: 4", "page: 4\naliases: [issues/2014-05-1/09.html]")
    }
    found = leading(("a/", "issues/2014-05-1/"), more=aliased)
    assert found["a/09.html"] == found["issues/2014-05-1/09.html"] == "issues/2014-05-1/03.html"


# What cannot be.


def test_a_page_that_is_there_cannot_have_moved() -> None:
    problems = wrong(("issues/2014-05-1/02.html", "index.html"), ("search.html", "index.html"))
    assert codes(problems) == [("address-taken", 2), ("address-taken", 3)]


def test_a_folder_in_which_pages_are_cannot_have_moved() -> None:
    (problem,) = wrong(("Topics/", "issues/2014-05-1/"))
    assert (problem.code, problem.line) == ("address-taken", LINES + 2)
    assert problem.message == "“Topics/”里现在有 3 个网页"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (("a/", "issues/2014-05-1/"), "旧网址“a/”已经是别的网页的网址"),
        (("A/", "issues/2014-05-1/"), "“A/”和“a/”只有大小写不同"),
        (("A/01.html", "index.html"), ""),
    ],
)
def test_an_old_address_is_declared_once(second: tuple[str, str], said: str) -> None:
    problems = wrong(("a/", "issues/2014-05-1/"), second)
    assert {problem.code for problem in problems} == {"address-taken"}
    assert said in [problem.message for problem in problems] or not said


def test_the_list_of_checksums_is_no_folder() -> None:
    assert codes(wrong(("SHA256SUMS/", "issues/2014-05-1/"))) == [("address-taken", 2)]


def test_the_place_of_a_year_that_a_list_may_come_to_have_is_no_articles_alias() -> None:
    year = ("topics/big-data/2014.html", "topics/big-data.html")
    assert leading(year) == dict([year])
    aliased = {THIRD: BASE[THIRD].replace("page: 4", f"page: 4\naliases: [{year[0]}]")}
    (problem,) = address_problems(derive(archive({**BASE, **aliased})))
    assert problem.code == "address-taken"


@pytest.mark.parametrize(
    ("new", "offer"),
    [
        ("issues/2014-05-1/1.html", "是不是“issues/2014-05-1/01.html”？"),
        ("issues/2014-5-1/01.html", "是不是“issues/2014-05-1/01.html”？"),
        ("topics/bigdata.html", "是不是“topics/big-data.html”？"),
        ("zzzzzzzzzzzzzzzzzzzz.html", "请在 to 后面写"),
    ],
)
def test_the_nearest_page_is_offered(new: str, offer: str) -> None:
    (problem,) = wrong(("a.html", new))
    assert (problem.code, problem.line) == ("address-unknown", LINES + 2)
    assert problem.message == f"没有网页“{new}”"
    assert problem.hint.startswith(offer)


def test_the_nearest_folder_is_offered() -> None:
    (problem,) = wrong(("a/", "issues/2014-05-11/"))
    assert (problem.code, problem.message) == ("address-unknown", "“issues/2014-05-11/”里没有网页")
    assert problem.hint.startswith("是不是“issues/2014-05-1/”？")


def test_of_a_chain_that_leads_nowhere_only_its_end_is_wrong() -> None:
    problems = wrong(("a.html", "b/x.html"), ("b/", "c/"), ("c/", "d/"))
    assert codes(problems) == [("address-unknown", 4)]


def test_what_leads_into_a_folder_that_has_no_such_page_is_wrong_itself() -> None:
    problems = wrong(("a.html", "b/99.html"), ("b/", "issues/2014-05-1/"))
    assert codes(problems) == [("address-unknown", 2)]


@pytest.mark.parametrize(
    ("moves", "way", "lines"),
    [
        ([("a.html", "a.html")], "a.html → a.html", "2"),
        ([("a/", "b/"), ("b/", "a/")], "a/ → b/ → a/", "2、3"),
        ([("b.html", "c.html"), ("c.html", "b.html")], "b.html → c.html → b.html", "2、3"),
        ([("a/", "a/b/")], "a/ → a/", "2"),
        ([("a/b/", "a/")], "a/b/ → a/b/", "2"),
        ([("a/b/", "c/"), ("c/", "a/")], "a/b/ → c/ → a/b/", "2、3"),
        ([("a/x.html", "b/x.html"), ("b/", "a/")], "a/x.html → b/ → a/x.html", "2、3"),
    ],
)
def test_what_leads_in_a_circle_is_said_once(
    moves: list[tuple[str, str]], way: str, lines: str
) -> None:
    (problem,) = wrong(*moves)
    assert (problem.code, problem.line) == ("address-circle", LINES + 2)
    assert problem.message == f"移动绕成了一圈：{way}"
    numbers = "、".join(str(int(line) + LINES) for line in lines.split("、"))
    assert problem.hint == f"请核对第 {numbers} 行，删去其中写反的一条。"


def test_what_leads_into_a_circle_is_not_wrong_besides() -> None:
    problems = wrong(("x.html", "a/01.html"), ("a/", "b/"), ("b/", "a/"))
    assert codes(problems) == [("address-circle", 3)]


def test_what_is_there_cannot_be_withdrawn() -> None:
    problems = wrong(withdrawn="issues/2014-05-1/03.html, Search.html, x.html, x.html")
    assert codes(problems) == [("address-taken", 2)] * 3
    article, page, twice = problems
    assert article.hint.startswith("请先删去 issues/2014-05-1/03.md，后面的文章不要改名；")
    assert page.message == "要撤回的网址“Search.html”上现在还有网页"
    assert twice.message == "撤回的网址“x.html”写了两次"


def test_what_was_withdrawn_has_not_moved() -> None:
    assert codes(wrong(("x.html", "index.html"), withdrawn="x.html")) == [("address-taken", 2)]


@pytest.mark.parametrize("sources", [BASE, TWO_ISSUES, WITHDRAWN])
def test_of_correct_archives_nothing_is_said(sources: Sources) -> None:
    assert list(address_problems(derive(archive(sources)))) == []
