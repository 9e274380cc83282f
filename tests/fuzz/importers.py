"""Any bytes into the importers, guided by what they reach in the code (Atheris, libFuzzer).

    .venv/bin/python -m pip install -c .ci/constraints.txt atheris
    .venv/bin/python tests/fuzz/importers.py text --runs 20000

`text` and `markdown`: bytes of a text file. `word`: bytes in the place of a part of a .docx. `zip`:
bytes of a whole .docx. `pdf`: bytes of a PDF, read without a process of its own.

Nothing is raised, every character of a text or Word file is somewhere, and what an import would
write is read back without an error but those of what was really typed. Each kind of finding is told
once, its input kept in the folder `--findings`; then the exit status is 1.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import atheris

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

with atheris.instrument_imports(include=["bulletin_site"]):
    from fuzz.held import TARGETS, hold
    from fuzz.seeds import tokens

SECONDS = 20
"""For one input; a longer one is a finding, and ends the run."""


@dataclass
class Findings:
    """Each kind of failure once, and how often it was met."""

    folder: Path
    met: Counter[str] = field(default_factory=Counter)

    def add(self, data: bytes, reason: BaseException) -> None:
        frames = traceback.extract_tb(reason.__traceback__)
        said = str(reason)[:60] if isinstance(reason, AssertionError) else ""
        kind = f"{type(reason).__name__} {frames[-1].name}:{frames[-1].lineno} {said}"
        self.met[kind] += 1
        if self.met[kind] == 1:
            self.folder.mkdir(parents=True, exist_ok=True)
            place = self.folder / sha256(data).hexdigest()[:12]
            place.write_bytes(data)
            print(f"{kind}\n{place}", file=sys.stderr, flush=True)
            traceback.print_exception(reason, limit=-4)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=3000, help="bytes of an input")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("files", type=Path, nargs="*", help="inputs to try once, and no others")
    chosen = parser.parse_args()
    read, seeds = TARGETS[chosen.target]
    findings = Findings(chosen.findings)

    def once(data: bytes) -> None:
        try:
            hold(read(data))
        except Exception as reason:
            findings.add(data, reason)

    if chosen.files:
        for file in chosen.files:
            once(file.read_bytes())
        sys.exit(1 if findings.met else 0)

    count = 0

    def counted(data: bytes) -> None:
        nonlocal count
        count += 1
        once(data)
        if count == chosen.runs:
            print(f"{chosen.target}: {count} inputs, {len(findings.met)} kinds of findings")
            for kind, times in findings.met.most_common():
                print(f"{times:7} {kind}")
            sys.stdout.flush()

    chosen.findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds()):
            (corpus / f"{number:03}").write_bytes(seed)
        words = Path(folder) / "words"
        words.write_text(tokens(chosen.target), encoding="ascii")
        atheris.Setup(
            [
                sys.argv[0],
                f"-runs={chosen.runs}",
                f"-seed={chosen.seed}",
                f"-max_len={chosen.longest}",
                f"-timeout={SECONDS}",
                f"-dict={words}",
                f"-artifact_prefix={chosen.findings}/",
                "-verbosity=0",
                str(corpus),
            ],
            counted,
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
