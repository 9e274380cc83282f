"""Characters that nobody typed and nobody sees, or that others will not see.

A control character cannot be in a page at all, and one that turns the direction of writing changes
what is read (Unicode Standard Annex 9; CVE-2021-42574). What is only invisible spoils search and
copying. What only one machine has a sign for, or what a conversion has already lost, is a blank
square for everybody else. None of them is taken out: the editor is shown where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bulletin_site.content.marks import column_at
from bulletin_site.problems import Problem

_CONTROL = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
)
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b-\u200f\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff"
    "\U000e0000-\U000e00ff"
)
_LOST = "\ue000-\uf8ff\ufffc\ufffd\U000f0000-\U000ffffd\U00100000-\U0010fffd"
_GARBLED = r"烫烫烫+|屯屯屯+|銆[\u4e00-\u9fff]|ï¼.|£¬|\?{4,}"
"""What is left of a text that was read in another encoding: memory that nobody had written to; in a
Chinese text its full stops and commas, as GBK, Latin-1 or Windows-1252 show them; what a program
writes for characters that it cannot store."""
_SIGNS = ("\ufffc", "\ufffd", "锟", "烫烫烫", "屯屯屯", "銆", "ï¼", "£¬", "????")
_ODD = re.compile(
    f"(?P<control>[{_CONTROL}]+)|(?P<invisible>[{_INVISIBLE}]+)"
    f"|(?P<lost>[{_LOST}]+|(?:锟斤拷)+)"
    f"|(?P<garbled>{_GARBLED})"
)
_UNSEEN = re.compile(f"[{_INVISIBLE}]")
# Joiners between pictures or letters of other scripts are part of what is seen.
_JOINED = re.compile("(?<=[\u0600-\u1aff\u200d\ufe0f\U0001f000-\U0001ffff])[\u200c\u200d]")
_SHOWN = 8
_MOST = 20
_KINDS = {
    "control": (
        "control-character",
        "这里有不能发布的控制字符",
        "请删去它；看不见光标，就把这几个字连同它一起删去，重新输入。",
    ),
    "invisible": (
        "invisible-character",
        "这里有看不见的字符",
        "一般是从网页或 Word 里带来的，会使检索和复制出错：请把这几个字连同它一起删去，重新输入。",
    ),
    "lost": (
        "lost-character",
        "这里有显示不出来的字",
        "别人的电脑上没有这个字，或者转换时已经丢了：请对照原件，换成通用的字。",
    ),
    "garbled": (
        "lost-character",
        "这里是乱码",
        "多半是用别的编码打开后又保存过：请从原件重新得到这段文字，编码选 UTF-8 保存。",
    ),
}
"""Code, message and hint by the group that matched."""


def character_problems(path: str, text: str, first_line: int = 1) -> Iterator[Problem]:
    """The odd characters of a text that begins on `first_line` of its file, each with the few
    characters around it. After many of them one says how many are left."""
    if _is_plain(text):
        return
    found = [one for one in _ODD.finditer(text) if not _JOINED.match(text, one.start())]
    for one in found[:_MOST]:
        yield _problem(path, text, first_line, one)
    if len(found) > _MOST:
        last = _problem(path, text, first_line, found[_MOST])
        yield Problem(
            path=path,
            line=last.line,
            text=last.text,
            column=last.column,
            code=last.code,
            message=f"从这里起还有 {len(found) - _MOST} 处这样的字符",
            hint="这么多，多半是文件转换时出了错：请从原件重新得到这个文件。",
        )


def without_invisible(text: str) -> str:
    """A text without the characters that nobody sees; that they are there is said elsewhere."""
    return text if text.isprintable() else _UNSEEN.sub("", text)


def _is_plain(text: str) -> bool:
    """Is there nothing odd in it? A fast answer for nearly every text; where there is none, the
    characters are looked at one by one."""
    letters = text.replace("\n", "")
    if not letters.isprintable() and not letters.replace("\u3000", "").isprintable():
        return False
    return not any(sign in text for sign in _SIGNS)


def _problem(path: str, text: str, first_line: int, found: re.Match[str]) -> Problem:
    code, what, hint = _KINDS[found.lastgroup or ""]
    before = text[max(0, found.start() - _SHOWN) : found.start()].rpartition("\n")[2]
    after = text[found.end() : found.end() + _SHOWN].partition("\n")[0]
    shown = f"{_printable(before)}〔{_named(found[0])}〕{_printable(after)}"
    return Problem(
        path=path,
        line=first_line + text.count("\n", 0, found.start()),
        text=found[0],
        column=column_at(text, found.start()),
        code=code,
        message=f"{what}：{shown}",
        hint=hint,
    )


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def _named(odd: str) -> str:
    """Characters that cannot be shown, by the number of the first and what it is."""
    if len(odd) > 1:
        return f"{_named(odd[0])} 等 {len(odd)} 个" if _ODD.fullmatch(odd[0]) else odd
    return f"U+{ord(odd):04X}{_NAMES.get(odd) or _BY_CATEGORY.get(unicodedata.category(odd), '')}"


_NAMES = {
    "\0": " 空字符",
    "\u00ad": " 软连字符",
    "\u200b": " 零宽空格",
    "\ufeff": " 字节序标记",
    "\ufffc": " 图片或公式的位置",
    "\ufffd": " 丢失的字",
    "\u2028": " 行分隔符",
    "\u2029": " 段分隔符",
}
_BY_CATEGORY = {"Co": " 自造字", "Cc": " 控制字符"}
