"""What each command of `bulletin` does with its arguments: it calls the pipeline, and prints.

Each answers the exit status. 0: done; 1: not done, or there are problems, all of them printed; 2:
the command line is wrong.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
import time
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from bulletin_site.console import console_of
from bulletin_site.pages import urls
from bulletin_site.problems import Problem, errors
from bulletin_site.progress import Progress
from bulletin_site.publish import Published, Refused, publish
from bulletin_site.report import report, summary

_DONE, _PROBLEMS, _MISUSED = 0, 1, 2
_NAMED = 3
"""New issues that are named, before they are only counted."""
_FEW = 20
"""Files of an import, up to which LibreOffice is asked for the pages of each: it takes seconds."""


def run_build(chosen: argparse.Namespace) -> int:
    started = time.monotonic()
    out = chosen.out or chosen.root / "site"
    with Progress(sys.stderr) as progress:
        published = publish(
            chosen.root,
            out,
            base_url=chosen.base_url,
            strict=chosen.strict,
            clean=chosen.clean,
            progress=progress,
        )
    _say(published.problems, "text")
    if isinstance(published, Refused):
        print(f"{summary(published.problems)}；网站没有动。请按提示改好，再运行一次。")
        return _PROBLEMS
    print(_closing(published, time.monotonic() - started))
    print(f"请打开查看：{out.resolve() / urls.HOME}")
    return _DONE


def _closing(published: Published, seconds: float) -> str:
    """What there is, what is new, how long it took."""
    whole, new = published.summary, published.new_issues
    lines = [f"{whole.title}：{whole.issues} 期、{whole.articles} 篇，{whole.pages} 个网页。"]
    if published.unchanged:
        lines.append(f"内容没有变化，网站已是最新（{seconds:.1f} 秒）。")
        return "\n".join(lines)
    if 0 < len(new) < whole.issues:
        names = "、".join(f"{issue.name}（{issue.articles} 篇）" for issue in new[:_NAMED])
        more = f"等 {len(new)} 期" if len(new) > _NAMED else ""
        lines.append(f"新的一期：{names}{more}。")
    lines.append(
        f"新增 {len(published.added)} 个文件，更新 {len(published.changed)} 个，"
        f"删去 {len(published.removed)} 个（{seconds:.1f} 秒）。"
    )
    return "\n".join(lines)


def run_check(chosen: argparse.Namespace) -> int:
    from bulletin_site.batch import Unmade
    from bulletin_site.build import build
    from bulletin_site.checks import check_site
    from bulletin_site.content.folder import unreadable_file
    from bulletin_site.excerpts import with_excerpts
    from bulletin_site.inputs import read
    from bulletin_site.output import published, read_site, site_texts

    if chosen.format != "text" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # programs read it
    out = chosen.out or chosen.root / "site"
    result = build(
        read(chosen.root),
        base_url=chosen.base_url,
        published=published(out),
    )
    problems = result.problems
    try:
        if result.files is not None:
            shown = _shown(out, chosen)
            try:
                built = read_site(out)
                found = check_site(result.archive, result.files, built, shown)
                problems += with_excerpts(found, site_texts(built, shown))
            except OSError as reason:
                problems += (unreadable_file(shown, "网站的文件读不出来", reason),)
    except Unmade as reason:
        problems += (reason.problem,)
    _say(problems, chosen.format)
    if chosen.format == "text":
        print(f"检查完毕：{summary(problems)}。")
    return _PROBLEMS if errors(problems, strict=chosen.strict) else _DONE


def _shown(out: Path, chosen: argparse.Namespace) -> str:
    """The built site's folder as problems name it: from the root where it lies in it."""
    try:
        return out.resolve().relative_to(chosen.root.resolve()).as_posix()
    except ValueError:
        return out.as_posix()


def run_pack(chosen: argparse.Namespace) -> int:
    from bulletin_site.content.folder import read_folder
    from bulletin_site.inputs import TEMPLATES
    from bulletin_site.pack import Packed, pack
    from bulletin_site.pages.templates import templates_of
    from bulletin_site.whole_file import among_inputs, refused

    templates, problems = templates_of(read_folder(chosen.root, TEMPLATES))
    inputs = among_inputs(chosen.root, chosen.file)
    if inputs:
        problems = [refused(chosen.file, f"压缩包不能放在 {inputs}/ 里")]
    packed = problems or pack(chosen.out or chosen.root / "site", chosen.file, templates)
    if not isinstance(packed, Packed):
        _say([packed] if isinstance(packed, Problem) else packed, "text")
        return _PROBLEMS
    print(f"已打包 {packed.files} 个文件，共 {packed.size / 1_000_000:.1f} MB。")
    print(f"请交给读者：{chosen.file.resolve()}")
    print(f"读者先全部解压缩，再双击其中的 {urls.LAUNCHER}。")
    return _DONE


