"""Printed pages, proved from the page an article begins on and the marks within it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import BASE, archive, published, read, with_body
from bulletin_site.content.model import Archive, Issue
from bulletin_site.content.pagination import begins_a_page, page_problems, printed_pages


def issue_of(*articles: tuple[int, str]) -> tuple[Issue, list[tuple[str, str, int]]]:
    """An issue of articles, each given by its page and text, and the file's name, code and line of
    what is wrong with it."""
    files = {path: BASE[path] for path in ("issues/archive.yaml", "issues/2014-05-1/issue.md")}
    for number, (page, text) in enumerate(articles, start=1):
        files[f"issues/2014-05-1/{number:02}.md"] = (
            f"---\ntitle: 题名{number}\npage: {page}\n---\n{text}\n"
        )
    found, problems = read(files)
    of_pages = [problem for problem in problems if problem.code != "joined-lines"]
    return found.issues[0], [(p.path[-5:], p.code, p.line) for p in of_pages]


def pages(issue: Issue) -> dict[int, list[int]]:
    """The numbers of the articles on each page."""
    return {p.number: [piece.article.number for piece in p.pieces] for p in printed_pages(issue)}


def test_pieces_follow_from_starting_pages_and_marks() -> None:
    issue, problems = issue_of(
        (2, "甲{p3}乙"), (3, "丙"), (4, "丁{p5}戊{p6}己"), (6, "庚"), (7, "辛")
    )
    assert problems == []
    assert pages(issue) == {2: [1], 3: [1, 2], 4: [3], 5: [3], 6: [3, 4], 7: [5]}
    assert (issue.pages.first, issue.pages.last) == (2, 7)


def test_a_piece_knows_whether_its_article_begins_and_ends_there() -> None:
    issue, _ = issue_of((2, "甲{p3}乙{p4}丙"), (4, "丁"))
    assert [
        (page.number, piece.article.number, piece.begins, piece.ends)
        for page in printed_pages(issue)
        for piece in page.pieces
    ] == [(2, 1, True, False), (3, 1, False, False), (4, 1, False, True), (4, 2, True, True)]


def test_an_article_begins_a_page_where_none_before_it_reaches_it() -> None:
    issue, _ = issue_of((2, "甲{p3}乙"), (3, "丙"), (4, "丁"))
    assert [begins_a_page(issue, article) for article in issue.articles] == [True, False, True]


@pytest.mark.parametrize(
    "text", ["[甲{p3}乙](http://a.cn)丙", "`甲{p3}`乙", "~~~\n甲{p3}\n~~~\n乙"]
)
def test_a_mark_that_does_nothing_is_said(text: str) -> None:
    _, problems = issue_of((2, text), (2, "丙"))
    assert [code for _, code, _ in problems] == ["page-mark"]


@pytest.mark.parametrize("text", ["{" * 200_000, "{" + " " * 200_000 + "3", "{p" + "3" * 200_000])
def test_what_only_begins_like_marks_is_read_before_anybody_waits(text: str) -> None:
    """With a pattern that looks at each of its places anew, this test does not come to an end."""
    _, problems = issue_of((2, f"甲{text}乙"), (2, "丙"))
    assert {code for _, code, _ in problems} <= {"page-mark"}


@pytest.mark.parametrize(
    "mark", ["甲{p3}乙", "{p3}甲", "甲\n\n{p3}\n\n乙", "甲\n\n{p3}乙", "甲{p3}\n\n乙"]
)
def test_a_mark_may_stand_anywhere_before_text(mark: str) -> None:
    _, problems = issue_of((2, mark), (3, "丙"))
    assert problems == []


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([(2, "甲{p4}乙")], [("01.md", "page-mark-order", 5)]),
        ([(2, "甲{p2}乙")], [("01.md", "page-mark-order", 5)]),
        ([(2, "甲{p1}乙")], [("01.md", "page-mark-order", 5)]),
        ([(2, "甲{p3}乙\n{p3}丙")], [("01.md", "page-mark-order", 6)]),
        ([(2, "甲{p4}乙\n\n丙{p5}丁")], [("01.md", "page-mark-order", 5)]),
        ([(2, "甲\n{p3}")], [("01.md", "page-mark-end", 6)]),
        ([(2, "甲{p3}\n\n{p4}\n")], [("01.md", "page-mark-end", 7)]),
        ([(2, "甲"), (4, "乙")], [("02.md", "page-skip", 3)]),
        ([(2, "甲{p3}乙"), (2, "丙")], [("02.md", "page-order", 3)]),
        ([(3, "甲"), (2, "乙")], [("02.md", "page-order", 3)]),
        ([(2, "甲{p}乙\n｛p3｝丙")], [("01.md", "page-mark", 5), ("01.md", "page-mark", 6)]),
    ],
)
def test_a_contradiction_is_a_problem_with_file_and_line(
    articles: list[tuple[int, str]], expected: list[tuple[str, str, int]]
) -> None:
    _, problems = issue_of(*articles)
    assert problems == expected


def test_one_wrong_starting_page_is_one_problem() -> None:
    _, problems = issue_of((2, "甲"), (8, "乙"), (3, "丙"), (4, "丁"))
    assert [(file, code) for file, code, _ in problems if file == "02.md"] == [
        ("02.md", "page-skip")
    ]


def test_the_first_article_may_begin_on_any_page() -> None:
    _, problems = issue_of((17, "甲"), (18, "乙"))
    assert problems == []


def test_the_two_printed_issues_contradict_none_of_their_page_numbers() -> None:
    for issue in published().archive.issues:
        assert list(page_problems(issue.articles)) == []
        assert list(pages(issue)) == list(issue.pages)


@st.composite
def printings(draw: st.DrawFn) -> list[tuple[int, str]]:
    """Articles as a printer sets them: each begins on the last page of the one before or after it."""
    page = draw(st.integers(1, 20))
    articles = []
    for number in range(draw(st.integers(1, 6))):
        page += draw(st.integers(0, 1)) if number else 0
        first, text = page, "甲"
        for _ in range(draw(st.integers(0, 3))):
            page += 1
            text += draw(
                st.sampled_from([f"{{p{page}}}乙", f"\n\n{{p{page}}}\n\n丙", f"{{p{page}}}\n\n丁"])
            )
        articles.append((first, text))
    return articles


@given(printings())
def test_whatever_a_printer_sets_is_without_problems_and_without_gaps(
    articles: list[tuple[int, str]],
) -> None:
    issue, problems = issue_of(*articles)
    assert problems == []
    found = pages(issue)
    assert list(found) == list(range(articles[0][0], issue.pages.last + 1))
    assert sorted({number for numbers in found.values() for number in numbers}) == list(
        range(1, len(articles) + 1)
    )


def test_the_base_archive_has_the_pages_it_was_printed_on() -> None:
    found: Archive = archive(BASE)
    assert pages(found.issues[0]) == {2: [1], 3: [1, 2], 4: [3]}
    assert with_body("甲{p3}乙").issues[0].pages.last == 3
