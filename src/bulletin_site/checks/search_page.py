"""The page that searches works: what its scripts look for stands on it, all of them are loaded, and
readers without scripts are led on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_site.checks.built_site import REBUILD, BuiltSite
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_LOOKED_FOR = re.compile(r"""\b(?:by|getElementById)\(["']([\w-]+)["']\)""")
_WITHOUT_SCRIPTS = re.compile(r"<noscript>.*?<a href.*?</noscript>", re.DOTALL)


def search_page_problems(site: BuiltSite, _truth: Truth) -> Iterator[Problem]:
    """Judge the search page; another rule says that it is missing."""
    page = site.pages.get(urls.SEARCH)
    if page is None:
        return
    scripts = {
        (urls.folder(one.address), link.value): one
        for one in site.pages.values()
        for link in one.links
        if link.element == "script"
    }
    loaded = {target(href, one, None).address for (_, href), one in scripts.items()}
    for address in sorted(site.files):
        if address.startswith(urls.asset("search-")) and address not in loaded:
            yield _problem(site, "<script", f"没有网页用到 {address}")
    for link in page.links:
        if link.element == "script":
            script = site.files.get(target(link.value, page, None).address, b"")
            for identifier in _LOOKED_FOR.findall(script.decode("utf-8", "replace")):
                if identifier not in page.ids:
                    yield _problem(site, "<main", f"{link.value} 要找的“{identifier}”不存在")
    if not _WITHOUT_SCRIPTS.search(site.files[urls.SEARCH].decode("utf-8", "replace")):
        yield _problem(site, "<noscript", "没有启用脚本的读者看不到可以从哪里查找（noscript）")


def _problem(site: BuiltSite, place: str, fault: str) -> Problem:
    return Problem(
        path=site.path(urls.SEARCH),
        line=site.line(urls.SEARCH, place, "<main"),
        code="page-structure",
        message=f"网页的结构不对：{fault}",
        hint=REBUILD,
    )
