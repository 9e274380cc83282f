"""References in RIS, which reference managers exchange: a tag and a value on each line, in the
order of the specification's examples, `TY` first and `ER` last; lines end as in Windows.

The serial's name stands in T2 (EndNote, Zotero) and in JF (older programs), not in JO, which some
take for an abbreviation. An article of one page has no EP, of which programs would make `2-2`. DA
is year/month/day/ and nothing more; N1 is a note. Nothing in RIS can be escaped: a value is what
stands after the dash, on one line."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_site.pages.references import LANGUAGE, Reference, one_line


def record(reference: Reference) -> str:
    """One article."""
    lines = (f"{tag}  - {one_line(value)}" for tag, value in _fields(reference))
    return "\r\n".join(("TY  - JOUR", *lines, "ER  - ", ""))


def _fields(reference: Reference) -> Iterator[tuple[str, str]]:
    day = reference.date
    yield "ID", reference.key
    yield "TI", reference.title
    yield "T2", reference.journal
    yield "JF", reference.journal
    yield "PY", f"{day.year:04}"
    yield "DA", f"{day.year:04}/{day.month:02}/{day.day:02}/"
    yield "IS", reference.number
    yield "SP", str(reference.pages.first)
    if reference.pages.last != reference.pages.first:
        yield "EP", str(reference.pages.last)
    if reference.publisher:
        yield "PB", reference.publisher
    yield "LA", LANGUAGE
    yield from (("KW", word) for word in reference.keywords)
    if reference.source:
        yield "N1", f"来源：{reference.source}"
    if reference.url:
        yield "UR", reference.url
