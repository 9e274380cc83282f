"""A Markdown file is front matter between two lines of `---`, and a body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_site.content.source import SourceFile
from bulletin_site.content.yaml_nodes import Mapping, compose, escaped_problems
from bulletin_site.problems import Problem

_FENCE = "---"
# What was meant for a fence: other dashes, other numbers of them, a blank before them.
_FENCE_LIKE = re.compile(r"\s*(?:[-－—–‐−﹣_=~～]{1,9}|\.{3}|…{1,2}|。{3})\s*$")
_KEY = re.compile(r"[A-Za-z_]+[ ]*[:：]")
_WORD = re.compile("[A-Za-z_]+")
_MOST_LINES = 40  # of front matter: below, such a line is a part of the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file taken apart; `body_line` is the file's line on which `body` begins."""

    path: str
    front_matter: Mapping
    body: str
    body_line: int


def split(file: SourceFile) -> tuple[Document | None, list[Problem]]:
    """Take a file apart. Without a pair of fences there is no document, only the problem. Of front
    matter that cannot be read only the keys are known that seem to be there."""
    lines = file.text.split("\n")
    fences = [n for n, line in enumerate(lines) if line[:3] == _FENCE == line.rstrip()]
    before_first = lines[: fences[0]] if fences else lines
    if len(fences) < 2 or any(line.strip() for line in before_first):
        return None, [_unfenced(file, lines, fences)]
    start, end = fences[0], fences[1]
    again = next((n for n in range(end + 1, len(lines)) if lines[n].strip()), end)
    if end == start + 1 and _KEY.match(lines[again]):
        return None, [_doubled(file, end)]
    if fences[2:] and _KEY.match(lines[end + 1]) and _all_keys(lines[end + 1 : fences[2]]):
        return None, [_doubled(file, end)]
    text = "\n".join(lines[start + 1 : end])
    mapping, problems = compose(file.path, text, start + 2)
    problems += escaped_problems(file.path, text, mapping)
    if again == end + 1 and again in fences:
        problems.append(_doubled(file, again))
    unread = frozenset(_WORD.findall(text))
    nothing = Mapping(entries={}, key_lines={}, line=start + 2, unread=unread)
    document = Document(
        path=file.path,
        front_matter=nothing if mapping is None else mapping,
        body="\n".join(lines[end + 1 :]),
        body_line=end + 2,
    )
    return document, problems


def _all_keys(lines: Sequence[str]) -> bool:
    return all(_KEY.match(line) for line in lines if line.strip())


def _doubled(file: SourceFile, line: int) -> Problem:
    """One fence too many; its line counts from 0."""
    return Problem(
        path=file.path,
        line=line + 1,
        code="front-matter",
        message="“---”多写了一行",
        hint="说明的前面、后面各只写一行 ---，请删去这一行。",
        text=_FENCE,
    )


def _unfenced(file: SourceFile, lines: Sequence[str], fences: Sequence[int]) -> Problem:
    """Why a file has no front matter, at the line that was meant for a fence, if there is one."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    begun = bool(fences) and fences[0] == first
    rest = range(first + 1 if begun else first, min(len(lines), first + _MOST_LINES))
    like = [n for n in rest if _FENCE_LIKE.match(lines[n])]
    line = 0
    if not file.text.strip():
        message = "这是空文件"
    elif like and (begun or like[0] == first):
        line = like[0]
        message = f"这一行的“{lines[line].strip()}”不是三个半角减号"
    else:
        message = "开头的说明没有结束" if begun else "文件不是以说明开头的"
    return Problem(
        path=file.path,
        line=line + 1,
        code="front-matter",
        message=message,
        hint="文件第一行和说明之后各要有一行只写三个半角减号：---。",
        text=lines[line].strip(),
    )
