"""LibreOffice, for files in other formats: a Word file printed to PDF or saved by it once more."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
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


def printed_to_pdf(
    wanted: Mapping[str, tuple[Layout, IssueText]], folder: Path
) -> dict[str, Printed]:
    """PDF files of layouts that are meant for it, by names of the caller's."""
    sheets = {name: layout.make(issue) for name, (layout, issue) in wanted.items()}
    data = converted({name: sheet.data for name, sheet in sheets.items()}, "pdf", folder)
    return {
        name: Printed(data=data[name], truth=sheet.truth, text=sheet.text, unknown=sheet.unknown)
        for name, sheet in sheets.items()
    }
