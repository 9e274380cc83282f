"""PDFium in a process of its own: it is C++, and a file made to do harm may crash it, or keep it
busy for ever. This process then goes on, and knows which of the two it was."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Sequence
from enum import Enum
from pathlib import Path

import bulletin_site

MOST_SECONDS = 120.0
"""For one file. 600 pages of text take about 20 s, a bulletin less than one."""
_MOST_MEMORY = 4 * 1024**3
"""Bytes of addresses; where the system can be told so."""
_TOP = Path(bulletin_site.__file__).resolve().parent.parent


class Silence(Enum):
    """Why a process gave no answer."""

    LATE = "late"
    CRASHED = "crashed"


def answered(command: Sequence[str], said: bytes, seconds: float) -> bytes | Silence:
    """What a process answers that is given `said`."""
    try:
        done = subprocess.run(
            command,
            input=said,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_TOP,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Silence.LATE
    except OSError:
        return Silence.CRASHED
    return Silence.CRASHED if done.returncode != 0 else done.stdout


def limit_memory() -> None:
    """What such a process does first."""
    if sys.platform == "linux":
        resource = importlib.import_module("resource")
        _, most = resource.getrlimit(resource.RLIMIT_AS)  # which only root may raise
        memory = _MOST_MEMORY if most == resource.RLIM_INFINITY else min(most, _MOST_MEMORY)
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
