"""Is the built site what a build gives now?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from bulletin_site.batch import Files, checksums_in
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_SHOWN = 10
"""So many files are named one by one; after a change of a template all of them are stale."""


def freshness_problems(expected: Files, built: Files, folder: str) -> Iterator[Problem]:
    """A problem a file, and one for all the files beyond the first few."""
    missing = [name for name in sorted(expected) if name not in built]
    changed = [
        name for name in sorted(expected) if built.get(name, expected[name]) != expected[name]
    ]
    extra = [name for name in sorted(built) if name not in expected]
    yield from _shortened(folder, missing, lambda name: _stale(folder, name, "缺少这个文件"))
    yield from _shortened(
        folder, changed, lambda name: _changed(folder, name, built[name], expected[name])
    )
    yield from _shortened(folder, extra, lambda name: _extra(folder, name))
    if not (missing or changed or extra):
        yield from _checksum_problems(built, folder)


def _checksum_problems(built: Files, folder: str) -> Iterator[Problem]:
    """Does the list of checksums name every file, and truly? Asked only where all else agrees:
    otherwise the list must differ, and that has been said."""
    sums = checksums_in(built.get(urls.CHECKSUMS, b""))
    names = (sums.keys() | built.keys()) - {urls.CHECKSUMS}
    for name in sorted(names):
        if name not in built or sums.get(name) != hashlib.sha256(built[name]).hexdigest():
            what = f"所记的 {name} 与文件不符"
            yield _stale(folder, urls.CHECKSUMS, what)
            return


def _changed(folder: str, name: str, found: bytes, right: bytes) -> Problem:
    line, column = _parting(found, right)
    return _stale(folder, name, "内容已经过时", line, column)


def _parting(found: bytes, right: bytes) -> tuple[int, int]:
    """The line and the column where a text first differs from what it should be; 0 where a file is
    no text. A text that is cut off differs at its end."""
    if b"\0" in right:
        return 0, 0
    lines = found.split(b"\n")
    lines_of_both = enumerate(zip_longest(lines, right.split(b"\n")), start=1)
    number, (one, other) = next((at, pair) for at, pair in lines_of_both if pair[0] != pair[1])
    if one is None or other is None:
        return min(number, len(lines)), 0
    bytes_of_both = enumerate(zip(one, other, strict=False))
    same = next((at for at, pair in bytes_of_both if pair[0] != pair[1]), min(len(one), len(other)))
    return number, len(one[:same].decode("utf-8", "ignore")) + 1


def _stale(folder: str, name: str, what: str, line: int = 0, column: int = 0) -> Problem:
    return Problem(
        path=f"{folder}/{name}",
        line=line,
        column=column,
        code="site-stale",
        message=f"网站与 issues/、templates/ 不一致：{what}",
        hint="请重新运行 bulletin build，并把生成的文件一起提交。",
    )


def _extra(folder: str, name: str) -> Problem:
    return Problem(
        path=f"{folder}/{name}",
        code="site-extra",
        message=f"网站里多出一个文件：{name}",
        hint="网站文件夹里只放程序生成的文件；请把它移走，再运行 bulletin build。",
    )


def _shortened(
    folder: str, names: Sequence[str], told: Callable[[str], Problem]
) -> Iterator[Problem]:
    yield from map(told, names[:_SHOWN])
    more = len(names) - _SHOWN
    if more > 0:
        example = told(names[0])
        yield Problem(
            path=folder,
            code=example.code,
            message=f"另有 {more} 个文件也是这样：{example.message}"
            if example.code == "site-stale"
            else f"另外还多出 {more} 个文件",
            hint=example.hint,
        )
