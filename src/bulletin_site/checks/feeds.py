"""The Atom feed announces the articles of the latest issues, and the sitemap lists every page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from xml.etree.ElementTree import Element

from bulletin_site.checks.built_site import REBUILD, BuiltPage, BuiltSite, parse, unspaced, words
from bulletin_site.checks.links import broken
from bulletin_site.checks.targets import Reach, Target, target
from bulletin_site.checks.text_markup import marked, marks_of
from bulletin_site.checks.truth import PrintedArticle, Truth
from bulletin_site.checks.xml_files import XmlError, root_of
from bulletin_site.pages import urls
from bulletin_site.pages.feeds import FEED_ISSUES
from bulletin_site.pages.identity import identifier
from bulletin_site.problems import Problem

_ATOM = "{http://www.w3.org/2005/Atom}"
_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_ENTRY = ("id", "title", "link", "published", "updated", "content")
_LINK_TYPES = {"self": "application/atom+xml", "alternate": "text/html"}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_AFTER = {"h2", "ul"}
"""Elements of what stands after a text: the corrections."""
_CHINA = timezone(timedelta(hours=8))
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)


def feed_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge `feed.xml`."""
    try:
        feed = root_of(site, urls.FEED, f"{_ATOM}feed")
    except XmlError as reason:
        yield _feed_problem(site, "", str(reason))
        return
    for fault, place in _feed_faults(site, truth, feed):
        yield _feed_problem(site, place, fault)


