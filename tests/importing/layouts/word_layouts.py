"""Layouts as Word files, and those that are printed to PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from importing.layouts.content import IssueText
from importing.layouts.numerals import full, han, han_date, plain_date
from importing.layouts.sheet import Layout
from importing.layouts.text_style import Lines
from importing.layouts.word_style import WordStyle, printed


def _red_cover(issue: IssueText) -> Lines:
    """As the red heads of official papers: the title, the number, office left and date right."""
    office = issue.organization or issue.publisher
    return [
        issue.title,
        f"{issue.date.year}年{issue.label}",
        f"{office}　　　　　　　　　　　{han_date(issue.date)}",
    ]


def _imprint(issue: IssueText) -> Lines:
    return [
        "主题词：电子政务　信息　汇编",
        "报送：市委办公室、市政府办公室",
        f"{issue.publisher}　{plain_date(issue.date)}印发",
    ]


STYLED = WordStyle(number=lambda n: f"{n}、", topic=lambda _, topic: f"【{topic}】")
LISTED = WordStyle(
    number=str,
    counted="%1、",
    headings="looks",
    contents="field",
    pages="rendered",
    header=lambda issue: f"{issue.title} {issue.label}",
    pictures=True,
)
LISTED_HAN = replace(
    LISTED,
    number=han,
    counted="（%1）",
    counted_shape="chineseCounting",
    contents="columns",
    contents_topic=lambda _, topic: f"◎{topic}",
    source_at="right",
    source=lambda source: f"来源：{source}",
    cover_box=True,
)
TABLED = WordStyle(
    number=lambda n: f"{full(n)}．",
    headings="plain",
    contents="table",
    contents_title="本 期 目 录",
    cover=_red_cover,
    indent="typed",
    pages="rendered-and-forced",
    runs="wps",
    source=lambda source: f"(来源：{source})",
    end=_imprint,
)
SOFT = WordStyle(
    number=lambda n: f"{han(n)}、",
    headings="looks",
    heading_break="soft",
    contents_topic=lambda n, topic: f"[{topic}]",
    topic=lambda _, topic: f"[{topic}]",
    source_at="right",
    source=lambda source: f"（摘自《{source}》）",
    indent="typed",
    pages="rendered-and-forced",
    cover=_red_cover,
    cover_box=True,
    before_articles=lambda _: ["编者按：本期选登近期各地的一些做法，供参考。"],
)
BY_ARTICLES = WordStyle(
    number=lambda n: f"{n}．",
    pages="articles",
    footer=("第 ", " 页"),
    source_at="below-title",
    source=lambda source: f"来源：{source}",
)
PASTED = WordStyle(
    number=lambda n: f"{n}. ",
    headings="looks",
    one_paragraph=True,
    contents_topic=None,
    pages="rendered",
    indent="none",
    tables=False,
    footnotes=False,
)
BARE = WordStyle(
    number=lambda n: f"{n}、",
    headings="plain",
    contents="none",
    topic=lambda _, topic: f"【{topic}】",
    pages="none",
    footer=None,
    indent="none",
    runs="wps",
)
OFFICIAL = WordStyle(number=lambda n: f"{n}、", headings="looks", pages="forced", cover=_red_cover)
RUNNING = replace(
    OFFICIAL,
    number=lambda n: f"【{n}】",
    header=lambda issue: f"{issue.title}　　{issue.date.year}年{issue.label}",
    footer=("第 ", " 页"),
    source_at="right",
    contents="table",
    topic=lambda _, topic: f"■ {topic}",
    contents_topic=lambda _, topic: f"■ {topic}",
    end=_imprint,
)
UNMARKED = replace(
    OFFICIAL, number=lambda n: "", contents="columns", footer=("", ""), size=14, line=22, width=31
)
TWO_COLUMNS = replace(
    OFFICIAL, body_columns=2, size=13, line=23, width=15, headings="style", source_at="right"
)


SAVED = replace(BY_ARTICLES, number=lambda n: f"（{han(n)}）", headings="looks", cover_table=True)
REVISED = replace(
    STYLED,
    number=lambda n: f"{full(n)}、",
    headings="looks",
    runs="revised",
    contents_topic=lambda n, topic: f"{han(n)}、{topic}",
    topic=lambda n, topic: f"{han(n)}、{topic}",
    cover_table=True,
    source_at="right",
)


def _word(name: str, style: WordStyle, *, office: Literal["pdf", "docx"] | None = None) -> Layout:
    return Layout(
        name=name, suffix=".docx", make=lambda issue: printed(issue, style), office=office
    )


LAYOUTS: tuple[Layout, ...] = (
    _word("word-styles", STYLED),
    _word("word-list-and-field", LISTED),
    _word("word-columns-text-box", LISTED_HAN),
    _word("word-wps-table", TABLED),
    _word("word-soft-breaks", SOFT),
    _word("word-forced-articles", BY_ARTICLES),
    _word("word-pasted-lines", PASTED),
    _word("word-bare-wps", BARE),
    _word("word-revised", REVISED),
    _word("libreoffice-articles", SAVED, office="docx"),
    _word("libreoffice-bare", replace(BARE, runs="word", contents="table"), office="docx"),
    _word("pdf-official", OFFICIAL, office="pdf"),
    _word("pdf-running-heads", RUNNING, office="pdf"),
    _word("pdf-without-numbers", UNMARKED, office="pdf"),
    _word("pdf-two-columns", TWO_COLUMNS, office="pdf"),
)
