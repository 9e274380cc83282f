"""Printed pages, proved: from the page on which each article begins and the `{pN}` marks follows
which piece of which article stands on which printed page.

An issue is printed without gaps, so an article begins on the page on which the one before it ended
or on the next one, and within an article each mark is one more than the page before it. If all of
that holds, every number in the table of contents agrees with the text and no page is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from bulletin_site.content.markdown import PAGE_BREAK, inline_children
from bulletin_site.content.marks import MALFORMED_MARK, column_at, is_mark, marks
from bulletin_site.content.model import Article, Issue
from bulletin_site.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePiece:
    """What stands of one article on one printed page."""

    article: Article
    page: int

    @property
    def begins(self) -> bool:
        return self.page == self.article.first_page

    @property
    def ends(self) -> bool:
        return self.page == self.article.pages.last


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """A printed page and its pieces from top to bottom."""

    number: int
    pieces: tuple[PagePiece, ...]


def printed_pages(issue: Issue) -> tuple[PrintedPage, ...]:
    """The pages of an issue whose page numbers hold, in order; without a piece are those whose
    whole text was withdrawn."""
    pieces: dict[int, list[PagePiece]] = {page: [] for page in issue.pages}
    for article in issue.articles:
        for page in article.pages:
            pieces[page].append(PagePiece(article=article, page=page))
    return tuple(
        PrintedPage(number=number, pieces=tuple(found)) for number, found in pieces.items()
    )


def begins_a_page(issue: Issue, article: Article) -> bool:
    """Is the article's title the first thing on its page?"""
    before = [other for other in issue.articles if other.number < article.number]
    return not before or before[-1].pages.last < article.first_page


def page_problems(articles: Sequence[Article]) -> Iterator[Problem]:
    """Every contradiction between starting pages and marks of an issue's articles, said once, where
    it begins. Where an article is missing between two, only their order can be judged."""
    before: Article | None = None
    ends: set[int] = set()  # where that one may end: as it says, and but for what was said of it
    for article in articles:
        starts = {article.first_page}
        found = list(_start_problems(before, article)) if before else []
        follows = before is not None and article.number == before.number + 1
        if found and not _may_follow(article.first_page, ends, follows=follows):
            yield from found
            starts |= {end + 1 for end in ends} | ends
        misplaced = list(misplaced_marks(article))
        yield from misplaced
        yield from _mark_problems(article, starts, last=article is articles[-1])
        ends = {article.pages.last + more for more in range(len(misplaced) + 1)}
        ends |= {start + len(article.body.page_breaks) for start in starts}
        before = article


def _may_follow(page: int, ends: Set[int], *, follows: bool) -> bool:
    """Can an article begin on a page after one that may end on those pages?"""
    return any(page >= end and (page <= end + 1 or not follows) for end in ends)


def _start_problems(before: Article, article: Article) -> Iterator[Problem]:
    """What is wrong with the page of an article after the one before it."""
    follows = article.number == before.number + 1
    later = f"第 {before.pages.last + 1} 页" if follows else "以后"
    expected = f"应是第 {before.pages.last} 页或{later}"
    if article.first_page < before.pages.last:
        yield Problem(
            path=article.path,
            line=article.lines.get("page", 0),
            text=str(article.first_page),
            code="page-order",
            message=f"页码 {article.first_page} 早于上一篇的末页（第 {before.pages.last} 页）",
            hint=f"{expected}；请核对本篇的 page，或上一篇（{before.path}）的分页记号。",
        )
    elif follows and article.first_page > before.pages.last + 1:
        yield Problem(
            path=article.path,
            line=article.lines.get("page", 0),
            text=str(article.first_page),
            code="page-skip",
            message=f"上一篇到第 {before.pages.last} 页为止，"
            f"本篇却从第 {article.first_page} 页开始",
            hint=f"{expected}；如果页码没错，就是上一篇（{before.path}）"
            f"缺了分页记号 {{p{before.pages.last + 1}}}。",
        )


def _mark_problems(article: Article, starts: Set[int], *, last: bool) -> Iterator[Problem]:
    """Marks that do not follow one another, the first of them a page on which it may begin."""
    page = article.first_page
    for mark in article.body.page_breaks:
        if mark.page - 1 not in starts:
            yield Problem(
                path=article.path,
                line=mark.line,
                text=f"{{p{mark.page}}}",
                code="page-mark-order",
                message=f"分页记号 {{p{mark.page}}} 前面是第 {page} 页",
                hint=f"这里应是 {{p{page + 1}}}；也可能前面缺了记号，或 page 写错了。",
            )
        page, starts = mark.page, {mark.page}
    breaks = article.body.page_breaks
    if breaks and _ends_with_mark(article):
        yield Problem(
            path=article.path,
            line=breaks[-1].line,
            text=f"{{p{breaks[-1].page}}}",
            code="page-mark-end",
            message=f"分页记号 {{p{breaks[-1].page}}} 后面没有正文",
            hint="请删去它。" if last else "请删去它：下一篇的 page 已经说明从哪一页开始。",
        )


def misplaced_marks(article: Article) -> Iterator[Problem]:
    """Marks that are misspelled, or stand where nothing reads them."""
    markdown = article.body.markdown
    braces = {markdown.count(brace) for brace in "{}"}
    if braces == {len(article.body.page_breaks)} and "｛" not in markdown and "｝" not in markdown:
        return  # each of them is one of a mark that was read
    for found in MALFORMED_MARK.finditer(markdown):
        if not is_mark(found[0]):
            yield Problem(
                path=article.path,
                line=article.body.line + markdown.count("\n", 0, found.start()),
                text=found[0],
                column=column_at(markdown, found.start()),
                code="page-mark",
                message=f"分页记号“{found[0]}”写法不对",
                hint="写成半角花括号、小写 p 和半角数字，例如第 6 页开始处写 {p6}。",
            )
    written = marks(markdown)
    if len(written) == len(article.body.page_breaks):
        return
    read = Counter((mark.page, mark.line) for mark in article.body.page_breaks)
    for number, offset in written:
        place = (number, article.body.line + offset)
        read[place] -= 1
        if read[place] < 0:
            yield Problem(
                path=article.path,
                line=article.body.line + offset,
                text=f"{{p{number}}}",
                code="page-mark",
                message=f"分页记号 {{p{number}}} 在这里不起作用",
                hint="不要写在链接或代码里，移到它的前面或后面。",
            )


def _ends_with_mark(article: Article) -> bool:
    """Does no text follow the last mark?"""
    for token in reversed(tuple(inline_children(article.body.tokens))):
        if token.type == PAGE_BREAK:
            return True
        if token.content.strip():
            return False
    return False
