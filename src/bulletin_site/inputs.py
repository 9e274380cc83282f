"""What a build is made from, as bytes: nothing of it is understood yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin_site.content import source
from bulletin_site.content.source import LARGEST, Folder, is_text, read_folder

TEMPLATES = "templates"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The two folders below `root`; `None` for one that is not there."""

    root: Path
    issues: Folder | None
    templates: Folder | None

    def attachment(self, path: str) -> bytes:
        """A file that is only copied (a PDF), read when it is needed. Raises OSError."""
        return (self.root / path).read_bytes()


def read(root: Path) -> Inputs:
    """Read the archive at `root`."""
    return Inputs(
        root=root,
        issues=read_folder(root, source.FOLDER, wanted=is_text, largest=LARGEST, links=False),
        templates=read_folder(root, TEMPLATES),
    )
