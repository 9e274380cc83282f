"""An issue becomes its PDF edition: laid out, written, read back and proved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from jinja2 import Environment

from bulletin_site.batch import Unmade
from bulletin_site.checks.pdf_editions import edition_faults
from bulletin_site.content.article import body_of
from bulletin_site.content.layout import ArticlePages, pages_of
from bulletin_site.content.marks import with_marks, without_marks
from bulletin_site.content.model import Issue, Publication
from bulletin_site.content.pagination import printed_pages
from bulletin_site.pages import urls
from bulletin_site.pages.render import environment_of
from bulletin_site.pages.templates import Templates, filled
from bulletin_site.pdf_pages.edition import PdfEdition, read_editions, said_of
from bulletin_site.problems import Problem
from bulletin_site.typeset import fonts
from bulletin_site.typeset.breaks import Cut, Unlike, article_pages
from bulletin_site.typeset.fonts import Role
from bulletin_site.typeset.grid import GRIDS, STANDARD, Grid
from bulletin_site.typeset.printing import Laid, Written, laid, written
from bulletin_site.typeset.refusals import too_full, uncuttable, unlike, unshown
from bulletin_site.typeset.view import FLOW, Block, Front, edition

_TEMPLATE = "pdf.html"
_JUSTIFIED = frozenset({"prose", "note"})
_CUT = "cut"
_PLAIN = Front()
_MOST_TRIES = 12
"""So often is an issue laid out anew to keep page ends out of places that no mark can name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """A PDF edition that was proved. `fonts`: those that it is set in; `missing`: what was wanted
    and set in a fallback; `sheets`: how many pages it has; `pages`: where those of its articles
    begin; `without_note`: the editor's note found no room before the first article."""

    pdf: bytes
    sheets: int
    fonts: tuple[str, ...]
    missing: tuple[Role, ...]
    grid: Grid
    pages: tuple[ArticlePages, ...]
    without_note: bool = False


def lay_out(
    publication: Publication, issue: Issue, templates: Templates, *, auto: bool
) -> Typeset | Problem:
    """Set an issue on its printed pages, or with `auto` on those that come of it."""
    try:
        paper = _Paper(environment=environment_of(templates), publication=publication, issue=issue)
        return _automatic(paper) if auto else _printed(paper)
    except Unmade as reason:
        return reason.problem


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    """What is laid out, and with what."""

    environment: Environment
    publication: Publication
    issue: Issue

    def laid(
        self,
        grid: Grid,
        *,
        auto: bool,
        front: Front = _PLAIN,
        uncut: Sequence[Block] = (),
    ) -> Laid:
        view = edition(
            self.publication,
            self.issue,
            grid,
            auto=auto,
            front=front,
            uncut=uncut,
        )
        return laid(filled(self.environment, _TEMPLATE, view=view))


def _printed(paper: _Paper) -> Typeset | Problem:
    """On the loosest grid on which every printed page has room."""
    full = 0
    for grid in GRIDS:
        document, front = _with_front(paper, grid)
        full = _first_full(paper.issue, document)
        if not full:
            made = _proved(paper, grid, document, pages_of(paper.issue))
            return made if isinstance(made, Problem) else replace(made, without_note=not front.note)
    # Without a font for them characters have no width that could be relied on.
    missing = written(document, justified=_JUSTIFIED, cut=_CUT).missing
    return unshown(paper.issue, missing) if missing else too_full(paper.issue, full)


def _with_front(paper: _Paper, grid: Grid) -> tuple[Laid, Front]:
    """With as many pages before the first article as there are in print; the editor's note, which
    was not printed, only where it finds room on them."""
    issue = paper.issue
    for front in _fronts(issue):
        document = paper.laid(grid, auto=False, front=front)
        if _has_room(issue, document):
            break
    blanks = issue.pages.first - document.places[urls.page_anchor(issue.pages.first)]
    if blanks <= 0:
        return document, front
    return paper.laid(grid, auto=False, front=replace(front, blanks=blanks)), front


def _fronts(issue: Issue) -> Iterator[Front]:
    """From the best to the shortest."""
    for note in (True, False) if issue.note.markdown.strip() else (True,):
        yield Front(note=note)
        yield Front(note=note, tight=True)


