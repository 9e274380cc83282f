"""What the search page shows of an article agrees with the archive, and leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bulletin_site.checks.built_site import REBUILD, BuiltSite, unspaced, words
from bulletin_site.checks.index import UnreadableError, received, unreadable
from bulletin_site.checks.links import broken
from bulletin_site.checks.targets import Reach, resolve
from bulletin_site.checks.truth import PrintedArticle, Truth
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day
from bulletin_site.problems import Problem
from bulletin_site.search.segment import simplified


def search_article_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge the scripts under `search/articles/`."""
    for found in truth.articles.values():
        address = urls.search_article(found.article.id)
        try:
            shown = received(site, address, f"a:{found.article.id}")
            if not isinstance(shown, dict):
                raise UnreadableError("应是一篇文章")
        except UnreadableError as reason:
            yield unreadable(site, address, str(reason))
            continue
        for fault in _faults(site, shown, found):
            yield _problem(site, address, f"{found.article.id} {fault}")


def _faults(site: BuiltSite, shown: dict[str, Any], found: PrintedArticle) -> Iterator[str]:
    article, issue = found.article, found.issue
    promised = {
        "title": article.title,
        "source": article.source or "",
        "issue": issue.name,
        "date": issue.date.isoformat(),
        "dateText": day(issue.date).text,
        "topics": [topic.name for topic in article.topics],
    }
    for name, value in promised.items():
        if shown.get(name) != value:
            yield f"的 {name} 是“{shown.get(name)}”，应是“{value}”"
    text = shown.get("text")
    if not isinstance(text, str) or unspaced(text) != found.printed.text:
        yield "的正文与原文不符"
        return
    printed = "".join((article.title, article.source or "", text))
    traditional = [one for one in sorted(set(printed)) if simplified(one) != one]
    if shown.get("variants", "") != "".join(one + simplified(one) for one in traditional):
        yield "的繁体字对照与原文不符"
    addresses = {"href": urls.article(article.id), "issueHref": urls.issue(issue.id)}
    for name, address in addresses.items():
        if not _leads(site, shown.get(name), address, ""):
            yield f"的 {name}“{shown.get(name)}”没有通到 {address}"
    yield from _page_faults(site, text, shown.get("pages"), found)


def _page_faults(site: BuiltSite, text: str, pages: Any, found: PrintedArticle) -> Iterator[str]:
    """Each printed page is listed with the place in the text where it begins."""
    starts = found.printed.page_starts
    if not isinstance(pages, list) or not all(isinstance(page, dict) for page in pages):
        yield "没有印刷页"
        return
    if any(page.keys() != {"page", "at", "href"} for page in pages):
        yield "的印刷页应各有 page、at、href"
        return
    if [page.get("page") for page in pages] != [number for number, _ in starts]:
        yield f"的印刷页应是 {'、'.join(str(number) for number, _ in starts)}"
        return
    address = urls.article(found.article.id)
    units = text.encode("utf-16-le")
    for page, (number, offset) in zip(pages, starts, strict=True):
        at = page.get("at")
        before = units[: at * 2].decode("utf-16-le", "replace") if isinstance(at, int) else None
        if before is None or at < 0 or len(unspaced(before)) != offset:
            yield f"第 {number} 页的起点 {at} 不对"
        if not _leads(site, page.get("href"), address, urls.page_anchor(number)):
            yield f"第 {number} 页的链接“{page.get('href')}”没有通到 {address}"


def _leads(site: BuiltSite, href: Any, address: str, anchor: str) -> bool:
    """The search page puts these links on itself, so they start from it."""
    aim = resolve(words(str(href)), urls.SEARCH, None)
    return (aim.reach, aim.address, aim.fragment) == (Reach.INSIDE, address, anchor) and broken(
        site, aim
    ) is None


def _problem(site: BuiltSite, address: str, fault: str) -> Problem:
    return Problem(
        path=site.path(address),
        code="index-article",
        message=f"检索页用的文章资料不对：{fault}",
        hint=REBUILD,
    )
