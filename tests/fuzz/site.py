"""Faults of every kind, one at a time, in correct built sites: which of them `check` does not find.

    .venv/bin/python tests/fuzz/site.py --runs 5000

Each file of a site is taken apart into elements, attributes, texts, values, lines and bytes
(`mutations.py`); what is told at the end is what was done where that no rule about the built files
finds, most frequent first. That a file differs from what a build gives does not count here; files
that are copies (styles, scripts, pictures, PDFs) are compared byte by byte, and left out.
The same `--seed` makes the same faults.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archives import ROOT, write
from bulletin_site.build import build
from bulletin_site.inputs import read
from checks.planting import BASE_URL, Fault, Site, whole
from checks.remembering import remembering
from fuzz.mutations import Mutation, mutations
from rich_archive import publishable

COPIES = re.compile(r"assets/|SHA256SUMS$|.*\.pdf$")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="files whose sort matches this expression")
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    missed: dict[str, list[Mutation]] = defaultdict(list)
    tried: Counter[str] = Counter()
    with remembering():
        sites = list(_sites())
        for site, address in _spread(sites, chosen.runs, chosen.only, chance):
            sort = sort_of(address)
            mutation = _any(address, site.files[address], chance)
            if mutation:
                tried[sort] += 1
                try:
                    found = _is_found(site, address, mutation)
                except Exception as reason:  # a check must not fall over what it looks at
                    missed[f"{sort}: {mutation.kind} RAISED {reason!r}"].append(mutation)
                else:
                    if not found:
                        missed[f"{sort}: {mutation.kind}"].append(mutation)
    _tell(tried, missed)
    return 0


def _sites() -> Iterator[Site]:
    """The archive as it would be published, and one with all that a text may hold."""
    printed = build(read(ROOT), base_url=BASE_URL)
    assert printed.files is not None
    yield whole(printed.archive, printed.files)
    with tempfile.TemporaryDirectory() as folder:
        rich = build(read(write(Path(folder), publishable())))
        assert rich.files is not None, rich.problems
        yield whole(rich.archive, rich.files)


def _spread(
    sites: list[Site], runs: int, only: str, chance: random.Random
) -> Iterator[tuple[Site, str]]:
    """Each sort of file as often as any other."""
    by_sort: dict[str, list[tuple[Site, str]]] = defaultdict(list)
    for site in sites:
        for address in site.files:
            if re.search(only, sort_of(address)) and not COPIES.match(address):
                by_sort[sort_of(address)].append((site, address))
    sorts = sorted(by_sort)
    for number in range(runs):
        yield chance.choice(by_sort[sorts[number % len(sorts)]])


def sort_of(address: str) -> str:
    """What kind of file it is: numbers and names of topics and sources are left out."""
    name = re.sub(r"\d{4}-\d\d-\d+", "N", address)
    name = re.sub(r"/\d\d\.", "/NN.", name)
    name = re.sub(r"/p\d+\.html", "/pN.html", name)
    name = re.sub(r"^search/terms/.*", "search/terms/N.js", name)
    return re.sub(r"^(topics|sources|help|old|assets/help)/(?!index).*(\..*)", r"\1/…\2", name)


def _any(address: str, content: bytes, chance: random.Random) -> Mutation | None:
    """One of its mutations that changes it; all kinds of them are as likely."""
    found = mutations(address, content, chance)
    for _ in range(5):
        mutation = chance.choice(found)()
        if mutation.content != content:
            return mutation
    return None


def _is_found(site: Site, address: str, mutation: Mutation) -> bool:
    fault = Fault(
        name=mutation.kind,
        code="",
        at=address,
        change=lambda files: files.__setitem__(address, mutation.content),
    )
    return any(not problem.code.startswith("site-") for problem in site.caused(fault))


def _tell(tried: Counter[str], missed: dict[str, list[Mutation]]) -> None:
    lost = Counter({kind: len(found) for kind, found in missed.items()})
    of_sort: Counter[str] = Counter()
    for kind, count in lost.items():
        of_sort[kind.partition(":")[0]] += count
    for sort in sorted(tried):
        print(f"{sort:32} {tried[sort]:6} tried {of_sort[sort]:6} missed")
    for kind, count in sorted(lost.items(), key=lambda one: (-one[1], one[0])):
        print(f"{count:4} {kind}   e.g. {missed[kind][0].at!r}")
    total = sum(tried.values())
    print(f"{total - sum(lost.values())} of {total} found ({1 - sum(lost.values()) / total:.1%})")


if __name__ == "__main__":
    raise SystemExit(main())
