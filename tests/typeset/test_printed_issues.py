"""The two printed issues as PDF editions, read back by this program and by poppler: every title on
its page, every page end where it was."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from archives import project_templates
from bulletin_site.checks.pdf_editions import edition_faults, text_by_page
from bulletin_site.content.layout import pages_of
from bulletin_site.pages.prose import plain_text
from bulletin_site.typeset.editions import Typeset, lay_out
from typeset.conftest import ISSUES, Made

PAGES = {"2014-05-1": 11, "2014-06-2": 15}
BREAKS = {"2014-05-1": 5, "2014-06-2": 11}
TITLES = {"2014-05-1": 12, "2014-06-2": 13}

Edition = Callable[..., Made]


@pytest.mark.parametrize("issue_id", ISSUES)
def test_nothing_in_it_differs_from_the_archive(edition: Edition, issue_id: str) -> None:
    made = edition(issue_id)
    assert list(edition_faults(made.archive, made.issue, made.read())) == []


@pytest.mark.parametrize("issue_id", ISSUES)
def test_poppler_finds_every_title_on_its_page(edition: Edition, issue_id: str) -> None:
    made = edition(issue_id)
    assert f"Pages:           {PAGES[issue_id]}\n" in made.told("pdfinfo", "PDF")
    found = [
        article.number
        for article in made.issue.articles
        if f"{article.number}、{''.join(article.title.split())}" in made.page(article.first_page)
    ]
    assert len(found) == TITLES[issue_id]


@pytest.mark.parametrize("issue_id", ISSUES)
def test_poppler_finds_every_page_end_where_it_was_in_print(
    edition: Edition, issue_id: str
) -> None:
    made = edition(issue_id)
    held = 0
    for article in made.issue.articles:
        plain = plain_text(article.body)
        for page, start in plain.page_starts:
            before = "".join(plain.text[:start].split())[-12:]
            after = "".join(plain.text[start:].split())[:12]
            assert made.page(page - 1).endswith(f"{before}—{page - 1}—")
            assert made.page(page).startswith(after)
            held += 1
    assert held == BREAKS[issue_id]


@pytest.mark.parametrize("issue_id", ISSUES)
def test_poppler_reads_on_each_page_what_was_printed_there_and_nothing_else(
    edition: Edition, issue_id: str
) -> None:
    made = edition(issue_id)
    for number, text in text_by_page(made.issue).items():
        assert made.page(number) == f"{text}—{number}—"


@pytest.mark.parametrize("issue_id", ISSUES)
def test_the_contents_name_every_title_with_its_page(edition: Edition, issue_id: str) -> None:
    made = edition(issue_id)
    shown = made.told("pdftotext", "-layout", "-l", "1", "PDF", "-")
    text = "".join(shown.split())
    for article in made.issue.articles:
        title = re.escape(f"{article.number}、{''.join(article.title.split())}")
        following = rf"(?=【|{article.number + 1}、|—1—|本期)"
        entry = rf"{title}\.+{article.first_page}{following}"
        assert len(re.findall(entry, text)) == 1, article.title


def test_topics_stand_in_the_contents_where_they_were_printed(edition: Edition) -> None:
    first, second = (edition(issue_id).page(1) for issue_id in ISSUES)
    assert re.findall("【(.*?)】", first) == ["政务云", "大数据", "政务公开", "政务信息化"]
    assert "【" not in second
    assert (
        "电子政务云计算应用技术国家工程实验室电子政务信息汇编六月第二期秘书处2014年6月13日目录"
        in second
    )


@pytest.mark.parametrize("issue_id", ISSUES)
def test_the_outline_leads_to_contents_topics_titles_and_subheadings(
    edition: Edition, issue_id: str
) -> None:
    made = edition(issue_id)
    outline = made.read().outline
    assert (outline[0].title, outline[0].page, outline[0].level) == ("目录", 1, 0)
    entries = {(entry.title, entry.page): entry.level for entry in outline}
    below = 1 if made.issue.topics_printed else 0
    for article in made.issue.articles:
        assert entries[(f"{article.number}、{article.title}", article.first_page)] == below
    if made.issue.topics_printed:
        tops = [(entry.title, entry.page) for entry in outline if entry.level == 0]
        assert tops[1:] == [("政务云", 2), ("大数据", 5), ("政务公开", 8), ("政务信息化", 9)]
    else:
        assert entries[("集多种功能于一体的综合服务平台", 12)] == 1


def test_it_says_what_it_is(edition: Edition) -> None:
    said = edition("2014-06-2").told("pdfinfo", "-isodates", "PDF")
    for line in (
        "Title:           电子政务信息汇编 2014年六月第二期",
        "Subject:         电子政务信息汇编，2014年六月第二期，2014年6月13日，13 篇",
        "Author:          秘书处",
        "CreationDate:    2014-06-13",
        "ModDate:         2014-06-13",
        "Tagged:          yes",
        "JavaScript:      no",
        "Page size:       595.276 x 841.89 pts (A4)",
    ):
        assert line in said
    assert "Keywords" not in said, "none were printed"
    assert re.search("Keywords: .*大数据", edition("2014-05-1").told("pdfinfo", "PDF"))
    xmp = edition("2014-06-2").told("pdfinfo", "-meta", "PDF")
    assert 'part="1"' in xmp
    assert "pdfua" in xmp


def test_its_tags_name_titles_subheadings_paragraphs_and_links(edition: Edition) -> None:
    tags = edition("2014-06-2").told("pdfinfo", "-struct", "PDF")
    kinds = re.findall(r"^ *([A-Za-z0-9]+)", tags, re.MULTILINE)
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == 1 + 13
    assert kinds.count("H3") == 4
    assert kinds.count("Link") >= 13
    assert kinds.count("P") > 60


def test_the_entries_of_the_contents_are_links_to_the_articles(edition: Edition) -> None:
    made = edition("2014-05-1")
    listed = made.told("pdfinfo", "-dests", "PDF")
    places = dict(re.findall(r'^ +([0-9]+) .* "(a[0-9]+)"', listed, re.MULTILINE))
    assert set(re.findall(r'"(a[0-9]{2})"', listed)) == {f"a{n:02}" for n in range(1, 13)}, places


@pytest.mark.parametrize("issue_id", ISSUES)
def test_its_page_numbers_stand_outside_on_odd_and_even_pages(
    edition: Edition, issue_id: str
) -> None:
    made = edition(issue_id)
    boxes = made.told("pdftotext", "-bbox", "PDF", "-")
    for number, page in enumerate(boxes.split("<page ")[1:], start=1):
        left, words = next(
            (float(x), word)
            for x, y, word in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</word>', page)
            if float(y) > 742 and word == str(number)
        )
        assert words
        assert (left > 400) == (number % 2 == 1)


@pytest.mark.parametrize("issue_id", ISSUES)
def test_its_lines_end_at_the_right_margin(edition: Edition, issue_id: str) -> None:
    made = edition(issue_id)
    boxes = made.told("pdftotext", "-bbox-layout", "-f", "2", "PDF", "-")
    ends = [
        float(x)
        for x, y in re.findall(r'<line xMin="[\d.]+" yMin="([\d.]+)" xMax="([\d.]+)"', boxes)
        for x, y in [(y, x)]
        if float(y) < 742
    ]
    margin = (28 + 156) * 72 / 25.4
    assert max(ends) < margin + 1
    flush = [end for end in ends if abs(end - margin) < 1]
    assert len(flush) > 0.6 * len(ends)


@pytest.mark.parametrize("issue_id", ISSUES)
def test_the_fonts_are_said_and_those_that_are_missing(edition: Edition, issue_id: str) -> None:
    made = edition(issue_id)
    listed = made.told("pdffonts", "PDF")
    assert all(name.replace(" ", "-") in listed for name in made.typeset.fonts)
    assert len(made.typeset.fonts) == len(re.findall(r" yes yes yes ", listed))
    assert {role.name for role in made.typeset.missing} <= {"仿宋", "小标宋", "黑体", "宋体"}


@pytest.mark.parametrize("issue_id", ISSUES)
def test_it_is_small(edition: Edition, issue_id: str) -> None:
    assert len(edition(issue_id).typeset.pdf) < 600_000


def test_the_same_text_gives_the_same_bytes(edition: Edition) -> None:
    made = edition("2014-05-1")
    again = lay_out(made.archive.publication, made.issue, project_templates(), auto=False)
    assert isinstance(again, Typeset)
    assert again.pdf == made.typeset.pdf


@pytest.mark.parametrize("issue_id", ISSUES)
def test_the_record_says_the_printed_pages(edition: Edition, issue_id: str) -> None:
    made = edition(issue_id)
    assert made.typeset.pages == pages_of(made.issue)
    assert made.typeset.sheets == PAGES[issue_id]
