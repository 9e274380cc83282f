"""What an import was not sure of (`import.yaml` beside the text it made), until an editor has
looked at it and taken it out of the file.

    file: 五月第一期.docx        the imported file
    sha256: …                    of its bytes
    doubts: [{in, key or text, doubt, hint, place}, …]
    aside: [{place, reason, text}, …]     text of the file that belongs to no article

An editor settles a doubt by deleting its entry; `aside` is only a record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bulletin_site.content.fields import Fields
from bulletin_site.content.front_matter import Document, split
from bulletin_site.content.marks import without_marks
from bulletin_site.content.source import FOLDER, SourceFile
from bulletin_site.content.yaml_nodes import compose
from bulletin_site.problems import Problem

IMPORT_FILE = "import.yaml"
IMPORT_KEYS = ("file", "sha256", "doubts", "aside")
DOUBT_KEYS = ("in", "key", "text", "doubt", "hint", "place")
ASIDE_KEYS = ("place", "reason", "text")

_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing to look at in `file` of the issue's folder (`03.md`): at the front matter `key`, or
    where its body has `text`, or as a whole. `place`: where the imported file has it. `line`: that
    of import.yaml; 0 before it is written."""

    file: str
    key: str = ""
    text: str = ""
    message: str
    hint: str
    place: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Text of the imported file that is in no article: where it stands there, and why."""

    place: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """What import.yaml says: the name of the imported file, the hash of its bytes, the doubts that
    are left, and what is in no article."""

    file: str
    sha256: str
    doubts: tuple[Doubt, ...]
    aside: tuple[SetAside, ...] = ()


def load_record(
    issue_id: str, files: Mapping[str, SourceFile | None], problems: list[Problem]
) -> ImportRecord | None:
    """The record of the import that made an issue; nothing where there was none, or where its file
    cannot be read."""
    file = files.get(IMPORT_FILE)
    if file is None:
        return None
    mapping, found = compose(file.path, file.text, 1)
    problems += found
    if mapping is None:
        return None
    fields = Fields(f"{FOLDER}/{issue_id}/{IMPORT_FILE}", mapping, IMPORT_KEYS, problems)
    return ImportRecord(
        file=fields.text("file") or "",
        sha256=fields.text("sha256") or "",
        doubts=tuple(_doubts(fields)),
        aside=tuple(_aside(fields)),
    )


def _doubts(fields: Fields) -> Iterator[Doubt]:
    for child in fields.children("doubts", DOUBT_KEYS):
        message = child.text("doubt", required=True)
        if message:
            yield Doubt(
                file=child.text("in") or "",
                key=child.text("key") or "",
                text=child.text("text") or "",
                message=message,
                hint=child.text("hint") or "",
                place=child.text("place") or "",
                line=child.mapping.line,
            )


def _aside(fields: Fields) -> Iterator[SetAside]:
    for child in fields.children("aside", ASIDE_KEYS):
        yield SetAside(
            place=child.text("place") or "",
            reason=child.text("reason") or "",
            text=child.text("text") or "",
        )


def doubt_problems(
    issue_id: str, files: Mapping[str, SourceFile | None], problems: list[Problem]
) -> Iterator[Problem]:
    """Every doubt that is left, at the place that it concerns as the text stands now."""
    record = load_record(issue_id, files, problems)
    documents: dict[str, Document | None] = {}
    for doubt in record.doubts if record else ():
        file = files.get(doubt.file)
        if doubt.file not in documents:
            documents[doubt.file] = split(file)[0] if file else None
        listed = f"{FOLDER}/{issue_id}/{IMPORT_FILE}"
        place = f"（原件{doubt.place}）" if doubt.place else ""
        yield Problem(
            path=file.path if file else listed,
            line=_line(doubt, documents[doubt.file]) if file else doubt.line,
            text=doubt.key or doubt.text if file else "",
            code="import-doubt",
            message=f"{doubt.message}{place}",
            hint=f"{doubt.hint}核对后删去 {listed} 第 {doubt.line} 行起的这一条。",
        )


def _line(doubt: Doubt, document: Document | None) -> int:
    """Where the doubtful thing stands in its file: 0 where it is the whole file, or where an editor
    has changed it."""
    if document is None:
        return 0
    if doubt.key:
        return document.front_matter.key_lines.get(doubt.key, 0)
    wanted = _plain(doubt.text)
    if wanted:
        for number, line in enumerate(document.body.split("\n"), start=document.body_line):
            if wanted in _plain(line):
                return number
    return 0


def _plain(line: str) -> str:
    """A line of a body as readers see it, without the marks and escapes that an import writes."""
    return _ESCAPE.sub("", without_marks(line)).strip()
