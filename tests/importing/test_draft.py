"""From a text to the files of an issue: nothing lost, nothing made up, whatever is typed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import ROOT
from bulletin_site.content.archive import load
from bulletin_site.content.source import SourceFile, SourceTree
from bulletin_site.importing.bodies import markdown_of, plain_text
from bulletin_site.importing.draft import Draft, draft
from bulletin_site.importing.manuscript import Aside, Manuscript, Place
from bulletin_site.importing.text import read_text
from bulletin_site.importing.topics import Topics
from bulletin_site.problems import Problem
from importing.imported import archive, drafted

PRINTED = ROOT / "tests" / "data" / "printed"

COVER = "电子政务信息汇编\n\n2014年5月9日\n\n五月第一期\n\n秘书处\n\n目 录\n\n1、甲地规划出台……2\n\n2、乙地平台开通……3\n\n"


def made(text: str, name: str = "本期.txt") -> Draft:
    found = drafted(text.encode(), name)
    assert isinstance(found, Draft), found
    return found


def messages(found: Draft) -> list[str]:
    return [doubt.message for doubt in found.doubts]


def read_back(found: Draft) -> list[Problem]:
    """What the archive's own loader says of the folder, warnings apart."""
    files = {
        "issues/archive.yaml": "title: 汇编\ntopics:\n  - name: 政务云\n    slug: cloud\n",
        **{
            f"issues/{found.id}/{name}": text
            for name, text in found.files.items()
            if name != "import.yaml"
        },
    }
    tree = SourceTree(files={p: SourceFile(path=p, text=t) for p, t in files.items()})
    return [p for p in load(tree)[1] if p.severity.value == "error"]


@pytest.mark.parametrize("issue", ["2014-05-1", "2014-06-2"])
def test_the_printed_issues_become_what_was_typed_by_hand(issue: str) -> None:
    (file,) = [f for f in PRINTED.iterdir() if issue in f.name]
    found = made(file.read_text("utf-8"), file.name)
    assert found.id == issue
    for article in sorted((ROOT / "issues" / issue).glob("[0-9]*.md")):
        typed = [line for line in article.read_text("utf-8").split("\n") if "topics:" not in line]
        own = [line for line in found.files[article.name].split("\n") if "topics:" not in line]
        assert own == typed


def test_a_missing_source_is_the_only_doubt_about_the_second_issue_but_its_topics() -> None:
    (file,) = [f for f in PRINTED.iterdir() if "2014-06-2" in f.name]
    doubts = made(file.read_text("utf-8"), file.name).doubts
    others = [doubt for doubt in doubts if doubt.key != "topics"]
    assert [(doubt.file, doubt.message) for doubt in others] == [("13.md", "没有找到这一篇的来源")]
    assert {doubt.file for doubt in doubts if doubt.key == "topics"} == {
        f"{number:02}.md" for number in range(1, 14)
    }


def test_a_page_end_in_mid_sentence_joins_the_paragraph() -> None:
    found = made(
        f"{COVER}1、甲地规划出台\n\n甲地日前印发了云计算发展规划，明确提出要在三年之内建成\n\n"
        "三个数据中心。（甲报）\n\n2、乙地平台开通\n\n乙地的平台开通了。（乙报）\n"
    )
    assert "建成{p3}三个数据中心。" in found.files["01.md"]
    assert "page: 3" in found.files["02.md"]


def test_a_page_of_the_contents_that_cannot_be_is_a_doubt_with_both_numbers() -> None:
    text = COVER.replace("……3", "……9")
    found = made(
        f"{text}1、甲地规划出台\n\n甲地印发了规划。（甲报）\n\n2、乙地平台开通\n\n开通了。（乙报）\n"
    )
    assert any("第 9 页" in message for message in messages(found))
    assert not read_back(found)


def test_an_entry_without_an_article_is_named() -> None:
    found = made(f"{COVER}1、甲地规划出台\n\n甲地印发了规划。（甲报）\n")
    assert "目录里有“乙地平台开通”，正文里没有找到这一篇" in messages(found)


def test_a_topic_that_the_archive_does_not_have_is_no_topic_but_a_doubt() -> None:
    text = COVER.replace("1、甲地", "【智慧城市】\n\n1、甲地")
    found = made(
        f"{text}1、甲地规划出台\n\n甲地印发了规划。（甲报）\n\n2、乙地平台开通\n\n开通了。（乙报）\n"
    )
    assert "topics: []" in found.files["01.md"]
    assert any("智慧城市" in message for message in messages(found))


def test_what_is_no_article_is_set_aside_by_name() -> None:
    found = made(
        f"{COVER}1、甲地规划出台\n\n甲地印发了规划。（甲报）\n\n2、乙地平台开通\n\n开通了。（乙报）\n\n"
        "报：某某　送：某某\n"
    )
    reasons = {aside.reason for aside in found.asides}
    assert {"封面", "目录", "题名", "来源", "期末的文字"} <= reasons
    assert any("期末的文字" in message for message in messages(found))


