"""What looks like Markdown and is none, and what Markdown would do to a text that nobody asked for:
said at its line, so that nothing is lost or shown otherwise than it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from markdown_it.token import Token

from bulletin_site.content.markdown import column_at, is_link
from bulletin_site.content.model import Body
from bulletin_site.problems import Problem, offered

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
_LINK_LIKE = re.compile(
    r"(?<![\\!])\[(?P<name>[^\[\]]*)\]\((?P<target>(?:[^()\n]|\([^()\n]*\))*)\)"
)
# A link of which one bracket is full-width or missing, or before which there is a blank.
_TORN_LINK = re.compile(
    r"(?<![\\!])\[[^\[\]\n]+\]"
    r"(?:[ \u3000]*（|[ \u3000]+\(|\((?=[^()\n]*$))[ ]*(?:https?:|mailto:)[^\s()（）]*[)）]?",
    re.MULTILINE,
)
_PICTURE = re.compile(r"(?<!\\)!\[[^\[\]\n]*\]\((?:[^()\n]|\([^()\n]*\))*\)")
_FENCE_END = re.compile(r"^[ >]*(?:`{3,}|~{3,})[ ]*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#-]*")
_CONTEXT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Something to be said of a body: its line, from 0, and what is wrong there (`text`), which
    begins in `column`, from 1; 0: where it first stands in the line."""

    line: int
    column: int = 0
    text: str
    code: str
    message: str
    hint: str


def markup_problems(path: str, body: Body) -> Iterator[Problem]:
    """What is to be said of a body's markup."""
    text = body.markdown
    # Most texts have no sign that could begin any of it.
    found: list[_Found] = []
    if "#" in text or "＃" in text:
        found += _headings(text)
    if "*" in text and "**" in text:
        found += _asterisks(text.split("\n"), body.tokens)
    if "]" in text and "](" in text:
        found += _links(text.split("\n"), body.tokens)
    if "]" in text:
        found += _torn_links(text)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLink:
    """A link as it is written, with its words (`text`), at a line and column of its file; the
    column is 0 where it is not known."""

    line: int
    column: int
    text: str
    target: str


def text_links(body: Body) -> Iterator[TextLink]:
    """The links of a body."""
    if "](" not in body.markdown:
        return
    lines = body.markdown.split("\n")
    for token in body.tokens:
        if token.type == "inline" and "](" in token.content:
            for found, is_literal in _link_like(token):
                if not is_literal:
                    line, column = _place(lines, token, found.start())
                    yield TextLink(
                        line=body.line + line,
                        column=column,
                        text=found[0].partition("\n")[0],
                        target=_target(found),
                    )


def _headings(text: str) -> Iterator[_Found]:
    for found in _HEADING_LIKE.finditer(text):
        title = found["title"].strip()
        if title:
            yield _Found(
                line=text.count("\n", 0, found.start("sign")),
                column=column_at(text, found.start("sign")),
                text=found["sign"],
                code="heading-like",
                message=f"“{found['sign']}{_short(title)}”会照原样显示，它是不是小标题？",
                hint=f"小标题用半角井号，后面空一格：## {_short(title)}",
            )
    for found in _NO_HEADING.finditer(text):
        line = text.count("\n", 0, found.start())
        if found["empty"]:
            yield _Found(
                line=line,
                text=found["empty"],
                code="heading-like",
                message=f"这一行只有“{found['empty']}”，没有小标题的字",
                hint="请写上小标题，或删去这一行。",
            )
        elif not _is_heading(found):
            mark = found["before"].strip(" \u3000")
            yield _Found(
                line=line,
                column=found.start("sign") - found.start() + 1,
                text=found["sign"],
                code="heading-like",
                message=f"“{found['sign']} {_short(found['title'])}”会照原样显示，它是不是小标题？",
                hint="小标题从行首写起，用半角井号，后面空一个半角空格："
                f"## {mark}{_short(found['title'])}",
            )


def _is_heading(found: re.Match[str]) -> bool:
    """Do number signs stand where Markdown takes them for a heading?"""
    indent = found["before"]
    return (
        not indent.strip(" ")
        and len(indent) < 4
        and len(found["sign"]) <= 6
        and found["blank"].startswith(" ")
    )


