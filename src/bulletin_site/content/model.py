"""The bulletin's own nouns. All of them are values: frozen, and complete once they exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from markdown_it.token import Token

from bulletin_site.content.markdown import parse
from bulletin_site.content.numerals import arabic


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A column of the bulletin (栏目); `slug` is its name in addresses."""

    name: str
    slug: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """The place where printed page `page` begins; `line` is the line of its mark in the file."""

    page: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRange:
    """The printed pages on which an article stands, both ends included."""

    first: int
    last: int

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def __contains__(self, page: int) -> bool:
        return self.first <= page <= self.last


@dataclass(frozen=True, kw_only=True)
class Body:
    """Markdown and the page breaks in it; `line` is the file's line on which it begins."""

    markdown: str
    page_breaks: tuple[PageBreak, ...]
    line: int

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """What the Markdown is parsed to, shared and never changed."""
        return parse(self.markdown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What was wrong in print (勘误), said on a day; the text itself stays as printed."""

    date: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article; `lines` says on which line of `path` each front matter key stands. `page_auto`:
    its pages are those of the PDF (`page: auto`), not an editor's."""

    issue_id: str
    number: int
    title: str
    first_page: int
    page_auto: bool
    topics: tuple[Topic, ...]
    source: str | None
    keywords: tuple[str, ...]
    corrections: tuple[Correction, ...]
    aliases: tuple[str, ...]
    body: Body
    path: str
    lines: Mapping[str, int]

    @property
    def id(self) -> str:
        """`2014-05-1/06`"""
        return f"{self.issue_id}/{self.number:02}"

    @property
    def pages(self) -> PageRange:
        marks = self.body.page_breaks
        return PageRange(first=self.first_page, last=marks[-1].page if marks else self.first_page)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where an address has moved to. Both are pages, or both folders, which end with `/`: then each
    page below the new one had its old address under the same name. The lines are archive.yaml's."""

    old: str
    new: str
    old_line: int
    new_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A page that was withdrawn (撤回) on a day, and why; `article_id` where it was an article's.
    `line` of archive.yaml."""

    address: str
    article_id: str | None
    date: date
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFile:
    """The PDF edition of an issue, beside its text; `size` in bytes; `auto`: its layout gave the
    page numbers."""

    path: str
    auto: bool
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue; its id says which of its month it is.

    `topics_printed`: its table of contents had topics in print; else they were assigned later.
    `withdrawn`: articles of it that were withdrawn, by their numbers, in printed order; no other
    article has such a number. `pdf`: its PDF edition, where there is one of the text as it is."""

    id: str
    date: date
    label: str
    organization: str | None
    publisher: str | None
    note: Body
    topics_printed: bool
    articles: tuple[Article, ...]
    withdrawn: Mapping[int, Withdrawal]
    pdf: PdfFile | None
    path: str
    lines: Mapping[str, int]

    @property
    def page_auto(self) -> bool:
        """Do its page numbers come from the layout of its PDF?"""
        return any(article.page_auto for article in self.articles)

    @property
    def name(self) -> str:
        """`2014年五月第一期`: the label alone does not say the year."""
        return f"{self.date.year}年{self.label}"

    @property
    def number(self) -> str:
        """`5月第1期`: the label as it is cited. GB/T 7714—2015, 6.2: numbers of issues are given in
        Arabic numerals, however they were printed."""
        return arabic(self.label)

    @property
    def pages(self) -> PageRange:
        return PageRange(first=self.articles[0].first_page, last=self.articles[-1].pages.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What stands at the head of every issue that says nothing else."""

    title: str
    publisher: str | None
    organization: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Masthead):
    """What holds for all issues."""

    base_url: str | None
    site_id_code: str | None
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive(Publication):
    """The publication with all of its issues, oldest first; `dictionary` has words of its own;
    `lines` says on which line of archive.yaml each key stands."""

    dictionary: tuple[str, ...]
    moved: tuple[Move, ...]
    withdrawn: tuple[Withdrawal, ...]
    issues: tuple[Issue, ...]
    lines: Mapping[str, int]

    @property
    def publication(self) -> Publication:
        """What holds for all issues, without them."""
        return Publication(
            title=self.title,
            publisher=self.publisher,
            organization=self.organization,
            base_url=self.base_url,
            site_id_code=self.site_id_code,
            topics=self.topics,
        )

    @property
    def articles(self) -> tuple[Article, ...]:
        """In the order in which they were printed."""
        return tuple(article for issue in self.issues for article in issue.articles)
