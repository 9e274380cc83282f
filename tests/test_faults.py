"""The plug is pulled: whatever goes wrong at whatever step, nothing is lost, nothing is half done,
and the next run ends what this one began. `tests/fuzz/faults.py` tries every step."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from archives import BASE, write
from bulletin_site.__main__ import main
from bulletin_site.publish import Published, publish
from bulletin_site.unforeseen import said_of
from faulty import DEEDS, ERRORS, Commands, Fault, Step
from fuzz.faults import SCENARIOS, Course, planted, run_well, some, unforced

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="running processes cannot be copied, nor stopped at a step"
)
MODULE = (sys.executable, "-m", "bulletin_site")


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    with Commands() as running:
        yield running


@pytest.fixture(scope="module")
def course_of(
    commands: Commands, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Course]:
    """Each scenario runs undisturbed once."""
    return cache(lambda name: run_well(SCENARIOS[name], tmp_path_factory.mktemp(name), commands))


KINDS = {
    **dict.fromkeys(("import", "new", "epub", "init"), (*ERRORS[::2], *DEEDS)),
    **dict.fromkeys(("replace", "freeze", "init-empty"), (*ERRORS[1::2], *DEEDS)),
    "build": ("EMFILE", "kill", "memory", "full"),
    "check": ("gone",),
    "pack": ("EIO", "kill", "full", "gone"),
    "pdf-again": ("ENOSPC", "kill"),
}


@pytest.mark.parametrize("name", KINDS)
def test_a_fault_of_each_kind_leaves_all_whole_and_the_next_run_goes_on(
    name: str, commands: Commands, course_of: Callable[[str], Course]
) -> None:
    course = course_of(name)
    assert sys.platform != "linux" or list(unforced(course.steps)) == []
    chances = list(some(course.steps, KINDS[name]))
    assert len(chances) >= len(KINDS[name]) - 2
    found = {fault: list(planted(course, fault, commands)) for fault in chances}
    assert {fault: text for fault, text in found.items() if text} == {}


def test_what_takes_its_place_before_it_is_on_the_disk_is_found() -> None:
    new = "/archive/.a.md.new-1"
    writing, forcing, moving, ending = (
        Step(call=call, path=path)
        for call, path in (
            ("write", new),
            ("fsync", new),
            ("os.rename", new),
            ("fsync", "/archive"),
        )
    )
    assert list(unforced([writing, forcing, moving, ending])) == []
    assert list(unforced([writing, moving, forcing, ending])) == [new]
    assert list(unforced([writing, forcing, moving])) == ["the last os.rename"]


def test_who_is_killed_before_the_folders_change_names_keeps_the_old_site(
    commands: Commands, course_of: Callable[[str], Course]
) -> None:
    course = course_of("build")
    (last,) = (at for at, step in enumerate(course.steps, 1) if step.call == "renameat2")
    assert list(planted(course, Fault(what="kill", at=last), commands)) == []


def test_wherever_a_freeze_is_killed_each_article_is_old_or_new_and_the_next_one_finishes(
    commands: Commands, course_of: Callable[[str], Course]
) -> None:
    course = course_of("freeze")
    assert sum(course.after[path] != content for path, content in course.before.items()) == 3
    moments = [at for at, step in enumerate(course.steps, 1) if step.writes]
    assert sum(course.steps[at - 1].call == "os.rename" for at in moments) == 3
    for at in moments:
        assert list(planted(course, Fault(what="kill", at=at), commands)) == []


@pytest.mark.parametrize("command", ["build", "check", "new", "import", "pdf-again", "epub"])
def test_a_folder_of_texts_that_cannot_be_listed_harms_nothing(
    command: str, commands: Commands, course_of: Callable[[str], Course]
) -> None:
    course = course_of(command)
    (at, *_) = (
        number
        for number, step in enumerate(course.steps, 1)
        if step.call == "os.scandir" and step.path.endswith("archive/issues")
    )
    assert list(planted(course, Fault(what="EIO", at=at), commands)) == []


# What is said of it.


def raised(fault: BaseException) -> BaseException:
    try:
        raise fault
    except BaseException as caught:
        return caught


def test_a_mistake_of_the_program_is_said_with_its_place_and_whom_to_tell() -> None:
    said = said_of(raised(KeyError("a\nb")))
    assert said.startswith("程序出了错，没有做完：KeyError: 'a\\nb'（test_faults.py 第 ")
    assert said.endswith("请把上面一行和所运行的命令告诉维护程序的人。")


@pytest.mark.parametrize(
    ("fault", "part"),
    [
        (MemoryError(), "内存不够，没有做完。"),
        (OSError(12, "Cannot allocate memory"), "内存不够，没有做完。"),
        (OSError(28, "No space left", "a.md"), "没有做完（磁盘满了）：a.md\n"),
        (OSError(24, "Too many open files"), "没有做完（打开的文件太多）\n"),
        (FileNotFoundError(2, "No such file"), "现在所在的文件夹已经删掉或改名了。"),
        (ImportError("no such library", name="numpy"), "numpy 读不进来：ImportError: no such"),
        (KeyboardInterrupt(), "\n已停下，没有做完；再运行一次即可。"),
        (OSError("odd"), "程序出了错，没有做完：OSError: odd"),
    ],
)
def test_what_the_system_did_is_said_as_such(fault: BaseException, part: str) -> None:
    assert part in said_of(fault)


def test_no_mistake_of_the_program_shows_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def wrong(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("bulletin_site.commands.publish", wrong)
    assert main(["build", "--root", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith("程序出了错，没有做完：ZeroDivisionError: by zero（")
    assert len(said.splitlines()) == 2


def test_who_presses_ctrl_c_while_the_program_is_read_meets_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "selectolax").mkdir()
    (tmp_path / "rjieba.py").write_text("raise KeyboardInterrupt", "utf-8")
    (tmp_path / "filelock.py").write_text("raise KeyboardInterrupt", "utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path), "build"], capture_output=True, check=False
    )
    assert (ended.returncode, ended.stderr.decode()) == (
        1,
        "\n已停下，没有做完；再运行一次即可。\n",
    )


START = """
import sys
sys.path.insert(0, sys.argv.pop(1))
sys.stderr.reconfigure(encoding="utf-8")
from bulletin_site.__main__ import main
sys.exit(main())
"""


# Too little of something.


def limited(root: Path, *arguments: str, limit: str, size: int) -> tuple[int, str]:
    """Exit status and words of a command that has no more than so much of something."""
    script = (
        f"import resource, runpy, sys; resource.setrlimit(resource.{limit}, ({size}, {size}));"
        "runpy.run_module('bulletin_site', run_name='__main__')"
    )
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script, *arguments],
        cwd=root,
        capture_output=True,
        check=False,
    )
    return ended.returncode, (ended.stdout + ended.stderr).decode()


@pytest.mark.skipif(sys.platform != "linux", reason="macOS knows no limit of addresses")
@pytest.mark.parametrize("megabytes", [120, 200, 240])
@pytest.mark.parametrize("command", ["build", "pdf"])
def test_too_little_memory_is_said_at_once(command: str, megabytes: int, tmp_path: Path) -> None:
    root = write(tmp_path, BASE)
    status, said = limited(root, command, limit="RLIMIT_AS", size=megabytes << 20)
    assert (status, said) == (1, "内存不够，没有做完。请关掉别的程序，再运行一次。\n")


@pytest.mark.skipif(sys.platform != "linux", reason="macOS knows no limit of addresses")
def test_the_process_that_reads_a_pdf_takes_no_more_memory_than_it_may() -> None:
    script = (
        "import resource; from bulletin_site.pdf_pages.apart import limit_memory;"
        f"resource.setrlimit(resource.RLIMIT_AS, ({2 << 30}, {2 << 30})); limit_memory();"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert int(ended.stdout) == 2 << 30


@pytest.mark.parametrize("files", [6, 20])
def test_few_open_files_are_enough_or_are_said_to_be_too_few(files: int, tmp_path: Path) -> None:
    root = write(tmp_path, BASE)
    status, said = limited(root, "build", limit="RLIMIT_NOFILE", size=files)
    assert status == (0 if (root / "site/index.html").is_file() else 1)
    assert status == 0 or "打开的文件太多" in said or "opencc 读不进来" in said
    assert "Traceback" not in said


def test_a_build_goes_on_where_no_folder_takes_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path, BASE)
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/nowhere"])
    assert isinstance(publish(root, root / "site"), Published)


def test_a_folder_that_is_gone_under_the_editor_s_feet_is_said_to_be_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    ended = subprocess.run(
        [
            "sh",
            "-c",
            'rmdir "$PWD" && exec "$@"',
            "sh",
            *MODULE[:1],
            "-X",
            "utf8",
            *MODULE[1:],
            "build",
        ],
        cwd=gone,
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stderr.decode().startswith("现在所在的文件夹已经删掉或改名了。")
