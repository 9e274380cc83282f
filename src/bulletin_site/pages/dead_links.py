"""Links of texts to pages of the site, or to places in articles, that are not there. `check` finds
them in the built pages, too; here they are said at the line where they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from bulletin_site.content.address import article_of
from bulletin_site.content.links import TextLink, text_links
from bulletin_site.content.model import Article
from bulletin_site.pages import prose, urls
from bulletin_site.pages.moves import all_pages, withdrawn_addresses
from bulletin_site.pages.parts import span
from bulletin_site.pages.site import Site
from bulletin_site.pages.text_links import has_scheme
from bulletin_site.problems import Problem, nearest, offered

_Written = tuple[str, str, TextLink]
"""The path of a file, the page on which its text stands, and a link of it within the site."""


def text_link_problems(site: Site, unread: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The links of all articles and editors' notes that lead nowhere; of pages in `unread` folders
    nothing is known."""
    written = list(_written(site))
    if not written:
        return
    known = all_pages(site)
    articles = {urls.article(article.id): article for article in site.archive.articles}
    gone = withdrawn_addresses(site)
    for path, page, link in written:
        found = urls.from_page(page, link.target)
        if found and found[0].startswith(unread):
            continue
        if found is None or found[0] not in known:
            yield _problem(path, link, "网页", _page_meant(site, page, link.target, known))
        elif _is_for_a_place(found[1]) and not _has_place(articles, {page, *gone}, *found):
            yield _problem(path, link, "位置", _place_meant(articles.get(found[0])))


def _written(site: Site) -> Iterator[_Written]:
    for issue in site.archive.issues:
        texts = [(issue.path, urls.issue(issue.id), issue.note)]
        texts += ((one.path, urls.article(one.id), one.body) for one in issue.articles)
        for path, page, body in texts:
            for link in text_links(body):
                if not has_scheme(link.target):
                    yield path, page, link


def _is_for_a_place(anchor: str) -> bool:
    """Is an anchor, however it is written, meant for a place of a text: `P6`, `第三段`?"""
    return urls.is_text_anchor(anchor.lower()) or not anchor.isascii()


def _has_place(
    articles: Mapping[str, Article], others: Set[str], address: str, anchor: str
) -> bool:
    """Has a page the place of a text? Of pages that are neither articles nor among those `others`
    that have none nothing is said: `check` knows them."""
    article = articles.get(address)
    return anchor in _places(article) if article else address not in others


def _places(article: Article) -> Sequence[str]:
    paragraphs = range(1, len(prose.paragraphs_of(article.body)) + 1)
    return (
        *(urls.page_anchor(page) for page in article.pages),
        *(urls.paragraph_anchor(number) for number in paragraphs),
    )


def _page_meant(site: Site, page: str, target: str, known: Set[str]) -> str:
    """Of an article that is not there, which are; else a page of the same folder that may have been
    meant, offered."""
    found = urls.from_page(page, target)
    if not found:
        return ""
    missing = article_of(found[0]) or ""
    numbers = [one.id for one in site.archive.articles if one.issue_id == missing.partition("/")[0]]
    if numbers:
        first, last = (urls.link(page, urls.article(numbers[end])) for end in (0, -1))
        return f"那一期的文章是 {first} 至 {last}。"
    folder = urls.folder(found[0])
    choices = sorted(urls.link(page, one) for one in known if urls.folder(one) == folder)
    for choice in choices:
        if choice.lower() == target.lower():
            return offered(target, choice)
    return nearest(target, choices, otherwise="")


def _place_meant(article: Article | None) -> str:
    if article is None:
        return ""
    count = len(prose.paragraphs_of(article.body))
    return f"那一篇有 {count} 段，印在{span(article.pages)}。"


def _problem(path: str, link: TextLink, what: str, meant: str) -> Problem:
    return Problem(
        path=path,
        line=link.line,
        column=link.column,
        text=link.text,
        code="bad-link",
        message=f"链接“{link.target}”指向的{what}不存在",
        hint=f"{meant}同一期的另一篇写 02.html，另一期的写 ../2014-06-2/01.html；"
        "第 3 段写 #s3，第 6 页开始处写 #p6，也可以接在 .html 的后面。",
    )
