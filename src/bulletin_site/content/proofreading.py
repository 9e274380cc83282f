"""Slips that were printed. The text stays as it was printed; the editor is told, and may say in
`corrections` what was wrong: a correction that quotes the place settles the warning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bulletin_site.content.marks import (
    MALFORMED_MARK,
    column_at,
    is_mark,
    offset_among_marks,
    without_marks,
)
from bulletin_site.content.model import Article
from bulletin_site.problems import Problem

_PAIRS = {"“": "”", "《": "》", "（": "）", "「": "」", "『": "』", "【": "】"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_QUOTE = re.compile(f"[{''.join(_PAIRS)}{''.join(_CLOSING)}]")
# 1）, 一）, a）: numbers of a list, which have no bracket before them.
_NUMBERED = re.compile(
    r"(?:^|[\s。；：，、？！])(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z])\Z"
)
# What stands before it is looked at afterwards, for speed alone: nearly every character is Han.
_STRAY_LATIN = re.compile(r"(?:and|or|of|the|in|to|for|with) ?[\u4e00-\u9fff]")
_HAN_BEFORE = re.compile(r"[\u4e00-\u9fff] ?\Z")
_MARK_LIKE = re.compile(
    r"(?:[\[［（(【〔<〈《「][ ]*[pPｐＰ][ ]*|p(?<![{｛A-Za-z0-9\s]p)(?=[0-9]+[}｝]))"
    r"([0-9０-９]{1,4})[\]］）)】〕}｝>〉》」]"
    r"|[\[［【〔]第[ ]*([0-9０-９]{1,4})[ ]*页[\]］】〕]"
)
# One number in braces, and a few other signs: braces are hardly used for anything else in Chinese.
_BRACED = re.compile(r"[{｛][^{}｛｝0-9０-９\n]{0,6}([0-9０-９]{1,4})[^{}｛｝0-9０-９\n]{0,3}[}｝]")
_STRAIGHT = ('"', "'")
_CONTEXT = 8


def joined_lines(articles: Iterable[Article]) -> Iterator[Problem]:
    """Paragraphs whose lines follow one another without a blank line, as they come from Word: they
    become one paragraph. Said once a paragraph."""
    for article in articles:
        for token in article.body.tokens:
            if token.type == "inline" and token.meta.get("joined") and token.map:
                second = token.content.split("\n", 2)[1].strip()
                if not any(character.isprintable() for character in second):
                    continue  # the end of a file as DOS marks it: that is said elsewhere
                line = article.body.line + token.map[0] + 1
                yield Problem(
                    path=article.path,
                    line=line,
                    text=second[:_CONTEXT],
                    code="joined-lines",
                    message="这一行与上一行之间没有空行，会并成一段",
                    hint="如果是两段，请在中间空一行；如果本来是一段，请接在上一行的后面。",
                )


def mark_like(articles: Iterable[Article]) -> Iterator[Problem]:
    """What a Chinese keyboard or a slip makes of `{p3}`: it would be printed as text."""
    for article in articles:
        markdown = article.body.markdown
        braced = [] if "{" not in markdown and "｛" not in markdown else _braced(markdown)
        ends = {one.end() for one in braced}
        like = [one for one in _MARK_LIKE.finditer(markdown) if one.end() not in ends]
        for found in (*like, *braced):
            yield Problem(
                path=article.path,
                line=article.body.line + markdown.count("\n", 0, found.start()),
                text=found[0],
                column=column_at(markdown, found.start()),
                code="page-mark-like",
                message=f"“{found[0]}”会照原样显示，它是不是分页记号？",
                hint=f"分页记号用半角花括号：{{p{int(found[found.lastindex or 1])}}}。",
            )


def _braced(markdown: str) -> list[re.Match[str]]:
    """What stands in braces and is no mark, nor said to be a wrong one. Where a character in it is
    not seen, that one is said."""
    return [
        one
        for one in _BRACED.finditer(markdown)
        if one[0].isprintable() and not is_mark(one[0]) and not MALFORMED_MARK.search(one[0])
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slip:
    """What is wrong (`text`) at a line and column of the file, 0 where it is not known;
    `place` are the few characters that a correction has to quote."""

    line: int
    column: int = 0
    text: str
    place: str
    code: str
    message: str


def slips(articles: Iterable[Article]) -> Iterator[Problem]:
    """The slips of every article."""
    for article in articles:
        for slip in (*_slips_of_text(article), *_slips_of_title(article)):
            if not any(slip.place in correction.text for correction in article.corrections):
                yield Problem(
                    path=article.path,
                    line=slip.line,
                    text=slip.text,
                    column=slip.column,
                    code=slip.code,
                    message=slip.message,
                    hint="如果是录入的错，请改正；如果印刷时就是这样，请不要改正文，"
                    f"在 corrections 里写一条勘误，其中照抄这几个字：{slip.place}",
                )


def _slips_of_text(article: Article) -> Iterator[_Slip]:
    """The slips in the text, which is searched without its marks."""
    markdown = article.body.markdown
    text = without_marks(markdown)
    stray = (
        (start, place, place, "stray-latin", f"汉字之间夹着英文：{place}")
        for start, place in _stray_latin(text)
    )
    unbalanced = (
        (start, text[start], place, "unbalanced-quote", message)
        for start, place, message in _unbalanced(text)
    )
    for start, wrong, place, code, message in (*stray, *unbalanced):
        offset = offset_among_marks(markdown, start)
        yield _Slip(
            line=article.body.line + markdown.count("\n", 0, offset),
            column=column_at(markdown, offset),
            text=wrong,
            place=place,
            code=code,
            message=message,
        )


def _stray_latin(text: str) -> Iterator[tuple[int, str]]:
    """Where function words stand between Han, with one character on each side."""
    for found in _STRAY_LATIN.finditer(text):
        before = _HAN_BEFORE.search(text[max(0, found.start() - 2) : found.start()])
        if before:
            yield found.start() - len(before[0]), before[0] + found[0]


def _slips_of_title(article: Article) -> Iterator[_Slip]:
    """The halves of quotes in the title, beginning or ending with which `place` is shown."""
    found = [(place, f"题名里的{message}") for _, place, message in _unbalanced(article.title)]
    if article.title[:1] in _STRAIGHT and article.title.count(article.title[:1]) == 1:
        place = article.title[:_CONTEXT]
        found.append((place, f"题名里的英文引号没有后一半：{place}……"))
    for place, message in found:
        yield _Slip(
            line=article.lines.get("title", 0),
            text=place,
            place=place,
            code="unbalanced-quote",
            message=message,
        )


def _unbalanced(text: str) -> Iterator[tuple[int, str, str]]:
    """The quotes and brackets of a text that have no other half: offset, the few characters that
    show the place, and what to say."""
    opened: list[re.Match[str]] = []
    for found in _QUOTE.finditer(text):
        if found[0] in _PAIRS:
            if opened and found[0] == opened[-1][0] == "“" and _goes_on(text, opened[-1], found):
                opened.pop()
            opened.append(found)
        elif opened and opened[-1][0] == _CLOSING[found[0]]:
            opened.pop()
        else:
            before = text[max(0, found.start() - _CONTEXT) : found.start()]
            if found[0] != "）" or not _NUMBERED.search(before):
                place = before.rpartition("\n")[2] + found[0]
                yield found.start(), place, f"{found[0]} 没有前一半：……{place}"
    for found in opened:
        place = text[found.start() : found.start() + _CONTEXT].partition("\n")[0]
        yield found.start(), place, f"{found[0]} 没有后一半：{place}……"


def _goes_on(text: str, *quotes: re.Match[str]) -> bool:
    """Do quotes begin paragraphs? A quotation of several paragraphs has an opening quote before
    each and a closing one after the last (GB/T 15834-2011)."""
    return all(
        not text[text.rfind("\n", 0, one.start()) + 1 : one.start()].strip() for one in quotes
    )