def sitemap_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge `sitemap.xml`, which needs the address under which the site is published."""
    if not truth.archive.base_url:
        if urls.SITEMAP in site.files:
            yield _sitemap_problem(site, "", "archive.yaml 没有写 base_url，不应有网站地图")
        return
    try:
        root = root_of(site, urls.SITEMAP, f"{_SITEMAP}urlset")
    except XmlError as reason:
        yield _sitemap_problem(site, "", str(reason))
        return
    yield from _lastmod_problems(site, truth, root)
    places = [(found.text or "").strip() for found in root.iter(f"{_SITEMAP}loc")]
    listed = Counter(_own_address(place, truth.archive.base_url) for place in places)
    right = site.pages.keys() - {urls.NOT_FOUND} - truth.aliases.keys() - truth.withdrawn.keys()
    for place in places:
        if _own_address(place, truth.archive.base_url) not in right:
            yield _sitemap_problem(site, place, f"“{place}”不是网站里的网页")
    for address in sorted(right):
        if listed[address] != 1:
            what = f"列了 {listed[address]} 次" if address in listed else "没有列出"
            yield _sitemap_problem(site, address, f"网页 {address} {what}")


def _lastmod_problems(site: BuiltSite, truth: Truth, root: Element) -> Iterator[Problem]:
    """Each page with the day of its last change: of the issue that it belongs to, or of all."""
    for entry in root:
        said = [(one.tag.removeprefix(_SITEMAP), (one.text or "").strip()) for one in entry]
        if entry.tag != f"{_SITEMAP}url" or [name for name, _ in said] != ["loc", "lastmod"]:
            yield _sitemap_problem(site, "", "每个网页应写明 loc 和 lastmod，别的都不写")
            continue
        place, modified = said[0][1], said[1][1]
        right = _modified(truth, _own_address(place, truth.archive.base_url or "")).isoformat()
        if modified != right:
            yield _sitemap_problem(site, place, f"“{place}”的 lastmod 是“{modified}”，应是 {right}")


def _modified(truth: Truth, address: str) -> date:
    issue = truth.issues.get(urls.issue(urls.issue_of(address) or ""))
    if not issue:
        of_all = [one for found in truth.articles.values() for one in found.article.corrections]
        corrected = [one.date for one in of_all] if address == urls.CORRECTIONS else []
        return max([truth.archive.issues[-1].date, *corrected])
    changed = [_last_change(truth.articles[urls.article(one.id)]) for one in issue.articles]
    return max([*changed, *(one.date for one in issue.withdrawn.values())])


Faults = Iterator[tuple[str, str]]
"""What is wrong, and words that stand at the place."""


def _feed_faults(site: BuiltSite, truth: Truth, feed: Element) -> Faults:
    page = _as_page(site)
    entries = feed.findall(f"{_ATOM}entry")
    announced = _announced(truth)
    if words(feed.findtext(f"{_ATOM}title", "")) != words(truth.archive.title):
        yield f"总题名应是“{truth.archive.title}”", "<title"
    if feed.get(_LANGUAGE) != "zh-CN":
        yield "没有写明语言（xml:lang）", "<feed"
    author = truth.archive.publisher or truth.archive.title
    authors = [node.findtext(f"{_ATOM}name", "") for node in feed.iter(f"{_ATOM}author")]
    if [words(name) for name in authors] != [words(author)]:
        yield f"作者（author）应是“{author}”，只写一次", "<author"
    latest = max((_last_change(found) for found in announced.values()), default=None)
    yield from _date_faults(feed, "updated", latest, "整个订阅源")
    for relation, address in (("self", urls.FEED), ("alternate", urls.HOME)):
        if _linked(feed, relation, page, truth) != [address]:
            yield f"订阅源的 {relation} 链接应通到 {address}", f'rel="{relation}"'
    identifiers = Counter(one.findtext(f"{_ATOM}id", "").strip() for one in (feed, *entries))
    for one, count in identifiers.items():
        if count > 1 or ":" not in one:
            yield f"id“{one}”{'重复' if count > 1 else '写法不对'}", one or "<entry"
    names = ("", *(found.article.id for found in announced.values()))
    rights = [identifier(truth.archive, name) for name in names]
    said = [one.findtext(f"{_ATOM}id", "").strip() for one in (feed, *entries)]
    for wrong in [one for one in said if one not in rights][:1]:
        yield f"id“{wrong}”变了，订阅的人会把文章当作新的", wrong
    order = [address for one in entries for address in _linked(one, "alternate", page, truth)]
    for entry in entries:
        yield from _entry_faults(site, truth, page, entry, announced)
    for address, found in announced.items():
        if address not in order:
            yield f"没有“{found.article.title}”", "<feed"
    if sorted(order) == sorted(announced) and order != list(announced):
        yield "条目的次序应是新的一期在前，期内按印刷次序", "<entry"


def _entry_faults(
    site: BuiltSite,
    truth: Truth,
    page: BuiltPage,
    entry: Element,
    announced: dict[str, PrintedArticle],
) -> Faults:
    title = entry.findtext(f"{_ATOM}title", "")
    elements = Counter(one.tag.removeprefix(_ATOM) for one in entry)
    if {name: elements[name] for name in elements if name != "category"} != dict.fromkeys(
        _ENTRY, 1
    ):
        yield f"“{title}”应正好各有一个 {'、'.join(_ENTRY)}", title
    linked = _linked(entry, "alternate", page, truth)
    found = announced.get(linked[0]) if len(linked) == 1 else None
    if not found or linked[0] not in site.pages:
        yield f"“{title}”没有通到最近各期的一篇文章", title
        return
    if words(title) != words(found.article.title):
        yield f"题名“{title}”应是“{found.article.title}”", title
    yield from _date_faults(entry, "published", found.issue.date, title)
    yield from _date_faults(entry, "updated", _last_change(found), title)
    topics = [one.get("term", "") for one in entry.findall(f"{_ATOM}category")]
    if topics != [topic.name for topic in found.article.topics]:
        yield f"“{title}”的主题是“{'、'.join(topics)}”", title
    yield from _content_faults(site, truth, entry, found)


def _content_faults(site: BuiltSite, truth: Truth, entry: Element, found: PrintedArticle) -> Faults:
    """The text in the feed is the printed text, with its source and its corrections after it; its
    links are relative to the article's page."""
    title = found.article.title
    content = "".join(
        node.text or "" for node in entry.findall(f"{_ATOM}content") if node.get("type") == "html"
    )
    address = urls.article(found.article.id)
    bases = [one.get(_BASE) for one in entry.findall(f"{_ATOM}content")]
    if bases != [link.get("href") for link in entry.findall(f"{_ATOM}link")]:
        yield f"“{title}”正文里的链接不是从文章的网页算起（xml:base）", title
    shown = parse(address, content.encode(), site.folder)
    body = shown.tree.body
    text = unspaced(body.text()) if body else ""
    if not text.startswith(found.printed.text):
        yield f"“{title}”的正文与原文不符", title
    elif text.removeprefix(found.printed.text) != _said_after(found):
        yield f"“{title}”正文后面的来源或勘误不对", title
    right = marked(found.article.body.tokens, 1, address)
    said = marks_of(body, address) if body else []
    if shown.tree.css("head *"):  # where browsers put what stands before the text, a script
        yield f"“{title}”正文前面有别的内容", title
    if said[: len(right)] != right or {one.element for one in said[len(right) :]} - _AFTER:
        yield f"“{title}”正文里的链接、强调或表格与原文不符", title
    for link in shown.page.links:
        aim = target(link.value, shown.page, truth.archive.base_url)
        if link.fetched or (_is_own(aim, truth) and broken(site, aim)):
            yield f"“{title}”正文里的链接“{link.value}”不通", link.value


