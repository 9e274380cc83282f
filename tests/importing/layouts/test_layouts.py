"""The layouts themselves: each holds all of its truth, and is the same file every time."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from functools import cache

import pytest

from bulletin_site.content.archive import load
from bulletin_site.content.folder import read_folder
from bulletin_site.content.source import is_text, tree_of
from importing.layouts.content import (
    INVENTED,
    MARK,
    ink,
    printed_pages,
    truth,
    truths,
)
from importing.layouts.layouts import LAYOUTS
from importing.layouts.sheet import Layout, Printed, missing_ink
from importing.layouts.text_style import filled, wrap

IDS = [issue.id for issue in truths()]
every_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


@cache
def sheets(layout: Layout) -> tuple[Printed, ...]:
    """The layout's files of all truths that suit it."""
    return tuple(layout.make(issue) for issue in truths() if layout.suits(issue))


@every_layout
def test_a_layout_holds_every_character_of_its_truth(layout: Layout) -> None:
    assert [missing_ink(sheet) for sheet in sheets(layout)] == [""] * len(sheets(layout))


@every_layout
def test_a_layout_is_the_same_file_every_time(layout: Layout) -> None:
    again = [layout.make(issue) for issue in truths() if layout.suits(issue)]
    assert [sheet.data for sheet in again] == [sheet.data for sheet in sheets(layout)]


@every_layout
def test_what_cannot_be_known_is_of_articles_that_there_are(layout: Layout) -> None:
    for sheet in sheets(layout):
        count = len(sheet.truth.articles)
        assert all(1 <= (unknown.article or 1) <= count for unknown in sheet.unknown)


@every_layout
def test_every_layout_is_tried_with_the_issues_of_the_archive(layout: Layout) -> None:
    assert {"2014-05-1", "2014-06-2"} <= {sheet.truth.id for sheet in sheets(layout)}


def test_the_files_of_word_bear_no_day_but_a_fixed_one() -> None:
    for layout in LAYOUTS:
        if layout.suffix != ".docx":
            continue
        with zipfile.ZipFile(io.BytesIO(sheets(layout)[0].data)) as file:
            assert {member.date_time[0] for member in file.infolist()} == {2014}, layout.name


def test_layouts_have_names_of_their_own() -> None:
    names = Counter(layout.name for layout in LAYOUTS)
    assert set(names.values()) == {1}
    assert len(names) >= 40


@pytest.mark.parametrize("issue_id", IDS)
def test_the_pages_of_a_truth_hold_its_whole_text_once(issue_id: str) -> None:
    issue = truth(issue_id)
    pages = printed_pages(issue)
    printed = "".join(piece.text for page in pages for piece in page.pieces)
    assert ink(printed) == ink("".join(a.text.replace("\n", "") for a in issue.articles))
    numbers = [page.number for page in pages]
    assert numbers == list(range(numbers[0], numbers[-1] + 1))


def test_the_invented_issues_have_no_problems_but_the_slips_that_they_were_given() -> None:
    tree, problems = tree_of(read_folder(INVENTED, "issues", wanted=is_text))
    _, more = load(tree)
    assert [problem.code for problem in (*problems, *more)] == ["unbalanced-quote"]


def test_a_truth_has_every_trap_that_layouts_are_to_be_tried_with() -> None:
    articles = [article for issue in truths() for article in issue.articles]
    blocks = [block for article in articles for block in article.blocks]
    assert any(article.title[0].isdigit() and "、" in article.title for article in articles)
    assert any(article.title.isascii() for article in articles)
    assert any(article.source is None for article in articles)
    assert any(article.source and "（" in article.source for article in articles)
    assert any(len(article.blocks) == 1 for article in articles)
    assert any(len(MARK.findall("".join(b.text for b in a.blocks))) == 2 for a in articles)
    assert {block.kind for block in blocks} == {"paragraph", "subheading", "table", "note"}
    assert any(MARK.match(block.text) for block in blocks)
    for beginning in ("1. ", "1．", "一、", "（一）", "（记者"):
        assert any(b.kind == "paragraph" and b.plain.startswith(beginning) for b in blocks)
    for end in ("：", "……", "）", "日"):
        assert any(block.plain.endswith(end) for block in blocks)


def test_a_line_holds_no_more_than_its_width_and_a_closing_mark() -> None:
    text = truth("2014-05-1").articles[0].blocks[0].plain
    lines = wrap(text, 28)
    assert "".join(lines) == text
    assert all(len(line.encode("gb18030")) <= 2 * 28 + 2 for line in lines)


def test_the_line_above_a_page_end_is_full() -> None:
    lines = filled("字" * 83, 28)
    assert len(lines[-1]) >= 26
