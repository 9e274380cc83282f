"""Old addresses of articles that have moved: pages that lead on without a server's help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import Site, page_addresses
from bulletin_site.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasView:
    target: Link


def pages(site: Site) -> Iterator[Page]:
    """One page an alias."""
    for article in site.archive.articles:
        for alias in article.aliases:
            address = urls.article(article.id)
            yield Page(
                address=alias,
                template="alias.html",
                frame=frame(
                    site,
                    alias,
                    title=article.title,
                    description=f"本页已移到：{article.title}",
                    stands_for=address,
                ),
                view=AliasView(
                    target=Link(text=article.title, href=urls.link(alias, address)),
                ),
            )


def address_problems(site: Site) -> Iterator[Problem]:
    """Old addresses that are some other page's address now, or that two articles claim."""
    taken = {
        urls.HOME,
        urls.SEARCH,
        urls.ISSUES,
        urls.TOPICS,
        urls.SOURCES,
        urls.TRENDS,
        urls.CORRECTIONS,
        urls.NOT_FOUND,
        urls.CHECKSUMS.lower(),
    }
    lists = [urls.topic(topic.slug) for topic in site.archive.topics]
    lists += [urls.source(source.slug) for source in site.sources.values()]
    years = {issue.date.year for issue in site.archive.issues}
    taken |= {*lists, *(urls.of_year(address, year) for address in lists for year in years)}
    for issue in site.archive.issues:
        taken.update(page_addresses(issue))
    for article in site.archive.articles:
        for alias in article.aliases:
            # File systems on Windows and macOS do not tell `A.html` from `a.html`.
            folders = {parent.as_posix() for parent in PurePosixPath(alias.lower()).parents}
            if alias.lower() in taken or folders & taken:
                yield Problem(
                    path=article.path,
                    line=article.lines.get("aliases", 0),
                    code="address-taken",
                    message=f"旧网址“{alias}”已经是别的网页的网址",
                    hint="请删去这个别名，或改正其中的写法。",
                )
            taken.add(alias.lower())