def _said_after(found: PrintedArticle) -> str:
    source = f"（{found.article.source}）" if found.article.source else ""
    corrections = "".join(
        f"{said.date.year}年{said.date.month}月{said.date.day}日：{said.text}"
        for said in found.article.corrections
    )
    return unspaced(source + ("勘误" if corrections else "") + corrections)


def _date_faults(node: Element, name: str, right: date | None, whose: str) -> Faults:
    said = node.findtext(f"{_ATOM}{name}", "").strip()
    if not right or _day(said) != right:
        yield f"“{whose}”的 {name} 是“{said}”，应是 {right}", whose


def _day(said: str) -> date | None:
    """The day in China of a time as Atom writes it (RFC 3339)."""
    if not _RFC_3339.fullmatch(said):
        return None
    try:
        moment = datetime.fromisoformat(said.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.astimezone(_CHINA).date()


def _announced(truth: Truth) -> dict[str, PrintedArticle]:
    """The articles of the latest issues by address, newest issue first, in printed order."""
    addresses = (
        urls.article(article.id)
        for issue in truth.archive.issues[: -FEED_ISSUES - 1 : -1]
        for article in issue.articles
    )
    return {address: truth.articles[address] for address in addresses}


def _last_change(found: PrintedArticle) -> date:
    return max([found.issue.date, *(one.date for one in found.article.corrections)])


def _linked(node: Element, relation: str, page: BuiltPage, truth: Truth) -> list[str]:
    """The addresses in the site to which links of one relation lead; elsewhere: empty."""
    found = []
    for link in node.findall(f"{_ATOM}link"):
        if link.get("rel") == relation:
            href = link.get("href", "")
            aim = target(href, page, truth.archive.base_url)
            plain = not aim.fragment and "?" not in href
            is_right = plain and _is_own(aim, truth) and link.get("type") == _LINK_TYPES[relation]
            found.append(aim.address if is_right else "")
    return found


def _is_own(aim: Target, truth: Truth) -> bool:
    """Readers of feeds copy entries elsewhere: with a known address links are full URLs."""
    return aim.reach is (Reach.OWN_URL if truth.archive.base_url else Reach.INSIDE)


def _as_page(site: BuiltSite) -> BuiltPage:
    """The feed as something that links start from."""
    return BuiltPage(
        address=urls.FEED,
        path=site.path(urls.FEED),
        ids=frozenset(),
        links=(),
        base=None,
        pieces=(),
    )


def _own_address(place: str, base_url: str) -> str:
    prefix = f"{base_url}/"
    return place.removeprefix(prefix) if place.startswith(prefix) else ""


def _feed_problem(site: BuiltSite, place: str, fault: str) -> Problem:
    return Problem(
        path=site.path(urls.FEED),
        line=site.line(urls.FEED, place),
        code="feed-entry",
        message=f"订阅源不对：{fault}",
        hint=REBUILD,
    )


def _sitemap_problem(site: BuiltSite, place: str, fault: str) -> Problem:
    return Problem(
        path=site.path(urls.SITEMAP),
        line=site.line(urls.SITEMAP, place),
        code="sitemap-entry",
        message=f"网站地图不对：{fault}",
        hint=REBUILD,
    )
