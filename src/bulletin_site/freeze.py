"""Page numbers that a layout gave become an editor's own: `page: auto` becomes `page: 5`, and
`{p6}` stands in the text where page 6 begins. From then on nothing moves them.

Each file is replaced as a whole. Who is stopped half-way runs it again: what is frozen already
says what the layout says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.alone import alone, busy
from bulletin_site.content.archive import load
from bulletin_site.content.fields import AUTO
from bulletin_site.content.model import Archive, Article, Issue
from bulletin_site.content.source import FOLDER, SourceFile, tree_of
from bulletin_site.excerpts import with_excerpts
from bulletin_site.inputs import read, texts_of
from bulletin_site.problems import Problem, errors, nearest, ordered, said_by_system
from bulletin_site.whole_file import write_whole

_AUTO = re.compile(r"(\bpage[\"']?[ ]*[:：][ \u3000]*)([\"']?)auto\2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """The issue with its numbers, and the files that were written: none where it had no
    `page: auto`."""

    issue: Issue
    files: tuple[str, ...]


def freeze(root: Path, issue_id: str) -> Frozen | tuple[Problem, ...]:
    """Write the page numbers of an issue into its files."""
    with alone(root, root / FOLDER) as free:
        if not free:
            return (busy(f"{FOLDER}/{issue_id}", "另一个命令正在写 issues/"),)
        tree, unread = tree_of(read(root).issues)
        archive, mistakes = load(tree)
        text_of = texts_of(tree)
        issue = next((one for one in archive.issues if one.id == issue_id), None)
        # Who was stopped half-way has an issue of both kinds, and numbers for all of it.
        known = issue is not None and issue.pdf is not None
        wrong = [
            one
            for one in errors([*unread, *mistakes])
            if _concerns(one, issue_id) and not (known and one.code == "page-mixed")
        ]
        if tree is None or issue is None or wrong:
            return with_excerpts(ordered(wrong or [_unknown(issue_id, archive)]), text_of)
        texts: dict[str, str] = {}
        odd: list[Problem] = []
        for article in issue.articles:
            if article.page_auto:
                text = _numbered(tree.files[article.path], article)
                if isinstance(text, Problem):
                    odd.append(text)
                else:
                    texts[article.path] = text
        if odd:
            return with_excerpts(ordered(odd), text_of)
        return _write(root, issue, texts)


def _numbered(file: SourceFile, article: Article) -> str | Problem:
    """The text of a file with the pages of its article."""
    lines = file.text.split("\n")[: article.body.line - 1]
    at = article.lines["page"] - 1
    lines[at], found = _AUTO.subn(rf"\g<1>{article.first_page}", lines[at], count=1)
    if not found:
        return Problem(
            path=article.path,
            line=at + 1,
            text=AUTO,
            code="yaml-syntax",
            message="这一行的 page: auto 写法特别，页码写不进去",
            hint="请单独写成一行：page: auto",
        )
    return "\n".join([*lines, article.body.markdown])


def _write(root: Path, issue: Issue, files: Mapping[str, str]) -> Frozen | tuple[Problem, ...]:
    for path, text in files.items():
        try:
            before = (root / path).read_bytes()
            write_whole(root / path, _encoded(text, before))
        except OSError as reason:
            return (_failed(path, reason, issue.id),)
    return Frozen(issue=issue, files=tuple(files))


def _encoded(text: str, before: bytes) -> bytes:
    """The text with the byte order mark and the line ends that the file had before."""
    mark = b"\xef\xbb\xbf" if before.startswith(b"\xef\xbb\xbf") else b""
    lines = text.replace("\n", "\r\n") if b"\r\n" in before else text
    return mark + lines.encode()


def _concerns(problem: Problem, issue_id: str) -> bool:
    """Is this wrong with the issue, or with what all issues stand on?"""
    of_other = problem.path.startswith(f"{FOLDER}/") and problem.path.count("/") == 2
    return not of_other or problem.path.startswith(f"{FOLDER}/{issue_id}/")


def _unknown(issue_id: str, archive: Archive) -> Problem:
    return Problem(
        path=f"{FOLDER}/{issue_id}",
        code="missing-file",
        message=f"没有 {issue_id} 这一期",
        hint=nearest(issue_id, [issue.id for issue in archive.issues], otherwise="请核对期号。"),
    )


def _failed(path: str, reason: OSError, issue_id: str) -> Problem:
    return Problem(
        path=path,
        code="output-failed",
        message=f"页码没有写进去（{said_by_system(reason)}）",
        hint="这个文件没有改动，前面的已经写好。"
        f"请检查磁盘空间和写权限，再运行一次 bulletin freeze {issue_id}。",
    )
