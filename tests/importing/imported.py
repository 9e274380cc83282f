"""From the bytes of a file to what an import made of it, as the archive's own loader reads it."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from archives import ROOT
from bulletin_site.content.archive import load
from bulletin_site.content.folder import read_folder
from bulletin_site.content.model import Archive, Topic
from bulletin_site.content.source import FOLDER, is_text, tree_of
from bulletin_site.importing.draft import Draft, draft
from bulletin_site.importing.formats import read_manuscript
from bulletin_site.importing.topics import Topics
from bulletin_site.problems import Problem
from importing.layouts.content import IssueText, read_issues
from importing.layouts.judge import Imported, Verdict, judge
from importing.layouts.sheet import Layout, Printed


@cache
def archive() -> Archive:
    """The repository's archive."""
    loaded, _ = load(tree_of(read_folder(ROOT, FOLDER, wanted=is_text))[0])
    return loaded


def drafted(data: bytes, name: str, *, known: Archive | None = None) -> Draft | Problem:
    """What an import makes of a file."""
    manuscript = read_manuscript(data, name)
    if isinstance(manuscript, Problem):
        return manuscript
    into = known or archive()
    return draft(manuscript, into, Topics(into), sha256="0" * 64)


def judged(layout: Layout, issue: IssueText, printed: Printed) -> Verdict:
    """An issue in one layout, imported into an archive that has its topics but not the issue."""
    names = dict.fromkeys(
        topic
        for text in (printed.truth, issue)
        for article in text.articles
        for topic in article.topics
    )
    topics = tuple(
        Topic(name=name, slug=f"topic-{number}", description="")
        for number, name in enumerate(names)
    )
    others = tuple(other for other in archive().issues if other.id != issue.id)
    known = replace(archive(), issues=others, topics=topics)
    suffix = f".{layout.office}" if layout.office else layout.suffix
    made = drafted(printed.data, f"本期{suffix}", known=known)
    return judge(f"{layout.name}/{issue.id}", printed, _as_read(made, known))


def _as_read(made: Draft | Problem, known: Archive) -> Imported:
    if isinstance(made, Problem):
        return Imported(issue=None)
    with tempfile.TemporaryDirectory() as folder:
        issues = Path(folder) / FOLDER
        (issues / made.id).mkdir(parents=True)
        topics = "".join(f"  - name: {t.name}\n    slug: {t.slug}\n" for t in known.topics)
        text = f"title: {known.title}\npublisher: {known.publisher}\ntopics:\n{topics}"
        (issues / "archive.yaml").write_text(text, encoding="utf-8")
        for name, content in made.files.items():
            (issues / made.id / name).write_text(content, encoding="utf-8")
        found = read_issues(Path(folder))
    return Imported(
        issue=found[0] if found else None,
        doubts=[(doubt.file, doubt.text or doubt.key, doubt.message) for doubt in made.doubts],
        asides=[aside.text for aside in made.asides],
    )