def _has_room(issue: Issue, document: Laid) -> bool:
    """Does the front matter take no more pages than there were in print? Where none was, the first
    article follows it on its page."""
    first = issue.pages.first
    if document.places[urls.page_anchor(first)] > first:
        return False
    return first > 1 or _first_full(issue, document) != 1


def _first_full(issue: Issue, document: Laid) -> int:
    """The first printed page that takes more than a sheet; 0: none does. What stands before the
    first article counts as one page, the last of it."""
    for page in printed_pages(issue):
        if document.places[urls.page_anchor(page.number)] != page.number:
            return max(page.number - 1, 1)
    return issue.pages.last if document.pages > issue.pages.last else 0


def _automatic(paper: _Paper) -> Typeset | Problem:
    """On the standard's grid; the page numbers are read from what has come of it."""
    bare = replace(paper, issue=_unmarked(paper.issue))
    front = _shorter_front(bare)
    uncut: list[Block] = []
    for _ in range(_MOST_TRIES):
        document = bare.laid(STANDARD, auto=True, front=front, uncut=uncut)
        pdf = written(document, justified=_JUSTIFIED, cut=_CUT)
        read = _read_back(bare.issue, pdf)
        if isinstance(read, Problem):
            return read
        pages = article_pages(bare.issue, read, document.places[FLOW])
        if isinstance(pages, Unlike):
            return unlike(bare.issue, _on_page(pages.page, pages.what))
        if not isinstance(pages, Cut):
            numbered = _numbered(bare.issue, pages)
            return _judged(paper.publication, numbered, STANDARD, pdf, read, tuple(pages))
        if pages.block in uncut:
            return uncuttable(bare.issue, pages.block)
        uncut.append(pages.block)
    return uncuttable(bare.issue, uncut[-1])


def _shorter_front(paper: _Paper) -> Front:
    """Set tightly where that spares a page."""
    plain, tight = Front(), Front(tight=True)
    pages = paper.laid(STANDARD, auto=True, front=plain).places[FLOW]
    if pages > 2 and paper.laid(STANDARD, auto=True, front=tight).places[FLOW] < pages:
        return tight
    return plain


def _unmarked(issue: Issue) -> Issue:
    return replace(
        issue,
        articles=tuple(
            replace(one, body=body_of(without_marks(one.body.markdown), one.body.line))
            for one in issue.articles
        ),
    )


def _numbered(issue: Issue, pages: Sequence[ArticlePages]) -> Issue:
    return replace(
        issue,
        articles=tuple(
            replace(
                one,
                first_page=found.first_page,
                body=body_of(with_marks(one.body.markdown, found.breaks), one.body.line),
            )
            for one, found in zip(issue.articles, pages, strict=True)
        ),
    )


def _proved(
    paper: _Paper, grid: Grid, document: Laid, pages: tuple[ArticlePages, ...]
) -> Typeset | Problem:
    pdf = written(document, justified=_JUSTIFIED, cut=_CUT)
    read = _read_back(paper.issue, pdf)
    if isinstance(read, Problem):
        return read
    return _judged(paper.publication, paper.issue, grid, pdf, read, pages)


def _read_back(issue: Issue, pdf: Written) -> PdfEdition | Problem:
    if pdf.missing:
        return unshown(issue, pdf.missing)
    (read,) = read_editions([pdf.pdf])
    return read if isinstance(read, PdfEdition) else unlike(issue, said_of(read))


def _judged(
    publication: Publication,
    issue: Issue,
    grid: Grid,
    pdf: Written,
    read: PdfEdition,
    pages: tuple[ArticlePages, ...],
) -> Typeset | Problem:
    for fault in edition_faults(publication, issue, read):
        return unlike(issue, _on_page(fault.page, fault.what))
    wanted = _roles(issue)
    return Typeset(
        pdf=pdf.pdf,
        sheets=len(read.pages),
        fonts=fonts.used(read.fonts),
        missing=fonts.missing(read.fonts, wanted),
        grid=grid,
        pages=pages,
    )


def _on_page(page: int, what: str) -> str:
    return f"第 {page} 页：{what}" if page else what


def _roles(issue: Issue) -> Iterator[Role]:
    """What an issue has text of."""
    yield from (fonts.BODY, fonts.TITLE, fonts.HEADING, fonts.NUMBERS)
    if any(
        child.type == "em_open"
        for article in issue.articles
        for token in article.body.tokens
        for child in token.children or ()
    ):
        yield fonts.EMPHASIS
