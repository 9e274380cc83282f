"""Any string into the search, as readers may type it, against a simple reference.

    .venv/bin/python tests/fuzz/queries.py --runs 50000

The search's own scripts run in Node.js over this archive's index. Nothing is raised; every query is
read as the reference reads it; the full matches are exactly the articles that hold every phrase in
their title, text or source; no match lacks a quoted phrase. A query that takes longer than
`--seconds` ends the run.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from random import Random
from threading import Thread
from typing import Any

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archives import ROOT, published, published_files
from bulletin_site.pages import prose
from bulletin_site.search.segment import fold, literal, without_space

ASSETS = ROOT / "templates" / "assets"
SCRIPT = Path(__file__).with_suffix(".mjs")
LONGEST_QUERY, MOST_PHRASES = 1000, 40
CLOSING = {"“": "”", "「": "」", "『": "』", '"': '"', "＂": "＂"}
QUOTATION_MARK = re.compile('[“”「」『』"＂]')
MARKS = re.compile("P.|Sk|Sm|M.|Z.|Cc|Cf|Cs")
BATCH = 100

SIGNS = (
    *(
        "“",
        "”",
        "「",
        "」",
        "『",
        "』",
        '"',
        "＂",
        "'",
        "-",
        "+",
        "~",
        "^",
        "*",
        ":",
        "：",
        "title:",
        "source:",
        "\\",
    ),
    *(
        " ",
        "　",
        "\t",
        "\n",
        "\u200b",
        "\ufeff",
        "\u00a0",
        "，",
        "。",
        "·",
        "—",
        "(",
        ")",
        "AND",
        "OR",
        "NOT",
    ),
)
ODD = (
    *("__proto__", "constructor", "toString", "hasOwnProperty", "<img src=x onerror=alert(1)>", "$1 $& $'"),
    *("云*", "-通知", "+云 -计算", "title:云^5~2", "(云|计算)+?[", "𠮷𪚥", "😀👨\u200d👩\u200d👧", "e\u0301", "ﾊﾟ", "㎡①"),
    *("\ud83d", "\udc00云", "\x00", "\ufffe", "\u202e云", "雲計算", "大數據", "資訊安全", "zhengwuyun", "政无云", "2014-05-09"),
)  # fmt: skip


@dataclass(frozen=True)
class Phrase:
    """What is asked for; `exact`: it was quoted."""

    text: str
    exact: bool


def phrases(query: str, *, printed: bool = False) -> list[Phrase]:
    """A query as the help says that it is read: what is quoted as it stands, else word by word."""
    query = shortened(query)
    found: dict[str, bool] = {}
    rest, at = "", 0

    def add(text: str, *, exact: bool, marks: bool = False) -> None:
        text = without_space(fold(text))
        if text and (exact or marks or not all(MARKS.match(unicodedata.category(c)) for c in text)):
            found[text] = found.get(text, False) or exact

    def plain() -> None:
        for word in (rest if printed else QUOTATION_MARK.sub(" ", rest)).split():
            add(word, exact=False)

    while at < len(query):
        end = query.find(CLOSING[query[at]], at + 1) if query[at] in CLOSING else -1
        touching = (query[at - 1 : at] + query[end + 1 : end + 2]).strip()
        if end < 0 or (printed and touching):
            rest += query[at]
            at += 1
            continue
        plain()
        add(query[at + 1 : end], exact=True)
        rest, at = "", end + 1
    plain()
    if not found:
        add(query, exact=True, marks=True)
    return [Phrase(text, exact) for text, exact in list(found.items())[:MOST_PHRASES]]


def shortened(query: str) -> str:
    """The first thousand UTF-16 units, without half a character."""
    units = query.encode("utf-16-le", "surrogatepass")[: 2 * LONGEST_QUERY]
    if (
        len(units) == 2 * LONGEST_QUERY
        and 0xD8 <= units[-1] < 0xDC
        and len(query) > LONGEST_QUERY - 1
    ):
        units = units[:-2]
    return units.decode("utf-16-le", "surrogatepass")


def readings(query: str) -> list[list[Phrase]]:
    """How a query may be read: with the quotations of a reader, or as a piece of print."""
    found = [phrases(query)]
    printed = phrases(query, printed=True)
    if any(not one.exact and QUOTATION_MARK.search(one.text) for one in printed):
        found.append(printed)
    return found


def texts() -> Mapping[str, tuple[str, str, str]]:
    """Of each article, by id: title, text and source as they are compared."""
    return {
        one.id: (
            literal(one.title),
            literal(prose.plain_text(one.body).text),
            literal(one.source or ""),
        )
        for one in published().archive.articles
    }


def wrong(query: str, answer: Mapping[str, Any], held: Mapping[str, tuple[str, str, str]]) -> str:
    """What is wrong with an answer, in a few words; empty where nothing is."""
    if "error" in answer:
        return "raised: " + str(answer["error"]).split("\n", 1)[0]
    asked = [Phrase(*one) for one in answer["phrases"]]
    if not answer["changed"] and asked not in readings(query):
        return "read otherwise"

    def holds(article: str, phrase: Phrase) -> bool:
        return any(phrase.text in field for field in held[article])

    full = [article for article, partial in answer["found"] if not partial]
    if {a for a in held if all(holds(a, phrase) for phrase in asked)} != set(full) and asked:
        return "other full matches"
    if len({article for article, _ in answer["found"]}) != len(answer["found"]):
        return "an article twice"
    if [article for article, _ in answer["found"]][: len(full)] != full:
        return "a partial match before a full one"
    quoted = [phrase for phrase in asked if phrase.exact]
    if any(not holds(article, phrase) for article, _ in answer["found"] for phrase in quoted):
        return "lacks what was quoted"
    return ""


class Search:
    """The scripts in Node.js; a query that does not end is found out."""

    def __init__(self, site: Path, seconds: float) -> None:
        node = shutil.which("node")
        assert node, "node is needed"
        self._seconds = seconds
        self._node = subprocess.Popen(
            [node, str(SCRIPT), str(site), str(ASSETS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._said: Queue[str] = Queue()
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self._node.stdout
        for line in self._node.stdout:
            self._said.put(line)

    def answers(self, queries: Sequence[str]) -> list[dict[str, Any]]:
        """Raises TimeoutError where a query takes too long."""
        assert self._node.stdin
        self._node.stdin.write(json.dumps(queries) + "\n")
        self._node.stdin.flush()
        try:
            found: list[dict[str, Any]] = json.loads(self._said.get(timeout=self._seconds))
        except Empty:
            raise TimeoutError from None
        return found

    def end(self) -> None:
        self._node.kill()
        self._node.wait()


def typed(random: Random, passages: Sequence[str]) -> Iterator[str]:
    """Queries without end: pieces of print, signs, odd strings, each changed and put together."""
    kept: list[str] = list(ODD)
    while True:
        pieces = [_piece(random, passages, kept) for _ in range(random.choice((1, 1, 2, 2, 3, 5)))]
        query = random.choice(("", " ", "　", random.choice(SIGNS))).join(pieces)
        for _ in range(random.choice((0, 0, 1, 2, 4))):
            query = _changed(random, query)
        if random.random() < 0.002:
            query *= random.choice((50, 400))
        yield query
        kept[random.randrange(len(kept))] = query[:60]


def _piece(random: Random, passages: Sequence[str], kept: Sequence[str]) -> str:
    kind = random.random()
    if kind < 0.5:
        passage = random.choice(passages)
        start = random.randrange(len(passage))
        piece = passage[start : start + random.choice((1, 2, 2, 3, 4, 6, 12))]
        return (
            f"{random.choice(('“', '「', chr(34)))}{piece}{random.choice(('”', '」', chr(34)))}"
            if kind < 0.15
            else piece
        )
    if kind < 0.7:
        return random.choice(SIGNS)
    if kind < 0.9:
        return random.choice(kept)
    blocks = (range(0x250), range(0x3000, 0xA000), range(0x110000))
    character = chr(random.choice(random.choice(blocks)))
    # Browsers and Python may know other versions of Unicode.
    return character if unicodedata.category(character) != "Cn" else "云"


def _changed(random: Random, query: str) -> str:
    at = random.randrange(len(query) + 1)
    end = min(len(query), at + random.choice((1, 1, 2, 4)))
    middle = random.choice(("", random.choice(SIGNS), query[at:end] * 2, query[at:end][::-1]))
    return query[:at] + middle + query[end:]


def fuzzed(runs: int, seed: int, seconds: float) -> tuple[Counter[str], dict[str, str], float]:
    """How often each thing went wrong, the shortest query of each, and the slowest in milliseconds."""
    random = Random(seed)
    held = texts()
    source = typed(random, [text for fields in held.values() for text in fields if text])
    met: Counter[str] = Counter()
    shortest: dict[str, str] = {}
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for address, content in published_files().items():
            if address.startswith("search/"):
                place = Path(folder) / address
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        search = Search(Path(folder), seconds)
        try:
            for start in range(0, runs, BATCH):
                queries = [next(source) for _ in range(min(BATCH, runs - start))]
                for query, answer in zip(queries, search.answers(queries), strict=True):
                    slowest = max(slowest, answer.get("milliseconds", 0.0))
                    said = wrong(query, answer, held)
                    if said:
                        met[said] += 1
                        shortest[said] = min(shortest.get(said, query), query, key=len)
        finally:
            search.end()
    return met, shortest, slowest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0, help=f"for {BATCH} queries")
    chosen = parser.parse_args()
    met, shortest, slowest = fuzzed(chosen.runs, chosen.seed, chosen.seconds)
    print(f"{chosen.runs} queries, {len(met)} kinds of findings, slowest {slowest:.0f} ms")
    for said, times in met.most_common():
        print(f"{times:7} {said}: {shortest[said]!a}")
    sys.exit(1 if met else 0)


if __name__ == "__main__":
    main()
