"""Links and pictures as they are written in a body: those that readers get, and what was meant for
one and would be shown as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from markdown_it.token import Token

from bulletin_site.content.found import Found, place_of
from bulletin_site.content.markdown import is_link
from bulletin_site.content.model import Body
from bulletin_site.problems import offered

_LINK_LIKE = re.compile(
    r"(?<![\\!])\[(?P<name>[^\[\]]*)\]\((?P<target>(?:[^()\n]|\([^()\n]*\))*)\)"
)
# A link of which one bracket is full-width or missing, or before which there is a blank.
_TORN_LINK = re.compile(
    r"(?<![\\!])\[[^\[\]\n]+\]"
    r"(?:[ \u3000]*（|[ \u3000]+\(|\((?=[^()\n]*$))[ ]*(?:https?:|mailto:)[^\s()（）]*[)）]?",
    re.MULTILINE,
)
# With the address in brackets of any kind, or named elsewhere (`![图][1]`).
_PICTURE = re.compile(
    r"(?<!\\)!\[[^\[\]\n]*\](?:\((?:[^()\n]|\([^()\n]*\))*\)|[ ]?\[[^\[\]\n]+\]"
    r"|[ \u3000]*[（(][^（）()\n]+\.(?:png|jpe?g|gif|bmp|tiff?|webp|svg)[）)])",
    re.IGNORECASE,
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
                    line, column = place_of(lines, token, found.start())
                    yield TextLink(
                        line=body.line + line,
                        column=column,
                        text=found[0].partition("\n")[0],
                        target=_target(found),
                    )


def link_problems(body: Body) -> Iterator[Found]:
    """What is to be said of a body's links and pictures."""
    lines = body.markdown.split("\n")
    for token in body.tokens:
        if token.type != "inline" or "]" not in token.content:
            continue
        for found, code, message, hint in _faults(token):
            line, column = place_of(lines, token, found.start())
            yield Found(
                line=line,
                column=column,
                text=found[0].partition("\n")[0],
                code=code,
                message=message,
                hint=hint,
            )


def _faults(token: Token) -> Iterator[tuple[re.Match[str], str, str, str]]:
    """What is wrong in a text, with the code, the message and the hint of it."""
    for found in _outside_code(_PICTURE, token):
        yield (
            found,
            "picture",
            f"正文里不能放图片：{found[0]}",
            "网站不收图片，请删去；图里的文字请录入成正文。如果不是图片，在方括号前加反斜杠：\\[",
        )
    for found, is_literal in _link_like(token):
        if is_literal:
            yield (
                found,
                "bad-link",
                f"“{found[0]}”里的“{found['target']}”不是网址",
                _html_meant(found["target"])
                + "链接要写完整，以 http://、https:// 或 mailto: 开头，不能有空格；"
                "本站的网页以 .html 结尾；如果不是链接，在方括号前加反斜杠：\\[",
            )
        elif not found["name"].strip():
            yield (
                found,
                "bad-link",
                f"“{found[0]}”的方括号里没有字，读者看不到这个链接",
                "请在方括号里写上它的名称，或删去它。",
            )
    for found in _outside_code(_TORN_LINK, token):
        yield (
            found,
            "bad-link",
            f"“{found[0]}”会照原样显示，它是不是链接？",
            "链接写成 [名称](https://…)，括号都用半角，两个括号之间不空格；"
            "如果不是链接，在方括号前加反斜杠：\\[",
        )


def _link_like(token: Token) -> Iterator[tuple[re.Match[str], bool]]:
    """What a text has in the form of links, and whether it is shown as it is written."""
    shown = [child.content for child in token.children or () if child.type == "text"]
    for found in _outside_code(_LINK_LIKE, token):
        yield found, not is_link(_target(found)) or any(found[0] in one for one in shown)


def _outside_code(pattern: re.Pattern[str], token: Token) -> Iterator[re.Match[str]]:
    """Where a text has a pattern; what stands in code is shown as it is meant to be."""
    code = [child.content for child in token.children or () if child.type == "code_inline"]
    for found in pattern.finditer(token.content):
        if not any(found[0] in one for one in code):
            yield found


def _target(found: re.Match[str]) -> str:
    return found["target"].strip().partition(" ")[0].strip("<>")


def _html_meant(target: str) -> str:
    """The page of the site that may have been meant by the name of its file, offered."""
    file = PurePosixPath(target)
    meant = str(file.with_suffix(".html")) if file.suffix.lower() == ".md" else ""
    return offered(target, meant) if is_link(meant) else ""
