"""Every command, with something going wrong at every step of it.

    .venv/bin/python tests/fuzz/faults.py all
    .venv/bin/python tests/fuzz/faults.py build --every 7 --what kill ENOSPC

What must hold is in `ill_said`, `broken`, `unforced` and `planted`; it ends with 1 where something did not.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archives import AUTO, BASE, BASE_PAGES, PDF, TWO_ISSUES, files_of, laid_out, write
from faulty import DEEDS, ERRORS, Commands, Ended, Fault, Step

JULY = {
    "issues/2014-07-1/issue.md": "---\ndate: 2014-07-04\n---\n",
    "issues/2014-07-1/01.md": "---\ntitle: 电子公文\npage: 2\n---\n\n公文在网上流转。\n",
}
MANUSCRIPT = """\
电子政务信息汇编
2014年5月9日
五月第一期
秘书处
目 录
【政务云】
1、某省建成政务云.....2
【大数据】
2、某市开放数据.....2
1、某省建成政务云
某省建成覆盖全省的政务云平台，各厅局的业务系统陆续迁入。
（文汇报）
2、某市开放数据
某市向社会开放交通数据，市民可以自由下载使用。
（人民网）
"""
BUILD = ("build", "--root", "archive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A command in a folder: `files` of the archive in it, commands that ran `before`, files that
    came after them, and the command that things go wrong with."""

    files: Mapping[str, str | bytes]
    before: Sequence[Sequence[str]] = ()
    after: Mapping[str, str | bytes] = field(default_factory=dict)
    command: Sequence[str]


_LAID: Mapping[str, str | bytes] = {
    **AUTO,
    **laid_out(AUTO, auto=True, pages=BASE_PAGES),
    "issues/2014-05-1/2014-05-1.pdf": PDF,
}
SCENARIOS: Mapping[str, Scenario] = {
    "build": Scenario(files=TWO_ISSUES, before=[BUILD], after=JULY, command=BUILD),
    "first": Scenario(files=BASE, command=BUILD),
    "unchanged": Scenario(files=BASE, before=[BUILD], command=BUILD),
    "check": Scenario(files=BASE, before=[BUILD], command=("check", "--root", "archive")),
    "import": Scenario(
        files={**TWO_ISSUES, "../a.txt": MANUSCRIPT},
        command=("import", "--root", "archive", "a.txt", "--as", "2014-07-1"),
    ),
    "replace": Scenario(
        files={**BASE, "../a.txt": MANUSCRIPT},
        command=("import", "--root", "archive", "a.txt", "--replace"),
    ),
    "new": Scenario(
        files=BASE, command=("new", "--root", "archive", "2014-06-1", "--date", "2014-06-06")
    ),
    "pdf": Scenario(files=BASE, command=("pdf", "--root", "archive")),
    "pdf-again": Scenario(
        files=AUTO,
        before=[("pdf", "--root", "archive")],
        after={"issues/2014-05-1/03.md": AUTO["issues/2014-05-1/03.md"] + "\n又一段。\n"},
        command=("pdf", "--root", "archive"),
    ),
    "freeze": Scenario(
        files=_LAID,
        command=("freeze", "--root", "archive", "2014-05-1"),
    ),
    "pack": Scenario(files=BASE, before=[BUILD], command=("pack", "--root", "archive", "a.zip")),
    "epub": Scenario(
        files=BASE,
        before=[("epub", "--root", "archive", "a.epub")],
        after=JULY,
        command=("epub", "--root", "archive", "a.epub"),
    ),
    "init": Scenario(files=BASE, command=("init", "new")),
    "init-empty": Scenario(files={"../new/.DS_Store": ""}, command=("init", "new")),
}


def prepared(folder: Path, scenario: Scenario, commands: Commands) -> None:
    """Make the folder as it is before the command."""
    (folder / "tmp").mkdir(parents=True)
    write(folder / "archive", scenario.files)
    for arguments in scenario.before:
        ended = commands.run(folder, *arguments)
        assert ended.status == 0, ended.said
    write(folder / "archive", scenario.after)


def state(folder: Path) -> dict[str, bytes]:
    """All that matters in a folder: neither caches nor locks."""
    return {
        path: content
        for path, content in files_of(folder).items()
        if not path.startswith(("tmp/", "archive/.cache/", "archive/templates/"))
    }


