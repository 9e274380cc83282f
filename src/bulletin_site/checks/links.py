"""Every link leads to a file, and to a place on it, that exist; no page asks another host for
anything."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_site.checks.built_site import REBUILD, BuiltPage, BuiltSite, Link
from bulletin_site.checks.targets import Reach, Target, resolve, target
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_IN_AN_ARTICLE = "如果这个链接写在文章正文里，请改正文；否则" + REBUILD
_TOP = ("", "top")


def link_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge all links of all pages, style sheets and pictures."""
    base_url = truth.archive.base_url
    for page in (*site.pages.values(), *site.assets.values()):
        # The frame's links come on many elements; each address is judged once a page.
        for link in dict.fromkeys(page.links):
            if link.element == "base":
                yield from _base_problems(site, page, link, base_url)
            else:
                yield from _problems(site, page, link, base_url)
    yield from _alias_problems(site, truth)


def broken(site: BuiltSite, aim: Target) -> str | None:
    """The code of what is wrong with a target within the site."""
    if aim.address not in site.files:
        return "broken-link"
    found = site.pages.get(aim.address) or site.assets.get(aim.address)
    if aim.fragment.lower() in _TOP or not found:
        return None
    if aim.fragment in found.ids or aim.raw_fragment in found.ids:
        return None
    return "broken-anchor"


def _problems(
    site: BuiltSite, page: BuiltPage, link: Link, base_url: str | None
) -> Iterator[Problem]:
    aim = target(link.value, page, base_url)
    code = _code(site, link, aim)
    if code:
        yield _problem(site, page, link, code)


def _code(site: BuiltSite, link: Link, aim: Target) -> str | None:
    match aim.reach:
        case Reach.INSIDE if link.fetched and not link.value.strip():
            return "broken-link"
        case Reach.INSIDE:
            return broken(site, aim)
        case Reach.OWN_URL:
            return broken(site, aim) if link.canonical else "absolute-link"
        case Reach.ELSEWHERE:
            return "external-request" if link.fetched else None
        case Reach.HOST:
            return "external-request" if link.fetched else "absolute-link"
        case Reach.MAIL:
            return "link-scheme" if link.fetched else None
        case Reach.ABSOLUTE:
            return "absolute-link"
        case Reach.SCHEME:
            return "link-scheme"


def _base_problems(
    site: BuiltSite, page: BuiltPage, link: Link, base_url: str | None
) -> Iterator[Problem]:
    """Only the page that servers show at any address may fix what its links are relative to, and
    only to the site itself."""
    aim = resolve(link.value, "", base_url)
    at_root = aim.reach is Reach.OWN_URL and not aim.address and link.value.endswith("/")
    if page.address != urls.NOT_FOUND or not at_root:
        yield _problem(site, page, link, "absolute-link")


def _alias_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """An old address leads on to where the article or the page is now; so does its script, which
    keeps the place on the page."""
    for alias, address in truth.aliases.items():
        page = site.pages.get(alias)
        aims = {
            element: [
                target(link.value, page, None).address
                for link in page.links
                if (link.element, link.attribute) == (element, attribute)
            ]
            for element, attribute in (("meta", "content"), ("script", "data-to"))
            if page
        }
        if aims != {"meta": [address], "script": [address]}:
            yield Problem(
                path=site.path(alias),
                line=site.line(alias, 'http-equiv="refresh"', "<head"),
                code="broken-link",
                message=f"旧网址“{alias}”没有通到 {address}",
                hint=REBUILD,
            )


def _problem(site: BuiltSite, page: BuiltPage, link: Link, code: str) -> Problem:
    message, hint = _WORDING[code]
    return Problem(
        path=page.path,
        line=site.link_line(page.address, link),
        text=link.value,
        code=code,
        message=message.format(value=link.value, element=link.element),
        hint=hint,
    )


_WORDING = {
    "broken-link": ("链接“{value}”指向的文件不存在", _IN_AN_ARTICLE),
    "broken-anchor": ("链接“{value}”指向的位置不存在", _IN_AN_ARTICLE),
    "absolute-link": (
        "站内链接“{value}”不是相对路径，换个地方打开就会失效",
        "要从本页写起，写明 .html 文件，例如 ../2014-05-1/01.html。" + _IN_AN_ARTICLE,
    ),
    "external-request": (
        "<{element}> 会让浏览器连到别的主机：{value}",
        "网页用到的文件都要放在网站里。" + REBUILD,
    ),
    "link-scheme": (
        "链接“{value}”的开头不能用",
        "只能链接到网页（http、https）和邮箱（mailto）。" + _IN_AN_ARTICLE,
    ),
}
