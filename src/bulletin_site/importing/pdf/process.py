"""What the process of `apart.py` runs: an order and a file come in, an answer goes out."""

from __future__ import annotations

import sys

import msgspec

from bulletin_site.importing.pdf.apart import Answer, Order
from bulletin_site.importing.pdf.drawing import draw
from bulletin_site.importing.pdf.reading import read
from bulletin_site.pdf_pages.apart import limit_memory
from bulletin_site.problems import Problem


def main() -> None:
    limit_memory()
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


if __name__ == "__main__":
    main()
