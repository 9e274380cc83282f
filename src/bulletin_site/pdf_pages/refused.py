"""Why a PDF file is not read, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Refusal(Enum):
    """What is wrong with a file."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NO_PDF = "no-pdf"
    LOCKED = "locked"
    BROKEN = "broken"
    NO_PAGE = "no-page"
    TOO_MANY_PAGES = "too-many-pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file that is not read; `figure`: how many bytes or pages it has, where that is why."""

    why: Refusal
    figure: int = 0
