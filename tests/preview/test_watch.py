"""Saves are noticed, however they are made, and nothing else is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Event, Thread
from typing import NoReturn

import pytest

from archives import BASE, write
from bulletin_site.preview import watch
from bulletin_site.preview.watch import changes, look
from preview.program import PATIENCE, save

SECOND = "issues/2014-05-1/02.md"
NEW = {"issues/2014-06-1/issue.md": "---\ndate: 2014-06-06\n---\n", "issues/2014-06-1/01.md": "…"}


class Told:
    """What `changes` tells, while it goes on in a thread of its own."""

    def __init__(self, root: Path) -> None:
        self.stopped = Event()
        self._told: Queue[tuple[str, ...]] = Queue()
        self.thread = Thread(target=self._listen, args=(root,), daemon=True)
        self.thread.start()

    def _listen(self, root: Path) -> None:
        for changed in changes(root, self.stopped):
            self._told.put(changed)

    def next(self) -> tuple[str, ...]:
        return self._told.get(timeout=PATIENCE)

    def until(self, names: set[str]) -> None:
        """Wait for all of some files to have been told, in as many pieces as it takes."""
        while names:
            names = names - set(self.next())

    def nothing_more(self) -> bool:
        try:
            self._told.get_nowait()
        except Empty:
            return True
        return False


@contextmanager
def listening(root: Path) -> Iterator[Told]:
    told = Told(root)
    try:
        assert told.next() == ()
        yield told
    finally:
        told.stopped.set()
        told.thread.join(PATIENCE)
        assert not told.thread.is_alive()


def deaf(*folders: Path, **settings: object) -> NoReturn:
    raise OSError("no more watches")


def silent(
    *folders: Path, stop_event: Event, rust_timeout: int, **settings: object
) -> Iterator[set[str]]:
    """A network drive: it can be watched, and nothing is ever announced."""
    while not stop_event.wait(rust_timeout / 1000):
        yield set()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, BASE)


@pytest.fixture(params=["announced", "silent", "deaf"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A system that announces changes, a drive of which none are announced, a system at its limit."""
    if request.param != "announced":
        monkeypatch.setattr(watch, "watch", {"silent": silent, "deaf": deaf}[request.param])
    return str(request.param)


def in_place(root: Path) -> None:
    (root / SECOND).write_text("另一段。", encoding="utf-8")


def by_another_name(root: Path) -> None:
    save(root / SECOND, "另一段。")


def by_deleting(root: Path) -> None:
    (root / SECOND).unlink()


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("how", [in_place, by_another_name, by_deleting])
def test_a_save_is_told_by_its_name(root: Path, how: Callable[[Path], None]) -> None:
    with listening(root) as told:
        how(root)
        assert told.next() == (SECOND,)


@pytest.mark.usefixtures("system")
def test_a_new_folder_a_new_template_and_their_end_are_told(root: Path) -> None:
    with listening(root) as told:
        for name, text in NEW.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        told.until(set(NEW))
        (root / "templates/assets/new.css").write_text("a {}", encoding="utf-8")
        told.until({"templates/assets/new.css"})
        shutil.rmtree(root / "issues/2014-06-1")
        told.until(set(NEW))


@pytest.mark.usefixtures("system")
def test_a_folder_that_was_taken_away_and_put_back_is_followed_again(root: Path) -> None:
    everything = {name for name in look(root) if name.startswith("issues/")}
    with listening(root) as told:
        (root / "issues").rename(root / "aside")
        told.until(everything)
        shutil.copytree(root / "aside", root / "issues")
        told.until(everything)
        save(root / SECOND, "另一段。")
        told.until({SECOND})


def test_folders_that_are_not_there_yet_are_waited_for(tmp_path: Path) -> None:
    with listening(tmp_path) as told:
        write(tmp_path, BASE)
        told.until(set(BASE))


def test_what_is_written_in_pieces_is_whole_when_it_is_told_last(root: Path) -> None:
    text = "很长的一段。" * 20_000
    with listening(root) as told:
        with (root / SECOND).open("w", encoding="utf-8") as file:
            for start in range(0, len(text), 1000):
                file.write(text[start : start + 1000])
                file.flush()
        while told.next() != (SECOND,) or (root / SECOND).read_text("utf-8") != text:
            pass


def test_what_others_put_beside_a_file_and_elsewhere_is_not_told(root: Path) -> None:
    with listening(root) as told:
        for name in ("issues/2014-05-1/~$02.md", "issues/2014-05-1/.02.md.swp", "issues/Thumbs.db"):
            (root / name).write_text("…", encoding="utf-8")
        for name in ("site/index.html", "notes.md"):
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text("…", encoding="utf-8")
        save(root / SECOND, "另一段。")
        assert told.next() == (SECOND,)
        assert told.nothing_more()


def test_what_is_announced_and_cannot_be_seen_is_told_without_a_name(root: Path) -> None:
    """A drive whose clock is coarse shows the same time and size after two saves in a row."""
    with listening(root) as told:
        in_place(root)
        assert told.next() == (SECOND,)
        file = root / SECOND
        before = file.stat()
        file.write_text("又一段。", encoding="utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert told.next() in {(), (SECOND,)}
