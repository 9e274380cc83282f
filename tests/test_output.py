"""The one writer: whatever happens, the published folder is one whole site, old or new."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_site import durable, new_site
from bulletin_site.batch import Batch, Files, Unmade, checksums_of
from bulletin_site.output import Written, is_as_noted, published, read_site, write
from bulletin_site.pages import urls
from bulletin_site.problems import Problem


def site(**texts: str) -> Files:
    """Pages by name."""
    return {f"{name}.html": text.encode() for name, text in texts.items()}


def batch(files: Files) -> Batch:
    """Files that are made of themselves."""
    return Batch(
        keys={name: sha256(content).hexdigest() for name, content in files.items()},
        make=lambda wanted: [(name, files[name]) for name in wanted],
    )


def listed(files: Files) -> Files:
    """With the list of checksums that every site has."""
    return {**files, urls.CHECKSUMS: checksums_of(files)}


def written(out: Path, files: Files) -> Written:
    result = write(out, [batch(files)])
    assert isinstance(result, Written)
    return result


def counts(result: Written) -> tuple[int, int, int]:
    """Of files that are new, changed, removed."""
    return len(result.added), len(result.changed), len(result.removed)


def refused(out: Path, files: Files) -> Problem:
    result = write(out, [batch(files)])
    assert isinstance(result, tuple)
    (problem,) = result
    return problem


def everything(folder: Path) -> dict[str, bytes | None]:
    """All that lies under a folder, hidden files and empty folders included."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


OLD, NEW = site(a="旧", b="同"), site(b="同", c="新", d="新")


def test_a_new_site_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    files = {"index.html": b"1", "issues/2014-05-1/01.html": b"2", "assets/a/b.css": b"3"}
    assert counts(written(tmp_path / "new/site", files)) == (4, 0, 0)
    assert read_site(tmp_path / "new/site") == listed(files)


def test_only_what_differs_is_counted(tmp_path: Path) -> None:
    written(tmp_path / "site", OLD)
    # The list of checksums is a file too, and changes whenever another does.
    assert counts(written(tmp_path / "site", NEW)) == (2, 1, 1)
    assert read_site(tmp_path / "site") == listed(NEW)


def test_the_same_site_again_is_not_written_again(tmp_path: Path) -> None:
    written(tmp_path / "site", OLD)
    before = (tmp_path / "site").stat()
    result = written(tmp_path / "site", OLD)
    assert result.unchanged
    assert counts(result) == (0, 0, 0)
    assert (tmp_path / "site").stat() == before


