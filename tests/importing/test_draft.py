"""From a text to the files of an issue: nothing lost, nothing made up, whatever is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import ROOT
from bulletin_site.content.archive import load
from bulletin_site.content.source import SourceFile, SourceTree
from bulletin_site.importing.draft import Draft, markdown_of, plain_text
from bulletin_site.problems import Problem
from importing.imported import drafted

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


_HONEST = ("page-mark", "page-skip", "empty-body")
"""What a typed text may really have: marks as text, empty pages, a title without text."""

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
