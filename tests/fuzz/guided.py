"""A run of Atheris (libFuzzer): small inputs are changed, guided by the code that they reach.

Each kind of finding is told once, its input kept in the folder `--findings`; then the exit status
is 1. An input that takes longer than `SECONDS` is a finding, too, and ends the run. The same
`--seed` makes the same inputs.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

try:
    import atheris
except ModuleNotFoundError:
    sys.exit("atheris is not installed: python -m pip install -c .ci/constraints.txt atheris")

SECONDS = 20
instrumented = atheris.instrument_imports
"""Around the imports of what is to guide a run."""


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


def options(about: str | None, targets: Iterable[str], *, runs: int) -> argparse.ArgumentParser:
    """The command line that every fuzzer has."""
    parser = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    parser.add_argument("target", choices=tuple(targets))
    parser.add_argument("--runs", type=int, default=runs)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=int, default=3000, help="bytes of an input")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("files", type=Path, nargs="*", help="inputs to try once, and no others")
    return parser


def fuzz(
    chosen: argparse.Namespace,
    promise: Callable[[bytes], None],
    seeds: Sequence[bytes],
    words: str = "",
) -> None:
    """Hold a promise against many inputs, which begin with `seeds` and are made of `words` (in the
    form of libFuzzer's dictionaries), too. The fuzzer ends the process."""
    findings = Findings(chosen.findings)
    count = 0

    def once(data: bytes) -> None:
        try:
            promise(data)
        except Exception as reason:
            findings.add(data, reason)

    def counted(data: bytes) -> None:
        nonlocal count
        count += 1
        once(data)
        if count == chosen.runs:
            print(f"{chosen.target}: {count} inputs, {len(findings.met)} kinds of findings")
            for kind, times in findings.met.most_common():
                print(f"{times:7} {kind}")
            sys.stdout.flush()
            if findings.met:
                os._exit(1)  # the fuzzer has no way back

    if chosen.files:
        for file in chosen.files:
            once(file.read_bytes())
        sys.exit(1 if findings.met else 0)
    chosen.findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus, dictionary = Path(folder) / "corpus", Path(folder) / "words"
        corpus.mkdir()
        for number, seed in enumerate(seeds):
            (corpus / f"{number:04}").write_bytes(seed[: chosen.longest])
        dictionary.write_text(words, encoding="ascii")
        atheris.Setup(
            [
                sys.argv[0],
                f"-runs={chosen.runs}",
                f"-seed={chosen.seed}",
                f"-max_len={chosen.longest}",
                f"-timeout={SECONDS}",
                *([f"-dict={dictionary}"] if words else []),
                f"-artifact_prefix={chosen.findings}/",
                "-verbosity=0",
                str(corpus),
            ],
            counted,
        )
        atheris.Fuzz()