def shown(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What is not hidden, and so somebody's or published."""
    return {path: content for path, content in files.items() if "/." not in path and path[0] != "."}


def ill_said(ended: Ended) -> Iterator[str]:
    """What no command must say, and how none must end."""
    for sign in ("Traceback", "Exception ignored", "Error"):
        if sign in ended.said:
            yield f"it said: {ended.said[-1500:]}"
            break
    if ended.status not in (0, 1, -9):
        yield f"it ended with {ended.status}"
    if ended.status == 1 and not ended.said.strip():
        yield "it failed and said nothing"


def broken(
    before: Mapping[str, bytes], wanted: Mapping[str, bytes], now: Mapping[str, bytes], ended: Ended
) -> Iterator[str]:
    """What must not be in the folder after a command, well or ill ended."""
    seen, old, new = shown(now), shown(before), shown(wanted)
    if ended.status == 0 and seen != new:
        yield f"it said that it was done: {differences(seen, new)}"
    for path, content in seen.items():
        if content not in (old.get(path), new.get(path)):
            yield f"{path} is neither what it was nor what it should become"
    texts = set(now.values())
    for path, content in old.items():
        if path not in seen and path in new and content not in texts:
            yield f"{path} is lost"
        if path.startswith("archive/issues/") and content not in texts and path not in seen:
            yield f"the text of {path} is lost"
    sites = [of(files, "archive/site/") for files in (now, before, wanted)]
    if not sites[0] and sites[1]:
        sites[0] = of(now, "archive/.site.old/")
    if sites[0] not in sites[1:]:
        yield "the site is half old, half new"


def unforced(steps: Sequence[Step]) -> Iterator[str]:
    """What a power cut would leave empty: files and folders that took their places before they were
    forced to the disk, and the last name that changed. Caches may be lost."""
    waiting: set[str] = set()
    last = ""
    for step in (step for step in steps if "/.cache/" not in step.path):
        if step.call in ("write", "os.mkdir"):
            waiting |= {step.path, str(Path(step.path).parent)}
        elif step.call == "fsync":
            waiting.discard(step.path)
        elif step.call == "sync":
            waiting.clear()
        elif step.call in ("os.rename", "renameat2"):
            moved = f"{step.path}/" if step.path else "/.site.new-"
            yield from (path for path in waiting if moved in f"{path}/")
        if step.call in ("fsync", "sync", "os.rename", "renameat2"):
            last = step.call
    if "rename" in last:
        yield f"the last {last}"


def of(files: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
    return {
        path.removeprefix(folder): content
        for path, content in files.items()
        if path.startswith(folder)
    }


def differences(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> str:
    names = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    return f"{len(names)} files differ: {', '.join(names[:5])}"


def faults(steps: Sequence[Step], what: Sequence[str], every: int) -> Iterator[Fault]:
    """Each of the faults at each step that it can happen at, or at some of them."""
    for name in what:
        for number, step in enumerate(steps, start=1):
            if name in ("gone", "folder") and step.call != "read":
                continue
            if name == "full" and step.call != "write":
                continue
            if (number + len(name)) % every == 0:
                yield Fault(what=name, at=number)
                if name in ERRORS and step.writes:
                    yield Fault(what=name, at=number, on=True)


def some(steps: Sequence[Step], kinds: Sequence[str]) -> Iterator[Fault]:
    """One fault of each kind, at steps that are spread over the run: for tests."""
    calls = {"gone": {"read"}, "folder": {"read"}, "full": {"write"}}
    writing = {step.call for step in steps if step.writes}
    for number, what in enumerate(kinds, start=1):
        able = calls.get(what, writing)
        places = [at for at, step in enumerate(steps, start=1) if step.call in able]
        if places:
            yield Fault(what=what, at=places[number * len(places) // (len(kinds) + 1)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A command that went well: the folder before it with a copy of that, its steps, and what was
    in the folder before and after it."""

    command: Sequence[str]
    folder: Path
    copy: Path
    steps: Sequence[Step]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]


def run_well(scenario: Scenario, place: Path, commands: Commands) -> Course:
    folder, copy = place / "work", place / "copy"
    prepared(folder, scenario, commands)
    shutil.copytree(folder, copy, symlinks=True)
    before = state(folder)
    ended = commands.run(folder, *scenario.command)
    assert ended.status == 0, ended.said
    return Course(
        command=scenario.command,
        folder=folder,
        copy=copy,
        steps=ended.steps,
        before=before,
        after=state(folder),
    )


def planted(course: Course, fault: Fault, commands: Commands) -> Iterator[str]:
    """What does not hold when the command runs with a fault, and then without one."""
    folder, wanted = course.folder, shown(course.after)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(course.copy, folder, symlinks=True)
    ended = commands.run(folder, *course.command, fault=fault)
    yield from ill_said(ended)
    if fault.what in ("gone", "folder"):  # a text is lost, and not by the program
        return
    now = state(folder)
    yield from broken(course.before, course.after, now, ended)
    if shown(now) != wanted:
        again = commands.run(folder, *course.command)
        if again.status != 0:
            yield f"it does not go on: {again.said}"
        elif state(folder) != course.after:
            yield f"then {differences(state(folder), course.after)}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenario", choices=("all", *SCENARIOS))
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--what", nargs="+", default=(*ERRORS, *DEEDS), choices=(*ERRORS, *DEEDS))
    chosen = parser.parse_args()
    wrong = 0
    names = SCENARIOS if chosen.scenario == "all" else (chosen.scenario,)
    with Commands() as commands:
        for name in names:
            with tempfile.TemporaryDirectory() as place:
                course = run_well(SCENARIOS[name], Path(place).resolve(), commands)
                for text in unforced(course.steps):
                    wrong += 1
                    print(f"{name}: not on the disk: {text}", flush=True)
                chances = list(faults(course.steps, chosen.what, chosen.every))
                for fault in chances:
                    for text in planted(course, fault, commands):
                        wrong += 1
                        print(f"{name}: {fault} {course.steps[fault.at - 1]}: {text}", flush=True)
            print(f"{name}: {len(course.steps)} steps, {len(chances)} faults", flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
