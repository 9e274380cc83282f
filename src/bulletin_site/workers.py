"""Work for all processors, where a running process can be copied with all it knows (`fork`).

Only on Linux: Windows cannot, macOS may crash, and handing an archive over to fresh processes costs
more than it saves.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


def processors() -> int:
    """How many of them this process may use; 1 where work cannot be shared out."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def shared_out(
    work: Callable[[_Task], _Result], tasks: Sequence[_Task], hands: int
) -> Iterator[_Result]:
    """The results of all tasks, as they come, from so many copies of this process. What a copy
    raises is raised here; OSError where one of them has died."""
    context = get_context("fork")
    open_ends: list[Connection] = []
    processes = []
    missing = len(tasks)
    try:
        for hand in range(min(hands, len(tasks))):
            reader, writer = context.Pipe(duplex=False)
            process = context.Process(
                target=_worker, args=(work, tasks[hand::hands], reader, writer), daemon=True
            )
            process.start()
            writer.close()
            open_ends.append(reader)
            processes.append(process)
        while open_ends:
            ready = wait(open_ends)
            for reader in [end for end in open_ends if end in ready]:
                try:
                    result = reader.recv()
                except EOFError:
                    open_ends.remove(reader)
                    continue
                if isinstance(result, Exception):
                    raise result
                missing -= 1
                yield result
        if missing:
            raise OSError("内存不够，或者程序的一部分被系统停止了")
    finally:
        for process in processes:
            process.kill() if missing else process.join()


def _worker(
    work: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    reader: Connection,
    writer: Connection,
) -> None:
    # Whoever presses Ctrl+C means the whole; the first process stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reader.close()
    for task in tasks:
        try:
            writer.send(work(task))
        except BrokenPipeError:  # the first process is gone
            return
        except Exception as reason:
            with suppress(Exception):  # without memory even this fails: the first process misses us
                writer.send(reason)
            return
