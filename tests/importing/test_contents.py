"""The 目录 in the forms that offices give it, each in a few lines above the text."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bulletin_site.importing.contents import Contents, find_contents
from bulletin_site.importing.marks import contents_page
from bulletin_site.importing.text import read_text
from bulletin_site.problems import Problem

FIRST, SECOND, THIRD = "甲地云计算规划出台", "乙地大数据平台开通", "丙地政务公开条例施行"
TEXT = "这里是文章的正文，说了一件已经办完的事，又说了下一步打算怎样办，句号在最后，这样就够长了。（某报）"


def found(*lines: str, titles: Sequence[str] = (FIRST, SECOND, THIRD)) -> Contents:
    body = "\n\n".join(f"{title}\n\n{TEXT}" for title in titles)
    text = "电子政务信息汇编\n\n2014年5月9日\n\n" + "\n\n".join(lines) + f"\n\n{body}\n"
    manuscript = read_text(text.encode(), "x.txt")
    assert not isinstance(manuscript, Problem)
    contents = find_contents(manuscript.blocks)
    assert contents is not None
    return contents


def entries(contents: Contents) -> list[tuple[str, int | None, str | None]]:
    return [(entry.title, entry.page, entry.topic) for entry in contents.entries]


PLAIN = [(FIRST, 2, None), (SECOND, 3, None), (THIRD, 5, None)]


@pytest.mark.parametrize(
    "heading", ["目录", "目　录", "目 次", "本期要目", "◇ 本期内容 ◇", "CONTENTS", "目錄"]
)
def test_its_heading_has_many_names(heading: str) -> None:
    assert entries(found(heading, f"{FIRST}……2", f"{SECOND}……3", f"{THIRD}……5")) == PLAIN


def test_it_is_found_without_a_heading() -> None:
    contents = found(f"1、{FIRST}……2", f"2、{SECOND}……3", f"3、{THIRD}……5")
    assert not contents.headed
    assert entries(contents) == PLAIN


def test_a_second_heading_is_no_topic() -> None:
    contents = found("CONTENTS", "目录", f"{FIRST}……2", f"{SECOND}……3", f"{THIRD}……5")
    assert entries(contents) == PLAIN


def test_a_page_number_after_one_space_counts_where_all_lines_have_one() -> None:
    assert entries(found("目录", f"1、{FIRST} 2", f"2、{SECOND} 3", f"3、{THIRD} 5")) == PLAIN


def test_the_page_may_stand_before_the_title() -> None:
    assert entries(found("目录", f"2\t{FIRST}", f"3\t{SECOND}", f"5\t{THIRD}")) == PLAIN


def test_the_page_may_stand_on_a_line_of_its_own() -> None:
    lines = [f"{FIRST}\n\n—— 2", f"{SECOND}\n\n—— 3", f"{THIRD}\n\n—— 5"]
    assert entries(found("目录", *lines)) == PLAIN


def test_two_entries_may_stand_on_one_line() -> None:
    assert entries(found("目录", f"① {FIRST}　2      ② {SECOND}　3", f"③ {THIRD}　5")) == PLAIN


def test_a_title_over_two_lines_is_one_title() -> None:
    lines = [f"1、{FIRST[:5]}", f"　　{FIRST[5:]}……2", f"2、{SECOND}……3", f"3、{THIRD}……5"]
    assert entries(found("目录", *lines)) == PLAIN


def test_a_title_that_goes_on_after_its_page_is_one_title() -> None:
    lines = [f"1、{FIRST[:5]}\t2", FIRST[5:], f"2、{SECOND}\t3", f"3、{THIRD}\t5"]
    assert entries(found("目录", *lines)) == PLAIN


TOPICS = [(FIRST, 2, "政务云"), (SECOND, 3, "大数据"), (THIRD, 5, "大数据")]


@pytest.mark.parametrize(
    ("cloud", "data"),
    [
        ("【政务云】", "【大数据】"),
        ("■ 政务云", "■ 大数据"),
        ("一、政务云", "二、大数据"),
        ("政务云：", "大数据："),
        ("＝政务云＝", "＝大数据＝"),
        ("政务云", "大数据"),
        ("【政务云】……2", "【大数据】……3"),
    ],
)
def test_topics_in_every_form_stand_above_their_entries(cloud: str, data: str) -> None:
    lines = [cloud, f"1、{FIRST}……2", data, f"2、{SECOND}……3", f"3、{THIRD}……5"]
    assert entries(found("目录", *lines)) == TOPICS


@pytest.mark.parametrize("mark", ["● ", "◆", "★"])
def test_an_ornament_before_every_line_marks_entries(mark: str) -> None:
    lines = [mark + title for title in (FIRST, SECOND, THIRD)]
    unpaged = [(title, None, topic) for title, _, topic in PLAIN]
    assert entries(found("本期要目", *lines)) == unpaged
    topics = ["【政务云】", lines[0], "【大数据】", *lines[1:]]
    named = [(title, None, topic) for title, _, topic in TOPICS]
    assert entries(found("本期要目", *topics)) == named


@pytest.mark.parametrize("joined", ["......2【大数据】", "（２）◆大数据", "……2 【大数据】"])
def test_what_follows_a_page_on_its_line_stood_on_the_next(joined: str) -> None:
    lines = ["【政务云】", f"1．{FIRST}{joined}"]
    lines += [f"2．{SECOND}……3", f"3．{THIRD}……5"]
    assert entries(found("目录", *lines)) == TOPICS


def test_a_topic_may_stand_before_the_title_on_its_line() -> None:
    lines = [f"政务云：{FIRST}……2", f"大数据：{SECOND}……3", f"{THIRD}……5"]
    assert entries(found("目录", *lines)) == TOPICS


def test_lines_that_say_what_an_article_is_made_of_are_no_entries() -> None:
    lines = [f"{FIRST}……2\n    坚持需求导向\n    坚持数据赋能\n{SECOND}……3\n{THIRD}……5"]
    assert entries(found("目录", *lines)) == PLAIN


def test_a_number_before_a_title_that_begins_with_a_number_is_counted_on() -> None:
    titles = [FIRST, "3个月建成一张网", THIRD]
    lines = [f"1.{FIRST}……2", "2.3个月建成一张网……3", f"3.{THIRD}……5"]
    contents = found("目录", *lines, titles=titles)
    assert [entry.title for entry in contents.entries] == titles


def test_it_ends_where_the_first_article_begins() -> None:
    contents = found("目录", f"1、{FIRST}……2", f"2、{SECOND}……3", f"3、{THIRD}……5")
    assert (contents.first, contents.end) == (2, 6)


def test_a_table_of_numbers_in_the_text_is_no_contents() -> None:
    text = f"1、{FIRST}\n\n{TEXT}\n\n城市\t得分\n甲\t81\n乙\t77\n丙\t69\n"
    manuscript = read_text(text.encode(), "x.txt")
    assert not isinstance(manuscript, Problem)
    assert find_contents(manuscript.blocks) is None


@pytest.mark.parametrize(
    "line", ["题名" + " " * 5000 + "x", "（甲" + " \x0b" * 3000 + "）", ". " * 4000]
)
def test_a_line_of_blanks_is_read_in_one_go(line: str) -> None:
    assert contents_page(line) is None
