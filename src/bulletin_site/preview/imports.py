"""What is on disk of the imports: their doubts as they are now, and their files' pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bulletin_site.content.doubts import (
    IMPORT_FILE,
    Doubt,
    ImportRecord,
    doubt_problems,
    load_record,
)
from bulletin_site.content.folder import Folder, read_folder
from bulletin_site.content.issue import ISSUE_NAME
from bulletin_site.content.source import FOLDER, SourceFile, decode, is_text
from bulletin_site.originals import Original, read_original, read_picture
from bulletin_site.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """An issue that was imported: its record, each doubt with what is said of it where it stands
    now, and the file's pages, where they were kept."""

    issue_id: str
    record: ImportRecord
    doubts: tuple[tuple[Doubt, Problem], ...]
    original: Original | None


class Imports:
    """Those of the archive at `root`. Names that no issue or picture can have lead to nothing."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def has(self, issue_id: str) -> bool:
        folder = self._root / FOLDER / issue_id
        return ISSUE_NAME.match(issue_id) is not None and (folder / IMPORT_FILE).is_file()

    def read(self, issue_id: str) -> Import | None:
        """Nothing where the issue was not imported, or its record cannot be read."""
        if not self.has(issue_id):
            return None
        folder = read_folder(self._root, f"{FOLDER}/{issue_id}", wanted=is_text)
        files = _texts(folder) if folder else {}
        record = load_record(issue_id, files, [])
        if record is None:
            return None
        said = tuple(doubt_problems(issue_id, files, []))
        return Import(
            issue_id=issue_id,
            record=record,
            doubts=tuple(zip(record.doubts, said, strict=True)),
            original=read_original(self._root, issue_id, record.sha256),
        )

    def picture(self, issue_id: str, name: str) -> bytes | None:
        return read_picture(self._root, issue_id, name) if self.has(issue_id) else None


def _texts(folder: Folder) -> dict[str, SourceFile | None]:
    texts = {path: decode(path, data) for path, data in folder.files.items()}
    return {
        path.rpartition("/")[2]: SourceFile(path=path, text=text)
        for path, text in texts.items()
        if not isinstance(text, Problem)
    }
