"""What the process of `edition.py` runs: the lengths of files and the files come in, what is read
of each goes out."""

from __future__ import annotations

import json
import sys

import msgspec

from bulletin_site.pdf_pages.apart import limit_memory
from bulletin_site.pdf_pages.edition import Answer
from bulletin_site.pdf_pages.reading import read
from bulletin_site.pdf_pages.refused import Refused


def main() -> None:
    limit_memory()
    said = sys.stdin.buffer.read()
    line, _, rest = said.partition(b"\n")
    answers = []
    start = 0
    for length in json.loads(line):
        answers.append(_answer(rest[start : start + length]))
        start += length
    sys.stdout.buffer.write(msgspec.msgpack.encode(answers))
    sys.stdout.buffer.flush()


def _answer(data: bytes) -> Answer:
    result = read(data)
    return Answer(refused=result) if isinstance(result, Refused) else Answer(edition=result)


if __name__ == "__main__":
    main()
