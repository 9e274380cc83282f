"""The skeleton of an issue, on disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bulletin_site.alone import alone, busy
from bulletin_site.content.source import FOLDER
from bulletin_site.importing.issue_folder import write_issue
from bulletin_site.importing.opened import BUSY, Opened, judged, open_archive
from bulletin_site.importing.skeleton import Skeleton, skeleton
from bulletin_site.problems import Problem

_BLANKS = ("missing-key", "empty-body")
"""What is wrong with a skeleton before anybody has filled it in."""
_IN_USE = "还没有填完，就接着填；要建的是另一期，请写明期号，例如：bulletin new 2014-07-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """The skeleton that was written; each of its blanks as a problem; the topics to choose from."""

    skeleton: Skeleton
    blanks: tuple[Problem, ...]
    topics: tuple[str, ...]


def new_issue(
    root: Path, *, wanted: str | None, day: date | None, today: date, articles: int
) -> Begun | tuple[Problem, ...]:
    """Write the skeleton of the issue `wanted`, or of the next one, with so many articles."""
    with alone(root, root / FOLDER) as free:
        if not free:
            return (busy(FOLDER, BUSY),)
        opened = open_archive(root)
        if not isinstance(opened, Opened):
            return opened
        archive = opened.archive
        made = skeleton(archive, wanted=wanted, day=day, today=today, articles=articles)
        _, problems = judged(made.id, made.files, archive)
        wrong = tuple(problem for problem in problems if problem.code not in _BLANKS)
        if wrong:
            return wrong
        written = write_issue(root, made.id, made.files)
        if isinstance(written, Problem):
            in_use = written.code == "output-refused"
            return (replace(written, hint=_IN_USE) if in_use else written,)
        topics = tuple(topic.name for topic in archive.topics)
        return Begun(skeleton=made, blanks=problems, topics=topics)
