"""BibTeX and RIS as other programs read them: by the rules of the formats, not by what our own
files look like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.checks.built_site import words

Fields = dict[str, tuple[str, ...]]
"""The values of a record by their names, in order."""


class Unreadable(Exception):  # noqa: N818
    """Raised where a file is not of its format; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a file says of one thing that can be cited: its `kind` in the format's own word, and the
    `key` by which it is named."""

    kind: str
    key: str
    fields: Fields


_ENTRY = re.compile(r"\s*@\s*([A-Za-z]+)\s*\{\s*([^\s,{}]+)\s*")
_FIELD = re.compile(r"\s*,\s*([A-Za-z]+)\s*=\s*\{")
_END = re.compile(r"\s*,?\s*\}\s*")
_TEX = re.compile(r"\\([a-zA-Z]+) ?|\\(.)|(---?|``|'')|([{}~])", re.DOTALL)
_COMMANDS = {
    "textbackslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
}
_ESCAPED = "%#&_${}"
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”"}
_VERBATIM = ("url",)


def bibtex_records(text: str) -> list[Record]:
    """The entries of a .bib file. Raises `Unreadable`."""
    records: list[Record] = []
    position = 0
    while position < len(text):
        opened = _ENTRY.match(text, position)
        if not opened:
            raise Unreadable("不是 BibTeX 的条目")
        position = opened.end()
        fields: Fields = {}
        while field := _FIELD.match(text, position):
            name = field[1].lower()
            value, position = _braced(text, field.end())
            if name in fields:
                raise Unreadable(f"{name} 写了两次")
            fields[name] = (value if name in _VERBATIM else words(_as_text(value)),)
        closed = _END.match(text, position)
        if not closed:
            raise Unreadable(f"条目 {opened[2]} 没有写完")
        position = closed.end()
        records.append(Record(kind=opened[1].lower(), key=opened[2], fields=fields))
    return records


def _braced(text: str, start: int) -> tuple[str, int]:
    """What stands before the brace that closes, and where to go on. BibTeX counts every brace."""
    depth = 1
    for position in range(start, len(text)):
        depth += (text[position] == "{") - (text[position] == "}")
        if depth == 0:
            return text[start:position], position + 1
    raise Unreadable("花括号不成对")


def _as_text(value: str) -> str:
    """What LaTeX would print. Raises `Unreadable` for commands that no title needs, and for marks
    that LaTeX would not print as they are."""

    def printed(found: re.Match[str]) -> str:
        command, escaped, ligature, bare = found.groups()
        if command:
            if command not in _COMMANDS:
                raise Unreadable(f"有不认识的命令 \\{command}")
            return _COMMANDS[command]
        if escaped:
            if escaped not in _ESCAPED:
                raise Unreadable(f"有不认识的命令 \\{escaped}")
            return str(escaped)
        return _LIGATURES[ligature] if ligature else " " if bare == "~" else ""

    unescaped = re.search(r"(?<!\\)[%#&_$^]", value)
    if unescaped:
        raise Unreadable(f"{unescaped[0]} 没有转义")
    return _TEX.sub(printed, value)


_LINE = re.compile(r"([A-Z][A-Z0-9])  - (.*)")


def ris_records(text: str) -> list[Record]:
    """The records of a .ris file. Raises `Unreadable`."""
    if re.search(r"(?<!\r)\n|\r(?!\n)", text) or not text.endswith("\r\n"):
        raise Unreadable("行尾不是回车换行")
    records: list[Record] = []
    kind = ""
    fields: Fields = {}
    for tag, value in _tagged(text):
        if (tag == "TY") == bool(kind):
            raise Unreadable("每条应以 TY 开始、以 ER 结束")
        if tag == "TY":
            kind = value
        elif tag == "ER":
            key = "".join(fields.pop("ID", ()))
            records.append(Record(kind=kind, key=key, fields=fields))
            kind, fields = "", {}
        else:
            fields[tag] = (*fields.get(tag, ()), value)
    if kind:
        raise Unreadable("每条应以 TY 开始、以 ER 结束")
    return records


def _tagged(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\r\n"):
        found = _LINE.fullmatch(line)
        if found:
            yield found[1], found[2]
        elif line:
            raise Unreadable(f"有一行没有标签：{line}")
