"""Plain text and Markdown: paragraphs by blank lines, by line ends, or by the indents of lines
that an editor or a scanner broke at one width.

A bulletin that was typed with a page number at the foot of each page, or saved with form feeds,
still has its pages.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bulletin_site.importing.manuscript import (
    Alignment,
    Aside,
    Block,
    Kind,
    Manuscript,
    PageEnd,
    Place,
    unreadable,
)
from bulletin_site.importing.marks import ends_sentence, number_mark, page_number, plain
from bulletin_site.problems import Problem

_MOST_BYTES = 20_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HEADING = re.compile(r"^ {0,3}(#{1,6}|＃{1,6})[ \t\u3000]*(?P<text>.*?)[ \t]*#*[ \t]*$")
_BOLD = re.compile(r"^(\*\*|__)(?P<text>(?:(?!\1).)+)\1$")
_SLANTED = re.compile(r"^(\*|_)(?P<text>(?:(?!\1).)+)\1$")
_LIST = re.compile(r"^[ ]{0,3}[-*+][ ]+(?=[0-9０-９]{1,3}[、.．])")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_PICTURE = re.compile(r"^!\[(?P<text>[^\]]*)\]\([^)]*\)$")
_ROW = re.compile(r"^\|.*\|$")
_RULED = re.compile(r"^\|[\s:|-]+\|$")
_RULE = re.compile(r"^[ \t]*(?:[-*_—＿─━=＝]{3,}|(?:[-*_] ?){3,})[ \t]*$")
_DASHED = re.compile(r"^\W+\d+\W+$|[页頁]", re.UNICODE)
_UNDERLINE = re.compile(r"^[ ]{0,3}(?:=+|-{3,})[ ]*$")
_LEADER = re.compile(
    r"(?:…{2,}|(?:[.．·…‥⋯┄┈─_＿•・∙—–-]\s?){3,}|\t|[ \u3000]{2,})\W*[0-9０-９]{1,3}\W*$"
)
_BEGINS = re.compile(r"[◆■●▲★※◇□○◎►▶•✦☆△【〖]|[（(]?[一二三四五六七八九十]+[）)、]")
_CELL_END = re.compile(r"\t+| \| ")
_LINE_OF_CONTENTS = re.compile(r"\[([^\[\]\n]+?)\s*\[(\d{1,3})\]\(#[^()\s]*\)\]\(#[^()\s]*\)")
_LINK_WITHIN = re.compile(r"\[([^\[\]\n]*)\]\(#[^()\s]*\)")
_ANCHOR = re.compile(r"\[\]\{#[^{}\n]*\}")
_ATTRIBUTES = re.compile(r"(?m)(?<=\S)[ \t]*\{[#.][^{}\n]*\}[ \t]*$")
_TAG = re.compile(r"</?(?:a|p|div|span|center|font|br)(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
_QUOTED = re.compile(r"(?m)^ {0,3}(?:>[ \t]?)+")
_MOST_WIDTH = 104
_FULL = 3
_APART = 8
_OPEN_ENDED = 0.6
_FEWEST_ON_PAGE = 3
_FEWEST_BELOW = 8


def read_text(data: bytes, name: str) -> Manuscript | Problem:
    """A text file in UTF-8, UTF-16 (with a mark), GB18030 or Big5."""
    if len(data) > _MOST_BYTES:
        return unreadable(name, "文件太大，不像是一期汇编", "请确认选对了文件。")
    text = decode(data)
    if text is None:
        return unreadable(
            name, "这不是文字文件，或者已经损坏", "请用 Word 或记事本打开，另存为 .docx 或 .txt。"
        )
    if name.lower().endswith(".md"):
        text = _without_markup(text)
    lines = list(_lines(text))
    if not any(line.text.strip() for line in lines):
        return unreadable(name, "这是空文件", "请确认选对了文件。")
    lines, numbering = _without_line_numbers(lines)
    lines, asides, printed = _without_furniture(lines)
    width = _wrapped_at(lines)
    blocks = tuple(_blocks(lines, width))
    pages = lines[-1].place.page if lines else 0
    return Manuscript(
        name=name, blocks=blocks, asides=(*numbering, *asides), pages=pages, printed=printed
    )


def decode(data: bytes) -> str | None:
    """The text, its line ends all `\\n`; nothing where the bytes are no text. Between the Chinese
    encodings, whose bytes overlap, the one that gives the more common characters is taken."""
    marked = data.startswith(_UTF_16)
    encodings = ("utf-16",) if marked else ("utf-8-sig", "gb18030", "big5", "big5hkscs")
    read: list[str] = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding.startswith("utf"):
            read = [text]
            break
        read.append(text)
    if not read or "\0" in read[0]:
        return None
    best = max(read, key=_commonness)
    return best.replace("\r\n", "\n").replace("\r", "\n")


def _without_markup(text: str) -> str:
    """Markdown without what no reader sees of it: anchors, attributes of headings, tags, marks of
    quotation; links within the file as their text."""
    # Pandoc's lines of a 目录 are links around the page, which is a link of its own.
    text = _LINK_WITHIN.sub(r"\1", _LINE_OF_CONTENTS.sub(r"\1\t\2", text))
    for markup in (_ANCHOR, _ATTRIBUTES, _TAG, _QUOTED):
        text = markup.sub("", text)
    return text


def _commonness(text: str) -> float:
    """The share of Han characters that are among the 3,755 of GB 2312's first level, or, in
    traditional text, the 5,401 of Big5's."""
    han = [character for character in text if "\u3400" <= character <= "\u9fff"]
    odd = sum(1 for c in text if c >= "\x80" and unicodedata.category(c) in ("Co", "Cn", "Lo"))
    common = sum(_is_common(character) for character in han)
    return common / max(odd, 1)