def _asterisks(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[_Found]:
    for token in tokens:
        # What was escaped is meant to be seen.
        if token.type != "inline" or "**" not in token.content or "\\*" in token.content:
            continue
        for child in token.children or ():
            if child.type == "text" and (found := _ASTERISKS.search(child.content)):
                before = child.content[max(0, found.start() - 4) : found.start()]
                shown = before + child.content[found.start() : found.end() + _CONTEXT]
                line, column = _place(lines, token, token.content.find(shown))
                yield _Found(
                    line=line,
                    column=column and column + len(before),
                    text=found[0],
                    code="literal-mark",
                    message=f"“{found[0]}”会照原样显示：{shown}",
                    hint="想强调，就在两头各写两个半角星号，里面不空格：**强调**；"
                    "印刷时就有星号，就在每个前面加反斜杠：\\*\\*。",
                )
                break


def _links(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[_Found]:
    for token in tokens:
        if token.type != "inline" or "](" not in token.content:
            continue
        code = [child.content for child in token.children or () if child.type == "code_inline"]
        for found in _PICTURE.finditer(token.content):
            if not any(found[0] in one for one in code):
                line, column = _place(lines, token, found.start())
                yield _Found(
                    line=line,
                    column=column,
                    text=found[0],
                    code="picture",
                    message=f"正文里不能放图片：{found[0]}",
                    hint="网站不收图片，请删去；图里的文字请录入成正文。",
                )
        for found, is_literal in _link_like(token):
            if is_literal:
                line, column = _place(lines, token, found.start())
                yield _Found(
                    line=line,
                    column=column,
                    text=found[0].partition("\n")[0],
                    code="bad-link",
                    message=f"“{found[0]}”里的“{found['target']}”不是网址",
                    hint=_html_meant(found["target"])
                    + "链接要写完整，以 http://、https:// 或 mailto: 开头，不能有空格；"
                    "本站的网页以 .html 结尾；如果不是链接，在方括号前加反斜杠：\\[",
                )

            elif not found["name"].strip():
                line, column = _place(lines, token, found.start())
                yield _Found(
                    line=line,
                    column=column,
                    text=found[0],
                    code="bad-link",
                    message=f"“{found[0]}”的方括号里没有字，读者看不到这个链接",
                    hint="请在方括号里写上它的名称，或删去它。",
                )


def _torn_links(text: str) -> Iterator[_Found]:
    for found in _TORN_LINK.finditer(text):
        yield _Found(
            line=text.count("\n", 0, found.start()),
            column=column_at(text, found.start()),
            text=found[0],
            code="bad-link",
            message=f"“{found[0]}”会照原样显示，它是不是链接？",
            hint="链接写成 [名称](https://…)，括号都用半角，两个括号之间不空格；"
            "如果不是链接，在方括号前加反斜杠：\\[",
        )


def _link_like(token: Token) -> Iterator[tuple[re.Match[str], bool]]:
    """What a text has in the form of links, and whether it is shown as it is written."""
    children = token.children or ()
    code = [child.content for child in children if child.type == "code_inline"]
    shown = [child.content for child in children if child.type == "text"]
    for found in _LINK_LIKE.finditer(token.content):
        if not any(found[0] in one for one in code):
            yield found, not is_link(_target(found)) or any(found[0] in one for one in shown)


def _target(found: re.Match[str]) -> str:
    return found["target"].strip().partition(" ")[0].strip("<>")


def _html_meant(target: str) -> str:
    """The page of the site that may have been meant by the name of its file, offered."""
    file = PurePosixPath(target)
    meant = str(file.with_suffix(".html")) if file.suffix.lower() == ".md" else ""
    return offered(target, meant) if is_link(meant) else ""


def _code(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[_Found]:
    for token in tokens:
        if token.type != "fence" or not token.map:
            continue
        start, end = token.map
        last = _FENCE_END.match(lines[end - 1]) if end - start > 1 else None
        if not last or not _LANGUAGE.fullmatch(token.info.strip()):
            sign = lines[start].strip()
            yield _Found(
                line=start,
                text=sign,
                code="code-block",
                message=f"从“{_short(sign)}”这一行起，到{'下一个这样的行' if last else '最后'}"
                "为止，会当作程序代码显示",
                hint="三个以上的 ` 或 ~ 单独成行是代码的记号：请删去这一行；"
                "印刷时就有，就在前面加反斜杠。",
            )


def _tables(lines: Sequence[str], tokens: Sequence[Token]) -> Iterator[_Found]:
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
            yield _Found(
                line=token.map[0],
                column=row.rfind(extra[0], 0, row.rfind(extra[-1]) + len(extra[-1])) + 1,
                text=extra[0],
                code="table-cell",
                message=f"表格的这一行有 {columns + len(extra)} 格，表头只有 {columns} 格，"
                f"“{_short(extra[0])}”不会显示",
                hint="请给表头补上这一格；单元格里的竖线写成 \\|。",
            )


def _extra(row: str, columns: int) -> list[str]:
    """The cells of a row for which its table has no column, up to the last that has text."""
    cells = [cell.strip() for cell in _CELL_END.split(row.strip(" >").strip())]
    cells = cells[1:] if not cells[0] else cells
    while cells and not cells[-1]:
        cells.pop()
    return [cell for cell in cells[columns:] if cell] if columns else []


def _place(lines: Sequence[str], token: Token, offset: int) -> tuple[int, int]:
    """The line of a body, from 0, and the column, from 1, in which something stands that begins at
    an offset of a token's text; the column is 0 where that is not known (offset -1, too)."""
    first = token.map[0] if token.map else 0
    if offset < 0:
        return first, 0
    line = first + token.content.count("\n", 0, offset)
    start = token.content.rfind("\n", 0, offset) + 1
    # Before it the line may have what makes it an item, a quotation or a cell.
    before = lines[line].find(token.content[start:].partition("\n")[0])
    return line, before + offset - start + 1 if before >= 0 else 0


def _short(text: str) -> str:
    return text if len(text) <= 2 * _CONTEXT else f"{text[: 2 * _CONTEXT]}……"
