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
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Cost:
    """`seconds`: of the processors, user and system, for the process and all that it waited for;
    `megabytes`: the most that the largest of them had in memory at once."""

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

    status = subprocess.call(command)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    unit = 1 if sys.platform == "darwin" else 1024
    print(f"\n{used.ru_utime + used.ru_stime:.3f} {used.ru_maxrss * unit}")
    return status


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1:]))
