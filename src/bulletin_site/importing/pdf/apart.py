"""PDF files read and drawn in a process of its own (`pdf_pages/apart.py`)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from bulletin_site.importing.manuscript import Manuscript, unreadable
from bulletin_site.pdf_pages.apart import MOST_SECONDS, Silence, answered
from bulletin_site.problems import Problem

_PROCESS = "bulletin_site.importing.pdf.process"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the other process is to do with the bytes that follow on its input: to read them, or to
    draw pages `first` to `last` (from 1; 0: the last there is), `width` pixels wide."""

    name: str
    width: int = 0
    first: int = 1
    last: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What it gives back: one of these."""

    manuscript: Manuscript | None = None
    problem: Problem | None = None
    pictures: tuple[bytes, ...] | None = None


def read_pdf(data: bytes, name: str, *, seconds: float = MOST_SECONDS) -> Manuscript | Problem:
    """A PDF file as a manuscript; `name` is that of the file, for problems."""
    answer = _answered(Order(name=name), data, seconds)
    if isinstance(answer, Problem):
        return answer
    return answer.manuscript or answer.problem or _crashed(name)


def draw_pdf(
    data: bytes,
    name: str,
    *,
    width: int,
    first: int = 1,
    last: int = 0,
    seconds: float = MOST_SECONDS,
) -> tuple[bytes, ...] | Problem:
    """Pages `first` to `last` (0: to the end) as PNG files of so many pixels in width."""
    order = Order(name=name, width=width, first=first, last=last)
    answer = _answered(order, data, seconds)
    if isinstance(answer, Problem):
        return answer
    if answer.pictures is not None:
        return answer.pictures
    return answer.problem or _crashed(name)


def _answered(order: Order, data: bytes, seconds: float) -> Answer | Problem:
    said = msgspec.json.encode(order) + b"\n" + data
    return answer_of((sys.executable, "-m", _PROCESS), order.name, said, seconds)


def answer_of(command: Sequence[str], name: str, said: bytes, seconds: float) -> Answer | Problem:
    """What a process answers that is given `said`; a `Problem` where it does not."""
    answer = answered(command, said, seconds)
    if answer is Silence.LATE:
        return unreadable(
            name,
            f"读了 {seconds:.0f} 秒还没有读完，停下了",
            "文件可能坏了，或者图形太复杂；请重新导出这份文件，或者拆成几个文件再导入。",
        )
    if isinstance(answer, Silence):
        return _crashed(name)
    try:
        return msgspec.msgpack.decode(answer, type=Answer)
    except (msgspec.DecodeError, KeyError):
        return _crashed(name)


def _crashed(name: str) -> Problem:
    return unreadable(
        name, "文件内部有毛病，读到一半读不下去", "请重新导出这份文件，或者用 Word 文件导入。"
    )
