"""Proof that the built site keeps its promises: judged from the files on disk, not from the
builder's intentions. One module per kind of promise."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_site.batch import Files
from bulletin_site.checks.article_pages import (
    article_problems,
    missing_whole_issues,
    whole_issue_problems,
)
from bulletin_site.checks.books import book_problems
from bulletin_site.checks.built_site import BuiltPage, BuiltSite, asset, parse
from bulletin_site.checks.citations import citation_file_problems, citation_problems
from bulletin_site.checks.corrections import correction_problems, missing_corrections
from bulletin_site.checks.discovery import robots_problems, search_description_problems
from bulletin_site.checks.downloads import download_problems
from bulletin_site.checks.facts import fact_problems
from bulletin_site.checks.feeds import feed_problems, sitemap_problems
from bulletin_site.checks.freshness import freshness_problems
from bulletin_site.checks.head_links import head_link_problems
from bulletin_site.checks.index import index_problems
from bulletin_site.checks.linked_data import linked_data_problems
from bulletin_site.checks.links import link_problems
from bulletin_site.checks.metadata import metadata_problems
from bulletin_site.checks.pdf_editions import pdf_problems
from bulletin_site.checks.places import place_problems
from bulletin_site.checks.policy import picture_problems, policy_problems
from bulletin_site.checks.printed_pages import contents_problems, piece_problems
from bulletin_site.checks.reach import promise_problems, reach_problems
from bulletin_site.checks.search_articles import search_article_problems
from bulletin_site.checks.search_page import search_page_problems
from bulletin_site.checks.slices import catalog_problems, slice_problems
from bulletin_site.checks.structure import structure_problems
from bulletin_site.checks.surroundings import frame_problems
from bulletin_site.checks.text_markup import markup_problems
from bulletin_site.checks.truth import truth_of
from bulletin_site.checks.vocabulary import class_problems
from bulletin_site.checks.withdrawals import missing_withdrawals, withdrawal_problems
from bulletin_site.content.model import Archive
from bulletin_site.problems import Problem, ordered

_PAGE_RULES = (
    policy_problems,
    structure_problems,
    metadata_problems,
    head_link_problems,
    linked_data_problems,
    contents_problems,
    article_problems,
    whole_issue_problems,
    markup_problems,
    place_problems,
    correction_problems,
    withdrawal_problems,
    citation_problems,
    fact_problems,
)
_SITE_RULES = (
    link_problems,
    frame_problems,
    reach_problems,
    promise_problems,
    picture_problems,
    search_page_problems,
    class_problems,
    piece_problems,
    missing_whole_issues,
    missing_corrections,
    missing_withdrawals,
    download_problems,
    citation_file_problems,
    feed_problems,
    sitemap_problems,
    search_description_problems,
    robots_problems,
    book_problems,
    index_problems,
    search_article_problems,
    catalog_problems,
    slice_problems,
    pdf_problems,
)


def check_site(archive: Archive, expected: Files, built: Files, folder: str) -> tuple[Problem, ...]:
    """All that is wrong with the files `built` of the folder that problems call `folder`, held
    against the archive, and against `expected`: what a build of it gives now."""
    if not built:
        missing = Problem(
            path=folder,
            code="site-missing",
            message="还没有生成网站",
            hint="请先运行 bulletin build。",
        )
        return (missing,)
    return ordered([*freshness_problems(expected, built, folder), *_kept(archive, built, folder)])


def _kept(archive: Archive, built: Files, folder: str) -> Iterator[Problem]:
    """The promises one by one. A page's parsed tree takes far more memory than its file, so every
    page is parsed once, judged by itself, and only what other pages need of it is kept."""
    truth = truth_of(archive, [address for address in built if address.endswith(".html")])
    pages: dict[str, BuiltPage] = {}
    assets: dict[str, BuiltPage] = {}
    for address in sorted(built):
        if address.endswith(".html"):
            document = parse(address, built[address], folder)
            pages[address] = document.page
            for page_rule in _PAGE_RULES:
                yield from page_rule(document, truth)
        elif address.endswith((".css", ".svg")) or (
            address.startswith("assets/") and address.endswith(".js")
        ):
            assets[address] = asset(address, built[address], folder)
    site = BuiltSite(folder=folder, files=built, pages=pages, assets=assets)
    for site_rule in _SITE_RULES:
        yield from site_rule(site, truth)
