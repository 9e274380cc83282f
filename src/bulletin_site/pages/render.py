"""Views and templates become files: a mapping of address to bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import DictLoader, Environment, StrictUndefined
from rcssmin import cssmin
from rjsmin import jsmin

from bulletin_site.pages import (
    aliases,
    article,
    corrections,
    feeds,
    home,
    issue,
    issues,
    printed_page,
    search,
    sources,
    topics,
    trends,
    urls,
    whole_issue,
)
from bulletin_site.pages.frame import Page
from bulletin_site.pages.language import english
from bulletin_site.pages.site import Site
from bulletin_site.pages.templates import Templates

Files = Mapping[str, bytes]
"""A built site, or a part of it: address → content."""


def pages(site: Site) -> Iterator[Page]:
    """Every HTML page of the site."""
    for kind in (
        *(home, issues, issue, whole_issue, article, printed_page),
        *(topics, sources, trends, corrections, search, aliases),
    ):
        yield from kind.pages(site)


def render(site: Site, templates: Templates) -> dict[str, bytes]:
    """All pages, feeds and assets. The search data is made elsewhere."""
    environment = Environment(
        loader=DictLoader(templates.sources),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["english"] = english
    files: dict[str, bytes] = {}
    for page in pages(site):
        template = environment.get_template(page.template)
        files[page.address] = template.render(frame=page.frame, view=page.view).encode()
    sitemap = feeds.sitemap(site, list(files))
    files[urls.FEED] = environment.get_template("feed.xml").render(view=feeds.feed(site)).encode()
    if sitemap:
        files[urls.SITEMAP] = environment.get_template("sitemap.xml").render(view=sitemap).encode()
    searched = feeds.search_description(site)
    if searched:
        template = environment.get_template("opensearch.xml")
        files[urls.SEARCH_DESCRIPTION] = template.render(view=searched).encode()
    robots = feeds.robots(site)
    if robots:
        files[urls.ROBOTS] = robots.encode()
    for name, content in templates.assets.items():
        files[urls.asset(name)] = compact(name, content)
    return files


def compact(name: str, content: bytes) -> bytes:
    """Scripts and styles of our own without comments and white space: readers wait for every byte.
    What others made stays as it is."""
    if name.startswith("lunr-"):
        return content
    if name.endswith(".js"):
        return f"{jsmin(content.decode())}\n".encode()
    if name.endswith(".css"):
        return f"{cssmin(content.decode())}\n".encode()
    return content
