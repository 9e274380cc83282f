"""What a build is made from, as bytes: nothing of it is understood yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin_site.content import source
from bulletin_site.content.folder import Folder, read_folder
from bulletin_site.content.source import LARGEST, SourceTree, is_text
from bulletin_site.excerpts import Texts

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


def texts_of(tree: SourceTree | None, templates: Folder | None = None) -> Texts:
    """The texts of both folders as they were read, for excerpts."""

    def text_of(path: str) -> str | None:
        if tree is not None and path in tree.files:
            return tree.files[path].text
        data = templates.files.get(path) if templates is not None else None
        return data.decode("utf-8", "replace") if data is not None else None

    return text_of


def read(root: Path) -> Inputs:
    """Read the archive at `root`."""
    return Inputs(
        root=root,
        issues=read_folder(root, source.FOLDER, wanted=is_text, largest=LARGEST, links=False),
        templates=read_folder(root, TEMPLATES),
    )
