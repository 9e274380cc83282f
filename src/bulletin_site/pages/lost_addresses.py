"""What was published stays: pages that a build would take away without a word about them.

Nothing is known of what was published but its addresses, so what is offered to the editor is a
guess from addresses: a page of the same kind with a similar name, of which nothing was published
before.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from bulletin_site.content.address import article_of, is_page
from bulletin_site.content.archive import ARCHIVE_FILE
from bulletin_site.pages import urls
from bulletin_site.pages.register import registered
from bulletin_site.pages.site import Site
from bulletin_site.problems import Problem

_SHOWN = 10
"""So many problems are said one by one; in another bulletin's folder every page is lost."""
_NAMED = 4
"""So many addresses are named in a message."""
_ALIKE = 0.6
_OTHER = (
    "如果输出文件夹里的网站只是试做的，还没有给别人看过，请删去那个文件夹；"
    "如果是别的刊物的，请用 --out 换一个文件夹。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Published:
    """`before` and `after` a build; `standing` are the pages after it that do not only lead on,
    `folders` those in which there are any pages after it. `is_other`: none of the issues was there
    before."""

    before: Set[str]
    after: Set[str]
    standing: Set[str]
    folders: Set[str]
    is_other: bool


def lost_addresses(
    published: Collection[str], addresses: Collection[str], site: Site
) -> Iterator[Problem]:
    """Of the files of a site that was `published` the pages that are not among the `addresses` of
    what takes its place: a problem for each issue and each folder that is gone, else for each
    page."""
    before = frozenset(address for address in published if is_page(address))
    after = frozenset(addresses)
    lost = sorted(before - after, key=_in_order)
    if not lost:
        return
    state = _Published(
        before=before,
        after=after,
        standing=registered(site).keys() & after,
        folders=frozenset(map(urls.folder, after)),
        is_other=not any(urls.issue(issue.id) in before for issue in site.archive.issues),
    )
    groups = list(_groups(lost, state))
    for group in groups[:_SHOWN]:
        yield _problem(group, state, site.archive.lines)
    if len(groups) > _SHOWN:
        more = sum(map(len, groups[_SHOWN:]))
        yield Problem(
            path=ARCHIVE_FILE,
            code="address-lost",
            message=f"另有 {more} 个已经发布的网页这次也会消失",
            hint=f"先处理上面列出的，再运行一次。{_OTHER if state.is_other else ''}",
        )


def _in_order(address: str) -> tuple[str, list[str | int]]:
    """By folder, and there `p2.html` before `p10.html`."""
    folder = urls.folder(address)
    parts = re.split(r"(\d+)", address.removeprefix(folder))
    return folder, [int(part) if part.isdigit() else part for part in parts]


def _groups(lost: Sequence[str], state: _Published) -> Iterator[tuple[str, ...]]:
    for folder, pages in groupby(lost, key=urls.folder):
        group = tuple(pages)
        if urls.issue_of(group[0]) or (folder not in state.folders):
            yield group
        else:
            yield from ((page,) for page in group)


def _problem(group: Sequence[str], state: _Published, lines: Mapping[str, int]) -> Problem:
    folder = urls.folder(group[0])
    if len(group) == 1:
        what = f"已经发布的网页 {group[0]} 这次会消失"
    elif folder in state.folders:
        names = [group[0], *(page.removeprefix(folder) for page in group[1:_NAMED])]
        more = "等" if len(group) > _NAMED else ""
        what = f"已经发布的 {len(group)} 个网页这次会消失：{'、'.join(names)}{more}"
    else:
        what = f"已经发布的 {folder} 里的 {len(group)} 个网页这次全会消失"
    moves = _moves(group, state)
    blank = "，在 to 后面写上现在的网址" if not all(moves.values()) else ""
    named = folder in state.folders and any(map(article_of, group))
    articles = "（文章也可以在它的 aliases 里写旧网址）" if named else ""
    hint = "\n".join(
        [
            "如果是误删、误改，请改回来。读者存下的网址不能消失：",
            f"· 如果移到了别处{articles}，{_place('moved', lines)}{blank}：",
            *_block("moved", lines),
            *(f"  - from: {old}\n    to: {new}".rstrip() for old, new in moves.items()),
            f"· 如果撤回了，{_place('withdrawn', lines)}，填上日期和原因：",
            *_block("withdrawn", lines),
            *_withdrawal(group),
            *([f"· {_OTHER}"] if state.is_other else []),
        ]
    )
    return Problem(path=ARCHIVE_FILE, code="address-lost", message=what, hint=hint)


def _place(key: str, lines: Mapping[str, int]) -> str:
    if key in lines:
        return f"在 {ARCHIVE_FILE} 第 {lines[key]} 行 {key}: 的下面加上"
    return f"在 {ARCHIVE_FILE} 的末尾加上（{key}: 这一行只写一次）"


def _block(key: str, lines: Mapping[str, int]) -> list[str]:
    return [] if key in lines else [f"{key}:"]


def _withdrawal(group: Sequence[str]) -> list[str]:
    if len(group) == 1:
        return [f"  - address: {group[0]}", "    date:", "    text:"]
    return ["  - address:", *(f"      - {page}" for page in group), "    date:", "    text:"]


def _moves(group: Sequence[str], state: _Published) -> dict[str, str]:
    """Old addresses and where they may have gone; empty: nobody can know."""
    folder = urls.folder(group[0])
    if len(group) == 1 or folder in state.folders:
        return {page: _likely(page, state) for page in group}
    names = {page.removeprefix(folder) for page in group}
    new = _likely_folder(folder, names, state)
    if new:
        there = {old for old in names if new + old in state.after}
        return {folder: new} | {
            folder + name: _likely(new + name, state) for name in sorted(names - there)
        }
    first = urls.list_of(folder)
    if first in state.standing:
        return dict.fromkeys(group, first)
    return {folder: ""}


def _likely_folder(folder: str, names: Set[str], state: _Published) -> str:
    """A new folder beside one that is gone, with at least half of its pages."""
    beside: dict[str, set[str]] = {}
    for address in state.standing - state.before:
        other = urls.folder(address)
        if urls.folder(other[:-1]) == urls.folder(folder[:-1]):
            beside.setdefault(other, set()).add(address.removeprefix(other))
    shared = {other: len(names & pages) for other, pages in beside.items()}
    return max(
        sorted(other for other, count in shared.items() if 2 * count >= len(names)),
        key=lambda other: (shared[other], _likeness(other, folder)),
        default="",
    )


def _likely(page: str, state: _Published) -> str:
    """The page to which a lost one may have moved, if there is one of its kind."""
    folder, issue_id = urls.folder(page), urls.issue_of(page)
    if issue_id:
        return _likely_in_issue(page, issue_id, state)
    if not folder or urls.list_of(folder) in state.standing:
        return urls.list_of(folder) if folder else ""
    names = {
        address.removeprefix(folder) for address in state.standing if urls.folder(address) == folder
    }
    new = {name for name in names if folder + name not in state.before}
    for choices in (new, names - {urls.HOME}):
        alike = _most_alike(page.removeprefix(folder), choices)
        if alike:
            return folder + alike
    only = new if len(new) == 1 else names & {urls.HOME}
    return folder + only.pop() if only else ""


def _likely_in_issue(page: str, issue_id: str, state: _Published) -> str:
    """Of a printed page the nearest one; of what was there besides the issue itself."""
    number = urls.printed_page_of(page)
    if article_of(page):
        return ""
    there = [
        other
        for address in state.standing
        if urls.issue_of(address) == issue_id and (other := urls.printed_page_of(address))
    ]
    if number and there:
        near = min(sorted(there), key=lambda other: abs(other - number))
        return urls.printed_page(issue_id, near)
    return urls.issue(issue_id) if urls.issue(issue_id) in state.standing else ""


def _most_alike(name: str, choices: Set[str]) -> str:
    """Of the names of files the one that is most like another, what they end with left out."""
    stems = {PurePosixPath(choice).stem: choice for choice in sorted(choices)}
    close = difflib.get_close_matches(PurePosixPath(name).stem, stems, n=1, cutoff=_ALIKE)
    return stems[close[0]] if close else ""


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()
