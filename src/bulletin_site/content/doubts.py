"""What an import was not sure of (`import.yaml` beside the text it made), until an editor has
looked at it and taken it out of the file.

    file: 五月第一期.docx        the imported file
    sha256: …                    of its bytes
    doubts: [{in, key or text, doubt, hint, place}, …]
    aside: [{place, reason, text}, …]     text of the file that belongs to no article

An editor settles a doubt by deleting its entry; `aside` is only a record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bulletin_site.content.fields import Fields
from bulletin_site.content.source import FOLDER, SourceFile
from bulletin_site.content.yaml_nodes import compose
from bulletin_site.problems import Problem

IMPORT_FILE = "import.yaml"
IMPORT_KEYS = ("file", "sha256", "doubts", "aside")
DOUBT_KEYS = ("in", "key", "text", "doubt", "hint", "place")
ASIDE_KEYS = ("place", "reason", "text")


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


def load_doubts(
    issue_id: str, files: Mapping[str, SourceFile | None], problems: list[Problem]
) -> Iterator[Doubt]:
    """The doubts that are left."""
    file = files.get(IMPORT_FILE)
    if file is None:
        return
    mapping, found = compose(file.path, file.text, 1)
    problems += found
    if mapping is None:
        return
    fields = Fields(f"{FOLDER}/{issue_id}/{IMPORT_FILE}", mapping, IMPORT_KEYS, problems)
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
                line=child.line("doubt"),
            )
