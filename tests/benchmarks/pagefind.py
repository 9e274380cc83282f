"""Pagefind, the search that is built beside ours: the same version and the same pages everywhere."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

VERSION = "1.6.0"
FOLDER = "pagefind"

# Of an article what our index has: title, text and source.
_PAGES = ("--glob", "issues/*/[0-9][0-9].html", "--root-selector", "article")
_LEFT_OUT = ("--exclude-selectors", ".facts")


def install(folder: Path) -> Path:
    """Pagefind from npm; answers its program, without the script that npm puts before it. Raises
    OSError or CalledProcessError where npm does not give it."""
    folder.mkdir(parents=True)
    command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*command, f"pagefind@{VERSION}"], check=True, capture_output=True)
    programs = (folder / "node_modules" / "@pagefind").glob("*/bin/pagefind_extended*")
    found = [program for program in programs if program.suffix in ("", ".exe")]
    if not found:
        raise OSError(f"no program in {folder}")
    return found[0]


def index_command(program: Path, site: Path, out: Path | None = None) -> list[str]:
    """The command that indexes the articles of a site, in the site or in another folder."""
    places = ("--site", str(site), "--output-path", str(out or site / FOLDER))
    return [str(program), "--silent", *places, *_PAGES, *_LEFT_OUT]


def indexed(site: Path) -> int:
    """Of how many pages the index in a site knows."""
    entry = json.loads((site / FOLDER / "pagefind-entry.json").read_text("utf-8"))
    return sum(language["page_count"] for language in entry["languages"].values())
