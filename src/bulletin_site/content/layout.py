"""What the layout of an issue's PDF gave (`pdf.yaml` beside the PDF and the text).

    text: …                       fingerprint of the text that was laid out
    size, sha256                  of the PDF, in bytes
    grid: 29×25                   characters a line, lines a page
    fonts: [Noto Serif CJK SC]    that the PDF has in it
    numbers: auto                 the layout gave the page numbers; else `printed`: it kept to them
    pages:                        where each article begins, and each page within it
      - {in: 01.md, page: 2, breaks: [{page: 3, at: 512, text: 点企业或科研}]}

`at` counts code points of the body without its `{pN}` marks. A record that says something else
than the issue does is out of date; nothing is lost with it, for it can be made again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from bulletin_site.content.fields import AUTO, Fields
from bulletin_site.content.marks import mark_offsets, without_marks
from bulletin_site.content.model import Issue, Masthead
from bulletin_site.content.source import SourceFile
from bulletin_site.content.written import quoted
from bulletin_site.content.yaml_nodes import compose
from bulletin_site.problems import Problem

LAYOUT_FILE = "pdf.yaml"

_KEYS = ("text", "size", "sha256", "grid", "fonts", "numbers", "pages")
_PAGES_KEYS = ("in", "page", "breaks")
_BREAK_KEYS = ("page", "at", "text")
_NUMBER = re.compile(r"[1-9][0-9]{0,9}", re.ASCII)
_FILE = re.compile(r"([0-9]{2,3})\.md", re.ASCII)
_SHOWN = 10

_HEAD = """\
# 由 bulletin pdf 写成，不要手改：排出 PDF 的文字、字体和版式，每篇、每页从哪里起。
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePages:
    """Where the pages of an article begin: its first page, and each that begins within it with its
    offset in the body without marks."""

    number: int
    first_page: int
    breaks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The record of a PDF. `text` is the `fingerprint` of what it was made of; `auto`: the page
    numbers come from it."""

    text: str
    size: int
    sha256: str
    grid: str
    fonts: tuple[str, ...]
    auto: bool
    pages: tuple[ArticlePages, ...]


def fingerprint(masthead: Masthead, issue: Issue) -> str:
    """A hash of all that the PDF shows of an issue, but for its page numbers: the same for the same
    text, whatever program reads it."""
    printed = [
        [
            article.number,
            article.title,
            article.source,
            article.topics[0].name if issue.topics_printed and article.topics else None,
            without_marks(article.body.markdown).rstrip(),
        ]
        for article in issue.articles
    ]
    head = [
        masthead.title,
        issue.organization or masthead.organization,
        issue.publisher or masthead.publisher,
        issue.date.isoformat(),
        issue.label,
        issue.note.markdown.strip(),
    ]
    return hashlib.sha256(msgspec.json.encode([head, printed])).hexdigest()


def pages_of(issue: Issue) -> tuple[ArticlePages, ...]:
    """Where the pages of the articles begin by their front matter and marks."""
    return tuple(
        ArticlePages(
            number=article.number,
            first_page=article.first_page,
            breaks=tuple(mark_offsets(article.body.markdown)),
        )
        for article in issue.articles
    )


def load_layout(file: SourceFile) -> Layout | None:
    """The record, or nothing where it cannot be read to its end."""
    problems: list[Problem] = []
    mapping, found = compose(file.path, file.text, 1)
    if mapping is None or found:
        return None
    fields = Fields(file.path, mapping, _KEYS, problems)
    layout = Layout(
        text=fields.text("text", required=True) or "",
        size=_number(fields, "size"),
        sha256=fields.text("sha256", required=True) or "",
        grid=fields.text("grid") or "",
        fonts=tuple(name.text for name in fields.texts("fonts")),
        auto=fields.text("numbers") == AUTO,
        pages=tuple(
            ArticlePages(
                number=_article(child),
                first_page=_number(child, "page"),
                breaks=tuple(
                    (_number(one, "page"), _number(one, "at"))
                    for one in child.children("breaks", _BREAK_KEYS)
                ),
            )
            for child in fields.children("pages", _PAGES_KEYS)
        ),
    )
    return None if problems else layout


def _article(fields: Fields) -> int:
    """The number of the article that stands in a file; a problem and 0 where it is none."""
    value = fields.text("in", required=True) or ""
    found = _FILE.fullmatch(value)
    if not found:
        fields.note_value("in", "wrong-kind", f"“{value}”不是文章的文件名", "")
    return int(found[1]) if found else 0


def _number(fields: Fields, key: str) -> int:
    """A count, 1 or more; a problem and 0 where there is none."""
    value = fields.text(key, required=True) or ""
    if _NUMBER.fullmatch(value):
        return int(value)
    fields.note_value(key, "wrong-kind", f"“{value}”不是数字", "")
    return 0


def written(layout: Layout, bodies: Mapping[int, str]) -> str:
    """pdf.yaml, which `load_layout` reads; `bodies` by the numbers of the articles, to show with
    which words their pages begin."""
    lines = [
        f"text: {layout.text}",
        f"size: {layout.size}",
        f"sha256: {layout.sha256}",
        f"grid: {quoted(layout.grid)}",
        f"fonts: [{', '.join(quoted(name) for name in layout.fonts)}]",
        f"numbers: {AUTO if layout.auto else 'printed'}",
        "pages:",
    ]
    for article in layout.pages:
        lines += _written_pages(article, without_marks(bodies[article.number]))
    return _HEAD + "\n".join(lines) + "\n"


def _written_pages(article: ArticlePages, body: str) -> Iterator[str]:
    yield f"  - in: {article.number:02}.md"
    yield f"    page: {article.first_page}"
    if article.breaks:
        yield "    breaks:"
    for page, at in article.breaks:
        words = " ".join(body[at : at + _SHOWN].split())
        yield f"      - {{page: {page}, at: {at}, text: {quoted(words)}}}"
