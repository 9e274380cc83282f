"""Page numbers that come from the layout (`page: auto`), and whether a PDF is of the present text.

The record of the layout is laid over the issue: where it is of this very text, articles get their
pages and marks from it, as if an editor had written them. Where it is not, they keep numbers that
contradict nothing, and a problem says that these are not to be published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bulletin_site.content.article import body_of
from bulletin_site.content.fields import AUTO
from bulletin_site.content.layout import (
    LAYOUT_FILE,
    ArticlePages,
    Layout,
    fingerprint,
    load_layout,
    pages_of,
)
from bulletin_site.content.marks import with_marks, without_marks
from bulletin_site.content.model import Article, Issue, Masthead, PdfFile
from bulletin_site.content.source import FOLDER, SourceFile
from bulletin_site.problems import Problem


def pdf_path(issue_id: str) -> str:
    """Where the PDF of an issue stands in the archive."""
    return f"{FOLDER}/{issue_id}/{issue_id}.pdf"


def numbered(
    issue: Issue, masthead: Masthead, record: SourceFile | None, pdf_size: int | None
) -> tuple[Issue, list[Problem]]:
    """The issue with the pages that its layout gave and the PDF that shows it, and what is wrong
    with either. `record` is its pdf.yaml, `pdf_size` that of its PDF in bytes."""
    mixed = list(_mixed(issue))
    problems = mixed or list(_marked(issue))
    known = load_layout(record) if record else None
    layout = known if known and known.text == fingerprint(masthead, issue) else None
    if layout:
        issue = replace(issue, articles=tuple(_laid_out(issue.articles, layout)))
    if layout and layout.size == pdf_size and layout.pages == pages_of(issue):
        pdf = PdfFile(
            path=pdf_path(issue.id), auto=layout.auto, size=layout.size, sha256=layout.sha256
        )
        return replace(issue, pdf=pdf), problems
    if issue.page_auto and not mixed:
        problems.append(_unnumbered(issue, record, layout, pdf_size))
    elif not mixed and (record or pdf_size is not None):
        problems.append(_stale(issue, record, pdf_size))
    return issue, problems


def forgiven(problem: Problem) -> Problem:
    """A problem as it is while an issue is being written: numbers may still be missing."""
    if problem.code != "page-auto":
        return problem
    return replace(
        problem,
        code="page-draft",
        message=f"{problem.message}，预览里暂且一篇一页",
        hint=f"发布以前{problem.hint}",
    )


def _laid_out(articles: tuple[Article, ...], layout: Layout) -> Iterator[Article]:
    """The articles, those of `page: auto` with the pages of the layout."""
    pages = {one.number: one for one in layout.pages}
    for article in articles:
        found = pages.get(article.number)
        yield _with_pages(article, found) if article.page_auto and found else article


def _with_pages(article: Article, pages: ArticlePages) -> Article:
    markdown = with_marks(without_marks(article.body.markdown), pages.breaks)
    return replace(article, first_page=pages.first_page, body=body_of(markdown, article.body.line))


def _mixed(issue: Issue) -> Iterator[Problem]:
    """An issue numbers itself as a whole or not at all."""
    first = issue.articles[0]
    for article in issue.articles:
        if article.page_auto != first.page_auto:
            yield Problem(
                path=article.path,
                line=article.lines.get("page", 0),
                text=AUTO if article.page_auto else str(article.first_page),
                code="page-mixed",
                message="这一期有的文章写了页码，有的写 page: auto",
                hint="一期里要么每篇写印刷页码，要么每篇都写 page: auto。"
                f"如果是固定页码时中断了，再运行一次 bulletin freeze {issue.id}。",
            )
            return


def _marked(issue: Issue) -> Iterator[Problem]:
    for article in issue.articles:
        for mark in article.body.page_breaks if article.page_auto else ():
            yield Problem(
                path=article.path,
                line=mark.line,
                text=f"{{p{mark.page}}}",
                code="page-mark",
                message=f"写了 page: auto，正文里就不能有分页记号 {{p{mark.page}}}",
                hint="请删去它：在哪里分页由排版决定。",
            )


def _unnumbered(
    issue: Issue, record: SourceFile | None, layout: Layout | None, pdf_size: int | None
) -> Problem:
    article = next(article for article in issue.articles if article.page_auto)
    if not record:
        message = "这一期的页码还没有排出来"
    elif not layout:
        message = "排出页码以后，这一期又改过"
    elif pdf_size is None:
        message = "页码是从 PDF 得来的，PDF 却不在了"
    else:
        message = "PDF 或排版记录被改动过，页码无从证明"
    return Problem(
        path=article.path,
        line=article.lines.get("page", 0),
        text=AUTO,
        code="page-auto",
        message=message,
        hint=f"请运行 bulletin pdf {issue.id}：排出 PDF，页码就从它得来。",
    )


def _stale(issue: Issue, record: SourceFile | None, pdf_size: int | None) -> Problem:
    if pdf_size is None:
        path = f"{FOLDER}/{issue.id}/{LAYOUT_FILE}"
        message = "只有排版记录，没有 PDF"
        hint = f"请运行 bulletin pdf {issue.id} 重新排出 PDF，或删去这个文件。"
    else:
        path = pdf_path(issue.id)
        message = (
            "排出这个 PDF 以后，这一期又改过；网站上不提供它"
            if record
            else f"这个 PDF 没有排版记录（{LAYOUT_FILE}）；网站上不提供它"
        )
        hint = f"请运行 bulletin pdf {issue.id} 重新排版，或删去这个 PDF。"
    return Problem(path=path, code="pdf-stale", message=message, hint=hint)
