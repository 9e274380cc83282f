"""A Markdown file is front matter between two lines of `---`, and a body."""

from __future__ import annotations

from dataclasses import dataclass

from bulletin_site.content.source import SourceFile
from bulletin_site.content.yaml_nodes import Mapping, compose
from bulletin_site.problems import Problem

_FENCE = "---"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file taken apart; `body_line` is the file's line on which `body` begins."""

    path: str
    front_matter: Mapping
    body: str
    body_line: int


def split(file: SourceFile) -> tuple[Document | None, list[Problem]]:
    """Take a file apart. Without a pair of fences, or with front matter that cannot be read, there
    is no document, only the problem."""
    lines = file.text.split("\n")
    fences = [n for n, line in enumerate(lines) if line.rstrip() == _FENCE]
    before_first = lines[: fences[0]] if fences else lines
    if len(fences) < 2 or any(line.strip() for line in before_first):
        message = "文件不是以说明开头的"
        if not file.text.strip():
            message = "这是空文件"
        elif fences and fences[0] == 0:
            message = "开头的说明没有结束"
        return None, [
            Problem(
                path=file.path,
                line=1,
                code="front-matter",
                message=message,
                hint="文件第一行和说明之后各要有一行只写三个半角减号：---。",
                text=lines[0].strip(),
            )
        ]
    start, end = fences[0], fences[1]
    mapping, problems = compose(file.path, "\n".join(lines[start + 1 : end]), start + 2)
    if mapping is None:
        return None, problems
    document = Document(
        path=file.path,
        front_matter=mapping,
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
    )
    return document, problems
