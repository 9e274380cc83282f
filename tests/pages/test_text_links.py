"""Links of texts: said where they lead nowhere, and right on every page on which a text stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from archives import BASE, TWO_ISSUES, WITHDRAWN, write
from bulletin_site.build import build
from bulletin_site.checks import check_site
from bulletin_site.inputs import read as read_inputs

FIRST = "issues/2014-05-1/01.md"
NOTE = "issues/2014-05-1/issue.md"


def linked(links: tuple[str, ...], *, note: bool = False) -> dict[str, str]:
    files = {**TWO_ISSUES}
    written = "".join(f"[第{number}处]({link})" for number, link in enumerate(links))
    if note:
        files[NOTE] = f"{files[NOTE]}\n见{written}。\n"
    else:
        files[FIRST] = files[FIRST].replace("某省印发", f"某省{written}印发")
    assert files != TWO_ISSUES
    return files


OF_ARTICLES = (
    *("#s1", "#s2", "#p2", "#p3", "01.html#s2", "02.html", "02.html#s1", "p3.html", "p3.html#a02"),
    *("index.html", "full.html", "full.html#a01-s2", "../2014-06-2/01.html", "../../index.html"),
    *("../../topics/big-data.html", "../../help/index.html", "%30%32.html", "../2014-05-1/02.html"),
    *("https://www.gov.cn/02.html", "mailto:a@example.gov.cn"),
)
OF_NOTES = ("01.html", "01.html#s2", "p3.html", "full.html", "../2014-06-2/01.html#s1")


@pytest.mark.parametrize(("links", "note"), [(OF_ARTICLES, False), (OF_NOTES, True)])
def test_right_links_are_right_on_every_page_of_the_site(
    links: tuple[str, ...], note: bool, tmp_path: Path
) -> None:
    result = build(read_inputs(write(tmp_path, linked(links, note=note))))
    assert result.problems == ()
    assert result.files
    assert check_site(result.archive, result.files, result.files, "site") == ()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("04.html", "那一期的文章是 01.html 至 03.html。"),
        ("../2014-06-2/09.html", "那一期的文章是 ../2014-06-2/01.html 至 ../2014-06-2/0"),
        ("../2014-06-9/01.html", "同一期的另一篇写"),
        ("02.HTML", "是不是“02.html”？（02.HTML → 02.html）"),
        ("fulll.html", "是不是“full.html”？（fulll.html → full.html）"),
        ("../../topics/big-date.html", "是不是“../../topics/big-data.html”？"),
        ("p9.html", "是不是“p"),
        ("../../../a.html", "同一期的另一篇写"),
        ("#s9", "那一篇有 2 段，印在第2—3页。"),
        ("#p4", "那一篇有 2 段"),
        ("03.html#s2", "那一篇有 1 段，印在第4页。"),
    ],
)
def test_a_link_that_leads_nowhere_is_said_at_its_line(
    link: str, said: str, tmp_path: Path
) -> None:
    files = linked((link,))
    result = build(read_inputs(write(tmp_path, files)))
    assert not result.files
    (problem,) = result.problems
    line = files[FIRST].split("\n")[problem.line - 1]
    assert (problem.path, problem.code) == (FIRST, "bad-link")
    assert line[problem.column - 1 :].startswith(problem.text)
    assert problem.text == f"[第0处]({link})"
    assert problem.hint.startswith(said)


def test_a_note_has_no_places_of_an_article(tmp_path: Path) -> None:
    result = build(read_inputs(write(tmp_path, linked(("#s1",), note=True))))
    assert [(one.path, one.code) for one in result.problems] == [(NOTE, "bad-link")]


def test_links_in_code_and_links_of_others_are_let_be(tmp_path: Path) -> None:
    text = BASE[FIRST].replace("某省印发", "某省`[甲](09.html)`、\\[乙](09.html)印发")
    result = build(read_inputs(write(tmp_path, {**BASE, FIRST: text})))
    assert result.problems == ()


@pytest.mark.parametrize(("link", "codes"), [("02.html", []), ("02.html#s1", ["bad-link"])])
def test_of_a_withdrawn_article_only_the_page_is_left(
    link: str, codes: list[str], tmp_path: Path
) -> None:
    text = WITHDRAWN[FIRST].replace("某省印发", f"某省[通知]({link})印发")
    result = build(read_inputs(write(tmp_path, {**WITHDRAWN, FIRST: text})))
    assert [one.code for one in result.problems] == codes
