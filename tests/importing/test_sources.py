"""Where a text was taken from, in the spellings that offices use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site.importing.sources import source_at_end, source_line


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("……已经完成。（中国政府采购报）", "中国政府采购报"),
        ("更加方便。( 中关村在线 )", "中关村在线"),
        ("发展。【新华网】", "新华网"),
        ("发展。［新华网］", "新华网"),
        ("发展。——新华网", "新华网"),
        ("发展。（来源：新华网）", "新华网"),
        ("发展。（据新华社电）", "新华社电"),
        ("发展。（摘编自 《人民日报》）", "《人民日报》"),
        ("发展。（中国经济网供稿）", "中国经济网"),
        ("发展。（信息化周刊（总第200期））", "信息化周刊（总第200期）"),
        ("“好。”（新华网、人民网）", "新华网、人民网"),
    ],
)
def test_a_source_at_the_end_of_a_text(text: str, name: str) -> None:
    found = source_at_end(text)
    assert found is not None
    assert found.name == name
    assert text[: found.start].rstrip().endswith(("。", "”"))


@pytest.mark.parametrize(
    "text",
    [
        "将达到1406亿美元（约合人民币8540亿元）",
        "见附件（表1）",
        "工作已经完成。（完）",
        "工作已经完成。（下转第3页）",
        "名单如下。（1）",
        "没有括号。",
    ],
)
def test_a_bracket_that_is_no_source(text: str) -> None:
    assert source_at_end(text) is None


def test_the_day_beside_a_source_is_said_apart() -> None:
    found = source_at_end("完成。（摘自 新华网 2014年5月5日）")
    assert found is not None
    assert (found.name, found.rest) == ("新华网", "2014年5月5日")


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        ("来源：新华网", "新华网", ""),
        ("　　（新华网）", "新华网", ""),
        ("——新华网", "新华网", ""),
        ("来源：新华网　日期：2014-05-09　作者：佚名", "新华网", "日期：2014-05-09，作者：佚名"),
        ("责任编辑：某某　稿源：羊城晚报", "羊城晚报", "责任编辑：某某"),
        ("來源：新華網", "新華網", ""),
    ],
)
def test_a_line_that_is_only_a_source(line: str, name: str, rest: str) -> None:
    found = source_line(line)
    assert found is not None
    assert (found.name, found.rest) == (name, rest)


@pytest.mark.parametrize("line", ["据介绍，系统已经上线。", "（记者 某某）", "一、建设情况", ""])
def test_a_line_that_is_none(line: str) -> None:
    assert source_line(line) is None


@given(st.text(max_size=60))
def test_what_is_taken_stands_in_the_text(text: str) -> None:
    for found in (source_at_end(text), source_line(text)):
        assert found is None or found.name in text[found.start :]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2018-09-25 09:11　来源：贵州日报　　字体：[大 中 小]", "贵州日报"),
        ("2018年9月25日 | 来源：新华社 | 浏览次数：12", "新华社"),
    ],
)
def test_a_day_and_the_buttons_of_a_web_page_are_no_part_of_its_source(
    text: str, name: str
) -> None:
    found = source_line(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text", ["（责任编辑：某某）", "（编审：某某）", "【打印本页】", "【关闭窗口】"]
)
def test_who_edited_an_article_is_not_its_source(text: str) -> None:
    assert source_line(text) is None