def test_a_file_of_which_nothing_can_be_made_is_a_problem() -> None:
    found = drafted("今天天气很好。\n".encode(), "日记.txt")
    assert isinstance(found, Problem)
    assert found.code == "import-file"


def test_without_a_day_the_editor_is_asked_which_issue_it_is() -> None:
    found = drafted(
        "目录\n\n1、甲……2\n2、乙……3\n\n1、甲\n\n好。（甲报）\n\n2、乙\n\n好。（乙报）\n".encode(),
        "x.txt",
    )
    assert isinstance(found, Problem)
    assert "--as" in found.hint


def test_stars_on_both_sides_of_a_page_end_stay_stars() -> None:
    found = made(
        f"{COVER}1、甲地规划出台\n\n0000000000*0\n000000000000*\n\n2、乙地平台开通\n\n好。\n"
    )
    assert not [message for message in messages(found) if "没有对上" in message]


_HONEST = ("page-mark", "page-skip", "empty-body", "control-character")
"""What a typed text may really have: marks as text, empty pages, a title without text, control
characters."""

LINES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40),
        st.sampled_from(
            [
                "目 录", "【政务云】", "1、甲地规划出台……2", "1、甲地规划出台", "2、乙地平台开通", "— 3 —", "\f",
                "（新华网）", "　　甲地日前印发了云计算发展规划，明确提出要在三年之内建成", "2014年5月9日", "五月第一期",
                "# 1. 甲", "| a | b |", "|---|---|", "**加粗**", "{p3}", "来源：某报", "", "一、某事", "1．5万张",
            ]
        ),
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(["", "甲地规划出台。"]))
def test_whatever_is_typed_no_character_is_lost(lines: list[str], end: str) -> None:
    text = (
        f"{COVER}1、甲地规划出台\n\n" + "\n".join(lines) + f"\n\n2、乙地平台开通\n\n开通了。{end}\n"
    )
    found = made(text)
    assert not [message for message in messages(found) if "没有对上" in message]
    assert not [p for p in read_back(found) if p.code not in _HONEST]


@settings(max_examples=300)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_a_paragraph_is_read_back_as_the_same_text(text: str) -> None:
    wanted = text.strip()
    if wanted:
        assert plain_text(markdown_of(wanted)).split() == wanted.split()


def test_the_record_names_the_imported_file() -> None:
    found = made(
        f"{COVER}1、甲地规划出台\n\n印发了规划。（甲报）\n\n2、乙地平台开通\n\n开通了。（乙报）\n",
        "第一期.txt",
    )
    assert 'file: "第一期.txt"' in found.files["import.yaml"]
    assert Path(found.id).name == "2014-05-1"


def titles_and_pages(found: Draft) -> list[tuple[str, int]]:
    return [(article.piece.title, article.page) for article in found.articles]


_ARTICLES = (
    "{0}甲地规划出台{1}\n\n甲地的规划日前出台。（新华网）\n\n"
    "{0}乙地平台开通{1}\n\n乙地的平台日前开通。（人民网）\n"
)


def test_authors_in_the_contents_are_no_part_of_titles_that_stand_above_the_same_authors() -> None:
    cover = COVER.replace("……2", "\t某某\t2").replace("……3", "\t某甲、某乙\t3")
    text = cover + _ARTICLES.format("", "\n\n某某")
    assert titles_and_pages(made(text)) == [("甲地规划出台", 2), ("乙地平台开通", 3)]


def test_pages_before_titles_may_follow_one_another() -> None:
    cover = COVER.replace("1、甲地规划出台……2", "02 / 甲地规划出台")
    cover = cover.replace("2、乙地平台开通……3", "03 / 乙地平台开通")
    text = cover + _ARTICLES.format("", "")
    assert titles_and_pages(made(text)) == [("甲地规划出台", 2), ("乙地平台开通", 3)]


def test_what_pandoc_writes_around_headings_and_links_is_no_text() -> None:
    cover = COVER.replace("1、甲地规划出台……2", "[甲地规划出台 [2](#_Toc1)](#_Toc1)")
    cover = cover.replace("2、乙地平台开通……3", "[乙地平台开通 [3](#_Toc2)](#_Toc2)")
    text = cover + _ARTICLES.format("# []{#_Toc1 .anchor}", " {#title .unnumbered}")
    found = made(text, "本期.md")
    assert titles_and_pages(found) == [("甲地规划出台", 2), ("乙地平台开通", 3)]
    assert "{#" not in "".join(found.files.values())


def test_articles_whose_sources_stand_under_their_titles_are_found_without_contents() -> None:
    cover = COVER.partition("目 录")[0]
    text = cover + "".join(
        f"## {place}地规划出台\n\n> 来源：新华网\n\n{place}地的规划日前出台。\n\n"
        "### 一、背景\n\n背景是这样的，话也比较长，超过了小标题的长度，所以是一段正文，不会认错。\n\n"
        for place in "甲乙丙"
    )
    found = made(text, "本期.md")
    assert [article.piece.title for article in found.articles] == [
        "甲地规划出台", "乙地规划出台", "丙地规划出台",
    ]  # fmt: skip
    assert {article.piece.source for article in found.articles} == {"新华网"}


