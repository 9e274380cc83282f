"""The whole of building on one page: what stands in `issues/` becomes files, or problems.

read → type and judge → render and index → (output.py) write
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from bulletin_site.batch import Files, Unmade, made
from bulletin_site.cache import Cache
from bulletin_site.content.archive import load
from bulletin_site.content.model import Archive
from bulletin_site.content.source import read_tree
from bulletin_site.pages import urls
from bulletin_site.pages.aliases import address_problems
from bulletin_site.pages.render import page_batches
from bulletin_site.pages.site import derive
from bulletin_site.pages.templates import read_templates
from bulletin_site.problems import Problem, errors, ordered
from bulletin_site.search.collection import collect
from bulletin_site.search.documents import documents
from bulletin_site.search.index import search_files
from bulletin_site.search.words import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """The outcome: an archive, all problems, and the files where no error stands in the way."""

    archive: Archive
    problems: tuple[Problem, ...]
    files: Files | None


def build(
    root: Path, *, base_url: str | None = None, strict: bool = False, cache: Cache | None = None
) -> Build:
    """Build the archive at `root` in memory. `base_url` takes the place of the archive's own;
    `strict` lets warnings stop the build too; `cache` spares it what an earlier build has done."""
    tree, unreadable = read_tree(root)
    templates, missing = read_templates(root)
    archive, mistakes = load(tree, cache)
    if base_url:
        archive = replace(archive, base_url=base_url.rstrip("/"))
    site = derive(archive)
    problems = ordered([*unreadable, *missing, *mistakes, *address_problems(site)])
    if errors(problems, strict=strict):
        return Build(archive=archive, problems=problems, files=None)
    collection = collect(documents(archive, cache or Cache()))
    try:
        pages = made(page_batches(replace(site, words=words(archive, collection)), templates))
    except Unmade as reason:
        return Build(archive=archive, problems=(*problems, reason.problem), files=None)
    search, silent = search_files(site, collection)
    if silent:
        return Build(archive=archive, problems=(*problems, *silent), files=None)
    files = pages | search
    files[urls.CHECKSUMS] = checksums(files)
    return Build(archive=archive, problems=problems, files=files)


def checksums(files: Files) -> bytes:
    """What `sha256sum -c` reads: proof that a copied folder is whole, and the list of what is the
    build's own in it."""
    lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(lines).encode()
