"""PDF files read page by page, good ones and hostile ones."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bulletin_site.pdf_pages.apart import Silence, answered
from bulletin_site.pdf_pages.edition import PdfEdition, read_editions, said_of
from bulletin_site.pdf_pages.ink import ink
from bulletin_site.pdf_pages.refused import Refusal, Refused
from importing.printed_files import Drawn, written_by_hand

BLOCK_END = 842 - (37 + 225) * 72 / 25.4
GOOD = written_by_hand(
    [[Drawn(text="政务公开", x=80, y=700), Drawn(text="5", x=500, y=BLOCK_END - 20)]]
)


def one(data: bytes) -> object:
    (answer,) = read_editions([data])
    return answer


def test_what_stands_below_the_text_block_is_the_foot() -> None:
    edition = one(GOOD)
    assert isinstance(edition, PdfEdition)
    (page,) = edition.pages
    assert (page.text, page.foot) == ("政务公开", "5")
    assert edition.outline == ()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", Refusal.EMPTY),
        (b"<html>", Refusal.NO_PDF),
        (GOOD[:200], Refusal.BROKEN),
        (b"%PDF-1.7\n" + b"\xff" * 5000, Refusal.BROKEN),
    ],
    ids=["empty", "other", "cut", "noise"],
)
def test_a_file_that_is_none_is_said_to_be_none(data: bytes, why: Refusal) -> None:
    answer = one(data)
    assert isinstance(answer, Refused)
    assert answer.why is why
    assert said_of(answer)


def test_files_are_read_together_and_each_for_itself() -> None:
    answers = list(read_editions([GOOD, b"", GOOD] * 10))
    assert [isinstance(answer, PdfEdition) for answer in answers] == [True, False, True] * 10


def test_no_file_is_read_where_none_is_there() -> None:
    assert list(read_editions([])) == []


def test_reading_that_takes_too_long_is_stopped() -> None:
    answers = list(read_editions([GOOD, GOOD], seconds=0.001))
    assert answers == [Silence.LATE, Silence.LATE]
    assert said_of(Silence.LATE) == "读了很久也没有读完"


@pytest.mark.parametrize("code", ["import os; os.abort()", "import sys; sys.exit(3)"])
def test_a_crash_is_told_from_an_answer(code: str) -> None:
    assert answered((sys.executable, "-c", code), b"", 60) is Silence.CRASHED


@pytest.mark.parametrize("box", ["0 0 0 0", "0 0 1e9 1e9", "-1e9 -5 1e9 5"])
def test_pages_of_absurd_size_are_read(box: str) -> None:
    edition = one(written_by_hand([[Drawn(text="政务公开", x=0, y=0)]], box=box))
    assert isinstance(edition, PdfEdition)


def test_an_outline_that_goes_round_in_circles_ends() -> None:
    data = written_by_hand(
        [[Drawn(text="政", x=80, y=700)]],
        catalog="/Outlines<</First 90 0 R/Last 90 0 R>>/Names<<>>",
    )
    assert isinstance(one(data), PdfEdition)


def test_the_library_stays_out_of_this_process() -> None:
    code = "import sys, bulletin_site.checks; print('pypdfium2' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("政 务\u3000公\n开\u00a0", "政务公开"),
        ("零\u200b宽\ufeff软\u00ad连", "零宽软连"),
        ("⼀⼆豈", "一二豈"),
        ("e\u0301é", "éé"),
        ("―—‐‑-", "——---"),
        ("１，（％）①㎡…", "１，（％）①㎡…"),
        ("𠮷", "𠮷"),
    ],
)
def test_ink_is_what_can_be_seen(text: str, seen: str) -> None:
    assert ink(text) == seen
    assert ink(ink(text)) == ink(text)
