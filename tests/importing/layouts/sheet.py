"""A layout: how one office set the bulletin, and what a reader of the file cannot know any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from importing.layouts.content import IssueText, ink

Field = Literal[
    "title", "page", "source", "topics", "subheading", "paragraph", "break",
    "date", "label", "organization", "article",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Something that the file does not say, or says in two ways: an import is asked for a doubt
    about it, not for the truth. `article` counts from 1; `None` means all of them. `contradicts`:
    the file says two things, so that a doubt is due even where the truth was chosen. `hidden`:
    nothing in the file hints at it, so that no doubt can be asked for either."""

    field: Field
    article: int | None = None
    contradicts: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A file. `truth`: the issue as it stands in the file, which may be in other characters.
    `text`: all that a reader of the file sees, without its automatic numbers. `may_stay`: lines of
    the layout that an import may take for text of an article as well as set aside."""

    data: bytes
    truth: IssueText
    text: str
    unknown: tuple[Unknown, ...] = ()
    may_stay: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """`suits`: whether an issue can be printed so. `office`: the Word file that `make` gives is
    still to be made into this by LibreOffice (`convert.finished`)."""

    name: str
    suffix: str
    make: Callable[[IssueText], Printed]
    suits: Callable[[IssueText], bool] = lambda issue: True
    office: Literal["pdf", "docx"] | None = None


def missing_ink(printed: Printed) -> str:
    """The characters of the truth's articles that the file does not hold, which must be none."""
    wanted = "".join(
        article.title + (article.source or "") + article.text for article in printed.truth.articles
    )
    have: dict[str, int] = {}
    for character in ink(printed.text):
        have[character] = have.get(character, 0) + 1
    missing = []
    for character in ink(wanted):
        have[character] = have.get(character, 0) - 1
        if have[character] < 0:
            missing.append(character)
    return "".join(missing)
