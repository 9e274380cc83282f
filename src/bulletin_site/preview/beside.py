"""The page of an import: every printed page as the imported file has it, beside the same page as
the archive has it now, with the doubts that concern it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from bulletin_site.content.doubts import Doubt, SetAside
from bulletin_site.content.model import Issue
from bulletin_site.originals import Original, Sheet
from bulletin_site.pages import urls
from bulletin_site.preview.edition import Edition
from bulletin_site.preview.imports import Import
from bulletin_site.preview.markup import Quote, element, marked, moved
from bulletin_site.preview.matching import Matched, match, page_of
from bulletin_site.problems import Problem
from bulletin_site.report import place

_TEMPLATE = "beside.html"
_ENVIRONMENT = Environment(
    loader=DictLoader(
        {_TEMPLATE: (files("bulletin_site.preview") / "assets" / _TEMPLATE).read_text("utf-8")}
    ),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_STYLE = re.compile(r'<link rel="(?:stylesheet|icon)"[^>]*>')
_SHEET = r'<div class="sheet"[^>]*>'
_MAIN = r"<main\b[^>]*>"
_COVER = 0
"""Stands for what was printed before the first page: cover and contents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtView:
    """`place`: file and line; `page`: of the site, where it can be seen. `marked`: whether its
    words are marked in the text."""

    number: int
    place: str
    page: str
    message: str
    hint: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """`picture`: its address, if there is one; else the numbered lines are shown."""

    caption: str
    picture: str
    width: int
    height: int
    lines: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """What stands side by side. `text` is empty where the archive has no such page now."""

    anchor: str
    title: str
    href: str
    sheets: Sequence[SheetView]
    doubts: Sequence[DoubtView]
    text: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideView:
    """`note`: what has to be known of the pictures."""

    issue: str
    href: str
    file: str
    note: str
    styles: Markup
    rows: Sequence[RowView]
    aside: Sequence[SetAside]

    @property
    def doubts(self) -> Sequence[tuple[RowView, DoubtView]]:
        return [(row, doubt) for row in self.rows for doubt in row.doubts]


def beside(imported: Import, issue: Issue | None, edition: Edition | None, pictures: str) -> bytes:
    """The page, as HTML. `issue` and `edition` as they were when all was well, if ever;
    `pictures`: where the addresses of the kept pictures begin."""
    matched = match(imported.original, issue) if imported.original else Matched(pages={})
    sorted_doubts = _by_page(imported.doubts, issue)
    site = edition if issue else None
    view = BesideView(
        issue=issue.name if issue else imported.issue_id,
        href=f"/{urls.issue(imported.issue_id)}" if site else "",
        file=imported.record.file,
        note=_note(imported.original),
        styles=_styles(site),
        rows=tuple(_rows(imported.issue_id, matched, sorted_doubts, issue, site, pictures)),
        aside=imported.record.aside,
    )
    return _ENVIRONMENT.get_template(_TEMPLATE).render(view=view).encode()


def _note(original: Original | None) -> str:
    if original is None:
        return "没有留下原件的样子，只能看文字。再导入一次这个文件，就可以对照着看。"
    if original.by_office:
        return "图片由 LibreOffice 排版，换行、分页可能与印刷本不同。"
    return f"图片取自 {original.pictured}。" if original.pictured else ""


def _styles(edition: Edition | None) -> Markup:
    """The site's own, so that its text looks as it will."""
    page = edition.content(urls.HOME).decode() if edition else ""
    return Markup("\n".join(moved(link, urls.HOME) for link in _STYLE.findall(page)))


def _by_page(
    doubts: Sequence[tuple[Doubt, Problem]], issue: Issue | None
) -> Mapping[int, Sequence[tuple[Doubt, Problem]]]:
    found: dict[int, list[tuple[Doubt, Problem]]] = {}
    for doubt, problem in doubts:
        page = page_of(doubt, issue) if issue else None
        found.setdefault(page or _COVER, []).append((doubt, problem))
    return found


def _rows(
    issue_id: str,
    matched: Matched,
    doubts: Mapping[int, Sequence[tuple[Doubt, Problem]]],
    issue: Issue | None,
    edition: Edition | None,
    pictures: str,
) -> Iterator[RowView]:
    number = 0
    pages = sorted({_COVER, *matched.pages, *(issue.pages if issue else ())})
    for page in pages:
        address = urls.printed_page(issue_id, page) if page else urls.issue(issue_id)
        sheets = matched.pages.get(page, ()) if page else matched.before
        here = doubts.get(page, ())
        text, found = _text(edition, address, number, here)
        yield RowView(
            anchor=urls.page_anchor(page) if page else "cover",
            title=f"第{page}页" if page else "封面和目录",
            href=f"/{address}" if text else "",
            sheets=tuple(_sheet(sheet, pictures) for sheet in sheets),
            doubts=tuple(_doubts(issue_id, here, number, found, edition)),
            text=text,
        )
        number += len(here)
    if matched.others:
        yield RowView(
            anchor="others",
            title="没有对上页码的原件",
            href="",
            sheets=tuple(_sheet(sheet, pictures) for sheet in matched.others),
            doubts=(),
            text=Markup(""),
        )


def _text(
    edition: Edition | None,
    address: str,
    number: int,
    doubts: Sequence[tuple[Doubt, Problem]],
) -> tuple[Markup, frozenset[int]]:
    """The main part of a page of the site, with the doubtful words marked."""
    if edition is None or address not in edition.keys:
        return Markup(""), frozenset()
    page = edition.content(address).decode()
    quotes = [
        Quote(number=n, anchor=_anchor(doubt.file), text=doubt.text)
        for n, (doubt, _) in enumerate(doubts, start=number + 1)
        if doubt.text and not doubt.key
    ]
    piece, found = marked(element(page, _SHEET) or element(page, _MAIN), quotes)
    main = re.sub(r"<(/?)main\b", r"<\1div", piece)
    return Markup(moved(main, address)), found


def _anchor(file: str) -> str:
    """Where the article of a file stands on a printed page."""
    number = file.partition(".")[0]
    return urls.article_anchor(int(number)) if number.isdecimal() else ""


def _doubts(
    issue_id: str,
    doubts: Sequence[tuple[Doubt, Problem]],
    number: int,
    found: frozenset[int],
    edition: Edition | None,
) -> Iterator[DoubtView]:
    for n, (doubt, problem) in enumerate(doubts, start=number + 1):
        article = urls.article(f"{issue_id}/{doubt.file.partition('.')[0]}")
        yield DoubtView(
            number=n,
            place=place(problem),
            page=f"/{article}" if edition and article in edition.keys else "",
            message=problem.message,
            hint=problem.hint,
            marked=n in found,
        )


def _sheet(sheet: Sheet, pictures: str) -> SheetView:
    lines = enumerate(sheet.lines, start=sheet.first_line) if sheet.first_line else ()
    last = sheet.first_line + len(sheet.lines) - 1
    return SheetView(
        caption=f"原件第 {sheet.number} 页"
        if sheet.picture
        else f"原件第 {sheet.first_line}—{last} 行",
        picture=f"{pictures}{sheet.picture}" if sheet.picture else "",
        width=sheet.width,
        height=sheet.height,
        lines=tuple(lines),
    )
