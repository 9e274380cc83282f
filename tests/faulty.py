"""Commands in processes in which something goes wrong at a given step.

A step is a call to the system that concerns the files of the test: a file opened, a folder made or
listed, a name changed or removed, content forced to the disk. Python announces all but the last
(audit events), so the program under test is not touched. At the step with a given number the call
fails, the process is killed, Ctrl+C is pressed, memory or the disk is at its end, or the file that
is about to be read is gone.

Each command runs in a copy of a process that has everything imported: `fork`, not on Windows.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ERRORS = ("ENOSPC", "EDQUOT", "EROFS", "EACCES", "EBUSY", "EIO", "EMFILE")
DEEDS = ("kill", "interrupt", "memory", "full", "gone", "folder")
"""What can happen beside an error of the system; the last two only to a file that is read."""

_NAMELESS = {"renameat2", "fcntl.flock", "subprocess.Popen", "sync"}
_WRITES = {
    *("write", "fsync", "sync", "fcntl.flock", "renameat2"),
    *("os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir", "os.symlink", "os.truncate"),
}
_CALLS = {*_WRITES, "read", "os.scandir", "os.listdir", "subprocess.Popen"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What goes wrong at the step with the number `at`, from 1; `on`: and at all that follow.
    `what`: the name of an error, or one of `DEEDS`."""

    what: str
    at: int
    on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A call to the system: which, and with what file, where that has a name. What is opened is
    `read`, `write` or, as a folder, `os.scandir`."""

    call: str
    path: str

    @property
    def writes(self) -> bool:
        return self.call in _WRITES


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The exit status (negative: the signal that ended it), all that was said, and the steps."""

    status: int
    said: str
    steps: tuple[Step, ...]


class Commands:
    """A process with everything imported, whose copies run commands."""

    def __init__(self) -> None:
        here = Path(__file__).resolve()
        self._process = subprocess.Popen(
            [sys.executable, str(here)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Commands:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, root: Path, *arguments: str, fault: Fault | None = None) -> Ended:
        """Run a command in the folder `root`; only what lies below it counts as a step."""
        assert self._process.stdin
        assert self._process.stdout
        order: list[object] = [str(root), list(arguments), None]
        if fault:
            order[2] = [fault.what, fault.at, fault.on]
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        status, said, steps = json.loads(self._process.stdout.readline())
        return Ended(
            status=status,
            said=said,
            steps=tuple(Step(call=call, path=path) for call, path in steps),
        )


# What runs in the other process.


class _Planted:
    """Listens to the calls of this process, and lets one of them go wrong."""

    def __init__(self, root: str, fault: Fault | None, log: int) -> None:
        self._root = root
        self._fault = fault
        self._log = log
        self._number = 0
        self._busy = False
        import fcntl  # Windows has none, nor `fork`

        self._unlock = fcntl.LOCK_UN

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        step = None if self._busy else self._step(event, arguments)
        if step is None:
            return
        self._busy = True
        try:
            self._number += 1
            os.write(self._log, json.dumps([step.call, step.path]).encode() + b"\n")
            fault = self._fault
            if fault and (self._number == fault.at or (fault.on and self._number > fault.at)):
                _happen(fault.what, step)
        finally:
            self._busy = False

    def _step(self, event: str, arguments: tuple[Any, ...]) -> Step | None:
        """What a call to the system is as a step: none where it concerns other files."""
        call = event
        if event == "open":
            call = _opening(arguments[2])
        elif event == "ctypes.dlsym":
            call = arguments[1]
        elif event == "fcntl.flock" and arguments[1] == self._unlock:
            return None
        if call not in _CALLS:
            return None
        path = "" if call in _NAMELESS else self._path(event, arguments[0])
        return Step(call=call, path=path) if path.startswith(self._root) or not path else None

    def _path(self, event: str, given: Any) -> str:
        """Where a file lies; nothing where it has no name, only a number."""
        if event == "fsync" and Path("/proc/self/fd").is_dir():
            given = Path(f"/proc/self/fd/{given}").readlink()
        # The command runs in the root; what is removed from an open folder has names of its own.
        return "" if isinstance(given, int) else str(Path(self._root, os.fsdecode(given)))


def _opening(flags: int) -> str:
    if flags & os.O_DIRECTORY:
        return "os.scandir"
    return "write" if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) else "read"


def _happen(what: str, step: Step) -> None:
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "interrupt":
        signal.raise_signal(signal.SIGINT)
    elif what == "memory":
        raise MemoryError
    elif what == "full":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    elif what in ("gone", "folder"):
        if step.call == "read" and Path(step.path).is_file():
            Path(step.path).unlink()
            if what == "folder":
                Path(step.path).mkdir()
    else:
        number = getattr(errno, what)
        raise OSError(number, os.strerror(number), step.path)


def _child(order: Sequence[Any], said: int, log: int) -> None:
    from bulletin_site.__main__ import main as bulletin

    root, arguments, fault = order
    for stream in (1, 2):
        os.dup2(said, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(root)
    tempfile.tempdir = f"{root}/tmp"
    planted = _Planted(root, Fault(what=fault[0], at=fault[1], on=fault[2]) if fault else None, log)
    status = 99
    try:
        # These are only told of: what a killed process has written is there without them.
        for name in ("fsync", "sync"):
            setattr(os, name, lambda *arguments, name=name: planted(name, arguments))
        sys.addaudithook(planted)
        status = bulletin(arguments)
        sys.stdout.flush()
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        traceback.print_exc()
    os._exit(status)


def _run(order: Sequence[Any]) -> tuple[int, str, list[list[str]]]:
    pipes = [os.pipe(), os.pipe()]
    child = os.fork()
    if not child:
        _child(order, pipes[0][1], pipes[1][1])
    heard: Mapping[int, bytearray] = {reading: bytearray() for reading, _ in pipes}
    with selectors.DefaultSelector() as selector:
        for reading, writing in pipes:
            os.close(writing)
            selector.register(reading, selectors.EVENT_READ)
        while selector.get_map():
            for ready, _ in selector.select():
                piece = os.read(ready.fd, 1 << 16)
                heard[ready.fd].extend(piece)
                if not piece:
                    selector.unregister(ready.fd)
                    os.close(ready.fd)
    _, status = os.waitpid(child, 0)
    said, log = heard.values()
    steps = [json.loads(line) for line in log.splitlines()]
    return os.waitstatus_to_exitcode(status), said.decode("utf-8", "replace"), steps


def _import_all() -> None:
    """So that no step is one of Python's own, and no command waits for its libraries."""
    import importlib
    import pkgutil

    import weasyprint  # noqa: F401

    import bulletin_site

    for found in pkgutil.walk_packages(bulletin_site.__path__, "bulletin_site."):
        if not found.name.endswith(("__main__", ".process")):
            importlib.import_module(found.name)


def main() -> None:
    _import_all()
    gc.freeze()  # the copies need not look through what all of them share
    for line in sys.stdin:
        print(json.dumps(_run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
