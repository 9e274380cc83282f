"""The next issue with nothing in it yet: every blank is an error that names what to fill in, and
nothing else is wrong."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median, median_low

from bulletin_site.content.archive import chronological
from bulletin_site.content.fields import AUTO, PageNumber
from bulletin_site.content.issue import ISSUE_FILE, default_label
from bulletin_site.content.model import Archive, Issue
from bulletin_site.content.written import article_front_matter, issue_front_matter

_RECENT = 12
"""So many issues show the rhythm of the bulletin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """An issue before it is written: `files` by their names in its folder."""

    id: str
    date: date
    label: str
    page_auto: bool
    files: Mapping[str, str]


def skeleton(
    archive: Archive, *, wanted: str | None, day: date | None, today: date, articles: int
) -> Skeleton:
    """The skeleton of the issue `wanted`, else of the one after the newest. Its day, if not given,
    follows the rhythm of the archive; in an archive without issues it is `today`. Where the newest
    issue numbers its pages by itself, so does this one."""
    issues = archive.issues
    id_ = wanted or (_of_month(issues, day) if day else _following(issues, today))
    day = day or _day(issues, id_, today)
    label = _label(issues, id_)
    files = {ISSUE_FILE: issue_front_matter(day=day, label=label, organization=_owner(archive))}
    page_auto = _numbers_itself(issues)
    page: PageNumber | None = AUTO if page_auto else None
    blank = article_front_matter(title="", page=page, topics=None, source="") + "\n"
    files |= {f"{number:02}.md": blank for number in range(1, articles + 1)}
    return Skeleton(id=id_, date=day, label=label, page_auto=page_auto, files=files)


def _parts(issue_id: str) -> tuple[int, int, int]:
    year, month, number = (int(part) for part in issue_id.split("-"))
    return year, month, number


def _of_month(issues: Sequence[Issue], day: date) -> str:
    """The next issue of a day's month."""
    month = f"{day:%Y-%m}"
    numbers = [_parts(issue.id)[2] for issue in issues if issue.id.startswith(month)]
    return f"{month}-{max(numbers, default=0) + 1}"


def _following(issues: Sequence[Issue], today: date) -> str:
    """The id after the newest one: of the same month while that is not over and has fewer issues
    than months had lately."""
    if not issues:
        return f"{today:%Y-%m}-1"
    year, month, number = _parts(issues[-1].id)
    most = max(_parts(issue.id)[2] for issue in issues[-_RECENT:])
    expected = issues[-1].date + _pause(issues)
    if number < most and (expected.year, expected.month) == (year, month):
        return f"{year}-{month:02}-{number + 1}"
    return f"{year + month // 12}-{month % 12 + 1:02}-1"


def _pause(issues: Sequence[Issue]) -> timedelta:
    """The time between two issues, by the number of issues that a month has; issues that the
    archive lacks are counted."""
    recent = issues[-_RECENT:]
    most = max(_parts(issue.id)[2] for issue in recent)
    places = [(y * 12 + m) * most + n for y, m, n in (_parts(issue.id) for issue in recent)]
    days = [
        (later.date - earlier.date).days / (at - before)
        for (earlier, before), (later, at) in pairwise(zip(recent, places, strict=True))
        if at > before
    ]
    return timedelta(days=round(median(days)) if days else 30 // most)


def _day(issues: Sequence[Issue], id_: str, today: date) -> date:
    """The day of its month on which issues of its number come out; within the month, and between
    the issues before and after it."""
    year, month, number = _parts(id_)
    first = date(year, month, 1)
    last = first.replace(day=calendar.monthrange(year, month)[1])
    before = [issue for issue in issues if chronological(issue) < (year, month, number)]
    after = [issue for issue in issues if chronological(issue) > (year, month, number)]
    alike = [one.date.day for one in before[-_RECENT:] if _parts(one.id)[2] == number]
    if alike:
        day = first + timedelta(days=min(median_low(alike), last.day) - 1)
    elif before:
        day = before[-1].date + _pause(before)
    else:
        day = today
    earliest = max(first, before[-1].date) if before else first
    latest = min(last, after[0].date) if after else last
    return max(min(day, latest), earliest)


def _numbers_itself(issues: Sequence[Issue]) -> bool:
    """Did the newest issue get its page numbers from its layout?"""
    return bool(issues) and (issues[-1].page_auto or bool(issues[-1].pdf and issues[-1].pdf.auto))


def _owner(archive: Archive) -> str | None:
    """Who stands above the bulletin's title, where issues say it and the archive does not."""
    names = {issue.organization for issue in archive.issues[-2:]}
    return names.pop() if not archive.organization and len(names) == 1 else None


def _label(issues: Sequence[Issue], id_: str) -> str:
    """A label as the newest issue before has it: by month and number, in Chinese or in plain
    digits, or counted on."""
    number = _parts(id_)
    before = [issue for issue in issues if chronological(issue) < number]
    if before:
        newest = before[-1]
        label = _with_year(newest.label, newest.id, id_)
        styles = zip(_styles(newest.id), _styles(id_), strict=True)
        for old, new in styles:
            if old in label:
                return label.replace(old, new, 1)
        counted = re.fullmatch(r"(.*第)(\d+)(期.*)", newest.label)
        if counted and newest.id.startswith(f"{number[0]}-"):
            return f"{counted[1]}{int(counted[2]) + 1}{counted[3]}"
    return default_label(id_)


def _styles(issue_id: str) -> Iterator[str]:
    _, month, number = _parts(issue_id)
    yield default_label(issue_id)
    yield f"{month}月第{number}期"
    yield f"{month:02}月第{number:02}期"


def _with_year(label: str, old: str, new: str) -> str:
    return label.replace(old[:4], new[:4], 1)
