"""The whole issue on one page: cover, contents and all articles, from the first printed page to the
last."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from bulletin_site.content.model import Article
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import citations, prose, urls
from bulletin_site.pages.citations import Citation
from bulletin_site.pages.downloads import Download, Sizes, downloads
from bulletin_site.pages.frame import CITE_SCRIPT, EARLY_SCRIPTS, READING_SCRIPT, Page, frame
from bulletin_site.pages.issue import Contents, contents
from bulletin_site.pages.parts import CorrectionLine, Link, correction_lines, span
from bulletin_site.pages.references import reference
from bulletin_site.pages.site import IssueSite
from bulletin_site.pages.sources import source_link
from bulletin_site.pages.text_links import on_page


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeArticle:
    """An article as it stands in its issue. `page_mark`: its title is the first thing on a printed
    page, which begins here."""

    id: str
    anchor: str
    number: int
    page_mark: Markup | None
    title: Link
    citation: Citation
    body: Markup
    source: Link | None
    corrections: tuple[CorrectionLine, ...]
    corrections_anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeIssueView:
    archive_title: str
    contents: Contents
    note: Markup | None
    articles: tuple[WholeArticle, ...]
    all_corrections: str
    downloads: tuple[Download, ...]


def page(site: IssueSite, sizes: Sizes) -> Page:
    """The one page of the whole issue; it offers the files of which `sizes` are."""
    issue = site.issue
    address = urls.whole_issue(issue.id)
    return Page(
        address=address,
        template="whole_issue.html",
        frame=frame(
            site,
            address,
            title=f"{issue.name}（整期）",
            description=f"{issue.name}全文：{len(issue.articles)} 篇，印刷版{span(issue.pages)}。",
            kind="整期",
            breadcrumbs=[(issue.name, urls.issue(issue.id)), ("整期阅读", address)],
            scripts=(READING_SCRIPT, CITE_SCRIPT),
            early_scripts=EARLY_SCRIPTS,
        ),
        view=WholeIssueView(
            archive_title=site.publication.title,
            contents=contents(site.publication, issue, address),
            note=prose.plain(issue.note) if issue.note.markdown.strip() else None,
            articles=tuple(_article(site, article, address) for article in issue.articles),
            all_corrections=urls.link(address, urls.CORRECTIONS),
            downloads=downloads(issue, sizes, address),
        ),
    )


def _article(site: IssueSite, article: Article, address: str) -> WholeArticle:
    issue = site.issue

    def page_href(page: int) -> str:
        return urls.link(address, urls.printed_page(issue.id, page))

    page = article.first_page
    return WholeArticle(
        id=article.id,
        anchor=urls.article_anchor(article.number),
        number=article.number,
        page_mark=prose.page_mark(page, page_href(page)) if begins_a_page(issue, article) else None,
        title=Link(text=article.title, href=urls.link(address, urls.article(article.id))),
        citation=citations.of_article(reference(site.publication, issue, article)),
        body=prose.html(
            on_page(article.body.tokens, article, address),
            page_href,
            below=2,
            paragraphs=prose.Paragraphs(article=article.number),
        ),
        source=source_link(site, article, address),
        corrections=correction_lines(article),
        corrections_anchor=urls.corrections_anchor(article.number),
    )
