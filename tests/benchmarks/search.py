"""How well searching finds, what a query downloads and what the index costs to build.

    .venv/bin/python tests/benchmarks/search.py --articles 25 2700 10000 --peer

25 articles are the archive of the repository itself, more come from a seeded generator (corpus.py).
They are built with the program, read in a real Chromium (`BULLETIN_CHROMIUM` or the search path)
from a server on loopback, and compared with what the articles' own texts say (queries.py). With
`--peer` Pagefind, installed from npm into a temporary folder, indexes the same pages and answers the
same queries.

Printed: a Markdown table. Bytes (1 KB = 1000) are those of each fetched file after gzip -9, the HTML
page itself left out, until the first ten results can be read. Literal recall and precision are those
of strings of 2-6 letters and digits, MRR that of pieces of titles. Partial matches, which are shown
apart, count neither for nor against; what stands in the wrong order is said on the way.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser

from benchmarks import corpus, pagefind, queries, readers
from benchmarks.corpus import Printed
from benchmarks.cost import CommandFailed, cost

ROOT = Path(__file__).resolve().parents[2]
OWN_SIZE = len(corpus.article_files(ROOT))
SOURCES = {"PYTHONPATH": str(ROOT / "src")}
FOLLOWING = 3
FEW = 500

_HEADINGS = (
    "articles",
    "",
    "index / whole build, CPU s",
    "index: files, MB, MB gzipped",
    "literal recall",
    "precision@10",
    "no result though it is there",
    "any 1–12 characters: recall, precision@10",
    "MRR@10 of the known article",
    "first query KB: median, p95",
    "next query KB: median, p95",
    "first query ms: median, p95",
    "next query ms: median, p95",
    "beyond loading ms: median, p95",
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The three sets of queries, and those that fresh readers ask."""

    literals: list[queries.Query]
    anything: list[queries.Query]
    titles: list[queries.Query]
    reading: list[queries.Query]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[OWN_SIZE, 2700, 10000])
    parser.add_argument("--peer", action="store_true", help="Pagefind beside it, from npm")
    parser.add_argument("--queries", type=int, default=300, help="of each set (300)")
    parser.add_argument("--readers", type=int, default=40, help="fresh browsers (40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, help="keep archives and sites in this folder")
    chosen = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        work = chosen.work or Path(temporary)
        peer = install_peer(Path(temporary) / "npm") if chosen.peer else None
        for size in chosen.articles:
            root = work / f"archive-{size}"
            articles = prepare(root, size, chosen.seed)
            asked = ask(articles, chosen.queries, chosen.readers, chosen.seed)
            rows.append(measure_ours(root, articles, asked))
            if peer:
                rows.append(measure_peer(peer, root, articles, asked))
    sizes = " ".join(str(size) for size in chosen.articles)
    command = f"python tests/benchmarks/search.py --articles {sizes}{' --peer' * chosen.peer}"
    print(
        f"\n{date.today()}, `.venv/bin/{command}`, {chosen.queries} queries of each set,"
        f" {chosen.readers} fresh browsers, seed {chosen.seed}, Python {platform.python_version()}\n"
    )
    for line in (_HEADINGS, ["---"] * len(_HEADINGS), *rows):
        print("| " + " | ".join(line) + " |")


def prepare(root: Path, size: int, seed: int) -> list[Printed]:
    """The archive on disk, and its articles."""
    if root.exists():
        shutil.rmtree(root)
    root.mkdir(parents=True)
    say(f"{size} articles: writing")
    if size == OWN_SIZE:
        corpus.copy(ROOT, root)
    else:
        corpus.generate(ROOT, root, size, seed)
    return corpus.read(root)


def ask(articles: Sequence[Printed], count: int, fresh: int, seed: int) -> Asked:
    literals = queries.literals(articles, count, seed)
    titles = queries.titles(articles, count, seed)
    # Readers ask for both in turn; these are other draws than those that are judged.
    wanted = fresh * (1 + FOLLOWING)
    one = queries.literals(articles, wanted, seed + 1)
    other = queries.titles(articles, wanted, seed + 1)
    # The first query of every second reader is a piece of a title.
    kinds = [(number + number // (1 + FOLLOWING)) % 2 for number in range(len(one))]
    mixed = [(one, other)[kind][number] for number, kind in enumerate(kinds)]
    return Asked(
        literals=literals,
        anything=queries.anything(articles, count, seed),
        titles=titles,
        reading=mixed,
    )


def measure_ours(root: Path, articles: Sequence[Printed], asked: Asked) -> list[str]:
    say("  building")
    build = [sys.executable, "-m", "bulletin_site", "build"]
    alone = [sys.executable, Path(__file__).with_name("pages_alone.py")]
    places = ["--clean", "--root", root, "--out"]
    # A small index is a small difference of two figures.
    times = 5 if len(articles) < FEW else 1
    whole, pages = (
        statistics.median(
            cost([*command, *places, root / out], SOURCES).seconds for _ in range(times)
        )
        for command, out in ((build, "site"), (alone, "alone"))
    )
    search = whole - pages
    with readers.serving(root / "site") as (address, downloads), readers.chromium() as browser:
        engine = readers.OurPage(address)
        cells = measure_reading(browser, engine, downloads, articles, asked)
    index = weight(root / "site" / "search")
    return [str(len(articles)), "bulletin", f"{search:.1f} / {whole:.1f}", index, *cells]


def measure_peer(peer: Path, root: Path, articles: Sequence[Printed], asked: Asked) -> list[str]:
    """Its index of the pages of articles: title, text and source, as ours has them."""
    say("  Pagefind")
    folder = root / "peer"
    folder.mkdir()
    (folder / "index.html").write_text('<!DOCTYPE html><html lang="zh-CN"><title>.</title>')
    index = pagefind.index_command(peer, root / "site", folder / "pagefind")
    try:
        seconds = cost(index).seconds
    except CommandFailed as reason:
        say(f"  Pagefind did not index {len(articles)} articles: {reason}")
        return [str(len(articles)), f"Pagefind {pagefind.VERSION}", *["–"] * (len(_HEADINGS) - 2)]
    with readers.serving(folder) as (address, downloads), readers.chromium() as browser:
        engine = readers.PeerPage(address, fragments(folder / "pagefind"))
        cells = measure_reading(browser, engine, downloads, articles, asked)
    weighed = weight(folder / "pagefind")
    return [
        str(len(articles)),
        f"Pagefind {pagefind.VERSION}",
        f"{seconds:.1f} / –",
        weighed,
        *cells,
    ]


def measure_reading(
    browser: Browser,
    engine: readers.Engine,
    downloads: readers.Downloads,
    articles: Sequence[Printed],
    asked: Asked,
) -> list[str]:
    say("  asking")
    literal, anything, known = (
        queries.judge(articles, each, readers.answers(browser, engine, each))
        for each in (asked.literals, asked.anything, asked.titles)
    )
    say("  reading")
    reading = readers.read(browser, engine, downloads, asked.reading, following=FOLLOWING)
    first, following = reading.first, reading.following
    for name, figures in (("literal", literal), ("any", anything), ("title", known)):
        say(
            f"  {name}: recall {figures.recall:.4f}, precision {figures.precision:.4f}, none"
            f" {figures.none:.4f}, wrong before right {figures.misplaced:.4f}, MRR {figures.rank:.4f}"
        )
        if figures.wanting:
            say(f"    {len(figures.wanting)} not whole, such as {' | '.join(figures.wanting[:5])}")
    say(
        f"  first query: {statistics.median(each.files for each in first):.0f} files,"
        f" {max(each.bytes for each in first) / 1000:.1f} KB at most,"
        f" code {max(each.code for each in first) / 1000:.1f} KB,"
        f" {spread([each.total_ms - each.beyond_ms for each in first], '.0f')} ms seen loading;"
        f" next: {statistics.median(each.files for each in following):.0f} files,"
        f" {max(each.bytes for each in following) / 1000:.1f} KB at most"
    )
    return [
        share(literal.recall),
        share(literal.precision),
        f"{literal.none:.1%}",
        f"{share(anything.recall)}, {share(anything.precision)}",
        share(known.rank),
        spread([each.bytes / 1000 for each in first], ".1f"),
        spread([each.bytes / 1000 for each in following], ".1f"),
        spread([each.total_ms for each in first], ".0f"),
        spread([each.total_ms for each in following], ".0f"),
        spread([each.beyond_ms for each in following], ".0f") if engine.loads_in_page else "–",
    ]


def share(value: float) -> str:
    """Three digits that never round up to perfect."""
    return f"{int(value * 1000 + 1e-6) / 1000:.3f}"


def spread(values: Sequence[float], form: str) -> str:
    return f"{statistics.median(values):{form}}, {readers.percentile(values, 95):{form}}"


def weight(folder: Path) -> str:
    files = [file for file in folder.rglob("*") if file.is_file()]
    raw = sum(file.stat().st_size for file in files)
    zipped = sum(readers.gzipped(file.read_bytes()) for file in files)
    return f"{len(files)}, {raw / 1e6:.1f}, {zipped / 1e6:.1f}"


def install_peer(folder: Path) -> Path | None:
    """Pagefind's program, or nothing where npm does not give it."""
    try:
        return pagefind.install(folder)
    except (OSError, subprocess.CalledProcessError) as reason:
        say(f"Pagefind could not be installed, going on without it: {reason}")
        return None


def fragments(folder: Path) -> dict[str, str]:
    """Which of Pagefind's fragments is which article."""
    found = {}
    for file in (folder / "fragment").iterdir():
        content = gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")
        found[file.stem] = json.loads(content)["url"].removeprefix("/issues/")[: -len(".html")]
    return found


def say(line: str) -> None:
    """Progress, apart from the table."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
