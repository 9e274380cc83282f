"""Front matter as this program writes it, for the loader and for an editor to read: what `import`
recognised, and the blanks of `new`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date

from bulletin_site.content.fields import PageNumber
from bulletin_site.content.model import Correction

# What YAML, or the reader of lines of prose, takes for something else: anywhere, at the beginning
# of a value, in an item of a list.
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_QUOTED_VALUE = re.compile(r"^[\"'|>]")
_QUOTED_ITEM = re.compile(r"^[^\w]|[,\[\]{}#:\"'\\]|\s$")


def issue_front_matter(
    *,
    day: date | None,
    label: str,
    organization: str | None = None,
    publisher: str | None = None,
    topics_assigned_later: bool = False,
) -> str:
    """That of issue.md, with its fences; an unknown day is left blank. `organization` and
    `publisher` where they are not the archive's."""
    fields = {"date": day.isoformat() if day else "", "label": label}
    fields |= {"organization": organization} if organization else {}
    fields |= {"publisher": publisher} if publisher else {}
    fields |= {"topics_assigned": "later"} if topics_assigned_later else {}
    return _fenced([_line(key, value) for key, value in fields.items()])


def article_front_matter(
    *,
    title: str,
    page: PageNumber | None,
    topics: Sequence[str] | None,
    source: str | None,
    corrections: Sequence[Correction] = (),
) -> str:
    """That of an article, with its fences. Blank: an empty title or source, and `None` for page or
    topics; without a source (`None`) there is no line for it."""
    lines = [_line("title", title), _line("page", str(page or "")), _topics(topics)]
    if source is not None:
        lines.append(_line("source", source))
    if corrections:
        lines.append("corrections:")
    for one in corrections:
        lines += [f"  - date: {one.date.isoformat()}", f"    text: {quoted(one.text)}"]
    return _fenced(lines)


def quoted(text: str) -> str:
    """A text as YAML reads it back whatever is in it."""
    dumped = json.dumps(text, ensure_ascii=False)
    return _ODD.sub(lambda odd: f"\\u{ord(odd[0]):04x}", dumped)


def _topics(topics: Sequence[str] | None) -> str:
    if topics is None:
        return "topics:"
    items = [_unless_plain(name, _QUOTED_ITEM) for name in topics]
    return f"topics: [{', '.join(items)}]"


def _line(key: str, value: str) -> str:
    """Prose after a key."""
    return f"{key}: {_unless_plain(value, _QUOTED_VALUE)}".rstrip()


def _unless_plain(text: str, pattern: re.Pattern[str]) -> str:
    return quoted(text) if pattern.search(text) or _ODD.search(text) else text


def _fenced(lines: Sequence[str]) -> str:
    return "\n".join(["---", *lines, "---"]) + "\n"
