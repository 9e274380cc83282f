"""An issue as one text file and as one Markdown file, to be kept, searched and worked on.

Both have the lines of the cover, the 目录 with its page numbers, and the articles as they were
printed. A paragraph is one line, however long, and a blank line stands between two of them: what is
copied out of the file, or counted by a program, are the paragraphs of the print. Where a printed
page begins stands its mark, in the middle of a sentence too: in the text file 〔第6页〕, which a
reader understands and print hardly has, in Markdown `{p6}` as in the editor's own files. `bulletin
import` reads both back.

The text file begins with a byte order mark and its lines end with CR LF: the Notepad of Windows 7
takes a file without the mark for GBK, and before Windows 10 1809 it puts all of a file that has
only LF on one line. The Markdown file has neither: it is for programs, and to many of them a mark
before the first `#` is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment
from markdown_it.token import Token

from bulletin_site.content.markdown import PAGE_BREAK
from bulletin_site.content.model import Article, Body, Issue, Publication
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import urls
from bulletin_site.pages.parts import day

NOTE_HEADING = "编者说明"
TOPICS_LABEL = "主题："
_MARKUP = re.compile(r"([\\`*_\[\]{}<>#])")
_BLOCK_MARKUP = re.compile(r"^([0-9]*)([-+#|~=.)])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How a file writes things: `heading` of a level from 1, a `line` that is no heading, text
    `within` a line, the `item` of a list, where a page begins (`mark`), and the blocks of a body
    under a heading of level 2."""

    heading: Callable[[int, str], str]
    line: Callable[[str], str]
    within: Callable[[str], str]
    item: str
    mark: str
    body: Callable[[Body], Iterable[str]]


def files(
    publication: Publication, issue: Issue, environment: Environment
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The two files of an issue, each with what makes it."""
    del environment  # They are made without a template.
    yield urls.plain_text_file(issue.id), lambda: plain_text_file(publication, issue)
    yield urls.markdown_file(issue.id), lambda: markdown_file(publication, issue)


def plain_text_file(publication: Publication, issue: Issue) -> bytes:
    """The issue as text for readers, in UTF-8 with a byte order mark and CR LF."""
    text = "\n\n".join(_blocks(publication, issue, _TEXT)) + "\n"
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def markdown_file(publication: Publication, issue: Issue) -> bytes:
    """The issue as Markdown, in UTF-8."""
    return ("\n\n".join(_blocks(publication, issue, _MARKDOWN)) + "\n").encode()


def _blocks(publication: Publication, issue: Issue, form: _Form) -> Iterator[str]:
    organization = issue.organization or publication.organization
    publisher = issue.publisher or publication.publisher
    if organization:
        yield form.line(organization)
    yield form.heading(1, publication.title)
    yield form.line(day(issue.date).text)
    yield form.line(issue.label)
    if publisher:
        yield form.line(publisher)
    yield form.heading(2, "目录")
    yield from _contents(issue, form)
    if issue.note.markdown.strip():
        yield form.heading(2, NOTE_HEADING)
        yield from form.body(issue.note)
    for article in issue.articles:
        yield from _article(issue, article, form)


def _contents(issue: Issue, form: _Form) -> Iterator[str]:
    """As printed: under topics where the issue has them in print."""

    def topic(article: Article) -> str:
        return article.topics[0].name if issue.topics_printed and article.topics else ""

    for name, articles in groupby(issue.articles, key=topic):
        if name:
            yield f"【{form.within(name)}】"
        yield "\n".join(
            f"{form.item}{_numbered(article, form)}……{article.first_page}" for article in articles
        )
    for number, withdrawal in issue.withdrawn.items():
        yield f"（第{number}篇已于{day(withdrawal.date).text}撤回。）"


def _numbered(article: Article, form: _Form) -> str:
    return f"{article.number}、{form.within(article.title)}"


def _article(issue: Issue, article: Article, form: _Form) -> Iterator[str]:
    """Title, text, source. Topics are named where the 目录 does not name them all."""
    if begins_a_page(issue, article):
        yield form.mark % article.first_page
    yield form.heading(2, f"{article.number}、{article.title}")
    if article.topics and (not issue.topics_printed or len(article.topics) > 1):
        yield TOPICS_LABEL + "、".join(form.within(topic.name) for topic in article.topics)
    yield from form.body(article.body)
    if article.source:
        yield f"（{form.within(article.source)}）"
    for correction in article.corrections:
        yield f"勘误（{day(correction.date).text}）：{form.within(correction.text)}"


def _text_blocks(body: Body) -> Iterator[str]:
    """The text of each paragraph, heading and row of a table, with the marks of pages."""
    cells: list[str] | None = None
    for token in body.tokens:
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield "\t".join(cells)
            cells = None
        elif token.type == PAGE_BREAK:
            yield _TEXT_MARK % token.meta["page"]
        elif token.type == "fence":
            yield token.content.rstrip("\n")
        elif token.type == "inline" and cells is not None:
            cells.append(_text_of(token.children or ()))
        elif token.type == "inline":
            yield _text_of(token.children or ())


def _text_of(children: Sequence[Token]) -> str:
    return "".join(
        _TEXT_MARK % child.meta["page"]
        if child.type == PAGE_BREAK
        else "\n"
        if child.type == "hardbreak"
        else child.content
        for child in children
    )


def _markdown_blocks(body: Body) -> Iterator[str]:
    """The Markdown as the editor wrote it, its subheadings below the heading of the article."""
    lines = body.markdown.strip("\n").split("\n")
    before = len(body.markdown) - len(body.markdown.lstrip("\n"))
    for token in body.tokens:
        if token.type == "heading_open" and token.map:
            at = token.map[0] - before
            before_it, _, rest = lines[at].partition("#")  # of a quotation or an item: its sign
            sign = before_it if before_it.strip() else ""
            lines[at] = f"{sign}##{'#' * token.meta['rank']} {rest.lstrip('#').strip()}"
    last = body.tokens[-1] if body.tokens else None
    if last and last.type == "fence" and not _is_ended(last, body):
        # Else it would go on through the articles that follow.
        lines.append(last.markup)
    yield "\n".join(lines)


def _is_ended(fence: Token, body: Body) -> bool:
    """Has a block of code a line that ends it?"""
    start, end = fence.map or (0, 0)
    line = body.markdown.split("\n")[end - 1].strip()
    return end - start > 1 and line.startswith(fence.markup) and not line.strip(line[0])


def _escaped(text: str) -> str:
    """Text within a line that Markdown reads as it stands."""
    return _MARKUP.sub(r"\\\1", text)


def _escaped_line(text: str) -> str:
    """A line of which Markdown makes neither list nor heading nor table."""
    return _BLOCK_MARKUP.sub(r"\1\\\2", _escaped(text))


_TEXT_MARK = "〔第%d页〕"
_TEXT = _Form(
    heading=lambda _, text: text,
    line=str,
    within=str,
    item="",
    mark=_TEXT_MARK,
    body=_text_blocks,
)
_MARKDOWN = _Form(
    heading=lambda level, text: f"{'#' * level} {_escaped(text)}",
    line=_escaped_line,
    within=_escaped,
    item="- ",
    mark="{p%d}",
    body=_markdown_blocks,
)
