"""The archive into which an issue is to be written, as it lies on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.cache import read_cache
from bulletin_site.content.archive import ARCHIVE_FILE, chronological, load, order_problems
from bulletin_site.content.issue import load_issue
from bulletin_site.content.model import Archive, Issue
from bulletin_site.content.moves import withdrawn_articles
from bulletin_site.content.source import FOLDER, SourceFile, SourceTree, tree_of
from bulletin_site.excerpts import with_excerpts
from bulletin_site.inputs import read, texts_of
from bulletin_site.problems import Problem, errors, ordered


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The texts of an archive and what they say."""

    tree: SourceTree
    archive: Archive


def open_archive(root: Path) -> Opened | tuple[Problem, ...]:
    """The archive at `root`, or what is wrong with its folder or with archive.yaml. What is wrong
    with its issues is in nobody's way; nor is it that there are none."""
    tree, unread = tree_of(read(root).issues)
    archive, mistakes = load(tree, read_cache(root))
    wrong = [p for p in (*unread, *mistakes) if p.path in (FOLDER, ARCHIVE_FILE)]
    wrong = [p for p in errors(wrong) if p.code != "empty-archive"]
    if tree and not wrong:
        return Opened(tree=tree, archive=archive)
    return with_excerpts(ordered(wrong), texts_of(tree))


BUSY = "另一个 import 或 new 正在写 issues/"
"""What is said while somebody else is writing issues into this archive."""


def judged(
    issue_id: str, files: Mapping[str, str], archive: Archive
) -> tuple[Issue | None, tuple[Problem, ...]]:
    """What the loader makes of the files of an issue, and all that it has to say of them: in
    themselves, and beside the other issues of the archive."""
    problems: list[Problem] = []
    texts = {f"{FOLDER}/{issue_id}/{name}": text for name, text in files.items()}
    issue = load_issue(
        issue_id,
        {
            name: SourceFile(path=path, text=text)
            for name, (path, text) in zip(files, texts.items(), strict=True)
        },
        {topic.name: topic for topic in archive.topics},
        withdrawn_articles(archive.withdrawn).get(issue_id, {}),
        archive,
        None,
        problems,
    )
    if issue:
        others = [other for other in archive.issues if other.id != issue_id]
        problems += set(_order([*others, issue])) - set(_order(others))
    return issue, with_excerpts(ordered(problems), texts.get)


def _order(issues: Iterable[Issue]) -> Iterable[Problem]:
    return order_problems(sorted(issues, key=chronological))
