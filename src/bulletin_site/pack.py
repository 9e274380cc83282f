"""The built site in one file, to be handed on: a zip that somebody unpacks and reads.

At its top stand one page, which leads into the site or says how to unpack it (`pages/launcher.py`),
and beside it the folder of the site. There is no folder around the two: Windows makes one, named
after the zip, when it unpacks, and two in one another would be one more to open. All names are
ASCII, because Windows before 8 shows others in the wrong encoding.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from selectolax.lexbor import LexborHTMLParser

from bulletin_site.batch import Unmade, checksums_in
from bulletin_site.content.folder import unreadable_file
from bulletin_site.pages import urls
from bulletin_site.pages.launcher import STYLE_SHEETS, launcher
from bulletin_site.pages.templates import Templates
from bulletin_site.problems import Problem, said_by_system
from bulletin_site.whole_file import fill_whole, refused
from bulletin_site.zipped import add


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """How many files are in the zip, and how many bytes it has."""

    files: int
    size: int


def pack(site: Path, file: Path, templates: Templates) -> Packed | Problem:
    """Make the zip `file` of the built site in the folder `site`: what the build's own list of
    checksums names, and nothing else. Whatever goes wrong, an older zip stays whole."""
    sums = _checksums(site)
    if isinstance(sums, Problem):
        return sums
    page = _launcher(site, sums, templates)
    if isinstance(page, Problem):
        return page
    try:
        target = file.resolve()
        refused = _refusal(site, file)
        if refused:
            return refused
        target.parent.mkdir(parents=True, exist_ok=True)
        problem = fill_whole(target, lambda stream: _fill(stream, site, sums, page))
        if problem:
            return problem
        return Packed(files=len(sums) + 1, size=target.stat().st_size)
    except (OSError, RuntimeError) as reason:  # RuntimeError: links that lead in a circle
        return Problem(
            path=file.as_posix(),
            code="output-failed",
            message=f"压缩包没有写成（{said_by_system(reason)}）",
            hint="请检查磁盘空间和文件夹的写权限，关掉正打开着这个压缩包的程序，再运行一次。",
        )


def _checksums(site: Path) -> dict[str, str] | Problem:
    """The SHA-256 of every file that the build made, its list of them included, by address. All of
    them are there; what else is in the folder does not matter."""
    try:
        listed = (site / urls.CHECKSUMS).read_bytes()
        present = {file.relative_to(site).as_posix() for file in site.rglob("*")}
    except (FileNotFoundError, NotADirectoryError):
        return Problem(
            path=site.as_posix(),
            code="site-missing",
            message="这里没有生成好的网站",
            hint="请先运行 bulletin build；网站在别的文件夹里，用 --out 指明。",
        )
    except OSError as reason:
        return unreadable_file(site.as_posix(), "网站的文件读不出来", reason)
    sums = checksums_in(listed)
    sums[urls.CHECKSUMS] = hashlib.sha256(listed).hexdigest()
    for name in sorted({*sums, urls.HOME, *STYLE_SHEETS}):
        if name not in present or name not in sums:
            return _not_whole(site, f"缺少 {name}")
    return sums


def _launcher(site: Path, sums: dict[str, str], templates: Templates) -> bytes | Problem:
    """The page at the top, which calls the site as its own home page does."""
    content = _content(site, urls.HOME, sums[urls.HOME])
    if isinstance(content, Problem):
        return content
    home = LexborHTMLParser(content.decode("utf-8", "replace"))
    title, description = home.css_first("title"), home.css_first("meta[name=description]")
    try:
        return launcher(
            title.text(strip=True) if title else "",
            (description.attributes.get("content") or "") if description else "",
            templates,
        )
    except Unmade as reason:
        return reason.problem


def _refusal(site: Path, file: Path) -> Problem | None:
    """What stands where the zip would be written, unless it is an older one; or the site itself, in
    which the next build would find a file that it did not make."""
    target = file.resolve()
    if target.is_dir():
        message = "这是一个文件夹，不能写成压缩包"
    elif site.resolve() in target.parents:
        message = "压缩包不能放在网站的文件夹里"
    elif target.exists() and not _is_packed_site(target):
        message = "这里已经有一个文件，不是本程序打的包"
    else:
        return None
    return refused(file, message)


def _is_packed_site(file: Path) -> bool:
    try:
        with ZipFile(file) as archive:
            return urls.packed(urls.CHECKSUMS) in archive.namelist()
    except BadZipFile:
        return False


def _fill(stream: BinaryIO, site: Path, sums: dict[str, str], page: bytes) -> Problem | None:
    """Write the whole zip, one file in memory at a time. Raises `OSError` of the zip's own disk."""
    with ZipFile(stream, "w") as archive:
        add(archive, urls.LAUNCHER, page, deflate=True)
        for name in sorted(sums):
            content = _content(site, name, sums[name])
            if isinstance(content, Problem):
                return content
            add(archive, urls.packed(name), content, deflate=True)
    return None


def _content(site: Path, name: str, checksum: str) -> bytes | Problem:
    """A file of the built site, if it is what the list of checksums says."""
    try:
        content = (site / name).read_bytes()
    except OSError as reason:
        return unreadable_file((site / name).as_posix(), "网站的文件读不出来", reason)
    if checksum != hashlib.sha256(content).hexdigest():
        return _not_whole(site, f"{name} 改动过")
    return content


def _not_whole(site: Path, what: str) -> Problem:
    return Problem(
        path=site.as_posix(),
        code="site-stale",
        message=f"网站不完整：{what}",
        hint="请重新运行 bulletin build，再打包。",
    )