def _is_common(character: str) -> bool:
    for encoding, first, last in (("gb2312", 0xB0A1, 0xD7F9), ("big5", 0xA440, 0xC67E)):
        try:
            code = int.from_bytes(character.encode(encoding), "big")
        except UnicodeEncodeError:
            continue
        if first <= code <= last:
            return True
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line without its end; `starts_page`: the file says that a page begins with it."""

    text: str
    place: Place
    starts_page: bool = False


def _lines(text: str) -> Iterator[_Line]:
    """The lines, with pages counted where there are form feeds."""
    paged = "\f" in text
    page = 1 if paged else 0
    for number, line in enumerate(text.split("\n"), start=1):
        pieces = line.split("\f")
        for position, piece in enumerate(pieces):
            page += position > 0
            yield _Line(text=piece, place=Place(page=page, line=number), starts_page=position > 0)


_LINE_NUMBER = re.compile(r"^\s*(\d{1,4})(?:[ \t\u3000]+|$)")


def _without_line_numbers(lines: Sequence[_Line]) -> tuple[list[_Line], list[Aside]]:
    """The lines without the numbers that count them down the margin, where nearly all have one."""
    full = [line for line in lines if line.text.strip()]
    counts = [int(found[1]) for line in full if (found := _LINE_NUMBER.match(line.text))]
    rising = sum(b == a + 1 for a, b in pairwise(counts))
    if len(counts) < 20 or len(counts) < 0.8 * len(full) or rising < 0.8 * len(counts):
        return list(lines), []
    kept, asides = [], []
    for line in lines:
        found = _LINE_NUMBER.match(line.text)
        if found:
            asides.append(Aside(text=found[1], place=line.place, reason="行号"))
            line = replace(line, text=line.text[found.end() :])
        kept.append(line)
    return kept, asides


def _without_furniture(
    lines: Sequence[_Line],
) -> tuple[list[_Line], list[Aside], dict[int, int]]:
    """The lines without page numbers and running heads; these; and the printed number of each page
    of the file."""
    numbers = _page_numbers(lines)
    feeds = any(line.starts_page for line in lines)
    at_head = _are_at_head(lines, numbers)
    asides: list[Aside] = []
    printed: dict[int, int] = {}
    kept: list[_Line] = []
    page = 1 if numbers or feeds else 0
    begins = False
    heads = _running_heads(lines, numbers)
    counted: dict[int, int] = {}
    for position, line in enumerate(lines):
        if feeds:
            page = line.place.page
        begins = begins or line.starts_page
        if position in numbers:
            if at_head and not feeds and kept:
                page += 1
                begins = True
            printed[page] = numbers[position]
            place = Place(page=page, line=line.place.line)
            asides.append(Aside(text=line.text.strip(), place=place, reason="页码"))
            if not feeds and not at_head:
                page += 1
                begins = True
            continue
        place = Place(page=page, line=line.place.line)
        if position in heads:
            counted[page] = _number_in(line.text) or 0
            asides.append(Aside(text=line.text.strip(), place=place, reason="页眉或页脚"))
            continue
        starts = begins and bool(line.text.strip())
        kept.append(_Line(text=line.text, place=place, starts_page=starts))
        begins = begins and not starts
    return kept, asides, printed or _counting_up(counted)


_NUMBER_IN = re.compile(
    r"第\s*(\d{1,3})\s*[页頁]|[-—–·]\s*(\d{1,3})\s*[-—–·]|^\s*(\d{1,3})\s|\s(\d{1,3})\s*$"
)


def _number_in(head: str) -> int | None:
    """The page number in a running head."""
    found = _NUMBER_IN.search(plain(head))
    return int(next(number for number in found.groups() if number)) if found else None


def _counting_up(counted: Mapping[int, int]) -> dict[int, int]:
    """The numbers of running heads, if most of them count with the pages."""
    offsets = Counter(number - page for page, number in counted.items() if number)
    if not offsets:
        return {}
    offset, times = offsets.most_common(1)[0]
    if times < max(2, len(counted) // 2):
        return {}
    return {page: page + offset for page in counted if page + offset > 0}


def _are_at_head(lines: Sequence[_Line], numbers: dict[int, int]) -> bool:
    """Do page numbers stand above their pages? Then text follows the last one."""
    after = lines[max(numbers) + 1 :] if numbers else ()
    return sum(bool(line.text.strip()) for line in after) >= _FEWEST_BELOW


def _page_numbers(lines: Sequence[_Line]) -> dict[int, int]:
    """The lines that hold only a page number and count up, by their position: the longest such
    run. A number alone counts only beside a form feed or where all have it; a line of the text may
    be a number too."""
    found = [
        (position, number, bool(_DASHED.search(line.text.strip())))
        for position, line in enumerate(lines)
        if line.text.strip() and (number := page_number(line.text)) is not None
    ]
    best: dict[int, int] = {}
    for dashed_only in (True, False):
        for start in range(len(found)):
            run: dict[int, int] = {}
            last, where = 0, 0
            for position, number, dashed in found[start:]:
                apart = sum(bool(line.text.strip()) for line in lines[where + 1 : position])
                follows = number == last + 1 and apart >= _FEWEST_ON_PAGE
                if (dashed or not dashed_only) and (not run or follows):
                    run[position] = last = number
                    where = position
            # Of runs that are as long the later one: the 目录 is full of numbers too.
            if len(run) >= len(best):
                best = run
    return best if len(best) > 1 else {}


def _running_heads(lines: Sequence[_Line], numbers: dict[int, int]) -> set[int]:
    """Lines that stand at the edge of most pages with the same text."""
    edges = {position for position, line in enumerate(lines) if line.starts_page} | set(numbers)
    seen: Counter[str] = Counter()
    at_edge: dict[int, str] = {}
    for edge in edges:
        for step in (-1, 1):
            position = edge if step == 1 and edge not in numbers else edge + step
            while 0 <= position < len(lines) and (
                not lines[position].text.strip() or position in numbers
            ):
                position += step
            if 0 <= position < len(lines) and position not in at_edge:
                text = re.sub(r"\W|\d", "", lines[position].text)
                if text:
                    at_edge[position] = text
                    seen[text] += 1
    return {position for position, text in at_edge.items() if seen[text] >= max(3, len(edges) // 3)}


def width_of(text: str) -> int:
    """How many half ems a line takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _wrapped_at(lines: Sequence[_Line]) -> int | None:
    """The width at which paragraphs were broken into lines, in half ems; nothing where a line is a
    paragraph. Of broken text many lines have nearly one width, hardly any of them ends a sentence,
    and few are wider. The lines of a 目录 do not count."""
    texts = [line.text.rstrip() for line in lines if len(line.text.strip()) > 1]
    texts = [text for text in texts if not _LEADER.search(text)]
    widths = Counter(width_of(text) for text in texts)
    total = len(texts)
    near = {w: sum(widths[w - less] for less in range(_FULL + 1)) for w in widths if w >= 24}
    if total < 8 or not near:
        return None
    width = max(near, key=lambda w: (near[w], w))
    wider = sum(count for w, count in widths.items() if w > width + 2)
    if width > _MOST_WIDTH or near[width] < 0.25 * total or wider > 0.5 * near[width]:
        return None
    full = [text for text in texts if width - _FULL <= width_of(text) <= width]
    open_ended = sum(not ends_sentence(text) for text in full)
    return width if open_ended >= _OPEN_ENDED * len(full) else None


