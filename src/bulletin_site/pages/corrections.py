"""All corrections (勘误) of the archive on one page, the newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.parts import CorrectionLine, Link, correction_line
from bulletin_site.pages.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedArticle:
    """A correction, with the place at the article where it stands too."""

    correction: CorrectionLine
    article: Link
    issue: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsView:
    corrections: tuple[CorrectedArticle, ...]
    publisher: str


def pages(site: Site) -> Iterator[Page]:
    """The one page."""
    address = urls.CORRECTIONS
    corrected = tuple(_corrected(site, address))
    description = f"{site.archive.title}各期的勘误，共 {len(corrected)} 条。"
    yield Page(
        address=address,
        template="corrections.html",
        frame=frame(
            site,
            address,
            title="勘误",
            description=description,
            kind="勘误",
            breadcrumbs=[("勘误", address)],
        ),
        view=CorrectionsView(corrections=corrected, publisher=site.archive.publisher or "编印单位"),
    )


def _corrected(site: Site, address: str) -> Iterator[CorrectedArticle]:
    """Those of one day from the newest issue on, in printed order."""
    found = [
        (issue, article, correction)
        for issue in site.newest_first
        for article in issue.articles
        for correction in article.corrections
    ]
    for issue, article, correction in sorted(found, key=lambda one: one[2].date, reverse=True):
        place = urls.link(address, urls.article(article.id), urls.corrections_anchor())
        yield CorrectedArticle(
            correction=correction_line(correction),
            article=Link(text=article.title, href=place),
            issue=Link(text=issue.name, href=urls.link(address, urls.issue(issue.id))),
        )
