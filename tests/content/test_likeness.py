"""Sources that a slip has made two of, and those that only look alike."""

from __future__ import annotations

import pytest

from archives import BASE, Sources, read
from bulletin_site.problems import Problem


def with_sources(*sources: str, dictionary: str = "") -> list[Problem]:
    files: Sources = {
        "issues/archive.yaml": BASE["issues/archive.yaml"].replace("云计算", f"云计算{dictionary}"),
        "issues/2014-05-1/issue.md": BASE["issues/2014-05-1/issue.md"],
        **{
            f"issues/2014-05-1/{n:02}.md": f"---\ntitle: 题\npage: 2\nsource: {source}\n---\n文\n"
            for n, source in enumerate(sources, start=1)
        },
    }
    return read(files)[1]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("人民网", "人名网"),
        ("文汇报", "文会报"),
        ("人民日报", "人民曰报"),
        ("文汇报", "文汇 报"),
        ("文汇报", "《文汇报》"),
        ("文汇报", "来源：文汇报"),
        ("文汇报", "文汇报。"),
        ("文汇报", "文报汇"),
        ("文汇报", "文汇汇报"),
        ("ZDNet 存储频道", "zdnet存储频道"),
        ("ＩＴ时代周刊", "IT时代周刊"),
        ("新华网江苏频道", "新华网江苏频到"),
        ("新华网江苏频道", "新华网江苏频道道"),
    ],
)
def test_a_slip_is_said_at_the_rarer_or_the_later_one(right: str, wrong: str) -> None:
    (found,) = with_sources(right, "光明日报", wrong)
    assert (found.path, found.line, found.code) == ("issues/2014-05-1/03.md", 4, "source-like")
    assert f"“{wrong}”" in found.message
    assert found.hint.startswith(f"是不是“{right}”？")
    (found,) = with_sources(wrong, right, right)
    assert found.path == "issues/2014-05-1/01.md"


@pytest.mark.parametrize(
    "names",
    [
        ("人民网", "人民日报", "人民邮电报", "新民网", "人民公安报"),
        ("江西日报", "江苏日报", "浙江日报", "黑龙江日报"),
        ("北京晚报", "北京晨报", "北京日报", "南京日报"),
        ("新华网", "新华社", "新华日报", "新华网江苏频道", "新华网江西频道"),
        ("湖北日报", "湖北省日报", "湖南日报"),
        ("中国政府网", "中国电子政务网", "中国经济时报", "中国经济导报"),
        ("经济日报", "经济时报", "科技日报", "光明日报", "光明网"),
        ("IT 时代", "AT 时代", "4G 周刊", "5G 周刊"),
        ("甲", "乙", "甲乙"),
    ],
)
def test_names_that_only_look_alike_are_not_spoken_of(names: tuple[str, ...]) -> None:
    assert with_sources(*names) == []


def test_a_name_in_the_dictionary_is_right() -> None:
    assert with_sources("榆林日报", "玉林日报") != []
    assert with_sources("榆林日报", "玉林日报", dictionary=", 玉林日报") == []
