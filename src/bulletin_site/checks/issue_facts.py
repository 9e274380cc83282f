"""What the pages of an issue, its articles and its printed pages say beside the text: whose it is,
of which day, where it was taken from, what stands before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bulletin_site.checks.truth import PrintedArticle, Truth
from bulletin_site.content.model import Archive, Article, Issue
from bulletin_site.content.pagination import PagePiece, printed_pages
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day, span
from bulletin_site.pages.prose import plain_text

Facts = tuple[str, list[str]]
"""Where on a page something is said, as a CSS selector, and what, in the order of the page."""

_ARTICLE = ".printed-at, .facts dt, .facts dd, article > .signature, .neighbours a"
_COVER = ".cover-organization, h1, .cover-facts, .note, .toc-topic"
_ISSUE = f"{_COVER}, .withdrawn-articles li, section > .whole, .assigned dt, .assigned dd, {{}}"
_WHOLE = f"{_COVER}, main > .whole"
_PRINTED = (
    "h1, .piece > h2, .continues, .piece > .signature, .withdrawn-note, .folio, .neighbours a,"
    " main > .whole, .page-list .label"
)


def of_issue(address: str, truth: Truth) -> Facts | None:
    """What the page at an address must say, if it is of an issue."""
    if address in truth.articles:
        return _ARTICLE, list(_article(truth.articles[address], truth))
    if address in truth.issues:
        return _ISSUE.format(".neighbours a"), list(_issue(truth.issues[address], truth))
    if address in truth.whole_issues:
        issue = truth.whole_issues[address]
        return _WHOLE, [*_cover(issue, truth.archive), "本期目录"]
    return _printed_page(address, truth)


def _article(found: PrintedArticle, truth: Truth) -> Iterator[str]:
    article, issue = found.article, found.issue
    yield truth.archive.title + issue.name + span(article.pages)
    yield from ("期次", f"{issue.name}（整期）", "日期", day(issue.date).text)
    if article.source:
        yield from ("来源", article.source)
    if article.topics:
        yield from ("主题", "、".join(topic.name for topic in article.topics))
    yield from ("印刷页", "、".join(f"第{page}页" for page in article.pages))
    if article.source:
        yield f"（{article.source}）"
    earlier, later = truth.beside(issue)
    before, after = issue.articles.index(article) - 1, issue.articles.index(article) + 1
    if before >= 0:
        yield f"上一篇{issue.articles[before].title}"
    elif earlier:
        yield f"上一期最后一篇{earlier.articles[-1].title}"
    if after < len(issue.articles):
        yield f"下一篇{issue.articles[after].title}"
    elif later:
        yield f"下一期第一篇{later.articles[0].title}"


def _cover(issue: Issue, archive: Archive) -> Iterator[str]:
    organization = issue.organization or archive.organization
    if organization:
        yield organization
    yield archive.title + issue.name
    yield (issue.publisher or archive.publisher or "") + day(issue.date).text
    note = plain_text(issue.note).text
    if note.strip():
        yield note
    yield from topics_printed(issue)


def topics_printed(issue: Issue) -> Iterator[str]:
    """The headings of the table of contents, where it was printed with any."""
    if issue.topics_printed:
        for topic, _ in groupby(issue.articles, key=lambda one: one.topics[:1]):
            yield from (one.name for one in topic)


def _issue(issue: Issue, truth: Truth) -> Iterator[str]:
    yield from _cover(issue, truth.archive)
    for number, one in issue.withdrawn.items():
        yield f"第{number}篇已于{day(one.date).text}撤回"
    yield "整期阅读"
    if not issue.topics_printed:
        for topic in truth.archive.topics:
            titles = [one.title for one in issue.articles if topic in one.topics]
            yield from ([topic.name, *titles] if titles else [])
    earlier, later = truth.beside(issue)
    yield from ([f"上一期{earlier.name}"] if earlier else [])
    yield from ([f"下一期{later.name}"] if later else [])


def _printed_page(address: str, truth: Truth) -> Facts | None:
    number, issue_id = urls.printed_page_of(address), urls.issue_of(address)
    issue = truth.issues.get(urls.issue(issue_id or ""))
    if number is None or not issue or address in {*truth.withdrawn, *truth.aliases}:
        return None
    printed = next((page for page in printed_pages(issue) if page.number == number), None)
    if not printed:
        return None
    said = [f"{truth.archive.title}{issue.name}第{number}页"]
    for piece in printed.pieces:
        said += _piece(piece, piece.article)
    said += [] if printed.pieces else ["这一页的内容已撤回。"]
    said += [f"—{number}—"]
    for page, label in ((number - 1, "上一页"), (number + 1, "下一页")):
        said.append(f"{label}第{page}页" if page in issue.pages else "回到本期目录")
    return _PRINTED, [*said, "整期阅读", "按页阅读"]


def _piece(piece: PagePiece, article: Article) -> Sequence[str]:
    """What stands above and below the text of an article on one printed page."""
    said = [f"{article.number}、{article.title}"]
    if not piece.begins:
        said.append(f"（接第{piece.page - 1}页）")
    if not piece.ends:
        return [*said, f"（转第{piece.page + 1}页）"]
    return [*said, f"（{article.source}）"] if article.source else said
