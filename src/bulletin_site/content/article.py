"""Typing the articles of an issue: `01.md`, `02.md`, … become `Article` values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from bulletin_site.content.address import is_page, rule
from bulletin_site.content.characters import without_invisible
from bulletin_site.content.fields import AUTO, Fields
from bulletin_site.content.front_matter import Document, split
from bulletin_site.content.markdown import PAGE_BREAK, has_text, inline_children, parse
from bulletin_site.content.marks import MALFORMED_MARK
from bulletin_site.content.model import Article, Body, Correction, PageBreak, Topic
from bulletin_site.content.source import FOLDER, SourceFile
from bulletin_site.problems import Problem, nearest

ARTICLE_NAME = re.compile(r"^(?P<number>0[1-9]|[1-9]\d{1,2})\.md$", re.ASCII)
ARTICLE_KEYS = ("title", "page", "topics", "source", "keywords", "corrections", "aliases")
CORRECTION_KEYS = ("date", "text")


def load_articles(
    issue_id: str,
    files: Mapping[str, SourceFile | None],
    topics: Mapping[str, Topic] | None,
    withdrawn: Collection[int],
    problems: list[Problem],
) -> Iterator[tuple[Article, bool]]:
    """The articles of an issue in printed order, and whether each has what an article must have:
    of one without a title or a page only the text can be judged. The numbers of those that were
    `withdrawn` stay free: all others keep theirs."""
    numbers = {int(name[:-3]): name for name in files if ARTICLE_NAME.match(name)}
    expected = 1
    for number in sorted(numbers):
        while expected in withdrawn:
            expected += 1
        if number > expected:
            problems.append(
                Problem(
                    path=f"{FOLDER}/{issue_id}/{numbers[number]}",
                    code="article-gap",
                    message=f"这一期缺少第 {expected} 篇（{expected:02}.md）",
                    hint="文章编号从 01 起，一篇接一篇；请补上缺的，或把后面的改名。"
                    "如果这一篇发布以后撤回了，后面的不要改名，在 archive.yaml 的 withdrawn 里"
                    f"写明 {FOLDER}/{issue_id}/{expected:02}.html。",
                )
            )
            break
        expected = max(expected, number + 1)
    for number in sorted(numbers):
        file = files[numbers[number]]
        document, found = split(file) if file else (None, [])
        problems += found
        if document:
            yield _article(issue_id, number, document, topics, problems)


def body_of(markdown: str, line: int) -> Body:
    """A body, parsed, with its page breaks located in the file, on whose `line` it begins."""
    tokens = parse(markdown)
    body = Body(
        markdown=markdown,
        page_breaks=tuple(
            PageBreak(page=token.meta["page"], line=line + token.meta["line"])
            for token in inline_children(tokens)
            if token.type == PAGE_BREAK
        ),
        line=line,
    )
    vars(body)["tokens"] = tokens  # so that they need not be parsed again
    return body


def _article(
    issue_id: str,
    number: int,
    document: Document,
    topics: Mapping[str, Topic] | None,
    problems: list[Problem],
) -> tuple[Article, bool]:
    fields = Fields(document.path, document.front_matter, ARTICLE_KEYS, problems)
    title = fields.phrase("title", required=True)
    if title and "{" in title and (mark := MALFORMED_MARK.search(title)):
        fields.note(
            fields.line("title"),
            "page-mark",
            f"题名里不能写分页记号“{mark[0]}”",
            "分页记号只写在正文里，请删去。",
            text=mark[0],
        )
    page = fields.page("page")
    source = fields.phrase("source")
    article_topics = tuple(_topics(fields, topics)) if topics is not None else ()
    corrections = tuple(_corrections(fields, issue_id[:7]))
    aliases = tuple(_aliases(fields))
    if not document.body.strip():
        fields.note(
            document.body_line - 1,
            "empty-body",
            "只有说明，没有正文",
            "正文写在第二行 --- 的下面。",
            text="---",
        )
    body = body_of(document.body, document.body_line)
    if document.body.strip() and not has_text(body.tokens):
        fields.note(
            document.body_line + len(document.body) - len(document.body.lstrip("\n")),
            "empty-body",
            "正文里只有符号，没有文字",
            "正文写在第二行 --- 的下面；星号、减号、井号单独成行时是排版的记号，不会显示。",
        )
    article = Article(
        issue_id=issue_id,
        number=number,
        title=title or "",
        # Where there is no number yet, each article has a page to itself: it contradicts nothing.
        first_page=number + 1 if page is None or page == AUTO else page,
        page_auto=page == AUTO,
        topics=article_topics,
        source=_without_brackets(source) if source else None,
        keywords=fields.words("keywords"),
        corrections=corrections,
        aliases=aliases,
        body=body,
        path=document.path,
        lines=document.front_matter.key_lines,
    )
    return article, bool(title and page)


def _without_brackets(source: str) -> str | None:
    """Sources are printed as （文汇报）; the brackets are the layout's, not the name's."""
    for opening, closing in ("（）", "()"):
        name = source[1:-1].strip()
        if source == f"{opening}{source[1:-1]}{closing}" and opening not in name:
            return name or None
    return source


def _topics(fields: Fields, topics: Mapping[str, Topic]) -> Iterator[Topic]:
    seen: set[str] = set()
    if fields.is_blank("topics"):
        fields.note(
            fields.line("topics"),
            "missing-key",
            "“topics”后面是空的",
            f"请写上，几个之间用半角逗号；没有主题就写 []。{nearest('', topics)}",
            text="topics",
        )
    for written in fields.texts("topics"):
        name = written.text if written.text in topics else without_invisible(written.text)
        if name not in topics:
            hint = nearest(name, topics) or "请先在 archive.yaml 里写上主题。"
            if re.search("[,，、；;［【]", name):
                hint = "写在半角方括号里，几个主题之间用半角逗号：[政务云, 大数据]。"
            fields.note_text(written, "unknown-topic", f"archive.yaml 里没有主题“{name}”", hint)
        elif name in seen:
            fields.note_text(written, "repeated-topic", f"主题“{name}”写了两次", "两处只留一处。")
        else:
            seen.add(name)
            yield topics[name]


def _corrections(fields: Fields, month: str) -> Iterator[Correction]:
    """The corrections of an article, none before the month of its issue (`2014-05`)."""
    for child in fields.children("corrections", CORRECTION_KEYS):
        day = child.date("date")
        text = child.phrase("text", required=True)
        if day and f"{day:%Y-%m}" < month:
            child.note_value(
                "date",
                "bad-date",
                f"勘误的日期 {day} 早于这一期（{month}）",
                "勘误是出版以后写的：请核对年份和月份。",
            )
        if day and text:
            yield Correction(date=day, text=text)


def _aliases(fields: Fields) -> Iterator[str]:
    for alias in fields.texts("aliases"):
        if is_page(alias.text):
            yield alias.text
        else:
            fields.note_text(
                alias,
                "bad-address",
                f"旧网址“{alias.text}”写法不对",
                f"{rule(alias.text)}例如：old/cloud.html",
            )
