"""Readers and search engines come to every page by links, from the home page on."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_site.checks.built_site import REBUILD, BuiltSite
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.problems import Problem


def reach_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Follow the links of all pages. Servers show one page where there is none; old addresses and
    what was withdrawn are known to those who were there."""
    apart = {urls.NOT_FOUND, *truth.aliases, *truth.withdrawn}
    reached, waiting = set(), [urls.HOME]
    while waiting:
        page = site.pages.get(waiting.pop())
        if page is None or page.address in reached:
            continue
        reached.add(page.address)
        places = dict.fromkeys(link.value for link in page.links if link.element == "a")
        waiting += (target(place, page, None).address for place in places)
    for address in sorted(site.pages.keys() - reached - apart):
        yield Problem(
            path=site.path(address),
            code="page-unreachable",
            message="从首页起没有链接通到这个网页",
            hint=REBUILD,
        )


def promise_problems(site: BuiltSite, _truth: Truth) -> Iterator[Problem]:
    """The page that servers show where there is none is reached without a link of the site."""
    if urls.NOT_FOUND not in site.pages:
        yield Problem(
            path=site.path(urls.NOT_FOUND),
            code="page-structure",
            message="网页的结构不对：网址抄错时服务器要显示的网页不存在",
            hint=REBUILD,
        )
