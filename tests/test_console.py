"""Where people read: consoles that cannot show everything, and that may be gone."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import TextIO, cast

import pytest

from archives import BASE, write
from bulletin_site.console import Console, console_of, visible, width

THIRD = "issues/2014-05-1/03.md"
WRONG = {**BASE, THIRD: BASE[THIRD].replace("page: 4", "page: 第\u200b四\U00020bb7页")}
COLOUR = re.compile(rb"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("政务云", 6), ("ｐ３", 4), ("　", 2), ("“”—", 3), ("e\u0301", 1), ("", 0)],
)
def test_han_takes_two_columns(text: str, columns: int) -> None:
    assert width(text) == columns


def test_consoles_in_chinese_encodings_give_quotation_marks_two_columns() -> None:
    assert Console(encoding="cp936").width("“云”") == 6
    assert Console(encoding="utf-8").width("“云”") == 4


@pytest.mark.parametrize(
    ("encoding", "text", "shown"),
    [
        ("utf-8", "云　\t\u200b\x1b[2J\u202e", "云　    \\u200b\\x1b[2J\\u202e"),
        ("gbk", "云\U00020bb7✓", "云\\U00020bb7\\u2713"),
        ("ascii", "云a", "\\u4e91a"),
    ],
)
def test_what_cannot_be_shown_or_seen_is_an_escape(encoding: str, text: str, shown: str) -> None:
    assert Console(encoding=encoding).shown(text) == shown


def test_what_a_terminal_would_obey_is_made_visible() -> None:
    assert visible("a\x1b]0;x\x07\r\n\u2028") == "a\\x1b]0;x\\x07\\r\\n\\u2028"
    assert visible("　云") == "　云"


@pytest.mark.parametrize(
    ("environment", "colour"),
    [
        ({"TERM": "xterm"}, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({}, False),
    ],
)
def test_colours_stand_on_a_terminal_that_has_not_said_no(
    environment: dict[str, str], colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "name", "posix")
    assert console_of(Terminal(), environment).colour == colour
    assert not console_of(io.StringIO(), environment).colour
    assert not console_of(None, environment).colour
    monkeypatch.setattr(os, "name", "nt")
    assert not console_of(Terminal(), environment).colour


# The command itself


def said(
    root: Path, *arguments: str, stdout: int | None = subprocess.PIPE, **environment: str
) -> tuple[int, bytes, bytes]:
    ended = subprocess.run(
        [sys.executable, "-m", "bulletin_site", *arguments],
        cwd=root,
        env={**os.environ, **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
    return ended.returncode, ended.stdout, ended.stderr


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("wrong"), WRONG)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "cp936", "ascii", "utf-16-le"])
def test_a_mark_stands_under_its_place_on_any_console(wrong: Path, encoding: str) -> None:
    status, out, err = said(wrong, "check", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert (status, err) == (1, b"")
    line, signs = out.decode(encoding).splitlines()[2:4]
    before, value = line[: line.index("page: ") + 6], line[line.index("page: ") + 6 :]
    console = Console(encoding=encoding)
    assert signs == " " * (before.index("|")) + "|" + " " * 7 + "^" * console.width(value)
    assert "\\u200b" in value


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "no-such-locale"])
def test_no_locale_stops_the_report(wrong: Path, locale: str) -> None:
    status, out, err = said(wrong, "check", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (status, err) == (1, b"")
    assert out.count(b"bad-page") == 1


@pytest.mark.parametrize(
    "command", [["check"], ["check", "--format", "json"], ["--help"], ["build"]]
)
def test_who_stops_reading_changes_nothing(wrong: Path, command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    status, _, err = said(wrong, *command, stdout=writing)
    os.close(writing)
    assert (status, err) == (0 if command == ["--help"] else 1, b"")


def test_a_site_is_built_though_nobody_reads_what_is_said(tmp_path: Path) -> None:
    root = write(tmp_path, BASE)
    reading, writing = os.pipe()
    os.close(reading)
    assert said(root, "build", stdout=writing) == (0, cast("bytes", None), b"")
    os.close(writing)
    assert (root / "site/index.html").is_file()


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-", "| head -c 1"])
def test_a_closed_console_is_no_trouble(wrong: Path, closed: str) -> None:
    command = f'set -o pipefail; "{sys.executable}" -m bulletin_site check {closed}'
    ended = subprocess.run(
        ["bash", "-c", command],
        cwd=wrong,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr
    assert b"Exception" not in ended.stderr


def test_a_full_disk_under_the_report_is_said_and_ends_with_one(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():  # it is Linux's own
        return
    root = write(tmp_path, BASE)
    with full.open("wb") as stream:
        status, _, err = said(root, "build", stdout=stream.fileno(), PYTHONIOENCODING="utf-8")
    assert (status, err.decode()) == (1, "程序说的话写不出去（磁盘满了）。\n")
    assert (root / "site/index.html").is_file()


def on_a_terminal(root: Path, **environment: str) -> bytes:
    """What `check` says on a terminal."""
    master, slave = pty.openpty()
    said(root, "check", stdout=slave, **{"TERM": "xterm", **environment})
    os.close(slave)
    out = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux's end of a terminal that nobody writes to
            break
        if not piece:
            break
        out += piece
    os.close(master)
    return out


def test_a_terminal_gets_colours_unless_somebody_says_no(wrong: Path) -> None:
    coloured = on_a_terminal(wrong, NO_COLOR="", PYTHONIOENCODING="utf-8")
    # On and off again, at the code and under the place of two problems.
    assert len(COLOUR.findall(coloured)) == 8
    for no in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        plain = on_a_terminal(wrong, PYTHONIOENCODING="utf-8", **no)
        assert b"\x1b" not in plain
        assert plain == COLOUR.sub(b"", coloured)


def test_a_stream_of_a_test_has_no_encoding_of_its_own() -> None:
    assert console_of(cast("TextIO", io.StringIO()), {}).encoding == "utf-8"
