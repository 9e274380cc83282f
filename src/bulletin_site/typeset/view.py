"""What stands on the sheets of a PDF edition, as finished values for its template."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from markdown_it.token import Token
from markupsafe import Markup

from bulletin_site.content.model import Article, Issue, Publication
from bulletin_site.content.pagination import printed_pages
from bulletin_site.pages import prose, urls
from bulletin_site.pages.parts import Day, day
from bulletin_site.pdf_pages import paper
from bulletin_site.typeset import fonts
from bulletin_site.typeset.grid import Grid
from bulletin_site.typeset.titles import (
    ENTRY_NUMBER,
    ENTRY_PAGE,
    TITLE_SIZE,
    entry_measure_of,
    heading,
    measure_of,
    title_lines,
)

FLOW = "text"
"""Where the articles begin that are set one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article in the 目录, its title in its lines; its page number comes from the layout."""

    number: int
    title: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The entries under one printed topic; `topic` is missing where none was printed."""

    topic: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What stands of an article on a sheet: `anchor`, its `heading` with its number, and `title`,
    the same in its lines, where it begins there, `source` where it ends. `topic`: the printed topic
    that begins with it; `below_topic`: it has one. `cut`: its last paragraph goes on on the next
    sheet."""

    anchor: str | None
    heading: str | None
    title: tuple[str, ...]
    topic: str | None
    below_topic: bool
    body: Markup
    cut: bool
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What begins on a page of its own: a printed page, or all articles one after the other."""

    anchor: str
    follows_front: bool
    pieces: tuple[Piece, ...]


class Block(NamedTuple):
    """A paragraph, list or table: of which article of the issue, and which there, from 1."""

    article: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """Lengths of the sheet and of the grid, with their units."""

    top: str
    right: str
    bottom: str
    left: str
    number_below: str
    type: str
    title: str
    leading: str
    entry_number: str
    entry_page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Families:
    """CSS font families by what they are for."""

    body: Markup
    title: Markup
    heading: Markup
    emphasis: Markup
    numbers: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """How the front matter is set: with the editor's `note` or without, `tight` or not, and how
    many blank sheets follow it."""

    note: bool = True
    tight: bool = False
    blanks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All of it."""

    language: str
    title: str
    name: str
    label: str
    subject: str
    keywords: str
    organization: str | None
    publisher: str | None
    day: Day
    note: Markup | None
    groups: tuple[Group, ...]
    tight: bool
    blanks: tuple[int, ...]
    uncut: tuple[Block, ...]
    sheets: tuple[Sheet, ...]
    sizes: Sizes
    families: Families


def edition(
    publication: Publication,
    issue: Issue,
    grid: Grid,
    *,
    auto: bool,
    front: Front = Front(),
    uncut: Collection[Block] = (),
) -> Edition:
    """The view. `uncut`: blocks that no page end may cut."""
    groups = tuple(_groups(issue, grid))
    return Edition(
        language="zh-CN",
        title=publication.title,
        name=issue.name,
        label=issue.label,
        subject=f"{publication.title}，{issue.name}，{day(issue.date).text}，"
        f"{len(issue.articles)} 篇",
        keywords=",".join(dict.fromkeys(group.topic for group in groups if group.topic)),
        organization=issue.organization or publication.organization,
        publisher=issue.publisher or publication.publisher,
        day=day(issue.date),
        note=prose.plain(issue.note) if front.note and issue.note.markdown.strip() else None,
        groups=groups,
        tight=front.tight,
        blanks=tuple(range(front.blanks)),
        uncut=tuple(sorted(uncut)),
        sheets=(_flow(issue, grid),) if auto else tuple(_printed(issue, grid)),
        sizes=_sizes(grid),
        families=Families(
            body=Markup(fonts.BODY.families),
            title=Markup(fonts.TITLE.families),
            heading=Markup(fonts.HEADING.families),
            emphasis=Markup(fonts.EMPHASIS.families),
            numbers=Markup(fonts.NUMBERS.families),
        ),
    )


def printed_topic(issue: Issue, article: Article) -> str | None:
    """The topic under which an article stands in the printed 目录."""
    if not issue.topics_printed or not article.topics:
        return None
    return article.topics[0].name


def _groups(issue: Issue, grid: Grid) -> Iterator[Group]:
    for topic, articles in groupby(issue.articles, key=lambda one: printed_topic(issue, one)):
        entries = (
            Entry(
                number=article.number,
                title=title_lines(article.title, entry_measure_of(grid)),
                href=_anchored(urls.article_anchor(article.number)),
            )
            for article in articles
        )
        yield Group(topic=topic, entries=tuple(entries))


def _anchored(anchor: str) -> str:
    return urls.link("", "", anchor)


def _printed(issue: Issue, grid: Grid) -> Iterator[Sheet]:
    """A sheet a printed page."""
    tokens = {article.number: prose.by_page(article) for article in issue.articles}
    for page in printed_pages(issue):
        pieces = tuple(
            _piece(
                issue,
                piece.article,
                tokens[piece.article.number][page.number],
                measure=measure_of(grid),
                begins=piece.begins,
                ends=piece.ends,
                cut=_goes_on(tokens[piece.article.number].get(page.number + 1, ())),
            )
            for piece in page.pieces
        )
        yield Sheet(
            anchor=urls.page_anchor(page.number), follows_front=page.number == 1, pieces=pieces
        )


def _goes_on(following: Sequence[Token]) -> bool:
    """Does a page begin in the middle of a paragraph?"""
    return bool(following) and following[0].attrs.get("class") == "resumed"


def _flow(issue: Issue, grid: Grid) -> Sheet:
    """All articles, for the layout to cut into pages."""
    pieces = (
        _piece(
            issue,
            article,
            article.body.tokens,
            measure=measure_of(grid),
            begins=True,
            ends=True,
            cut=False,
        )
        for article in issue.articles
    )
    return Sheet(anchor=FLOW, follows_front=False, pieces=tuple(pieces))


def _piece(
    issue: Issue,
    article: Article,
    tokens: Sequence[Token],
    *,
    measure: float,
    begins: bool,
    ends: bool,
    cut: bool,
) -> Piece:
    topic = printed_topic(issue, article)
    return Piece(
        anchor=urls.article_anchor(article.number) if begins else None,
        heading=heading(article) if begins else None,
        title=title_lines(heading(article), measure) if begins else (),
        topic=topic if begins and _opens_topic(issue, article) else None,
        below_topic=topic is not None,
        body=prose.html(tokens, None, below=2),
        cut=cut,
        source=article.source if ends else None,
    )


def _opens_topic(issue: Issue, article: Article) -> bool:
    """Is it the first under its heading in the 目录?"""
    position = issue.articles.index(article)
    before = printed_topic(issue, issue.articles[position - 1]) if position else None
    return printed_topic(issue, article) != before


def _sizes(grid: Grid) -> Sizes:
    return Sizes(
        top=f"{paper.TOP}mm",
        right=f"{paper.RIGHT}mm",
        bottom=f"{paper.BOTTOM}mm",
        left=f"{paper.LEFT}mm",
        number_below=f"{paper.NUMBER_BELOW}mm",
        type=f"{grid.size:.3f}pt",
        title=f"{TITLE_SIZE}em",
        leading=f"{grid.leading:.3f}pt",
        entry_number=f"{ENTRY_NUMBER}em",
        entry_page=f"{ENTRY_PAGE}em",
    )