def _blocks(lines: Sequence[_Line], width: int | None) -> Iterator[Block]:
    """Paragraphs. In broken text a line goes on in the next one, unless that begins anything."""
    indented = _indents(lines, width)
    spaced = _spaced(lines, width)
    open_block: Block | None = None
    rows: list[_Line] = []
    last: _Line | None = None
    for position, line in enumerate(lines):
        text = line.text
        if rows and not _is_row(text):
            yield from _table(rows)
            rows = []
        if not text.strip():
            continue
        following = _next(lines, position)
        if _RULE.match(text):
            if open_block and _UNDERLINE.match(text) and _is_title(open_block):
                open_block = replace(open_block, level=1 if "=" in text else 2)
            continue
        if _is_row(text) and (rows or _is_row(following.text)):
            if open_block:
                yield open_block
                open_block = None
            rows.append(line)
            continue
        blank = position > 0 and not lines[position - 1].text.strip()
        if (
            open_block is not None
            and last is not None
            and width is not None
            and _goes_on(
                last, line, following, width=width, blank=blank, indented=indented, spaced=spaced
            )
        ):
            open_block = _joined(open_block, line)
        else:
            if open_block:
                yield open_block
            open_block = _block(line, width)
        last = line
    yield from _table(rows)
    if open_block:
        yield open_block


