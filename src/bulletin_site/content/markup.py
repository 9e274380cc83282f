"""What looks like Markdown and is none, and what Markdown would do to a text that nobody asked for:
said at its line, so that nothing is lost or shown otherwise than it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from bulletin_site.content.found import CONTEXT, Found, place_of, short
from bulletin_site.content.links import link_problems
from bulletin_site.content.marks import column_at
from bulletin_site.content.model import Body
from bulletin_site.problems import Problem

_HEADING_LIKE = re.compile(
    r"^[ \u3000]*(?P<sign>[#＃]*＃[#＃]*|\#{2,6}(?=[^\s#])|\#(?=[\u4e00-\u9fff]))[ \u3000]*"
    r"(?P<title>[^#＃\n]*)$",
    re.MULTILINE,
)
# Number signs before which a mark or a wide blank stands, after which one does, or too many.
_NO_HEADING = re.compile(
    r"^(?P<before>[ \u3000]*(?:\{p\d+\}[ \u3000]*)?)(?P<sign>#+)(?P<blank>[ \u3000]+)"
    r"(?P<title>[^\s#＃][^\n]*)$|^ {0,3}(?P<empty>#{1,6}) *$",
    re.MULTILINE,
)
# Two or three: four and more stand for digits that are kept back (138****1234).
_ASTERISKS = re.compile(r"(?<!\*)\*{2,3}(?!\*)")
_FENCE_END = re.compile(r"^[ >]*(?:`{3,}|~{3,})[ ]*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]*")


def markup_problems(path: str, body: Body) -> Iterator[Problem]:
    """What is to be said of a body's markup."""
    text = body.markdown
    # Most texts have no sign that could begin any of it.
    found: list[Found] = []
    if "#" in text or "＃" in text:
        found += _headings(text, body.tokens)
    if "*" in text and "**" in text:
        found += _asterisks(text.split("\n"), body.tokens)
    if "]" in text:
        found += link_problems(body)
    if "`" in text or "~" in text:
        found += _code(text.split("\n"), body.tokens)
    if "|" in text:
        found += _tables(text.split("\n"), body.tokens)
    for one in found:
        yield Problem(
            path=path,
            line=body.line + one.line,
            column=one.column,
            text=one.text,
            code=one.code,
            message=one.message,
            hint=one.hint,
        )


def _headings(text: str, tokens: Sequence[Token]) -> Iterator[Found]:
    headings = {token.map[0] for token in tokens if token.type == "heading_open" and token.map}
    code = {n for one in tokens if one.type == "fence" and one.map for n in range(*one.map)}
    for found in _HEADING_LIKE.finditer(text):
        title = found["title"].strip()
        if title and text.count("\n", 0, found.start("sign")) not in code:
            yield Found(
                line=text.count("\n", 0, found.start("sign")),
                column=column_at(text, found.start("sign")),
                text=found["sign"],
                code="heading-like",
                message=f"“{found['sign']}{short(title)}”会照原样显示，它是不是小标题？",
                hint=f"小标题用半角井号，后面空一格：## {short(title)}",
            )
    for found in _NO_HEADING.finditer(text):
        line = text.count("\n", 0, found.start())
        if line in code:
            continue
        if found["empty"]:
            yield Found(
                line=line,
                text=found["empty"],
                code="heading-like",
                message=f"这一行只有“{found['empty']}”，没有小标题的字",
                hint="请写上小标题，或删去这一行。",
            )
        elif line not in headings:
            mark = found["before"].strip(" \u3000")
            yield Found(
                line=line,
                column=found.start("sign") - found.start() + 1,
                text=found["sign"],
                code="heading-like",
                message=f"“{found['sign']} {short(found['title'])}”会照原样显示，它是不是小标题？",
                hint="小标题从行首写起，用半角井号，后面空一个半角空格："
                f"## {mark}{short(found['title'])}",
            )


def _asterisks(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Found]:
    for token in tokens:
        # What was escaped is meant to be seen.
        if token.type != "inline" or "**" not in token.content or "\\*" in token.content:
            continue
        for child in token.children or ():
            if child.type == "text" and (found := _ASTERISKS.search(child.content)):
                before = child.content[max(0, found.start() - 4) : found.start()]
                shown = before + child.content[found.start() : found.end() + CONTEXT]
                line, column = place_of(lines, token, token.content.find(shown))
                yield Found(
                    line=line,
                    column=column and column + len(before),
                    text=found[0],
                    code="literal-mark",
                    message=f"“{found[0]}”会照原样显示：{shown}",
                    hint="想强调，就在两头各写两个半角星号，里面不空格：**强调**；"
                    "印刷时就有星号，就在每个前面加反斜杠：\\*\\*。",
                )
                break


def _code(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Found]:
    for token in tokens:
        if token.type != "fence" or not token.map:
            continue
        start, end = token.map
        last = _FENCE_END.match(lines[end - 1]) if end - start > 1 else None
        if not last or not _LANGUAGE.fullmatch(token.info.strip()):
            sign = lines[start].strip()
            yield Found(
                line=start,
                text=sign,
                code="code-block",
                message=f"从“{short(sign)}”这一行起，到{'下一个这样的行' if last else '最后'}"
                "为止，会当作程序代码显示",
                hint="三个以上的 ` 或 ~ 单独成行是代码的记号：请删去这一行；"
                "印刷时就有，就在前面加反斜杠。",
            )


def _tables(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[Found]:
    columns = 0
    for token in tokens:
        if token.type == "table_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif (
            token.type == "tr_open"
            and token.map
            and (extra := _extra(lines[token.map[0]], columns))
        ):
            row = lines[token.map[0]]
            yield Found(
                line=token.map[0],
                column=row.rfind(extra[0], 0, row.rfind(extra[-1]) + len(extra[-1])) + 1,
                text=extra[0],
                code="table-cell",
                message=f"表格的这一行有 {columns + len(extra)} 格，表头只有 {columns} 格，"
                f"“{short(extra[0])}”不会显示",
                hint="请给表头补上这一格；单元格里的竖线写成 \\|。",
            )


def _extra(row: str, columns: int) -> list[str]:
    """The cells of a row for which its table has no column, up to the last that has text."""
    cells = [cell.strip() for cell in _CELL_END.split(row.strip(" >").strip())]
    cells = cells[1:] if not cells[0] else cells
    while cells and not cells[-1]:
        cells.pop()
    return [cell for cell in cells[columns:] if cell] if columns else []
