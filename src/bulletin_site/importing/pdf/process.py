"""What the process of `apart.py` runs: an order and a file come in, an answer goes out."""

from __future__ import annotations

import importlib
import sys

import msgspec

from bulletin_site.importing.pdf.apart import Answer, Order
from bulletin_site.importing.pdf.drawing import draw
from bulletin_site.importing.pdf.reading import read
from bulletin_site.problems import Problem

_MOST_MEMORY = 4 * 1024**3
"""Bytes of addresses; where the system can be told so."""


def main() -> None:
    _limit_memory()
    said = sys.stdin.buffer.read()
    line, _, data = said.partition(b"\n")
    del said
    answer = _answer(msgspec.json.decode(line, type=Order), data)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))
    sys.stdout.buffer.flush()


def _answer(order: Order, data: bytes) -> Answer:
    if order.width:
        drawn = draw(data, order)
        if isinstance(drawn, Problem):
            return Answer(problem=drawn)
        return Answer(pictures=drawn)
    manuscript = read(data, order.name)
    if isinstance(manuscript, Problem):
        return Answer(problem=manuscript)
    return Answer(manuscript=manuscript)


def _limit_memory() -> None:
    if sys.platform == "linux":
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    main()
