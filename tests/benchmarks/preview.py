"""How long it takes from a save until the page in the browser shows it.

    .venv/bin/python tests/benchmarks/preview.py --articles 25 3000 --saves 20

`bulletin serve` runs as its users run it, on a copy of the archive (25 articles) or on a generated
one; Chromium shows an article, which is saved again and again with another last paragraph, once by
writing the file, once by writing another file that takes its name.
Printed for each archive: milliseconds from the save to the paragraph on the page, median and the
longest; the median of what the rebuild took of it, by the program's own account; megabytes of the
program at the end.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Page, sync_playwright

from benchmarks import corpus

ROOT = Path(__file__).resolve().parents[2]
SHOWN = "text => document.body !== null && document.body.textContent.includes(text)"
REAL = 25
"""Articles of the archive itself."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[REAL, 3000])
    parser.add_argument("--saves", type=int, default=20)
    chosen = parser.parse_args()
    browser = os.environ.get("BULLETIN_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for articles in chosen.articles:
            root = Path(folder) / str(articles)
            root.mkdir()
            if articles == REAL:
                corpus.copy(ROOT, root)
            else:
                corpus.generate(ROOT, root, articles, seed=1)
            with serving(root) as (url, console):
                measure(chromium.new_page(), root, url, console, chosen.saves)


@contextmanager
def serving(root: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a preview that has built once, and its process."""
    command = [sys.executable, "-m", "bulletin_site", "serve", "--root", str(root), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        url = next_line(process, "预览：").removeprefix("预览：")
        next_line(process, "秒）")
        try:
            yield url, process
        finally:
            process.terminate()


def next_line(process: subprocess.Popen[str], part: str) -> str:
    assert process.stdout is not None
    return next(line.rstrip("\n") for line in process.stdout if part in line)


def measure(page: Page, root: Path, url: str, process: subprocess.Popen[str], saves: int) -> None:
    article = corpus.read(root)[-1]
    file = root / "issues" / f"{article.id}.md"
    text = file.read_text("utf-8")
    with page.expect_response("**/.preview/events?*"):
        page.goto(f"{url}issues/{article.id}.html")
    seen, built = [], []
    for number in range(saves + 1):
        paragraph = f"这是第{number}次保存。"
        changed = f"{text}\n{paragraph}\n".encode()
        began = time.perf_counter()
        if number % 2:
            file.write_bytes(changed)
        else:
            beside = file.with_name(f".{file.name}.tmp")
            beside.write_bytes(changed)
            beside.replace(file)
        page.wait_for_function(SHOWN, arg=paragraph, polling="raf", timeout=120_000)
        took = time.perf_counter() - began
        account = re.search(r"（([0-9.]+) 秒）", next_line(process, "秒）"))
        assert account is not None
        if number:  # the first save only warms up
            seen.append(took * 1000)
            built.append(float(account[1]) * 1000)
    articles = len(corpus.read(root))
    print(
        f"{articles:>6} articles: save to page {statistics.median(seen):.0f} ms "
        f"(longest {max(seen):.0f}), of it rebuild {statistics.median(built):.0f} ms, "
        f"{memory(process.pid)} MB; {saves} saves"
    )


def memory(process: int) -> int:
    """Megabytes of a process that are in memory (Linux)."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+([0-9]+) kB", status)
    assert found is not None
    return int(found[1]) // 1024


if __name__ == "__main__":
    main()
