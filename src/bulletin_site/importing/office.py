"""LibreOffice, where it is installed, makes a PDF of a Word file, so that its pages can be drawn.

It runs in a folder and with settings of its own: what the editor has open in it stays untouched,
and a file made to do harm finds no macros and is not followed to other files.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

MOST_SECONDS = 120.0
_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
"""Where it stands on systems that do not put it into the search path."""

_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}
</oor:items>
"""
_ITEM = (
    f'<item oor:path="{_SECURITY}"><prop oor:name="{{}}" oor:op="fuse"><value>true</value></prop>'
    "</item>"
)
_SET = ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "DisableActiveContent")


def office() -> str | None:
    """The program, if there is one."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def pdf_of_word(data: bytes, *, seconds: float = MOST_SECONDS) -> bytes | None:
    """A Word file as PDF; nothing where there is no LibreOffice, or it cannot do it in time."""
    program = office()
    if program is None:
        return None
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            return _made(program, data, Path(folder), seconds)
    except OSError:
        return None


def _made(program: str, data: bytes, folder: Path, seconds: float) -> bytes:
    """Raises `OSError` where nothing was made."""
    settings = folder / "profile" / "user"
    settings.mkdir(parents=True)
    items = "\n".join(_ITEM.format(name) for name in _SET)
    (settings / "registrymodifications.xcu").write_text(_SETTINGS.format(items=items), "utf-8")
    word = folder / "issue.docx"
    word.write_bytes(data)
    command = (
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder)),
        str(word),
    )
    _run(command, folder, seconds)
    return word.with_suffix(".pdf").read_bytes()


def _run(command: Sequence[str], folder: Path, seconds: float) -> None:
    """Until it ends; past its time with all that it has started, for the program is only the
    parent of the one that works."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        if sys.platform != "win32":
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
