"""What a command costs: processor seconds and memory.

A new process is measured from the moment at which it is still a copy of the one that starts it, with
all of that one's memory. So this module is also the small program that starts a command and nothing
else: python cost.py COMMAND … ends with a line of its seconds and bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.1
"""Seconds between two looks at a command's memory."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """`seconds`: of the processors, user and system, for the process and all that it waited for;
    `megabytes`: the most that they had in memory at once (on macOS, the largest of them)."""

    seconds: float
    megabytes: float

    def __add__(self, other: Cost) -> Cost:
        """One after the other."""
        return Cost(
            seconds=self.seconds + other.seconds,
            megabytes=max(self.megabytes, other.megabytes),
        )


class CommandFailed(Exception):  # noqa: N818
    """A command ended with an error; what it said last."""


def cost(command: Sequence[object], environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", __file__, *(str(part) for part in command)],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise CommandFailed(f"{Path(str(command[0])).name}: {done.stdout[-2000:]}")
    seconds, size = done.stdout.split()[-2:]
    return Cost(seconds=float(seconds), megabytes=int(size) / 1_000_000)


def _run(command: Sequence[str]) -> int:
    import resource

    process = subprocess.Popen(command)
    together = 0
    while process.poll() is None:
        together = max(together, _held_together(process.pid))
        with suppress(subprocess.TimeoutExpired):
            process.wait(_EVERY)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    alone = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(f"\n{used.ru_utime + used.ru_stime:.3f} {max(alone, together)}")
    return process.returncode


def _held_together(pid: int) -> int:
    """Bytes that a process and its children have in memory now, what they share counted once; 0
    where it has none, for then the system knows its peak better, or where that is not told."""
    family = [pid]
    held = 0
    try:
        for member in family:
            for children in Path(f"/proc/{member}/task").glob("*/children"):
                family += map(int, children.read_text().split())
        if len(family) > 1:
            for member in family:
                lines = Path(f"/proc/{member}/smaps_rollup").read_text().splitlines()
                held += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, ValueError):  # one of them has just ended
        return 0
    return held * 1024


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1:]))