def test_nothing_is_left_beside_the_site(tmp_path: Path) -> None:
    written(tmp_path / "site", OLD)
    written(tmp_path / "site", NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_page_that_somebody_edited_is_written_again(tmp_path: Path) -> None:
    written(tmp_path / "site", OLD)
    (tmp_path / "site/a.html").write_text("改过", "utf-8")
    assert counts(written(tmp_path / "site", OLD)) == (0, 1, 0)
    assert read_site(tmp_path / "site") == listed(OLD)


# What is known already.


def noting(files: Files, asked: list[str]) -> Batch:
    """A batch that notes which of its files are made."""

    def make(addresses: Collection[str]) -> Iterator[tuple[str, bytes]]:
        asked.extend(sorted(addresses))
        yield from ((name, files[name]) for name in addresses)

    return replace(batch(files), make=make)


def test_only_files_with_another_key_are_made(tmp_path: Path) -> None:
    known = written(tmp_path / "site", OLD).entries
    asked: list[str] = []
    result = write(tmp_path / "site", [noting({**OLD, "b.html": b"new"}, asked)], known=known)
    assert isinstance(result, Written)
    assert asked == ["b.html"]
    assert counts(result) == (0, 2, 0)
    assert read_site(tmp_path / "site") == listed({**OLD, "b.html": b"new"})


@pytest.mark.parametrize("change", ["edited", "touched", "removed"])
def test_a_file_that_is_not_what_was_noted_is_made_again(change: str, tmp_path: Path) -> None:
    known = written(tmp_path / "site", OLD).entries
    file = tmp_path / "site/a.html"
    if change == "removed":
        file.unlink()
    else:
        file.write_bytes(OLD["a.html"] if change == "touched" else b"edited")
        os.utime(file, ns=(1, 1))
    asked: list[str] = []
    write(tmp_path / "site", [noting(OLD, asked)], known=known)
    assert asked == ["a.html"]
    assert read_site(tmp_path / "site") == listed(OLD)


def test_files_that_stay_keep_their_time(tmp_path: Path) -> None:
    """Copies, mirrors and browsers' caches go by it."""
    written(tmp_path / "site", OLD)
    os.utime(tmp_path / "site/b.html", ns=(1, 1))
    written(tmp_path / "site", {**OLD, "a.html": b"new"})
    assert (tmp_path / "site/b.html").stat().st_mtime_ns == 1


def test_what_is_noted_is_the_time_that_the_disk_says_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a network share, whose server has a clock of its own."""

    def later(_: Collection[Path], top: Path) -> None:
        for file in top.rglob("*.html"):
            os.utime(file, ns=(7, 7))

    monkeypatch.setattr(new_site, "force_files", later)
    result = written(tmp_path / "site", OLD)
    assert {result.entries[name].changed for name in OLD} == {7}
    assert is_as_noted(tmp_path / "site", result.entries)


def test_without_links_files_that_stay_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a stick with FAT."""

    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    written(tmp_path / "site", OLD)
    os.utime(tmp_path / "site/b.html", ns=(10**18, 10**18))
    forced: list[Path] = []
    own = durable.force_files

    def noted(files: Collection[Path], top: Path) -> None:
        forced.extend(file.relative_to(top) for file in files)
        own(files, top)

    monkeypatch.setattr(new_site, "force_files", noted)
    (tmp_path / "site/b.html").chmod(stat.S_IREAD)  # as what comes from a disc
    written(tmp_path / "site", NEW)
    assert read_site(tmp_path / "site") == listed(NEW)
    assert {file.as_posix() for file in forced} == listed(NEW).keys()
    written(tmp_path / "site", {**NEW, "c.html": b"newer"})
    assert (tmp_path / "site/d.html").stat().st_mtime_ns > 10**18


def test_a_site_marked_as_read_only_does_not_stand_in_the_way_on_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that come from a disc are. Windows deletes none of them."""

    def as_on_windows(folder: Path, *, ignore_errors: bool = False) -> None:
        if all(path.stat().st_mode & stat.S_IWRITE for path in folder.rglob("*")):
            remove(folder, ignore_errors=ignore_errors)
        elif not ignore_errors:
            raise PermissionError(errno.EACCES, "read-only")

    remove = shutil.rmtree
    monkeypatch.setattr(shutil, "rmtree", as_on_windows)
    monkeypatch.setattr(new_site, "_exchange", lambda *_: False)
    written(tmp_path / "site", OLD)
    (tmp_path / "site/a.html").chmod(stat.S_IREAD)
    for files in (NEW, OLD, NEW):
        written(tmp_path / "site", files)
        assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_always_makes_and_writes_everything(tmp_path: Path) -> None:
    known = written(tmp_path / "site", OLD).entries
    os.utime(tmp_path / "site/a.html", ns=(1, 1))
    asked: list[str] = []
    write(tmp_path / "site", [noting(OLD, asked)], known=known, always=True)
    assert asked == ["a.html", "b.html"]
    assert (tmp_path / "site/a.html").stat().st_mtime_ns != 1


def test_nothing_is_published_that_does_not_pass_the_proof(tmp_path: Path) -> None:
    written(tmp_path / "site", OLD)
    doubt = Problem(path="c.html", code="index-answer", message="查不到", hint="。")
    read: list[bytes] = []

    def proof(read_file: Callable[[str], bytes]) -> list[Problem]:
        # One that is new and one that stays as it is.
        read.extend((read_file("c.html"), read_file("b.html")))
        return [doubt]

    assert write(tmp_path / "site", [batch(NEW)], proof=proof) == (doubt,)
    assert read == [NEW["c.html"], NEW["b.html"]]
    assert read_site(tmp_path / "site") == listed(OLD)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_file_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    written(tmp_path / "site", OLD)
    wrong = Problem(path="templates/x.html", code="template", message="写法有误", hint="。")

    def make(_: object) -> Iterator[tuple[str, bytes]]:
        yield "c.html", b"1"
        raise Unmade(wrong)

    keys = {"c.html": "", "d.html": ""}
    assert write(tmp_path / "site", [Batch(keys=keys, make=make)]) == (wrong,)
    assert read_site(tmp_path / "site") == listed(OLD)


def test_a_file_that_stays_and_is_changed_meanwhile_is_not_published(tmp_path: Path) -> None:
    written(tmp_path / "site", OLD)

    def make(_: object) -> Iterator[tuple[str, bytes]]:
        (tmp_path / "site/b.html").write_bytes(b"of another build")
        yield "c.html", b"1"

    keep, new = batch({"b.html": OLD["b.html"]}), Batch(keys={"c.html": ""}, make=make)
    result = write(tmp_path / "site", [keep, new])
    assert isinstance(result, tuple)
    assert [(one.code, one.message) for one in result] == [
        ("output-failed", "网站没有写成（正被别的程序使用），原来的网站没有动")
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


# Files of others.


def test_a_folder_with_files_of_others_is_refused_and_not_touched(tmp_path: Path) -> None:
    out = tmp_path / "site"
    written(out, OLD)
    (out / "CNAME").write_text("example.gov.cn", "utf-8")
    (out / ".git").mkdir()
    (out / ".git/config").write_text("x", "utf-8")
    before = everything(tmp_path)
    problem = refused(out, NEW)
    assert problem.code == "output-refused"
    assert problem.message == "这里有不是本程序生成的文件：.git/config、CNAME"
    assert everything(tmp_path) == before


def test_a_folder_that_no_build_made_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "文档"
    out.mkdir()
    for number in range(5):
        (out / f"{number}.docx").write_text("x", "utf-8")
    before = everything(tmp_path)
    problem = refused(out, NEW)
    assert problem.message == "这里有不是本程序生成的文件：0.docx、1.docx、2.docx等 5 个文件"
    assert everything(tmp_path) == before


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert len(written(tmp_path / "site", OLD).added) == len(listed(OLD))


def test_a_file_in_the_place_of_the_folder_is_refused_and_kept(tmp_path: Path) -> None:
    out = tmp_path / "README.md"
    out.write_text("说明", "utf-8")
    assert refused(out, NEW).code in ("output-refused", "output-failed")
    assert everything(tmp_path) == {"README.md": "说明".encode()}


@given(st.dictionaries(st.from_regex(r"[a-z0-9]+(/[a-z0-9]+)?\.htm", fullmatch=True), st.binary()))
def test_no_file_of_a_build_is_foreign_to_the_next_one(files: Files) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        written(out, files)
        assert written(out, files).unchanged


# Failures.


def test_a_place_below_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    problem = refused(tmp_path / "file/site", NEW)
    assert problem.code == "output-failed"
    assert "原来的网站没有动" in problem.message
    assert everything(tmp_path) == {"file": b"x"}


@pytest.mark.parametrize(
    "name", ["x" * 300 + ".html", "c.html/d.html"], ids=["name-too-long", "page-below-a-page"]
)
def test_a_write_that_fails_half_way_leaves_the_old_site_whole(name: str, tmp_path: Path) -> None:
    written(tmp_path / "site", OLD)
    problem = refused(tmp_path / "site", {**NEW, name: b"x"})
    assert (problem.path, problem.code) == (str(tmp_path / "site"), "output-failed")
    assert read_site(tmp_path / "site") == listed(OLD)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_first_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    refused(tmp_path / "site", {**NEW, "x" * 300: b"x"})
    assert everything(tmp_path) == {}


# What a killed run left.


def test_what_was_published_is_known_also_of_a_site_that_stood_aside(tmp_path: Path) -> None:
    assert published(tmp_path / "site") == set()
    written(tmp_path / ".site.old", OLD)
    assert published(tmp_path / "site") == {"a.html", "b.html"}
    written(tmp_path / "site", NEW)
    assert published(tmp_path / "site") == {"b.html", "c.html", "d.html"}


def test_an_old_site_that_stood_aside_comes_back(tmp_path: Path) -> None:
    """Where two folders cannot change names in one step, a run may die between the two steps."""
    written(tmp_path / ".site.old", OLD)
    problem = refused(tmp_path / "site", {**NEW, "x" * 300: b"x"})
    assert problem.code == "output-failed"
    assert read_site(tmp_path / "site") == listed(OLD)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_old_site_that_came_back_is_compared_with_the_new_one(tmp_path: Path) -> None:
    written(tmp_path / ".site.old", OLD)
    assert counts(written(tmp_path / "site", NEW)) == (2, 1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_old_site_beside_a_finished_new_one_is_removed(tmp_path: Path) -> None:
    written(tmp_path / "site", NEW)
    written(tmp_path / ".site.old", OLD)
    assert written(tmp_path / "site", NEW).unchanged
    assert read_site(tmp_path / "site") == listed(NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_half_written_site_is_removed(tmp_path: Path) -> None:
    half = []

    def stopped(_: object) -> Iterator[tuple[str, bytes]]:
        yield "a.html", b"1"
        (folder,) = tmp_path.glob(".site.new-*")
        # Another process's number, for this one goes on and tidies up.
        half.append(shutil.copytree(folder, folder.with_name(f"{folder.name}0")))
        raise OSError("stopped")

    assert not isinstance(
        write(tmp_path / "site", [Batch(keys={"a.html": ""}, make=stopped)]), Written
    )
    assert [path.name for path in tmp_path.iterdir()] == [half[0].name]
    written(tmp_path / "site", NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_half_written_site_of_another_computer_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / ".site.new-another-1"
    other.mkdir()
    written(tmp_path / "site", NEW)
    assert other.is_dir()


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    written(tmp_path / "site", OLD)
    written(tmp_path / "site", NEW)
    assert (tmp_path / "site").is_symlink()
    assert read_site(tmp_path / "www") == listed(NEW)


# Killed.

PAGES = 600
WRITER = f"""
import os
import sys
from pathlib import Path
from bulletin_site.batch import Batch
from bulletin_site.output import write

def site(text):
    files = {{f"{{n % 20}}/{{n}}.html": f"{{text}} {{n}}".encode() for n in range({PAGES})}}
    # Every third page stays as it is: it is linked and not written.
    files |= {{name: b"same" for name in list(files)[::3]}}
    return Batch(
        keys=dict.fromkeys(files, text),
        make=lambda wanted: [(name, files[name]) for name in wanted],
    )

files = {{text: site(text) for text in ("old", "new")}}
for line in sys.stdin:
    out, text = line.split()
    child = os.fork()
    if not child:
        write(Path(out), [files[text]])
        os._exit(0)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


class Writer:
    """A process with children that write a site and can be killed in the middle of it; a new one a
    time would spend most of it on reading the program."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._process = subprocess.Popen(
            [sys.executable, "-c", WRITER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def write(self, text: str, *, kill_after: float | None = None) -> float:
        """Write a site; answer how many seconds it took."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{self._out} {text}\n")
        self._process.stdin.flush()
        child = int(self._process.stdout.readline())
        started = time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        assert self._process.stdout.readline() == "ended\n"
        return time.monotonic() - started


def text_of(out: Path) -> str:
    """Which site it is: one and the same on all of its pages."""
    files = {name: data for name, data in read_site(out).items() if name != urls.CHECKSUMS}
    assert len(files) == PAGES
    (text,) = {data.decode().partition(" ")[0] for data in files.values()} - {"same"}
    return text


def test_a_site_is_wholly_old_or_wholly_new_whenever_the_run_is_killed(tmp_path: Path) -> None:
    out = tmp_path / "site"
    kills = 15
    ended_as = []
    with Writer(out) as writer:
        writer.write("old")
        seconds = writer.write("new")
        for kill in range(kills):
            before = text_of(out)
            other = "old" if before == "new" else "new"
            writer.write(other, kill_after=1.2 * seconds * kill / kills)
            ended_as.append(text_of(out))
            assert ended_as[-1] in (before, other)
        writer.write("old")
        writer.write("new")
    assert text_of(out) == "new"
    # The first was killed before it had begun.
    assert ended_as[0] == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
