"""Publishing: what is the same as the last time is not done again, and never two at a time.

read → (nothing changed: done) → build → write → note for the next time
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.alone import alone, busy
from bulletin_site.batch import key
from bulletin_site.cache import Cache, read_cache, write_cache
from bulletin_site.inputs import read
from bulletin_site.output import Written, is_as_noted, published, write
from bulletin_site.pages import urls
from bulletin_site.problems import Problem
from bulletin_site.record import Record, Summary, read_record, write_record
from bulletin_site.whole_file import among_inputs

Progress = Callable[[str, int, int], None]
"""Is told what is being done, how much of it is done, and of how much (0: not known)."""


@dataclass(frozen=True, slots=True)
class NewIssue:
    """An issue that the site did not have before, and how many articles it has."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The site is what the archive gives, with nothing but warnings. `added`, `changed` and
    `removed` are addresses of files, none where the site was up to date."""

    problems: tuple[Problem, ...]
    summary: Summary
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    new_issues: tuple[NewIssue, ...] = ()

    @property
    def unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The site is as it was before; the problems say why."""

    problems: tuple[Problem, ...]


def publish(
    root: Path,
    out: Path,
    *,
    base_url: str | None = None,
    strict: bool = False,
    clean: bool = False,
    progress: Progress = lambda _what, _done, _all: None,
) -> Published | Refused:
    """Make the site of the archive at `root` in the folder `out`. `base_url` and `strict` are those
    of `build`; with `clean` nothing of an earlier time is used and every file is written."""
    with alone(root, out) as free:
        if not free:
            return Refused(problems=(busy(out.as_posix(), "另一个 build 正在生成这个网站"),))
        misplaced = _misplaced(root, out)
        if misplaced:
            return Refused(problems=(misplaced,))
        progress("读入文件", 0, 0)
        inputs = read(root)
        fingerprint = key(inputs.issues, inputs.templates, base_url, strict)
        record = Record() if clean else read_record(root, out)
        if record.inputs == fingerprint and is_as_noted(out, record.entries):
            return Published(problems=record.problems, summary=record.summary)

        # Imported late: its libraries cost half a second, which an unchanged archive need not pay.
        from bulletin_site.build import build

        progress("整理文章", 0, 0)
        cache = Cache() if clean else read_cache(root)
        result = build(
            inputs,
            base_url=base_url,
            strict=strict,
            cache=cache,
            published=published(out),
        )
        if result.batches is None:
            return Refused(problems=result.problems)
        write_cache(root, cache)
        written = write(
            out,
            result.batches,
            known=record.entries,
            proof=result.proof,
            always=clean,
            progress=lambda done, all_: progress("生成网页", done, all_),
        )
        if not isinstance(written, Written):
            return Refused(problems=(*result.problems, *written))
        issues = result.archive.issues
        summary = Summary(
            title=result.archive.title,
            issues=len(issues),
            articles=sum(len(issue.articles) for issue in issues),
            pages=sum(address.endswith(".html") for address in written.entries),
        )
        write_record(
            root,
            out,
            Record(
                inputs=fingerprint,
                entries=written.entries,
                problems=result.problems,
                summary=summary,
            ),
        )
        added = frozenset(written.added)
        return Published(
            problems=result.problems,
            summary=summary,
            added=written.added,
            changed=written.changed,
            removed=written.removed,
            new_issues=tuple(
                NewIssue(issue.name, len(issue.articles))
                for issue in issues
                if urls.issue(issue.id) in added
            ),
        )


def _misplaced(root: Path, out: Path) -> Problem | None:
    """Why no site can be in a folder, whatever lies there."""
    inputs = among_inputs(root, out)
    if not inputs and Path(os.path.realpath(out)).name:
        return None
    where = f" {inputs}/ 里" if inputs else "磁盘的最上一层"
    return Problem(
        path=out.as_posix(),
        code="output-refused",
        message=f"网站不能放在{where}",
        hint="没有写入。请用 --out 换一个文件夹；不写 --out，就放在 site/ 里。",
    )
