"""LibreOffice, for files in other formats: a Word file printed to PDF or saved by it once more."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal

from importing.layouts.content import IssueText
from importing.layouts.sheet import Layout, Printed

OFFICE = "soffice"


def converted(
    files: Mapping[str, bytes], to: Literal["pdf", "docx"], folder: Path
) -> dict[str, bytes]:
    """Word files by names without suffix → what LibreOffice makes of them, all in one run. `folder`
    is an empty one to work in; its profile lies there too, so that runs do not meet."""
    source, out = folder / "in", folder / "out"
    for path in (source, out):
        path.mkdir(parents=True)
    for name, data in files.items():
        (source / f"{name}.docx").write_bytes(data)
    names = [str(source / f"{name}.docx") for name in files]
    profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", to, "--outdir", str(out), *names]
    subprocess.run(command, check=True, capture_output=True)
    return {name: (out / f"{name}.{to}").read_bytes() for name in files}


def finished(wanted: Mapping[str, tuple[Layout, IssueText]], folder: Path) -> dict[str, Printed]:
    """The files of layouts that LibreOffice has to finish, by names of the caller's; the others are
    left out."""
    done: dict[str, Printed] = {}
    kinds: tuple[Literal["pdf", "docx"], ...] = ("pdf", "docx")
    for kind in kinds:
        sheets = {
            name: layout.make(issue)
            for name, (layout, issue) in wanted.items()
            if layout.office == kind
        }
        data = {name: sheet.data for name, sheet in sheets.items()}
        made = converted(data, kind, folder / kind) if data else {}
        done |= {name: replace(sheet, data=made[name]) for name, sheet in sheets.items()}
    return done