def _next(lines: Sequence[_Line], position: int) -> _Line:
    """The next line that is not blank, or else an empty one."""
    for line in lines[position + 1 : position + 8]:
        if line.text.strip():
            return line
    return _Line(text="", place=lines[position].place)


def _is_row(text: str) -> bool:
    """A row of a table: between bars, or of three and more cells parted by tabs or bars."""
    stripped = text.strip()
    return bool(_ROW.match(stripped)) or len(_CELL_END.split(stripped)) >= 3


def _is_title(block: Block) -> bool:
    return len(block.text) <= 60 and not ends_sentence(block.text) and block.kind is Kind.TEXT


def _indents(lines: Sequence[_Line], width: int | None) -> bool:
    """Do paragraphs of broken text begin with space?"""
    if width is None:
        return False
    starts = [_is_indented(line.text) for line in lines if line.text.strip()]
    return sum(starts) > 0.1 * len(starts)


def _spaced(lines: Sequence[_Line], width: int | None) -> bool:
    """Does a blank line follow where a paragraph of broken text ends?"""
    if width is None:
        return False
    ends = [
        not following.text.strip()
        for line, following in pairwise(lines)
        if line.text.strip()
        and width_of(line.text.rstrip()) < width - 2 * _FULL
        and ends_sentence(line.text)
    ]
    return len(ends) >= 3 and sum(ends) >= 0.8 * len(ends)


def _is_indented(text: str) -> bool:
    return text.startswith(("\u3000", "  ", "\t"))


