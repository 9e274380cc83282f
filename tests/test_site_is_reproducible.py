"""The committed site is what the sources give: in another place, on another day, in another locale."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archives import ROOT
from bulletin_site.pages import urls

SITE = ROOT / "site"

BUILD_IN_ANOTHER_YEAR = """
import datetime
import sys
import time

time.time = lambda: 1924992000.5
time.time_ns = lambda: 1924992000500000000
for name in ("localtime", "gmtime"):
    real = getattr(time, name)
    setattr(time, name, lambda seconds=None, real=real: real(1924992000 if seconds is None else seconds))

real_date, real_datetime = datetime.date, datetime.datetime

class Date(datetime.date):
    def __new__(cls, *values, **named):
        return real_date(*values, **named)

    @classmethod
    def today(cls):
        return real_date(2031, 1, 1)

class DateTime(datetime.datetime):
    def __new__(cls, *values, **named):
        return real_datetime(*values, **named)

    @classmethod
    def now(cls, tz=None):
        return real_datetime(2031, 1, 1, tzinfo=tz)

    utcnow = today = now

datetime.date, datetime.datetime = Date, DateTime

from bulletin_site.__main__ import main

sys.exit(main(sys.argv[1:]))
"""

ELSEWHERE = {
    "TZ": "America/Anchorage",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "20310101",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONIOENCODING": "utf-8",
}


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    root = tmp_path_factory.mktemp("另一个地方")
    for name in ("templates", "issues"):
        shutil.copytree(ROOT / name, root / name)
    subprocess.run(
        [sys.executable, "-c", BUILD_IN_ANOTHER_YEAR, "build", "--out", "x/y"],
        cwd=root,
        env={**os.environ, **ELSEWHERE},
        check=True,
        capture_output=True,
    )
    return files(root / "x/y")


def test_the_committed_site_has_the_files_of_a_fresh_build(rebuilt: dict[str, bytes]) -> None:
    assert files(SITE).keys() == rebuilt.keys()


def test_the_committed_site_is_a_fresh_build_byte_for_byte(rebuilt: dict[str, bytes]) -> None:
    committed = files(SITE)
    assert [name for name in sorted(rebuilt) if committed.get(name) != rebuilt[name]] == []


def test_nothing_of_the_place_or_the_day_is_in_the_site(rebuilt: dict[str, bytes]) -> None:
    assert rebuilt
    # Among so many checksums four digits come up by chance.
    said = {name: data for name, data in rebuilt.items() if name != urls.CHECKSUMS}
    for trace in ("2031", "另一个地方", str(ROOT)):
        assert [name for name, data in said.items() if trace.encode() in data] == []


def test_every_file_is_named_in_the_list_of_checksums(rebuilt: dict[str, bytes]) -> None:
    listed = {line.partition("  ")[2] for line in rebuilt["SHA256SUMS"].decode().splitlines()}
    assert listed == rebuilt.keys() - {"SHA256SUMS"}
