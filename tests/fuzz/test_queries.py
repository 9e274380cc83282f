"""A few of the fuzzer's queries; and that its reference finds what it is to find."""

from __future__ import annotations

from typing import Any

import pytest

from fuzz.queries import Phrase, fuzzed, phrases, wrong

HELD = {
    "2014-05-1/01": ("政务云", "大数据平台", ""),
    "2014-05-1/02": ("大数据", "云计算", "文汇报"),
}


def test_any_query_is_read_and_answered_as_the_reference_says() -> None:
    met, shortest, _ = fuzzed(400, seed=7, seconds=120.0)
    assert not met, shortest


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("大数据 云", [("大数据", False), ("云", False)]),
        ("“大数据 云”", [("大数据云", True)]),
        ("云“大数据", [("云", False), ("大数据", False)]),
        ("-云", [("-云", False)]),
        ("云 云 “云”", [("云", True)]),
        ("？！", [("?!", True)]),
        ("", []),
    ],
)
def test_the_reference_reads_queries_as_the_help_says(
    query: str, asked: list[tuple[str, bool]]
) -> None:
    assert phrases(query) == [Phrase(*one) for one in asked]


def answer(**changes: Any) -> dict[str, Any]:
    found = [["2014-05-1/01", False], ["2014-05-1/02", False]]
    return {"changed": "", "phrases": [["大数据", False]], "found": found, **changes}


@pytest.mark.parametrize(
    ("query", "given", "said"),
    [
        ("大数据", answer(), ""),
        ("大数据", {"error": "TypeError: x\n  at"}, "raised: TypeError: x"),
        ("云", answer(), "read otherwise"),
        ("大数据", answer(found=[["2014-05-1/01", False]]), "other full matches"),
        ("大数据", answer(found=[["2014-05-1/01", False], ["2014-05-1/02", True]]), "other full matches"),
        ("大数据", answer(found=[["2014-05-1/01", False]] + answer()["found"]), "an article twice"),
        ("云计算", answer(phrases=[["云计算", False]], found=[["2014-05-1/01", True], ["2014-05-1/02", False]]),
         "a partial match before a full one"),
        ("“云计算”", answer(phrases=[["云计算", True]], found=[["2014-05-1/02", False], ["2014-05-1/01", True]]),
         "lacks what was quoted"),
    ],
)  # fmt: skip
def test_the_reference_finds_a_wrong_answer(query: str, given: dict[str, Any], said: str) -> None:
    assert wrong(query, given, HELD) == said
