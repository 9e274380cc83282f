"""A coverage-guided fuzzer on all that reads an editor's files.

    python -m pip install atheris          (Linux; wheels for some Pythons only)
    python tests/fuzz/parsers.py --runs 100000

The runs are shared out to the promises of `promises.py`, each in a process of its own. An input
that breaks one is written to the folder named last in the fuzzer's output, and the exit code is 1.
The same `--seed` makes the same inputs.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(HERE.parent), str(HERE), str(ROOT / "src")]

SEEDS = (ROOT / "issues", HERE.parent / "cases")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--runs", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--target", help="one promise alone, in this process")
    chosen = options.parse_args()
    if chosen.target:
        return fuzz(chosen.target, chosen.runs, chosen.seed)
    promises = importlib.import_module("promises")
    each = -(-chosen.runs // len(promises.TARGETS))
    failed = False
    for name in promises.TARGETS:
        started = time.monotonic()
        command = [sys.executable, __file__, f"--runs={each}", f"--seed={chosen.seed}"]
        ended = subprocess.run([*command, f"--target={name}"], check=False)
        failed |= ended.returncode != 0
        print(f"{name}: {each} inputs, {time.monotonic() - started:.0f} s", flush=True)
    return int(failed)


def fuzz(name: str, runs: int, seed: int) -> int:
    """Fuzz one promise; the fuzzer ends the process."""
    try:
        atheris = importlib.import_module("atheris")
    except ModuleNotFoundError:
        print("atheris is not installed: python -m pip install atheris", file=sys.stderr)
        return 2
    with atheris.instrument_imports(include=["bulletin_site.content", "markdown_it", "yaml"]):
        promise = importlib.import_module("promises").TARGETS[name]
    corpus = Path(tempfile.mkdtemp(prefix=f"fuzz-{name}-"))
    wanted = ".yaml" if name in ("any_archive_file", "any_import_record", "any_layout") else ".md"
    files = [file for folder in SEEDS for file in sorted(folder.rglob(f"*{wanted}"))]
    for number, file in enumerate(files):
        data = file.read_bytes()
        if name == "any_body":
            data = data.partition(b"\n---\n")[2]
        elif name == "any_front_matter":
            data = data.partition(b"\n---\n")[0].removeprefix(b"---\n")
        (corpus / f"{number:04}").write_bytes(data[:2000])
    atheris.Setup(
        [
            sys.argv[0],
            f"-runs={runs}",
            f"-seed={seed}",
            "-max_len=2000",
            "-timeout=20",
            "-verbosity=0",
            f"-artifact_prefix={corpus}/broken-",
            str(corpus),
        ],
        promise,
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