def run_epub(chosen: argparse.Namespace) -> int:
    from bulletin_site.binding import Bound, bind
    from bulletin_site.inputs import read
    from bulletin_site.pages.downloads import size_text

    bound = bind(read(chosen.root), chosen.file, year=chosen.year)
    if not isinstance(bound, Bound):
        _say(bound, "text")
        return _PROBLEMS
    _say(bound.problems, "text")
    print(f"《{bound.title}》：{bound.issues} 期、{bound.articles} 篇。")
    print(f"已写成电子书，共 {size_text(bound.size)}：{chosen.file.resolve()}")
    return _DONE


def run_init(chosen: argparse.Namespace) -> int:
    from bulletin_site.init import init

    started = init(chosen.folder, date.today())
    if isinstance(started, Problem):
        _say((started,), "text")
        return _PROBLEMS
    folder = chosen.folder.resolve()
    print(f"新的汇编已经建好：{folder}")
    print(f"先看其中的 {started.readme}，再改 {started.archive} 和 {started.issue} 里的示例。")
    print(f'生成网站：bulletin build --root "{folder}"')
    return _DONE


def run_serve(chosen: argparse.Namespace) -> int:
    from bulletin_site.preview.serve import serve

    return serve(chosen.root, host=chosen.host, port=chosen.port, browser=chosen.open)


def run_import(chosen: argparse.Namespace) -> int:
    from bulletin_site.importing.formats import SUFFIXES
    from bulletin_site.importing.imports import State, import_files
    from bulletin_site.importing.kept_pages import keep_pages
    from bulletin_site.importing.report import outcome_report, table
    from bulletin_site.importing.selection import select

    gc.enable()  # what is left of one file must not lie there until the last one is read
    files, problems = select(chosen.files)
    if chosen.wanted and len(files) > 1:
        print("--as 一次只能用于一个文件。", file=sys.stderr)
        return _MISUSED
    if not files and not problems:
        print(f"没有找到可以导入的文件。可以导入的有：{'、'.join(SUFFIXES)}。")
        return _PROBLEMS
    with Progress(sys.stderr) as progress:
        run = import_files(
            chosen.root,
            files,
            wanted=chosen.wanted,
            replace_old=chosen.replace,
            keep=partial(keep_pages, by_office=len(files) <= _FEW),
            progress=progress,
        )
    _say((*problems, *run.problems), "text")
    console = console_of(sys.stdout, os.environ)
    if len(run.outcomes) == 1:
        print(outcome_report(run.outcomes[0], console), end="")
    elif run.outcomes:
        print(table(run.outcomes, console), end="")
    failed = any(outcome.state is State.FAILED for outcome in run.outcomes)
    return _PROBLEMS if failed or problems or run.problems else _DONE


def run_new(chosen: argparse.Namespace) -> int:
    from bulletin_site.importing.new_issue import Begun, new_issue
    from bulletin_site.importing.report import begun_report

    begun = new_issue(
        chosen.root,
        wanted=chosen.issue,
        day=chosen.date,
        today=date.today(),
        articles=chosen.articles,
    )
    if not isinstance(begun, Begun):
        _say(begun, "text")
        return _PROBLEMS
    print(begun_report(begun), end="")
    return _DONE


def run_freeze(chosen: argparse.Namespace) -> int:
    from bulletin_site.freeze import Frozen, freeze

    frozen = freeze(chosen.root, chosen.issue)
    if not isinstance(frozen, Frozen):
        _say(frozen, "text")
        return _PROBLEMS
    pages = frozen.issue.pages
    if not frozen.files:
        print(f"{chosen.issue} 的页码本来就写在文件里，没有要改的。")
        return _DONE
    numbers = f"第 {pages.first} 页到第 {pages.last} 页"
    print(f"{chosen.issue} 的页码已经写进 {len(frozen.files)} 篇文章：{numbers}。")
    print("以后再改文字，页码也不会动；请运行 bulletin build。")
    return _DONE


def run_pdf(chosen: argparse.Namespace) -> int:
    from bulletin_site.typeset.making import make_pdfs
    from bulletin_site.typeset.printing import unavailable
    from bulletin_site.typeset.report import making_report

    missing = unavailable()
    if missing:
        _say((missing,), "text")
        return _PROBLEMS
    gc.enable()  # a laid out issue must not lie there until the last one is made
    with Progress(sys.stderr) as progress:
        making = make_pdfs(chosen.root, chosen.issues, again=chosen.again, progress=progress)
    _say(making.problems, "text")
    print(making_report(making), end="")
    return _PROBLEMS if errors(making.problems) else _DONE


def _say(problems: Sequence[Problem], form: str) -> None:
    text = report(problems, form, console=console_of(sys.stdout, os.environ))
    # In Chinese text mode a blank line parts the problems from what is said after them.
    print(text, end="\n" if text and form == "text" else "")
