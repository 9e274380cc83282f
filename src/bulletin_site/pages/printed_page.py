"""A printed page: all that stood on it, from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from bulletin_site.content.model import Issue
from bulletin_site.content.pagination import PagePiece, printed_pages
from bulletin_site.pages import citations, prose, urls
from bulletin_site.pages.citations import Citation
from bulletin_site.pages.frame import CITE_SCRIPT, EARLY_SCRIPTS, READING_SCRIPT, Page, frame
from bulletin_site.pages.issue import page_list
from bulletin_site.pages.parts import Day, Link, Neighbour, day
from bulletin_site.pages.references import reference
from bulletin_site.pages.site import IssueSite
from bulletin_site.pages.text_links import on_page


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceView:
    """What stands of one article on the page. `continued_from`: the page before, where it did not
    begin here; `continues_on`: the page after, where it does not end here."""

    anchor: str
    number: int
    article: Link
    citation: Citation
    continued_from: Link | None
    body: Markup
    source: str | None
    continues_on: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPageView:
    number: int
    issue: Link
    day: Day
    pieces: tuple[PieceView, ...]
    whole_issue: str
    previous: Neighbour
    next: Neighbour
    page_list: tuple[Link, ...]


def pages(site: IssueSite) -> Iterator[Page]:
    """One page a printed page."""
    issue = site.issue
    bodies = {article.id: prose.by_page(article) for article in issue.articles}
    cited = {
        article.id: citations.of_article(reference(site.publication, issue, article))
        for article in issue.articles
    }
    # The pages of an issue lie side by side: a link is the same on each of them.
    all_pages = page_list(issue, urls.issue(issue.id))
    for printed in printed_pages(issue):
        address = urls.printed_page(issue.id, printed.number)
        title = f"{issue.name} 第{printed.number}页"
        titles = "；".join(piece.article.title for piece in printed.pieces)
        description = f"印刷版第{printed.number}页：{titles or '内容已撤回'}。"
        yield Page(
            address=address,
            template="printed_page.html",
            frame=frame(
                site,
                address,
                title=title,
                description=description,
                kind="印刷页",
                breadcrumbs=[
                    (issue.name, urls.issue(issue.id)),
                    (f"第{printed.number}页", address),
                ],
                scripts=(READING_SCRIPT, CITE_SCRIPT),
                early_scripts=EARLY_SCRIPTS,
            ),
            view=PrintedPageView(
                number=printed.number,
                issue=Link(text=issue.name, href=urls.link(address, urls.issue(issue.id))),
                day=day(issue.date),
                pieces=tuple(
                    _piece(piece, bodies[piece.article.id], cited[piece.article.id], address)
                    for piece in printed.pieces
                ),
                # In the whole issue nothing marks a page of which nothing is left.
                whole_issue=urls.link(
                    address,
                    urls.whole_issue(issue.id),
                    urls.page_anchor(printed.number) if printed.pieces else "",
                ),
                previous=_neighbour(issue, printed.number - 1, "上一页", "prev", address),
                next=_neighbour(issue, printed.number + 1, "下一页", "next", address),
                page_list=all_pages,
            ),
        )


def _piece(piece: PagePiece, body: prose.PageTokens, cited: Citation, address: str) -> PieceView:
    article = piece.article
    place = "" if piece.begins else urls.page_anchor(piece.page)
    return PieceView(
        anchor=urls.article_anchor(article.number),
        number=article.number,
        article=Link(text=article.title, href=urls.link(address, urls.article(article.id), place)),
        citation=replace(cited, pages=str(piece.page)),
        continued_from=None if piece.begins else _page(piece, piece.page - 1, address),
        body=prose.html(
            on_page(body.get(piece.page, ()), article, address),
            None,
            below=2,
        ),
        source=article.source if piece.ends else None,
        continues_on=None if piece.ends else _page(piece, piece.page + 1, address),
    )


def _page(piece: PagePiece, page: int, address: str) -> Link:
    """The other printed page on which the same article stands, at its place there."""
    article = piece.article
    target = urls.printed_page(article.issue_id, page)
    return Link(
        text=f"第{page}页",
        href=urls.link(address, target, urls.article_anchor(article.number)),
    )


def _neighbour(
    issue: Issue, page: int, label: str, relation: Literal["prev", "next"], address: str
) -> Neighbour:
    """The printed page of that number; before the first and after the last one the contents, which
    are what was printed before the first."""
    if page not in issue.pages:
        href = urls.link(address, urls.issue(issue.id))
        return Neighbour(label="回到", text="本期目录", href=href, relation="")
    href = urls.link(address, urls.printed_page(issue.id, page))
    return Neighbour(label=label, text=f"第{page}页", href=href, relation=relation)