def test_a_line_with_a_label_on_the_cover_is_no_office() -> None:
    text = COVER.replace("秘书处", "紧急程度：平急\n\n秘书处") + _ARTICLES.format("", "")
    assert made(text).cover.organization is None


def test_a_source_under_the_last_title_does_not_end_the_issue() -> None:
    text = COVER + (
        "1、甲地规划出台\n\n来源：新华网\n\n甲地的规划日前出台。\n\n"
        "2、乙地平台开通\n\n来源：人民网\n\n乙地的平台日前开通。\n\n市民都能用。\n"
    )
    found = made(text)
    assert "乙地的平台日前开通。\n\n市民都能用。" in found.files["02.md"]
    assert [article.piece.source for article in found.articles] == ["新华网", "人民网"]


def test_a_remark_below_a_source_is_no_title() -> None:
    text = COVER + _ARTICLES.format("", "").replace("网）", "网）\n\n（责任编辑：某某）")
    text += "\n\n相关链接：平台是去年建成的。\n"
    assert titles_and_pages(made(text)) == [("甲地规划出台", 2), ("乙地平台开通", 3)]


def test_a_file_whose_paragraphs_all_stop_in_mid_sentence_is_doubted_as_a_whole() -> None:
    halves = "\n\n".join(f"第{n}件事情说到这里就断了，后面接着的是另一栏里面的" for n in range(12))
    found = made(f"{COVER}1、甲地规划出台\n\n{halves}\n\n2、乙地平台开通\n\n开通了。（乙报）\n")
    (doubt,) = [doubt for doubt in found.doubts if "没有读懂" in doubt.message]
    assert doubt.file == "issue.md"


def test_a_dateline_is_shown_where_no_source_is_found() -> None:
    found = made(
        f"{COVER}1、甲地规划出台\n\n【甲省日报讯】甲地印发了规划。\n\n2、乙地平台开通\n\n开通了。（乙报）\n"
    )
    assert any("【甲省日报讯】" in message for message in messages(found))


def test_a_heading_that_only_a_heading_follows_is_the_topic_of_what_follows() -> None:
    text = COVER.replace("1、甲地", "大数据……2\n\n1、甲地").replace(
        "2、乙地", "政务云……3\n\n2、乙地"
    )
    found = made(
        f"{text}# 大数据\n\n## 1、甲地规划出台\n\n甲地印发了规划。（甲报）\n\n"
        "# 政务云\n\n## 2、乙地平台开通\n\n开通了。（乙报）\n"
    )
    assert "topics: [大数据]" in found.files["01.md"]
    assert "topics: [政务云]" in found.files["02.md"]
    assert "03.md" not in found.files


def test_a_first_article_that_the_contents_do_not_list_is_an_article_all_the_same() -> None:
    found = made(
        f"{COVER}某省数据条例公布施行\n\n某省近日公布了数据条例，自明年一月一日起施行，各地正在准备，"
        "条例共有七章六十二条。（省报）\n\n1、甲地规划出台\n\n印发了规划。（甲报）\n\n"
        "2、乙地平台开通\n\n开通了。（乙报）\n"
    )
    assert "title: 某省数据条例公布施行" in found.files["01.md"]
    assert any(doubt.file == "01.md" and "目录里没有" in doubt.message for doubt in found.doubts)


def test_a_page_that_begins_with_number_one_again_ends_the_contents() -> None:
    text = "目录\n\n1、甲地规划出台……1\n\n2、乙地平台开通……2\n\f1、甲地云计算规划正式出台\n\n印发了规划。（甲报）\n"
    found = made(f"2014年5月9日\n\n五月第一期\n\n{text}\n\n2、乙地平台开通\n\n开通了。（乙报）\n")
    assert "甲地云计算规划正式出台" in found.files["01.md"]
    assert "02.md" in found.files


def test_a_page_that_could_not_be_read_is_a_doubt_without_any_text_of_it() -> None:
    asides = (
        Aside(text="", place=Place(page=3), reason="这一页是扫描的图片，没有文字", sure=False),
    )
    blocks = read_text(
        f"{COVER}1、甲地规划出台\n\n印发了。（甲报）\n\n2、乙地平台开通\n\n通了。（乙报）\n".encode(),
        "x",
    )
    assert isinstance(blocks, Manuscript)
    found = draft(replace(blocks, asides=asides), archive(), Topics(archive()), sha256="0" * 64)
    assert isinstance(found, Draft)
    assert "这一页是扫描的图片，没有文字" in messages(found)


def test_a_page_that_begins_with_a_source_goes_on_with_the_next_article() -> None:
    text = COVER.replace("……2", "").replace("……3", "")
    body = "1、甲地规划出台\n\n甲地印发了规划。\n\f（甲报）\n\n2、乙地平台开通\n\n乙地的平台开通了。（乙报）\n"
    found = made(text + body)
    assert "page: 1" in found.files["01.md"]
    assert "page: 2" in found.files["02.md"]