def _goes_on(
    last: _Line,
    line: _Line,
    following: _Line,
    *,
    width: int,
    blank: bool,
    indented: bool,
    spaced: bool,
) -> bool:
    """Does the paragraph that `last` belongs to go on in `line`? With indents only a line without
    one goes on. A line that is not full is the last one of its paragraph, but for a long word that
    went to the next one."""
    if _is_indented(line.text) or _HEADING.match(line.text) or _lead(last.text) >= _APART:
        return False
    if blank and not line.starts_page:
        return False
    if _LEADER.search(last.text) or _LEADER.search(line.text) or _BEGINS.match(line.text):
        return False
    room = width - width_of(last.text.rstrip())
    ended = ends_sentence(last.text)
    latin = re.match(r"[!-~]*", line.text)
    word = len(latin[0]) if latin else 0
    spare = 0.4 * width if indented and not ended else _FULL + word
    if room > spare:
        return False
    if spaced and not indented:
        return True
    if not indented:
        return not ended or (room <= 1 and not _begins_title(line, following, width))
    return not ended or not (number_mark(line.text) or _begins_title(line, following, width))


def _begins_title(line: _Line, following: _Line, width: int) -> bool:
    """Is a line without indent a title: short, and above an indented line?"""
    short = width_of(line.text.rstrip()) < width - 2 * _FULL and not ends_sentence(line.text)
    return short and (_is_indented(following.text) or number_mark(line.text) is not None)


def _lead(text: str) -> int:
    return width_of(text[: len(text) - len(text.lstrip())])


def _joined(block: Block, line: _Line) -> Block:
    """A paragraph and its next line: a space only between Latin words."""
    text = line.text.strip()
    gap = " " if block.text[-1:].isascii() and text[:1].isascii() else ""
    ends = block.page_ends
    if line.starts_page:
        ends = (*ends, PageEnd(offset=len(block.text), page=line.place.page))
    return replace(block, text=block.text + gap + text, page_ends=ends)


def _block(line: _Line, width: int | None) -> Block:
    text, level, bold = line.text, None, False
    heading = _HEADING.match(text)
    if heading:
        text, level = heading["text"], len(heading[1])
    text = _LIST.sub("", text)
    alignment = _alignment(text, width)
    indented = _is_indented(text) and alignment is Alignment.START
    text = text.strip()
    strong = _BOLD.match(text)
    if strong:
        text, bold = strong["text"].strip(), True
    slanted = _SLANTED.match(text)
    if slanted:
        text = slanted["text"].strip()
    picture = _PICTURE.match(text)
    ends = (PageEnd(offset=0, page=line.place.page),) if line.starts_page else ()
    return Block(
        text=picture["text"] if picture else _ESCAPE.sub(r"\1", text),
        place=line.place,
        kind=Kind.PICTURE if picture else Kind.TEXT,
        page_ends=ends,
        level=level,
        bold=bold,
        alignment=alignment,
        indented=indented,
        whole=width is None,
    )


def _alignment(text: str, width: int | None) -> Alignment:
    """Where a line stands by the space before it: much of it on both sides, or only before it."""
    lead = _lead(text)
    if lead < _APART:
        return Alignment.START
    if width is None:
        return Alignment.CENTRE
    right = width - width_of(text.rstrip())
    return Alignment.CENTRE if abs(lead - right) <= _APART else Alignment.END


def _table(lines: Sequence[_Line]) -> Iterator[Block]:
    """The table in rows of Markdown; none where they hold nothing."""
    rows = tuple(
        tuple(cell.strip() for cell in _cells(line.text.strip()))
        for line in lines
        if not _RULED.match(line.text.strip())
    )
    if not any(cell for row in rows for cell in row):
        return
    ends = (PageEnd(offset=0, page=lines[0].place.page),) if lines[0].starts_page else ()
    yield Block(
        text="\n".join("\t".join(row) for row in rows),
        place=lines[0].place,
        kind=Kind.TABLE,
        page_ends=ends,
        rows=rows,
    )


def _cells(row: str) -> list[str]:
    return row[1:-1].split("|") if _ROW.match(row) else _CELL_END.split(row)
