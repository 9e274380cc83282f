"""Citations as GB/T 7714—2015 wants them, for readers to copy:

    题名[J/OL]. 刊名，2014（5月第1期）：3-4. URL

* An article of a serial, 4.4: title, kind, serial, year, issue, pages, address. An issue, 4.3:
  serial, kind, year and issue, publisher and year, address. The first item would be the author;
  where there is none the numeric system begins with the title (8.1).
* Numbers of issues and pages are Arabic, however they were printed (6.2). There is no volume, so
  the issue follows the year at once, as in the example `2010（6）：23` of 8.8.
* The marks are those of 7.2, set as the standard sets them in its Chinese examples: comma, colon
  and brackets of the issue full-width; full stop, square brackets and the hyphen between pages
  half-width, with a space after the stop. The stop at the end is optional; an address goes without,
  so that it is not taken for a part of it.
* `[J/OL]` is for what is read online, and goes together with the address. A site that does not know
  its address gives `[J]`, the printed serial, whose pages are the same.
* Online resources also want the day on which they were read, `[2026-11-22]`, after the pages. Only
  the reader's browser knows it: `cite.js` adds it, to what is copied. (The edition of 2025 is said
  to ask for it no more where serials are cited, so the text is right without.)
* The place of publication is not known, and may be left out of electronic resources (8.4.1).
"""

from __future__ import annotations

from dataclasses import dataclass

from bulletin_site.content.model import Issue, PageRange, Publication
from bulletin_site.pages import urls
from bulletin_site.pages.parts import Link
from bulletin_site.pages.references import Reference, publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A citation in pieces, so that a passage of the same article is cited with pages and an
    address of its own: `lead` up to the kind of what is cited, `rest` up to the pages."""

    lead: str
    rest: str
    pages: str
    url: str | None

    @property
    def text(self) -> str:
        """The whole of it. `cite.js` puts the same pieces together in the same way."""
        return f"{self.before_pages}{self.pages}.{self.after_pages}"

    @property
    def before_pages(self) -> str:
        return f"{self.lead}{'/OL' if self.url else ''}{self.rest}"

    @property
    def after_pages(self) -> str:
        """After the full stop that follows them."""
        return f" {self.url}" if self.url else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationView:
    """A citation as a page shows it, with the files for other programs: they hold the article, or
    all articles of the issue."""

    citation: Citation
    bibtex: Link
    ris: Link


def of_article(reference: Reference) -> Citation:
    return Citation(
        lead=f"{reference.title}[J",
        rest=f"]. {reference.journal}，{reference.date.year}（{reference.number}）：",
        pages=page_numbers(reference.pages),
        url=reference.url,
    )


def of_issue(publication: Publication, issue: Issue) -> Citation:
    """An issue as a whole, which has no pages to name."""
    year, by = issue.date.year, publisher(publication, issue)
    base = publication.base_url
    return Citation(
        lead=f"{publication.title}[J",
        rest=f"]. {year}（{issue.number}）. {f'{by}，' if by else ''}{year}",
        pages="",
        url=urls.absolute(base, urls.issue(issue.id)) if base else None,
    )


def page_numbers(pages: PageRange) -> str:
    """`3`, or `3-4`."""
    return str(pages.first) if pages.first == pages.last else f"{pages.first}-{pages.last}"


def view(citation: Citation, id_: str, address: str, *, of_all: str = "") -> CitationView:
    """For the page at `address`; `id_` is that of the article or of the issue, whose links say that
    their files are `of_all` that is in it."""
    return CitationView(
        citation=citation,
        bibtex=Link(text=f"{of_all}BibTeX", href=urls.link(address, urls.bibtex(id_))),
        ris=Link(text=f"{of_all}RIS", href=urls.link(address, urls.ris(id_))),
    )
