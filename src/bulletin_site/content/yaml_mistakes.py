"""What PyYAML or libyaml says of a syntax error, as an editor wants it: which line, what to do."""

from __future__ import annotations

import re

from bulletin_site.content.yaml_lines import Lines

_INDENTED_KEY = re.compile(r"^[ ]+[A-Za-z_]+[ ]*:")
_NO_KEY = re.compile(r"^[ ]*-(?:[^ ]|(?!.*:(?:[ ]|$)))")


def note_mistake(lines: Lines, offset: int, words: str) -> None:
    """Note that YAML has stumbled at a line, and its words for it."""
    cause = _cause(lines, offset, words)
    lines.syntax(cause, _hint(words, lines.line(cause)))


def _cause(lines: Lines, offset: int, words: str) -> int:
    """The line to mend, where YAML stumbles over a later one: over that after an item without a
    key, or over the first that is not indented where those before it are."""
    if "<document start>" in words:
        keys = [n for n, one in enumerate(lines.lines) if one.strip() and one.strip()[0] != "#"]
        return keys[0] if lines.line(keys[0])[:1] == " " else offset
    before = max(0, min(offset, len(lines.lines)) - 1)
    line = lines.line(before)
    is_item = lines.line(offset).lstrip().startswith("-")
    no_key = _NO_KEY.match(line) and not is_item
    stumbles = "mapping values" in words or "block collection" in words
    return before if stumbles and (no_key or line[:1] == "-") else offset


def _hint(words: str, line: str) -> str:
    """What to do about it in that line."""
    if "too deep" in words:
        return "方括号、花括号或缩进套了太多层：请对照别的文章改正。"
    if "\t" in line:
        return "行首或键名后有制表符（Tab），请改成空格。"
    if "escape" in words or "Unicode character" in words:
        return "英文双引号里的反斜杠“\\”有特别的意思：写成“\\\\”，或者去掉外面的双引号。"
    if "quoted" in words:
        return "英文引号没有成对：补上后一个引号，或去掉前一个。"
    if "flow" in words:
        return "方括号没有成对，或列表里缺了逗号：应写成 [一, 二]。"
    if line.strip() == "---":
        return "请删去这一行。"
    if line.startswith("-"):
        return "键名前面不写减号。"
    if _NO_KEY.match(line):
        return "列表里的一项这样写：减号、空格、键名、半角冒号、空格，例如：- name: 政务云"
    if _INDENTED_KEY.match(line):
        return "行首的空格多了或者少了：键名从行首写起；列表里的键，与同一条的上一个键对齐。"
    return "请对照别的文章改正；拿不准时，给冒号后面的整个值加上英文双引号。"
