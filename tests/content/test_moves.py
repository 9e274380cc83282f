"""What archive.yaml says of published addresses, typed."""

from __future__ import annotations

from datetime import date

import pytest

from archives import BASE, TWO_ISSUES, WITHDRAWN, Sources, archive, read
from bulletin_site.content.address import article_of
from bulletin_site.content.pagination import printed_pages
from bulletin_site.pages import urls

ARCHIVE = "issues/archive.yaml"
LINES = BASE[ARCHIVE].count("\n")


def saying(text: str) -> Sources:
    return {**BASE, ARCHIVE: BASE[ARCHIVE] + text}


def noted(text: str) -> list[tuple[str, int]]:
    """The codes of what is wrong, with the lines counted from the first that was added."""
    _, problems = read(saying(text))
    assert {problem.path for problem in problems} <= {ARCHIVE}
    return [(problem.code, problem.line - LINES) for problem in problems]


def test_what_has_moved_is_known_with_its_lines() -> None:
    pages, folders = TWO_ISSUES[ARCHIVE].split("moved:\n")
    first, second = archive(TWO_ISSUES).moved
    line = pages.count("\n") + 2
    assert folders.startswith("  - from:")
    assert (first.old, first.new) == ("issues/2014-05-3/", "issues/2014-05-1/")
    assert (first.old_line, first.new_line) == (line, line + 1)
    assert (second.old, second.new) == ("topics/cloud.html", "topics/government-cloud.html")


def test_what_was_withdrawn_is_known_page_by_page() -> None:
    article, page = archive(TWO_ISSUES).withdrawn
    assert (article.address, article.article_id) == ("issues/2014-06-2/03.html", "2014-06-2/03")
    assert (page.address, page.article_id) == ("old/notice.html", None)
    assert {(one.date, one.text) for one in (article, page)} == {
        (date(2026, 1, 2), "应原作者要求撤回。")
    }


def test_addresses_may_stand_on_lines_of_their_own() -> None:
    text = "withdrawn:\n  - address:\n      - a.html\n      - b/c.html\n    date: 2026-01-02\n"
    found = archive(saying(f"{text}    text: 重复。\n")).withdrawn
    assert [(one.address, one.line - LINES) for one in found] == [("a.html", 3), ("b/c.html", 4)]


def test_the_address_of_an_article_names_it() -> None:
    for article in archive(TWO_ISSUES).articles:
        assert article_of(urls.article(article.id)) == article.id
    for address in (urls.issue("2014-05-1"), urls.printed_page("2014-05-1", 12), urls.HOME):
        assert article_of(address) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("moved:\n  - from: a.html\n", [("missing-key", 2)]),
        ("moved:\n  - from: a.html\n    to:\n", [("missing-key", 3)]),
        ("moved:\n  - form: a.html\n    to: b.html\n", [("unknown-key", 2)]),
        ("moved:\n  - from: /a.html\n    to: index.html\n", [("bad-address", 2)]),
        ("moved:\n  - from: a.html\n    to: http://a.cn/b.html\n", [("bad-address", 3)]),
        ("moved:\n  - from: issues/2014-05-2\n    to: issues/2014-05-1/\n", [("bad-address", 2)]),
        ("moved:\n  - from: issues/2014-05-2/\n    to: index.html\n", [("bad-address", 3)]),
        ("moved: a.html\n", [("wrong-kind", 1)]),
        ("withdrawn:\n  - date: 2026-01-02\n    text: 因\n", [("missing-key", 2)]),
        ("withdrawn:\n  - address:\n    date: 2026-01-02\n    text: 因\n", [("missing-key", 2)]),
        (
            "withdrawn:\n  - address: a.html\n    date:\n    text:\n",
            [("missing-key", 3), ("missing-key", 4)],
        ),
        (
            "withdrawn:\n  - address: issues/2014-05-2/\n    date: 2026-01-02\n    text: 因\n",
            [("bad-address", 2)],
        ),
        (
            "withdrawn:\n  - address: [a.html, 旧.html]\n    date: 2026-01-02\n    text: 因\n",
            [("bad-address", 2)],
        ),
    ],
)
def test_what_cannot_be_meant_is_said(text: str, expected: list[tuple[str, int]]) -> None:
    assert noted(text) == expected


def test_a_folder_without_its_slash_is_offered_with_it() -> None:
    _, problems = read(saying("moved:\n  - from: a.html\n    to: issues/2014-05-1\n"))
    assert problems[0].hint.startswith("是不是“issues/2014-05-1/”？")


def test_empty_lists_say_nothing() -> None:
    found = archive(saying("moved: []\nwithdrawn:\n"))
    assert (found.moved, found.withdrawn) == ((), ())


# The number of an article that was withdrawn stays free.


def test_the_articles_after_one_that_was_withdrawn_keep_their_numbers() -> None:
    issue = archive(WITHDRAWN).issues[0]
    assert [article.number for article in issue.articles] == [1, 3]
    assert list(issue.withdrawn) == [2]


def test_the_pages_of_an_article_that_was_withdrawn_are_still_there_and_empty() -> None:
    issue = archive(WITHDRAWN).issues[0]
    assert [(page.number, len(page.pieces)) for page in printed_pages(issue)] == [
        *[(2, 1), (3, 1), (4, 0), (5, 0), (6, 1)]
    ]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_any_article_may_be_withdrawn(number: int) -> None:
    files = saying(
        f"withdrawn:\n  - address: issues/2014-05-1/0{number}.html\n"
        "    date: 2026-01-02\n    text: 因\n"
    )
    left = {path: text for path, text in files.items() if not path.endswith(f"/0{number}.md")}
    numbers = [article.number for article in archive(left).articles]
    assert numbers == [one for one in (1, 2, 3) if one != number]


def test_an_article_that_was_not_withdrawn_leaves_a_gap() -> None:
    files = dict(WITHDRAWN)
    files["issues/2014-05-1/05.md"] = files.pop("issues/2014-05-1/03.md")
    _, problems = read(files)
    (problem,) = problems
    assert (problem.code, problem.path) == ("article-gap", "issues/2014-05-1/05.md")
    assert problem.message == "这一期缺少第 3 篇（03.md）"
    assert "issues/2014-05-1/03.html" in problem.hint


def test_pages_still_rise_across_one_that_was_withdrawn() -> None:
    files = {
        **WITHDRAWN,
        "issues/2014-05-1/03.md": BASE["issues/2014-05-1/03.md"].replace("page: 4", "page: 2"),
    }
    _, problems = read(files)
    (problem,) = problems
    assert problem.code == "page-order"
    assert problem.hint.startswith("应是第 3 页或以后；")
