"""What a clean build costs beside MkDocs Material's build of the same articles, in one run.

    .venv/bin/python tests/benchmarks/clean_build.py

Both run as whole processes in turn, several times, with nothing cached: each has a new temporary
folder (jieba keeps its dictionary there otherwise), the program builds into a new folder, MkDocs
with `--clean`, its search set to Chinese and jieba installed, which cuts Chinese for it. MkDocs
Material is installed from PyPI into a temporary virtual environment.
Printed: processor seconds (user and system, of the process and its children), median and range.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5
MKDOCS_CONFIG = """\
site_name: 电子政务信息汇编
theme:
  name: material
  language: zh
plugins:
  - search:
      lang: [zh, en]
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        peer = install_peer(work)
        write_peer_sources(work / "peer")
        ours = [sys.executable, "-m", "bulletin_site", "build", "--root", str(ROOT)]
        theirs = [peer, "-m", "mkdocs", "build", "--quiet", "--clean"]
        times: dict[str, list[float]] = {"bulletin build": [], "MkDocs Material": []}
        for run in range(RUNS + 1):
            mine = processor_seconds([*ours, "--out", str(work / f"site{run}")], work)
            other = processor_seconds(theirs, work / "peer")
            if run:  # the first run of each only warms the file system's cache
                times["bulletin build"].append(mine)
                times["MkDocs Material"].append(other)
        for name, seconds in times.items():
            print(
                f"{name:<16} {statistics.median(seconds):.2f} s "
                f"({min(seconds):.2f}-{max(seconds):.2f}), {len(seconds)} runs"
            )
        mine, other = (statistics.median(seconds) for seconds in times.values())
        print(f"ratio            {mine / other:.2f}")


def install_peer(work: Path) -> str:
    """A virtual environment with MkDocs Material and jieba; answers its Python."""
    subprocess.run([sys.executable, "-m", "venv", work / "venv"], check=True)
    bin_folder = "Scripts" if os.name == "nt" else "bin"
    python = str(work / "venv" / bin_folder / "python")
    command = [python, "-m", "pip", "install", "--quiet", "mkdocs-material", "jieba"]
    subprocess.run(command, check=True)
    return python


def write_peer_sources(folder: Path) -> None:
    """The same articles as MkDocs wants them: Markdown with a heading."""
    docs = folder / "docs"
    for article in build(read_inputs(ROOT)).archive.articles:
        file = docs / f"{article.id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {article.title}\n\n{article.body.markdown}", encoding="utf-8")
    (docs / "index.md").write_text("# 电子政务信息汇编\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(MKDOCS_CONFIG, encoding="utf-8")


def processor_seconds(command: list[str], folder: Path) -> float:
    """What a command and its children used of the processors."""
    with tempfile.TemporaryDirectory() as empty:
        environment = {**os.environ, "TMPDIR": empty, "TEMP": empty, "TMP": empty}
        before = os.times()
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        after = os.times()
    used = after.children_user - before.children_user
    return used + after.children_system - before.children_system


if __name__ == "__main__":
    main()
