"""What Lighthouse says of one page of each kind: performance, accessibility, best practices, SEO.

    .venv/bin/python tests/benchmarks/lighthouse.py

Lighthouse is installed from npm into a temporary folder and drives Chromium (`BULLETIN_CHROMIUM` or
the search path) as the slow telephone that it takes for granted. The repository's own archive is
built with the program and served from loopback, with gzip. Each page is looked at several times
(`--runs`). Printed: a Markdown table of the medians; on the way, whatever is not perfect.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

# Helpers are imported from tests/ on.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from archives import published_files
from browser.server import serving

VERSION = "12.8.2"
PAGES = {
    "home": "index.html",
    "issue": "issues/2014-05-1/index.html",
    "article": "issues/2014-05-1/06.html",
    "printed page": "issues/2014-05-1/p6.html",
    "topic": "topics/big-data.html",
    "sources": "sources/index.html",
    "search": "search.html",
    "results": "search.html?q=%E5%A4%A7%E6%95%B0%E6%8D%AE",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {"FCP": "first-contentful-paint", "LCP": "largest-contentful-paint"}

Report = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="of each page (3)")
    chosen = parser.parse_args()
    headings = ["page", *CATEGORIES, *(f"{time}, ms" for time in TIMES), "layout shift"]
    rows = [headings, ["---"] * len(headings)]
    with tempfile.TemporaryDirectory() as temporary:
        program = install(Path(temporary) / "npm")
        site = Path(temporary) / "site"
        for name, content in published_files().items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(content)
        with serving(site, compressed=True) as address:
            for kind, page in PAGES.items():
                reports = [look(program, f"{address}/{page}") for _ in range(chosen.runs)]
                rows.append([kind, *medians(reports)])
                for fault in sorted({fault for report in reports for fault in faults(report)}):
                    say(f"{kind}: {fault}")
    print(f"\n{date.today()}, Lighthouse {VERSION}, median of {chosen.runs} runs\n")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def install(folder: Path) -> str:
    folder.mkdir()
    say(f"installing Lighthouse {VERSION}")
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*command, f"lighthouse@{VERSION}"], check=True, capture_output=True)
    return str(folder / "node_modules" / ".bin" / "lighthouse")


def look(program: str, address: str) -> Report:
    browser = os.environ.get("BULLETIN_CHROMIUM") or shutil.which("chromium")
    if browser is None:
        raise SystemExit("找不到 Chromium：请安装，或用环境变量 BULLETIN_CHROMIUM 指明它的位置。")
    say(address.split("/", 3)[3])
    run = subprocess.run(
        [
            program,
            address,
            "--quiet",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            f"--only-categories={','.join(CATEGORIES)}",
            "--output=json",
        ],
        env={**os.environ, "CHROME_PATH": browser},
        check=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    report: Report = json.loads(run.stdout)
    if "runtimeError" in report:
        raise SystemExit(report["runtimeError"]["message"])
    return report


def medians(reports: list[Report]) -> list[str]:
    def median(category: str) -> str:
        return f"{statistics.median(r['categories'][category]['score'] for r in reports):.0%}"[:-1]

    def time(audit: str) -> str:
        return f"{statistics.median(r['audits'][audit]['numericValue'] for r in reports):.0f}"

    shift = statistics.median(
        r["audits"]["cumulative-layout-shift"]["numericValue"] for r in reports
    )
    return [*map(median, CATEGORIES), *map(time, TIMES.values()), f"{shift:.3f}"]


def faults(report: Report) -> list[str]:
    """What costs points, and what else Lighthouse would have otherwise."""
    return [
        f"{audit['id']} ({name}, weight {reference['weight']}): {audit['title']}"
        for name in CATEGORIES
        for reference in report["categories"][name]["auditRefs"]
        for audit in [report["audits"][reference["id"]]]
        if audit["score"] is not None and audit["score"] < 0.9
    ]


def say(line: str) -> None:
    """Progress, apart from the table."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
