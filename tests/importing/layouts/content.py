"""The truth that layouts print and the judge knows: issues as plain values, read by the loader of
the program itself, and cut into printed pages.

Two are the archive's own; three were invented for their traps (`invented/issues/`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from markdown_it.token import Token

from bulletin_site.content.archive import load
from bulletin_site.content.folder import read_folder
from bulletin_site.content.markdown import PAGE_BREAK
from bulletin_site.content.model import Article, Body, Issue
from bulletin_site.content.source import is_text, tree_of

ROOT = Path(__file__).resolve().parents[3]
INVENTED = Path(__file__).resolve().parent / "invented"

Kind = Literal["paragraph", "subheading", "table", "note"]
MARK = re.compile(r"\{p([1-9]\d*)\}")
_NOTE = re.compile(r"^[①②③④⑤⑥⑦⑧⑨] ?(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph of an article with `{p6}` where printed page 6 begins; a page that begins between
    two blocks is marked at the head of the second. `text` of a table: its cells by tab and line."""

    kind: Kind
    text: str

    @property
    def plain(self) -> str:
        return MARK.sub("", self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleText:
    """An article as printed; `topics` are those under which its contents list it."""

    title: str
    page: int
    source: str | None
    topics: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def text(self) -> str:
        return "\n".join(block.plain for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueText:
    """An issue as printed. `id`: `2014-05-1`; `note`: of the editors, before the first article."""

    id: str
    title: str
    date: date
    label: str
    publisher: str
    organization: str | None
    note: str
    topics_printed: bool
    articles: tuple[ArticleText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What stands of a block on one page. `article` counts from 0; `begun`: its block began on the
    page before; `cut`: it goes on on the next one; `last`: its article ends with it."""

    article: int
    block: int
    kind: Kind
    text: str
    first: bool
    last: bool
    begun: bool
    cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    number: int
    pieces: tuple[Piece, ...]


@cache
def truths() -> tuple[IssueText, ...]:
    """All truths, oldest first, those of the archive after the invented ones of their years."""
    found = (*read_issues(ROOT), *read_issues(INVENTED))
    return tuple(sorted(found, key=lambda issue: issue.date))


def truth(issue_id: str) -> IssueText:
    (found,) = (issue for issue in truths() if issue.id == issue_id)
    return found


def read_issues(root: Path) -> tuple[IssueText, ...]:
    """The issues below `root/issues` as the program's loader reads them; its problems are not
    looked at, for an import may leave some on purpose."""
    tree, _ = tree_of(read_folder(root, "issues", wanted=is_text))
    archive, _ = load(tree)
    return tuple(
        issue_text(issue, archive.title, archive.publisher or "") for issue in archive.issues
    )


def issue_text(issue: Issue, title: str, publisher: str) -> IssueText:
    return IssueText(
        id=issue.id,
        title=title,
        date=issue.date,
        label=issue.label,
        publisher=issue.publisher or publisher,
        organization=issue.organization,
        note="\n".join(block.plain for block in blocks_of(issue.note)),
        topics_printed=issue.topics_printed,
        articles=tuple(_article(article, issue.topics_printed) for article in issue.articles),
    )


def _article(article: Article, topics_printed: bool) -> ArticleText:
    topics = tuple(topic.name for topic in article.topics)
    return ArticleText(
        title=article.title,
        page=article.first_page,
        source=article.source,
        topics=topics[:1] if topics_printed else topics,
        blocks=blocks_of(article.body),
    )


def blocks_of(body: Body) -> tuple[Block, ...]:
    """The blocks of a body, with the marks between two of them moved into the second."""
    found: list[Block] = []
    marks = ""
    rows: list[list[str]] = []
    kind: Kind = "paragraph"
    for token in body.tokens:
        if token.type == PAGE_BREAK:
            marks += f"{{p{token.meta['page']}}}"
        elif token.type == "heading_open":
            kind = "subheading"
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            text = "\n".join("\t".join(row) for row in rows)
            found.append(Block(kind="table", text=marks + text))
            marks, rows = "", []
        elif token.type == "inline" and rows:
            rows[-1].append(_text(token))
        elif token.type == "inline" or token.type == "fence":
            text = _text(token)
            if kind == "paragraph" and _NOTE.match(MARK.sub("", text)):
                kind = "note"
            found.append(Block(kind=kind, text=marks + text))
            marks, kind = "", "paragraph"
    if marks and found:
        found[-1] = replace(found[-1], text=found[-1].text + marks)
    return tuple(found)


def _text(token: Token) -> str:
    if token.children is None:
        return token.content
    return "".join(
        f"{{p{child.meta['page']}}}" if child.type == PAGE_BREAK else child.content
        for child in token.children
    )


def printed_pages(issue: IssueText) -> tuple[PrintedPage, ...]:
    """The pages of an issue as its page numbers and marks cut it."""
    pages: dict[int, list[Piece]] = {}
    for position, article in enumerate(issue.articles):
        page = article.page
        for number, block in enumerate(article.blocks):
            parts = MARK.split(block.text)
            # A mark at the head leaves an empty part before it, which is no piece.
            texts = [(page, parts[0])]
            for begins, text in zip(parts[1::2], parts[2::2], strict=True):
                texts.append((int(begins), text))
            page = texts[-1][0]
            texts = [entry for entry in texts if entry[1]]
            for turn, (on, text) in enumerate(texts):
                piece = Piece(
                    article=position,
                    block=number,
                    kind=block.kind,
                    text=text,
                    first=number == 0 and turn == 0,
                    last=number == len(article.blocks) - 1 and turn == len(texts) - 1,
                    begun=turn > 0,
                    cut=turn < len(texts) - 1,
                )
                pages.setdefault(on, []).append(piece)
    return tuple(
        PrintedPage(number=number, pieces=tuple(pieces)) for number, pieces in sorted(pages.items())
    )


def breaks_between(article: ArticleText) -> bool:
    """Does a page begin between two blocks of it? Without pages, no layout shows where."""
    return any(MARK.match(block.text) for block in article.blocks)


def mapped(issue: IssueText, change: Callable[[str], str]) -> IssueText:
    """The issue with all its texts changed, but for the names of topics: those are the archive's."""
    return replace(
        issue,
        title=change(issue.title),
        label=change(issue.label),
        publisher=change(issue.publisher),
        organization=change(issue.organization) if issue.organization else None,
        note=change(issue.note),
        articles=tuple(
            replace(
                article,
                title=change(article.title),
                source=change(article.source) if article.source else None,
                blocks=tuple(replace(block, text=change(block.text)) for block in article.blocks),
            )
            for article in issue.articles
        ),
    )


def topic_groups(issue: IssueText) -> Iterator[tuple[str | None, list[tuple[int, ArticleText]]]]:
    """The articles, numbered from 1, under the topics of the contents; `None` where none are."""
    group: list[tuple[int, ArticleText]] = []
    topic: str | None = None
    for number, article in enumerate(issue.articles, start=1):
        own = article.topics[0] if issue.topics_printed and article.topics else None
        if group and own != topic:
            yield topic, group
            group = []
        topic = own
        group.append((number, article))
    if group:
        yield topic, group


def ink(text: str) -> str:
    """Text without white space."""
    return re.sub(r"[\s\u3000\u200b\ufeff]+", "", text)
