"""A new issue's folder takes its place as a whole, and takes no other's.

The files are made in a hidden folder beside it, forced to the disk, and moved in one step. An issue
that is to be replaced is moved away before, never deleted: a kill between the two steps leaves it
whole in `replaced/`, and the next run makes the new one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from bulletin_site.content.source import FOLDER
from bulletin_site.durable import force_names, write_folder
from bulletin_site.problems import Problem, said_by_system

REPLACED = "replaced"
"""Where issues lie that were replaced, in the archive's root: no part of what is built."""


def write_issue(
    root: Path, issue_id: str, files: Mapping[str, str], *, replace: bool = False
) -> Path | Problem | None:
    """Write the files of an issue. With `replace` an issue that is there makes room; answers where
    it is now. Alone (`alone.py`): what a killed run left is taken away."""
    issues = root / FOLDER
    target = issues / issue_id
    new = issues / f".{issue_id}.new"
    try:
        there = os.path.lexists(target)
        if there and not replace:
            return _refusal(issue_id)
        try:
            shutil.rmtree(new, ignore_errors=True)
            write_folder(new, {name: text.encode() for name, text in files.items()})
            old = _put_away(root, target) if there else None
            try:
                new.rename(target)
            except OSError:
                if old:
                    old.rename(target)
                raise
            force_names(issues)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as reason:
        return Problem(
            path=f"{FOLDER}/{issue_id}",
            code="output-failed",
            message=f"这一期没有写成（{said_by_system(reason)}）",
            hint="什么也没有改动。请检查磁盘空间和文件夹的写权限，再运行一次。",
        )
    return old


def _refusal(issue_id: str) -> Problem:
    return Problem(
        path=f"{FOLDER}/{issue_id}",
        code="output-refused",
        message=f"已经有 {issue_id} 这一期，没有动它",
        hint="期号认错了，就用 --as 写明是哪一期。确实要重新导入，就加上 --replace："
        f"原来的文件夹会移到 {REPLACED}/ 里，不会丢。",
    )


def _put_away(root: Path, folder: Path) -> Path:
    """Move a folder to the first free name in `replaced/`."""
    (root / REPLACED).mkdir(exist_ok=True)
    number = 1
    while os.path.lexists(place := root / REPLACED / f"{folder.name}({number})"):
        number += 1
    folder.rename(place)
    force_names(place.parent)
    return place
