"""How such bulletins write numbers: of articles (`1、`, `（一）`, `第十二`), of pages (`— 3 —`,
dots and a number at the end of a line of the 目录), and topics (`【政务云】`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin_site.content.numerals import HAN_NUMBER, number_of, plain

_D = r"[0-9０-９]{1,3}"
_H = rf"[{HAN_NUMBER}]{{1,4}}"

_PAGE_NUMBER = re.compile(
    rf"^\W*(?:第\s*(?P<page>{_D}|{_H})\s*[页頁](?:\s*[，,、/／]?\s*共\s*{_D}\s*[页頁])?"
    rf"|(?:page|p\.?)?\s*(?P<bare>{_D})(?:\s*[/／]\s*{_D})?)\W*$",
    re.IGNORECASE,
)


def page_number(text: str) -> int | None:
    """The number of a line that holds nothing but a page number: `3`, `— 3 —`, `·３·`, `第3页`,
    `第 3 页 共 11 页`, `3/11`."""
    match = _PAGE_NUMBER.match(plain(text))
    return number_of(match["page"] or match["bare"]) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMark:
    """The number before a title. `style` tells `1、` from `（一）`: marks of one style count
    together. `length`: how many characters it takes, the space after it included."""

    style: str
    number: int
    length: int


_MEASURES = "年月日个条项%％分秒人家万亿元次位名期岁周天小倍米吨所"

# In the order in which they are tried. A full stop before a digit is a decimal point, and a year
# or an amount is no number of an article.
_NUMBER_MARKS = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        ("第", rf"第\s*(?P<n>{_D}|{_H})\s*(?:[篇条條则則项項章]|部分)\s*[、.．:：]?\s*"),
        ("（一）", rf"[（(]\s*(?P<n>{_H})\s*[）)]\s*[、.．]?\s*"),
        ("（1）", rf"[（(]\s*(?P<n>{_D})\s*[）)]\s*[、.．]?\s*"),
        ("【1】", rf"[【\[［〔]\s*(?P<n>{_D}|{_H})\s*[】\]］〕]\s*"),
        ("①", r"(?P<n>[①-⑳])\s*[、.．]?\s*"),
        ("（一）", r"(?P<n>[㈠-㈩])\s*[、.．]?\s*"),
        (
            "1、",
            rf"(?:No\.?\s*)?(?P<n>{_D})\s*(?:[、，]|．(?![0-9０-９.．]+[万亿%％倍元米个]?百?分?[万亿%％倍元米])|\\?[.。](?![0-9０-９])|\.(?=20[0-9]{{2}}年)|[）)])\s*",
        ),
        ("一、", rf"(?P<n>{_H})\s*[、.．]\s*"),
        (
            "01",
            rf"(?P<n>0[1-9]|[1-9][0-9]?)(?:\t+|(?:[ \u3000]+|[ ]*[|｜/／])\s*(?![0-9{_MEASURES}]))",
        ),
    )
)


def number_mark(text: str) -> NumberMark | None:
    """The number with which a line begins, if it begins with one and something follows it. White
    space and an ornament before it are counted too."""
    start = len(text) - len(without_bullet(text).lstrip())
    for style, pattern in _NUMBER_MARKS:
        match = pattern.match(text, start)
        if match and match.end() < len(text.rstrip()):
            number = number_of(match["n"])
            if number:
                return NumberMark(style=style, number=number, length=match.end())
    return None


def without_mark(text: str) -> str:
    """A title without the number before it and without space around it."""
    mark = number_mark(text)
    return (text[mark.length :] if mark else without_bullet(text)).strip()


_LEADERS = ".．·…⋯‥_＿-—–─━・∙•﹒。┄┈"
_PAGE_AT_END = re.compile(
    rf"(?P<page>{_D})(?:\s*[-—–~～]\s*{_D})?\s*(?P<end>[页頁]?\s*[)）】\]〕>〉]?)$"
)
_PAGE_WORD = re.compile(r"(?:第|[Pp]\.?)$")
_PAGE_OPENING = "（(【[〔<〈/／"
_DOTS = re.compile(r"[.．·…⋯‥_＿\-—–─━・∙•﹒。┄┈]{2,}|(?:[.．·…⋯‥・∙•]\s){2,}|…|⋯|\t|\s{2,}|\u3000")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAtEnd:
    """A line of the 目录 up to its leader, and the page at its end. `sure`: dots, a tab, a bracket
    or wide space part them; else the number may belong to the title."""

    title: str
    page: int
    sure: bool


def contents_page(line: str) -> PageAtEnd | None:
    """What a line of the 目录 says: `题名……3`, `题名\t3`, `题名（3）`, `题名 P3`."""
    # From the end on, step by step: one pattern for all takes hours over a line of blanks.
    first = len(line) - len(line.lstrip()) + 1
    match = _PAGE_AT_END.search(_without_leader(line), first)
    page = number_of(match["page"]) if match else None
    if not match or not page:
        return None
    text, bracket = _without_opening(line[: match.start()].rstrip())
    title = _without_leader(text)
    leader = line[len(title) : match.start()]
    enclosed = bracket[-1:] in ("/", "／", "P", "p", ".", "第") or bool(bracket and match["end"])
    sure = enclosed or bool(_DOTS.search(leader))
    return PageAtEnd(title=title, page=page, sure=sure) if title else None


def _without_opening(text: str) -> tuple[str, str]:
    """What stands before a page number, without the bracket or the word that leads to it; and
    these. Something is left, whatever it is."""
    word = _PAGE_WORD.search(text)
    before = text[: word.start()].rstrip() if word else text
    opening = word[0] if word and before else ""
    before = before or text
    if before[-1] in _PAGE_OPENING and before[:-1].strip():
        return before[:-1].rstrip(), before[-1] + opening
    return before, opening


def _without_leader(text: str) -> str:
    """A text without the dots, dashes and spaces at its end."""
    end = len(text)
    while end and (text[end - 1] in _LEADERS or text[end - 1].isspace()):
        end -= 1
    return text[:end]


ORNAMENTS = "◆■●▲★※◇□○◎►▶•✦☆△"
"""What stands before a line to mark it, a topic or a subheading above all."""

_SIGNS = f"{ORNAMENTS}·▽♦❖➢➤✓"
BULLETS = f"{_SIGNS}-*+"
_BULLET = re.compile(rf"^\s*(?:[{_SIGNS}]+\s*|[-*+]\s+)")


def without_bullet(text: str) -> str:
    """A line without the ornament or list mark before it."""
    match = _BULLET.match(text)
    return text[match.end() :] if match and match.end() < len(text) else text


_OPENING, _CLOSING, _ORNAMENTS = "【〖[［〔「『<〈", "】〗]］〕」』>〉", f"{ORNAMENTS}❖"
_TOPIC = re.compile(
    rf"^(?:[{re.escape(_OPENING)}]\s*(?P<bracketed>[^{re.escape(_OPENING + _CLOSING)}]{{2,20}}?)"
    rf"\s*[{re.escape(_CLOSING)}]"
    rf"|[{_ORNAMENTS}]+\s*(?P<marked>[^{_ORNAMENTS}]{{2,20}}?)\s*[{_ORNAMENTS}]*"
    r"|(?:[-—─=]{2,}|[＝～~※＊*|｜]+)\s*(?P<ruled>[^-—─=＝～~※＊*|｜]{2,20}?)"
    r"\s*(?:[-—─=]{2,}|[＝～~※＊*|｜]+))\s*[:：]?$"
)


def topic_mark(line: str) -> str | None:
    """The topic that a line announces by its brackets, ornament or rules: `【政务云】`, `■ 政务云`,
    `--政务云--`."""
    match = _TOPIC.match(line.strip())
    if not match:
        return None
    name = next(found for found in match.groups() if found).strip()
    return name if re.search(r"[^\W\d]", name) and number_of(name) is None else None


_TERMINAL = "。！？!?…；;"
_CLOSERS = "”’」』）)】》〉\"'□■◆●★▲"


_NOTED = re.compile(
    r"(?<=[。！？!?…”）)])\s*[（(【\[][^（()）。]*(?:[（(][^（()）。]*[)）])?[)）】\]]$"
)
"""A bracket after the end of a sentence: its source."""


def ends_sentence(text: str) -> bool:
    """Does a text end as a sentence does, closing quotation marks and brackets apart?"""
    text = _NOTED.sub("", text.rstrip()).rstrip().rstrip(_CLOSERS)
    return text.endswith(tuple(_TERMINAL)) or text.endswith((":", "："))


_BRACKETS = {"“": "”", "《": "》", "（": "）", "「": "」", "『": "』", "【": "】", "(": ")"}


def is_open(text: str) -> bool:
    """Does a bracket or quotation mark of it still wait for its other half?"""
    return any(text.count(opening) > text.count(closing) for opening, closing in _BRACKETS.items())


EDITORS_NOTE = "编者按|编者的话|编者注|编辑按|按语|卷首语"
"""How the editor's note before the first article begins, as alternatives of a pattern."""
