"""PDF editions as they are read: what stands on each page, and the outline."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import msgspec

from bulletin_site.pdf_pages.apart import MOST_SECONDS, Silence, answered
from bulletin_site.pdf_pages.refused import Refusal, Refused

_PROCESS = "bulletin_site.pdf_pages.process"
_AT_ONCE = 24
"""Files that one process reads: starting one takes longer than reading an issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfPage:
    """What can be seen of the text (`ink.py`) in the text block and below it."""

    text: str
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """An entry of the outline; `level` counts from 0, `page` from 1, 0 where it leads nowhere."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfEdition:
    """`fonts`: the names of those it is set in, as the file has them."""

    pages: tuple[PdfPage, ...]
    outline: tuple[Bookmark, ...]
    fonts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the other process says of one file: one of these."""

    edition: PdfEdition | None = None
    refused: Refused | None = None


Unread = Refused | Silence
"""Why a file was not read."""


def read_editions(
    files: Sequence[bytes], *, seconds: float = MOST_SECONDS
) -> Iterator[PdfEdition | Unread]:
    """Each file as an edition, or why it is none: in their order, by as many processes at a time as
    there are processors. A file that brings its process down takes no other with it."""
    some = [files[start : start + _AT_ONCE] for start in range(0, len(files), _AT_ONCE)]
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as hands:
        for answers in hands.map(lambda batch: _batch(batch, seconds), some):
            yield from answers


def _batch(files: Sequence[bytes], seconds: float) -> list[PdfEdition | Unread]:
    answers = _answers(files, seconds)
    if isinstance(answers, Silence):
        if len(files) == 1:
            return [answers]
        return [unread for file in files for unread in _batch([file], seconds)]
    return [answer.edition or answer.refused or Silence.CRASHED for answer in answers]


def _answers(files: Sequence[bytes], seconds: float) -> Sequence[Answer] | Silence:
    lengths = json.dumps([len(file) for file in files]).encode()
    said = b"".join((lengths, b"\n", *files))
    answer = answered((sys.executable, "-m", _PROCESS), said, seconds)
    if isinstance(answer, Silence):
        return answer
    try:
        answers = msgspec.msgpack.decode(answer, type=tuple[Answer, ...])
    except msgspec.DecodeError:
        return Silence.CRASHED
    return answers if len(answers) == len(files) else Silence.CRASHED


def said_of(unread: Unread) -> str:
    """Half a sentence for people."""
    if isinstance(unread, Silence):
        return {Silence.LATE: "读了很久也没有读完", Silence.CRASHED: "文件内部有毛病，读不下去"}[
            unread
        ]
    return {
        Refusal.EMPTY: "文件是空的",
        Refusal.NO_PDF: "不是 PDF 文件",
        Refusal.TOO_LARGE: "文件太大",
        Refusal.LOCKED: "文件加了密码",
        Refusal.BROKEN: "文件坏了，或者不完整",
        Refusal.NO_PAGE: "文件里一页也没有",
        Refusal.TOO_MANY_PAGES: f"文件有 {unread.figure} 页，太多了",
    }[unread.why]
