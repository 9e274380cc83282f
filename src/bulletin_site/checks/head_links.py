"""The links in a page's head that lead programs on: the page's own full URL, the feed, and where
the site knows its address the search description."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_site.checks.built_site import REBUILD, Document
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_TYPES = {
    "application/atom+xml": urls.FEED,
    "application/opensearchdescription+xml": urls.SEARCH_DESCRIPTION,
}
_RELATIONS = {urls.FEED: "alternate", urls.SEARCH_DESCRIPTION: "search"}


def head_link_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge the links in the head of one page."""
    yield from _canonical_problems(document, truth)
    yield from _refresh_problems(document, truth)
    base_url = truth.archive.base_url
    for media_type, address in _TYPES.items():
        found = [
            (
                (node.attributes.get("rel") or "").lower(),
                target(node.attributes.get("href") or "", document.page, base_url).address,
            )
            for node in document.tree.css(f'head > link[type="{media_type}"]')
        ]
        right = [(_RELATIONS[address], address)] if base_url or address == urls.FEED else []
        if found != right:
            what = f"应有一个通到 {address} 的链接" if right else f"不应有通到 {address} 的链接"
            yield _problem(document, media_type, what)


def _canonical_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """An old address calls the article that it leads to by its full URL."""
    page = document.page
    base_url = truth.archive.base_url
    found = [link.value for link in page.links if link.canonical]
    if base_url:
        right = urls.absolute(base_url, truth.aliases.get(page.address, page.address))
        if found != [right]:
            said = "、".join(found) or "没有写"
            what = f"规范网址（canonical）应是“{right}”，现在：{said}"
            yield _problem(document, 'rel="canonical"', what)
    elif found:
        what = f"archive.yaml 没有写 base_url，不应有规范网址（canonical）“{found[0]}”"
        yield _problem(document, 'rel="canonical"', what)


def _refresh_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Only an old address leads on by itself, and at once."""
    for node in document.tree.css("meta[http-equiv]"):
        content = (node.attributes.get("content") or "").strip()
        if (node.attributes.get("http-equiv") or "").lower() == "refresh" and (
            document.page.address not in truth.aliases or not content.startswith("0;")
        ):
            yield _problem(document, content, f"网页不应过一会儿自己转走（{content}）")


def _problem(document: Document, place: str, fault: str) -> Problem:
    return Problem(
        path=document.page.path,
        line=document.line(place, "<head"),
        code="metadata",
        message=f"网页的标签信息不对：{fault}",
        hint=REBUILD,
    )
