"""Views and templates become files, in batches: the pages of an issue together, every other page by
itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Protocol

from jinja2 import DictLoader, Environment, StrictUndefined
from jinja2.runtime import Macro

from bulletin_site.batch import Batch, key
from bulletin_site.content.model import Issue, Publication
from bulletin_site.pages import (
    aliases,
    article,
    citation_files,
    corrections,
    epub,
    feeds,
    handbook,
    home,
    issue,
    issues,
    plain_files,
    printed_page,
    search,
    sources,
    topics,
    trends,
    urls,
    whole_issue,
    withdrawn,
)
from bulletin_site.pages.downloads import offered
from bulletin_site.pages.frame import Page
from bulletin_site.pages.language import english
from bulletin_site.pages.metadata import lines
from bulletin_site.pages.register import of_issue
from bulletin_site.pages.site import IssueSite, Site
from bulletin_site.pages.templates import Templates, filled

_OF_ISSUES = (article, printed_page)
_OFFERING = ((urls.issue, issue.page), (urls.whole_issue, whole_issue.page))
"""The pages that offer the files of an issue: where each stands, and what makes it."""
_OF_SITE = (home, issues, topics, sources, trends, corrections, search, aliases, withdrawn)


def page_batches(site: Site, templates: Templates) -> list[Batch]:
    """All pages, feeds and assets. The search data is made elsewhere."""
    design = key(templates.sources)
    environment = environment_of(templates)
    others = [page for kind in _OF_SITE for page in kind.pages(site)]
    others += handbook.pages(site, templates)
    batches = [
        *(_issue_batch(environment, design, one) for one in site.issue_sites()),
        _pages_batch(environment, design, others),
        _assets_batch(templates),
    ]
    return [*batches, _feeds_batch(environment, design, site, batches)]


class _FilesOfIssue(Protocol):
    """A module that makes files for each issue, of nothing but what was printed in it: what happens
    to other issues does not change them."""

    def files(
        self, publication: Publication, issue: Issue, environment: Environment
    ) -> Iterable[tuple[str, Callable[[], bytes]]]:
        """The address of each file and what makes it; only what is wanted is made."""


_FILES_OF_ISSUES: tuple[_FilesOfIssue, ...] = (epub, plain_files, citation_files)


def _issue_batch(environment: Environment, design: str, site: IssueSite) -> Batch:
    """The pages of an issue, and the files that come with them."""
    printed, framed, shown = _issue_keys(design, site)
    makers = _makers(environment, site)
    offering = {address(site.issue.id): framed for address, _ in _OFFERING}

    def make(addresses: Collection[str]) -> Iterator[tuple[str, bytes]]:
        made: dict[str, bytes] = {}
        if any(address in offering for address in addresses):
            made = {at: makers[at]() for at in offered(site.issue) if at in makers}
            yield from _rendered(environment, _offering(site, made, addresses))
        pages = (page for kind in _OF_ISSUES for page in kind.pages(site))
        yield from _rendered(environment, (page for page in pages if page.address in addresses))
        for name, maker in makers.items():
            if name in addresses:
                yield name, made[name] if name in made else maker()

    keys = {address: shown for address, _ in of_issue(site.issue)}
    return Batch(keys=keys | offering | dict.fromkeys(makers, printed), make=make)


def _issue_keys(design: str, site: IssueSite) -> tuple[str, str, str]:
    """The keys of what shows the issue alone; the frame of the site and its neighbours too; the
    articles that are related to its own too. These change with every issue that is published, and
    with them no file may be made only to see how large it is."""
    printed = key(design, site.publication, site.issue)
    inner = ("publication", "issue", "related")
    around = [getattr(site, one.name) for one in fields(site) if one.name not in inner]
    framed = key(printed, *around)
    return printed, framed, key(framed, site.related)


def _offering(
    site: IssueSite, made: Mapping[str, bytes], addresses: Collection[str]
) -> Iterator[Page]:
    """The pages that offer the files which were made, and the PDF if there is one."""
    sizes = {address: len(content) for address, content in made.items()}
    if site.issue.pdf:
        sizes[urls.pdf(site.issue.id)] = site.issue.pdf.size
    for address, page in _OFFERING:
        if address(site.issue.id) in addresses:
            yield page(site, sizes)


def _makers(environment: Environment, site: IssueSite) -> Mapping[str, Callable[[], bytes]]:
    return {
        address: maker
        for kind in _FILES_OF_ISSUES
        for address, maker in kind.files(site.publication, site.issue, environment)
    }


def _pages_batch(environment: Environment, design: str, pages: Sequence[Page]) -> Batch:
    def make(addresses: Collection[str]) -> Iterator[tuple[str, bytes]]:
        yield from _rendered(environment, (page for page in pages if page.address in addresses))

    return Batch(keys={page.address: key(design, page) for page in pages}, make=make)


def _rendered(environment: Environment, pages: Iterable[Page]) -> Iterator[tuple[str, bytes]]:
    for page in pages:
        text = filled(environment, page.template, frame=page.frame, view=page.view)
        yield page.address, text.encode()


def _feeds_batch(
    environment: Environment, design: str, site: Site, pages: Iterable[Batch]
) -> Batch:
    """What programs read; of it all that needs a base address only where there is one."""
    addresses = [address for batch in pages for address in batch.keys if address.endswith(".html")]
    # The feed holds whole texts: they are looked at only where one of them has changed.
    latest = (site.publication, site.newest_first[: feeds.FEED_ISSUES])
    sitemap = feeds.sitemap(site, addresses)
    searched = feeds.search_description(site)
    robots = feeds.robots(site)
    keys = {urls.FEED: key(design, latest)}
    makers: dict[str, Callable[[], bytes]] = {
        urls.FEED: lambda: filled(environment, "feed.xml", view=feeds.feed(site)).encode()
    }
    if sitemap:
        keys[urls.SITEMAP] = key(design, sitemap)
        makers[urls.SITEMAP] = lambda: filled(environment, "sitemap.xml", view=sitemap).encode()
    if searched:
        keys[urls.SEARCH_DESCRIPTION] = key(design, searched)
        makers[urls.SEARCH_DESCRIPTION] = lambda: filled(
            environment, "opensearch.xml", view=searched
        ).encode()
    if robots:
        keys[urls.ROBOTS] = key(robots)
        makers[urls.ROBOTS] = robots.encode
    return Batch(keys=keys, make=lambda wanted: ((name, makers[name]()) for name in wanted))


def _assets_batch(templates: Templates) -> Batch:
    assets = {urls.asset(name): (name, content) for name, content in templates.assets.items()}

    def make(addresses: Collection[str]) -> Iterator[tuple[str, bytes]]:
        for address in addresses:
            yield address, compact(*assets[address])

    return Batch(keys={address: key(asset) for address, asset in assets.items()}, make=make)


def compact(name: str, content: bytes) -> bytes:
    """Scripts and styles of our own without comments and white space: readers wait for every byte.
    What others made stays as it is."""
    from rcssmin import cssmin
    from rjsmin import jsmin

    if name.startswith("lunr-"):
        return content
    if name.endswith(".js"):
        return f"{jsmin(content.decode())}\n".encode()
    if name.endswith(".css"):
        return f"{cssmin(content.decode())}\n".encode()
    return content


def _applied(value: object, macro: Macro) -> str:
    """`value|once(macro)` in a template is `macro(value)`, but kept for the pages that follow."""
    return macro(value)


def environment_of(templates: Templates) -> Environment:
    """Jinja as the project's templates are written for it."""
    environment = Environment(
        loader=DictLoader(templates.sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # They are in memory, all of them, and stay as they are.
        cache_size=-1,
        auto_reload=False,
    )
    # Templates place values and make none; each page would look through what it can make them with.
    environment.globals.clear()
    environment.filters["once"] = lru_cache(maxsize=64)(_applied)
    environment.filters["english"] = english
    environment.filters["lines"] = lines
    return environment
