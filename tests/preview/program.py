"""`bulletin serve` as its users run it: a process, its console, Ctrl+C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Event, Thread

COMMAND = (sys.executable, "-m", "bulletin_site")
PATIENCE = 30.0
"""Seconds after which what was waited for is taken not to come."""


class Program:
    """A preview that runs; `url` is where, with a slash at its end."""

    def __init__(
        self, root: Path, *arguments: str, command: Sequence[str] = COMMAND, **environment: str
    ) -> None:
        self._process = subprocess.Popen(
            [*command, "serve", "--root", str(root), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()
        self.said: list[str] = []

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line.rstrip("\n"))

    @property
    def url(self) -> str:
        (line,) = (line for line in self.said if line.startswith("预览："))
        return line.removeprefix("预览：")

    def says(self, part: str) -> str:
        """The next line of the console that has `part` in it."""
        while True:
            line = self._lines.get(timeout=PATIENCE)
            self.said.append(line)
            if part in line:
                return line

    def interrupt(self) -> int:
        """Ctrl+C; the exit status."""
        self._process.send_signal(signal.SIGINT)
        return self.ended()

    def ended(self) -> int:
        """The exit status, once the program has ended, and all it has said."""
        status = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        while not self._lines.empty():
            self.said.append(self._lines.get())
        return status

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join(PATIENCE)
        assert self._process.stdout is not None
        self._process.stdout.close()


@contextmanager
def running(
    root: Path, *arguments: str, command: Sequence[str] = COMMAND, **environment: str
) -> Iterator[Program]:
    """A preview on a free port that has built once."""
    program = Program(root, "--port", "0", *arguments, command=command, **environment)
    try:
        program.says("秒）")
        yield program
    finally:
        program.kill()


def until(condition: Callable[[], bool]) -> None:
    """Wait for something that tells nobody when it happens."""
    pause, deadline = Event(), time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        pause.wait(0.01)


def save(file: Path, text: str) -> None:
    """As Word, vim and many others save: another file is written, and then takes the name."""
    beside = file.with_name(f"~{file.name}.tmp")
    beside.write_bytes(text.encode())
    beside.replace(file)
