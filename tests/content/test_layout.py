"""The record of a layout: what is written is what is read, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import AUTO, BASE, BASE_PAGES, archive, laid_out, read
from bulletin_site.content.layout import (
    LAYOUT_FILE,
    ArticlePages,
    Layout,
    fingerprint,
    load_layout,
    pages_of,
    written,
)
from bulletin_site.content.marks import mark_offsets, with_marks, without_marks
from bulletin_site.content.source import SourceFile

BODIES = st.text(alphabet="云数据a *_`#-\n{}p12[]()\\。“", max_size=60)


@given(BODIES.map(without_marks).filter(lambda text: "{p" not in text), st.data())
def test_marks_that_are_set_are_found_where_they_were_set(text: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, len(text)), max_size=4).map(sorted))
    offsets = list(enumerate(places, start=3))
    marked = with_marks(text, offsets)
    assert mark_offsets(marked) == offsets
    assert without_marks(marked) == text


def read_back(text: str) -> Layout | None:
    return load_layout(SourceFile(path=f"issues/2014-05-1/{LAYOUT_FILE}", text=text))


PAGES = st.builds(
    ArticlePages,
    number=st.integers(1, 999),
    first_page=st.integers(1, 99999),
    breaks=st.lists(st.tuples(st.integers(1, 99999), st.integers(1, 10**6)), max_size=3).map(tuple),
)
LAYOUTS = st.builds(
    Layout,
    text=st.just("ab12"),
    size=st.integers(1, 10**9),
    sha256=st.just("cd34"),
    grid=st.sampled_from(["28×22", "29×25"]),
    fonts=st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1), max_size=3
    ).map(tuple),
    auto=st.booleans(),
    pages=st.lists(PAGES, max_size=3, unique_by=lambda one: one.number).map(tuple),
)


@given(LAYOUTS, st.text())
def test_a_record_is_read_as_it_was_written(layout: Layout, body: str) -> None:
    bodies = dict.fromkeys((one.number for one in layout.pages), body)
    assert read_back(written(layout, bodies)) == layout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("size: ", "size: 约 "),
        ("in: 01.md", "in: x.md"),
        ("page: 2", "page: 0"),
        ("at: 24", "at: -1"),
        ("sha256: ", "sha265: "),
        ("pages:", "pages: ["),
    ],
)
def test_a_damaged_record_is_no_record(old: str, new: str) -> None:
    text = laid_out(BASE, auto=False, pages=BASE_PAGES)["issues/2014-05-1/pdf.yaml"]
    assert old in text
    assert read_back(text)
    assert read_back(text.replace(old, new, 1)) is None


def test_a_record_shows_with_which_words_pages_begin() -> None:
    text = laid_out(BASE, auto=False, pages=BASE_PAGES)["issues/2014-05-1/pdf.yaml"]
    assert '{page: 3, at: 24, text: "标，并明确主要任务"}' in text.replace("。", "")


def test_the_fingerprint_is_of_the_text_and_not_of_its_pages() -> None:
    held = archive(BASE)
    (issue,) = held.issues
    (unnumbered,) = read(AUTO)[0].issues
    assert pages_of(issue) == BASE_PAGES
    assert pages_of(unnumbered) != BASE_PAGES
    assert fingerprint(held, issue) == fingerprint(held, unnumbered)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("archive.yaml", "秘书处", "编辑部"),
        ("2014-05-1/issue.md", "05-09", "05-10"),
        ("2014-05-1/issue.md", "---\n", "---\nlabel: 第一期\n"),
        ("2014-05-1/01.md", "规划出台", "规划印发"),
        ("2014-05-1/01.md", "[政务云]", "[大数据]"),
        ("2014-05-1/02.md", "人民网", "新华网"),
        ("2014-05-1/03.md", "不再", "再不"),
    ],
)
def test_whatever_the_pdf_shows_is_in_the_fingerprint(file: str, old: str, new: str) -> None:
    changed = {**BASE, f"issues/{file}": BASE[f"issues/{file}"].replace(old, new, 1)}
    before, after = archive(BASE), archive(changed)
    assert fingerprint(before, before.issues[0]) != fingerprint(after, after.issues[0])


def test_corrections_keywords_and_later_topics_are_not_in_the_pdf() -> None:
    changed = {
        **BASE,
        "issues/2014-05-1/01.md": BASE["issues/2014-05-1/01.md"].replace(
            "source:", "keywords: [云]\ncorrections: [{date: 2014-06-01, text: 错}]\nsource:"
        ),
    }
    before, after = archive(BASE), archive(changed)
    assert fingerprint(before, before.issues[0]) == fingerprint(after, after.issues[0])
    later = replace(before.issues[0], topics_printed=False)
    bare = replace(later, articles=tuple(replace(article, topics=()) for article in later.articles))
    assert fingerprint(before, later) == fingerprint(before, bare)
