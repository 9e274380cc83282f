"""Why an issue is not laid out, or its PDF not written, said to the editor."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from bulletin_site.checks.pdf_editions import ink_by_page
from bulletin_site.content.model import Issue
from bulletin_site.content.numbering import pdf_path
from bulletin_site.problems import Problem
from bulletin_site.typeset.view import Block


def too_full(issue: Issue, page: int) -> Problem:
    if page < issue.pages.first:
        message = f"目录放不下：正文从第 {issue.pages.first} 页开始，前面只有 {page} 页"
        hint = "请核对各篇的 page；目录比印刷本长，多半是第一篇的 page 写小了。"
        return _problem(issue.path, message, hint)
    article = max(
        (article for article in issue.articles if page in article.pages),
        key=lambda one: len(ink_by_page(one)[page]),
    )
    lines = [mark.line for mark in article.body.page_breaks if mark.page == page]
    return Problem(
        path=article.path,
        line=lines[0] if lines else article.lines.get("page", 0),
        code="pdf-layout",
        message=f"印刷版第 {page} 页的文字，用最小的字也排不进一页 A4 纸",
        hint=f"多半是第 {page + 1} 页的分页记号写得太靠后，或者漏了一个；请对照印刷本核对。",
    )


def _problem(path: str, message: str, hint: str) -> Problem:
    return Problem(path=path, code="pdf-layout", message=message, hint=hint)


def uncuttable(issue: Issue, block: Block) -> Problem:
    article = issue.articles[block.article - 1]
    return _problem(
        article.path,
        f"第 {block.position} 段、表或代码太长，一页纸放不下，中间又不能分页",
        "请把它分成几段，或者去掉其中的链接、代码记号，再运行一次。",
    )


def unlike(issue: Issue, what: str) -> Problem:
    return _problem(
        pdf_path(issue.id),
        f"排出的 PDF 没有通过核对：{what}",
        "没有写入。写明了字句的，多半是其中有排不好的字（如从右到左的文字），请改一改；"
        "不是的，换一种字体再试；还不行，请告诉维护人员。",
    )


def _named(character: str) -> str:
    """As people can look for it; one that Unicode does not know has only its number."""
    code = f"U+{ord(character):04X}"
    return code if unicodedata.category(character) in ("Co", "Cn") else f"{character}（{code}）"


def unshown(issue: Issue, characters: Sequence[str]) -> Problem:
    """Said of the place where the first of them stands, if it is in a text."""
    shown = "、".join(map(_named, characters[:10]))
    more = f"等 {len(characters)} 个字" if len(characters) > 10 else ""
    path, line = next(
        (
            (article.path, article.body.line + text.count("\n", 0, text.index(characters[0])))
            for article in issue.articles
            if characters[0] in (text := article.body.markdown)
        ),
        (issue.path, 0),
    )
    return Problem(
        path=path,
        line=line,
        code="pdf-glyph",
        message=f"这台电脑的字体里没有这些字：{shown}{more}",
        hint="没有写入。请安装有这些字的中文字体（Debian：sudo apt install fonts-noto-cjk），"
        "再运行一次；是打错的字，就改正它。",
    )
