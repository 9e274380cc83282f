"""Work for all processors: the same results, and no silence where a part of it is lost."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from bulletin_site import output
from bulletin_site.batch import Batch, Unmade
from bulletin_site.output import Written, read_site, write
from bulletin_site.problems import Problem
from bulletin_site.workers import processors, shared_out

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere work is not shared out: processors() is 1"
)


@pytest.mark.parametrize("hands", [1, 2, 3, 20])
def test_every_task_is_done_once(hands: int) -> None:
    assert sorted(shared_out(lambda n: n * n, range(10), hands)) == [n * n for n in range(10)]


def test_it_is_done_by_other_processes() -> None:
    found = set(shared_out(lambda _: os.getpid(), range(4), 2))
    assert len(found) == 2
    assert os.getpid() not in found


def test_what_one_of_them_raises_is_raised_here() -> None:
    wrong = Problem(path="a", code="template", message="写法有误", hint="。")

    def work(task: int) -> int:
        if task == 3:
            raise Unmade(wrong)
        return task

    with pytest.raises(Unmade) as raised:
        list(shared_out(work, range(8), 2))
    assert raised.value.problem == wrong


def test_one_that_is_killed_is_missed() -> None:
    def work(task: int) -> int:
        if task == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    with pytest.raises(OSError, match="内存不够"):
        list(shared_out(work, range(8), 2))


def test_where_the_system_gives_no_more_processes_that_is_raised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[BaseProcess] = []
    own = BaseProcess.start

    def start(process: BaseProcess) -> None:
        if started:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        started.append(process)
        own(process)

    monkeypatch.setattr(BaseProcess, "start", start)
    with pytest.raises(BlockingIOError):
        list(shared_out(lambda _: signal.pause(), range(10), 2))
    started[0].join(timeout=60)
    assert started[0].exitcode == -signal.SIGKILL


def test_one_without_memory_raises_that(capfd: pytest.CaptureFixture[str]) -> None:
    def work(task: int) -> int:
        if task == 3:
            raise MemoryError
        return task

    with pytest.raises(MemoryError):
        list(shared_out(work, range(8), 2))
    assert capfd.readouterr().err == ""


def test_one_that_cannot_even_say_what_went_wrong_is_missed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    class UnsentError(Exception):
        """It knows no way out of its process, being none of a module's."""

    def work(task: int) -> int:
        raise UnsentError(task)

    with pytest.raises(OSError, match="内存不够"):
        list(shared_out(work, range(8), 2))
    assert capfd.readouterr().err == ""


def batch(pages: int, *, dies_at: int = -1) -> Batch:
    def make(addresses: Sequence[str]) -> list[tuple[str, bytes]]:
        if f"{dies_at}.html" in addresses:
            os.kill(os.getpid(), signal.SIGKILL)
        return [(address, address.encode()) for address in addresses]

    return Batch(keys={f"{page}.html": "key" for page in range(pages)}, make=make)  # type: ignore[arg-type]


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hands, for as little as this."""
    monkeypatch.setattr(output, "_MANY", 1)
    monkeypatch.setattr(output, "_SHARE", 4)
    monkeypatch.setattr(output, "processors", lambda: 2)


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("pages", [1, 5, 8, 9, 50])
def test_a_site_that_several_processes_make_is_the_same(pages: int, tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    result = write(
        tmp_path / "many",
        [batch(pages), Batch(keys={"a.css": "1"}, make=lambda _: [("a.css", b"1")])],
        progress=lambda done, all_: said.append((done, all_)),
    )
    assert isinstance(result, Written)
    assert said[0] == (0, pages + 1)
    assert said[-1] == (pages + 1, pages + 1)
    files = read_site(tmp_path / "many")
    assert len(files) == pages + 2
    again = write(
        tmp_path / "many",
        [batch(pages), Batch(keys={"a.css": "1"}, make=lambda _: [("a.css", b"1")])],
    )
    assert isinstance(again, Written)
    assert again.unchanged


@pytest.mark.usefixtures("shared")
def test_a_process_that_the_system_stops_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write(out, [batch(6)])
    before = read_site(out)
    result = write(out, [batch(9, dies_at=7)])
    assert isinstance(result, tuple)
    (problem,) = result
    assert problem.code == "output-failed"
    assert "内存不够，或者程序的一部分被系统停止了" in problem.message
    assert read_site(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_there_is_a_processor() -> None:
    assert processors() >= 1
