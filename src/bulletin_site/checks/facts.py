"""What pages say of articles, issues, topics and sources is what the archive says: wherever it is
said, every link to one of them is called by its name, and every day is the day that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from urllib.parse import parse_qs

from selectolax.lexbor import LexborNode

from bulletin_site.checks.built_site import REBUILD, Document, unspaced
from bulletin_site.checks.issue_facts import Fact, of_issue
from bulletin_site.checks.list_facts import of_list
from bulletin_site.checks.targets import Reach, target
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day
from bulletin_site.problems import Problem, most_similar

_DIGITS = re.compile(r"[0-9]+")
_TEXTS = ("prose", "note")
_ASKING = (urls.SEARCH, urls.TRENDS)
"""Pages with words that lead to what is found for them."""


def fact_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge what a page says beside the printed text."""
    address = document.page.address
    facts = of_issue(address, truth) or of_list(address, truth)
    main = document.tree.css_first("main")
    if facts and main:
        selector, right = facts
        yield from _text_problems(document, main.css(selector), right)
    if address == urls.HOME and truth.archive.issues:
        yield from _excerpt_problems(document, truth)
    for link in main.css("a[href]") if main else ():
        yield from _name_problems(document, link, truth)
    for moment in main.css("time") if main else ():
        said = moment.attributes.get("datetime") or ""
        if _day(said) != moment.text():
            what = f"“{moment.text()}”标的日期是 {said or '（无）'}"
            yield _problem(document, what, document.line_of(moment))


def _text_problems(
    document: Document, found: Sequence[LexborNode], right: list[Fact]
) -> Iterator[Problem]:
    """The first place where they part: what follows may only be out of step."""
    for node, expected in zip_longest(found, right):
        said = unspaced(node.text()) if node is not None else ""
        labels = [one.attributes.get("aria-label") or "" for one in _pictures(node)]
        is_said = expected is not None and all(
            _says(one, expected) for one in (said, *map(unspaced, labels))
        )
        if node is None or not is_said:
            wrong = f"网页上是“{said}”" if node is not None else "网页上没有"
            what = f"应写明“{'、'.join(filter(None, expected))}”" if expected else "不应再写"
            # Where something is missing, the end of what there is.
            place = node if node is not None else found[-1] if found else None
            line = document.line_of(place) if place is not None else document.line("<main")
            yield _problem(document, f"{what}，{wrong}", line)
            return


def _excerpt_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """The home page shows how the first article of the latest issue begins."""
    first = truth.articles[urls.article(truth.archive.issues[-1].articles[0].id)]
    for node in document.tree.css(".excerpt"):
        if not first.printed.text.startswith(unspaced(node.text()).removesuffix("…")):
            what = f"“{node.text().strip()}”不是“{first.article.title}”的开头"
            yield _problem(document, what, document.line_of(node))


def _pictures(node: LexborNode | None) -> Sequence[LexborNode]:
    """Drawings, which say the same to those who do not see them."""
    return node.css("svg") if node is not None and node.tag == "tr" else ()


def _says(said: str, expected: Fact) -> bool:
    """Are these values in it in their order, and no other number beside them?"""
    at = 0
    for value in map(unspaced, expected):
        place = said.find(value, at)
        if place < 0 or _DIGITS.search(said, at, place):
            return False
        at = place + len(value)
    return not _DIGITS.search(said, at)


def _name_problems(document: Document, link: LexborNode, truth: Truth) -> Iterator[Problem]:
    href = link.attributes["href"] or ""
    aim = target(href, document.page, truth.archive.base_url)
    said = link.text().strip() or link.attributes.get("aria-label") or ""
    name: str | None = None
    if aim.reach is Reach.ELSEWHERE:
        name = "别的网站" if unspaced(said) in truth.names else None
    elif aim.address == urls.SEARCH and document.page.address in _ASKING and "?" in href:
        words = parse_qs(href.partition("?")[2]).get("q", [""])[0]
        name = None if words and words in said else f"检索“{words}”"
    elif aim.reach is Reach.INSIDE and not (aim.address == document.page.address and aim.fragment):
        name = _name(aim.address, link, unspaced(said), truth)
    if name and not _is_in_text(link):
        yield _problem(document, f"通到{name}的链接，写的是“{said}”", document.line_of(link))


def _name(address: str, link: LexborNode, said: str, truth: Truth) -> str | None:
    """What a link to a page should be called, where it is called nearly so, or as another page is.
    What it is to the reader, 上一篇 or a number, may stand before a name."""
    names = _names(address, truth)
    if said.endswith(names):
        return None
    if names:
        label = link.css_first(".label")
        own = said.removeprefix(unspaced(label.text())) if label else said
        return f"“{names[0]}”" if own in truth.names or most_similar(own, names) else None
    page, numbers = urls.printed_page_of(address), _DIGITS.findall(said)
    return f"第{page}页" if page and numbers and numbers[-1] != str(page) else None


def _names(address: str, truth: Truth) -> tuple[str, ...]:
    """What an article, an issue, a topic or a source is called, white space apart."""
    article, issue = truth.articles.get(address), truth.issues.get(address)
    listed = truth.lists.get(address)
    if article:
        return (unspaced(article.article.title),)
    if issue:
        return unspaced(issue.name), unspaced(issue.label)
    if listed:
        return unspaced(listed.name), f"{listed.year}年"
    return ()


def _is_in_text(link: LexborNode) -> bool:
    """What editors write in a text may be called as they like."""
    node = link.parent
    while node is not None:
        if set(_TEXTS) & set((node.attributes.get("class") or "").split()):
            return True
        node = node.parent
    return False


def _day(said: str) -> str:
    try:
        return day(date.fromisoformat(said)).text
    except ValueError:
        return ""


def _problem(document: Document, fault: str, line: int) -> Problem:
    return Problem(
        path=document.page.path,
        line=line,
        code="page-facts",
        message=f"网页上写的与 issues/ 不符：{fault}",
        hint="如果题名、日期等录错了，请改 issues/ 里的文件；否则" + REBUILD,
    )
