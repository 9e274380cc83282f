"""Where people read what the program says: what that console can show, and that it may be gone.

A console in GBK cannot show every character, one in ASCII no Han at all: what it cannot show is
written as an escape. Nobody may be listening any more (`bulletin check | head -1`): the work that
is done stays done, and its exit status true.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TextIO

_GONE = (errno.EPIPE, errno.EINVAL) if os.name == "nt" else (errno.EPIPE,)
"""What writing to a pipe fails with that nobody reads."""
_EAST_ASIAN = ("gb", "cp936", "big5", "cp950")
"""How encodings begin whose consoles give two columns to “ ” — ·, as printed Chinese does."""
_WIDE_BLANK = "\u3000"
_INVISIBLE = ("Mn", "Me")


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """What a console can show: the characters of an encoding, colours or none."""

    encoding: str = "utf-8"
    colour: bool = False

    def shown(self, text: str) -> str:
        """A text as it can stand on one line: an escape in the place of what the console cannot
        show, nobody would see, or would be taken for a command. A tab is four blanks."""
        return (
            visible(text.replace("\t", "    "))
            .encode(self.encoding, "backslashreplace")
            .decode(self.encoding)
        )

    def width(self, text: str) -> int:
        """How many of its columns a text takes that it can show."""
        ambiguous = self.encoding.lower().startswith(_EAST_ASIAN)
        return width(text, ambiguous=ambiguous)


PLAIN = Console()
"""What shows every character and no colour: a file."""


def visible(text: str) -> str:
    """A text with an escape for each character that nobody would see, or that would be a command to
    the terminal. A blank as wide as a Han character is seen."""
    if text.replace(_WIDE_BLANK, "").isprintable():
        return text
    return "".join(
        one if one.isprintable() or one == _WIDE_BLANK else ascii(one)[1:-1] for one in text
    )


def width(text: str, *, ambiguous: bool = False) -> int:
    """How many columns of a terminal a text takes: Han characters take two; so do those that are
    wide only among Han, where they are `ambiguous`."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_among_han if ambiguous else columns, text))


@cache
def columns(character: str) -> int:
    """How many columns one character takes."""
    if unicodedata.category(character) in _INVISIBLE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


@cache
def _columns_among_han(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) == "A" else columns(character)


def console_of(stream: TextIO | None, environment: Mapping[str, str]) -> Console:
    """What the console behind a stream can show. Colours only where somebody looks at it and has
    not said no (https://no-color.org); never on Windows, whose consoles may show their codes."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    colour = (
        stream is not None
        and stream.isatty()
        and os.name != "nt"
        and not environment.get("NO_COLOR")
        and environment.get("TERM", "") not in ("", "dumb")
    )
    return Console(encoding=encoding, colour=colour)


@contextmanager
def patient_output() -> Iterator[None]:
    """As long as a command runs, what is said may have characters that the console cannot show, and
    may go where nobody listens any more. Raises Unsaid at the latest at the end where it was lost
    otherwise."""
    before = sys.stdout, sys.stderr
    now = sys.stdout, sys.stderr = _patient(sys.stdout), _patient(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
        for stream in now:
            stream.flush()


def _patient(stream: TextIO | None) -> TextIO:
    """The stream as it is to be written to: nowhere, if it was closed from the start; what is none
    of the system's (a test's) stays as it is."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8")
    buffer: object = stream.buffer if type(stream) is io.TextIOWrapper else None
    # With PYTHONUNBUFFERED there is no buffer in between.
    raw = buffer.raw if isinstance(buffer, io.BufferedWriter) else buffer
    if not isinstance(raw, io.RawIOBase):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Patient(raw)),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=raw is buffer or bool(stream.line_buffering),
    )


class Unsaid(OSError):  # noqa: N818
    """What was said could not be written to where it was sent."""


class _Patient(io.RawIOBase):
    """A raw stream; what is written after its reader has gone goes nowhere."""

    def __init__(self, raw: io.RawIOBase) -> None:
        self._raw = raw
        self._gone = False

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._raw.isatty()

    def fileno(self) -> int:
        return self._raw.fileno()

    def write(self, data: object) -> int:
        content = bytes(data)  # type: ignore[call-overload]
        if not self._gone:
            try:
                return self._raw.write(content) or 0
            except OSError as reason:
                # Nor is it tried again as the streams are thrown away: Python 3.13 tells of that.
                self._gone = True
                if reason.errno not in _GONE:
                    raise Unsaid(reason.errno, reason.strerror) from reason
        return len(content)
