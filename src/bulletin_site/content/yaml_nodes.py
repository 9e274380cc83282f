"""YAML text becomes nodes that keep their lines: text, lists and mappings, nothing else.

PyYAML would turn `012` into 10, `12:30` into 750 and `no` into False, cut `通知 #1` at the `#`,
stop at `通知: 关于`, and let the second of two equal keys win. Editors write prose, not YAML: a
value on the line of its key is taken as it stands, and what YAML would lose is a problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from bulletin_site.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A value as written, without type. `line` counts from 1 in the file, `column` in the line; 0
    where the line has it in other words; it is for showing the place alone."""

    text: str
    line: int
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list, written `[一, 二]` or with `- ` on lines of their own."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Keys and their values; `key_lines` says where each key stands."""

    entries: dict[str, Node]
    key_lines: dict[str, int]
    line: int


Node = Text | Listing | Mapping

# Keys whose value is one line of prose: it is quoted before YAML sees it.
_PROSE = re.compile(
    r"^(?P<lead>[ ]*(?:-[ ]+)*(?P<key>title|source|page|date|label|organization|publisher|name|slug"
    r"|description|text|base_url|site_id_code|topics_assigned|from|to):)[ ]+(?P<value>\S.*?)[ ]*$"
)
_ITEM = re.compile(r"^(?P<lead>[ ]*-)[ ]+(?P<value>(?![-\[{]|[A-Za-z_]+[ ]*:(?:[ ]|$))\S.*?)[ ]*$")
_QUOTED = re.compile(r"""^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')$""")
_BLOCK = re.compile(r"^[|>][-+0-9]*$")
_KEY = re.compile(
    r"^(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[A-Za-z_]+)(?P<colon>[ \u3000]*：[ \u3000]*|:(?=\S))"
)
_OWN_KEY = re.compile(r"^[ ]*(-[ ]|[A-Za-z_]+[ ]*[:：])")
_TOP_LEVEL = re.compile(r"^(?:[^\s:]+[ ]*:(?:\s|$)|\s|[-#\]}]|$)")

# What YAML takes for line ends and editors do not: each would shift all lines after it.
_ODD_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")

_SHIFT = 20
"""Characters by which a value may stand elsewhere in its line than in that which YAML is given."""
_SHOWN = 100
"""Characters of a line that are quoted."""

# The base loader takes every value for text.
try:
    _Loader: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = yaml.CBaseLoader
except AttributeError:  # PyYAML built without libyaml
    _Loader = yaml.BaseLoader


def compose(path: str, text: str, first_line: int) -> tuple[Mapping | None, list[Problem]]:
    """The mapping that `text` holds. `first_line` is the file's line on which `text` begins.

    With a syntax error there is no mapping; every other problem leaves the rest readable.
    """
    lines = _ODD_LINE_ENDS.sub(" ", text).split("\n")
    reading = _Reading(path, first_line, lines)
    prepared = "\n".join(reading.prepared(offset) for offset in range(len(lines)))
    try:
        root = yaml.compose(prepared, Loader=_Loader)
    except yaml.MarkedYAMLError as reason:
        # Of something that never ends, the beginning is the place to mend.
        mark = reason.problem_mark
        if reason.context and reason.context_mark and _NEVER_ENDS.search(reason.context):
            mark = reason.context_mark
        words = f"{reason.context or ''} {reason.problem or ''}"
        offset = mark.line if mark else 0
        reading.syntax(offset, _syntax_hint(words, reading.line(offset)))
        return None, reading.problems
    except yaml.reader.ReaderError:
        # Its position counts bytes in one loader and characters in the other.
        found = yaml.reader.Reader.NON_PRINTABLE.search(prepared)
        offset = prepared.count("\n", 0, found.start()) if found else 0
        reading.syntax(offset, "这里有看不见的控制字符，请删去后重新输入。")
        return None, reading.problems
    if root is None:
        return Mapping(entries={}, key_lines={}, line=first_line), reading.problems
    node = reading.converted(root)
    if isinstance(node, Mapping):
        return node, reading.problems
    if not reading.problems:
        reading.note(
            0,
            "这里应是一行一个“键: 值”",
            "例如 title: 题名。键名后面用半角冒号，再空一格。",
        )
    return None, reading.problems


class _Reading:
    """One text on its way through YAML, and the problems found on the way."""

    def __init__(self, path: str, first_line: int, lines: list[str]) -> None:
        self.path = path
        self.first_line = first_line
        self.lines = lines
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def note(
        self, offset: int, message: str, hint: str, code: str = "yaml-syntax", text: str = ""
    ) -> None:
        line = self.first_line + offset
        self.problems.append(
            Problem(path=self.path, line=line, code=code, message=message, hint=hint, text=text)
        )

    def column(self, offset: int, prepared: int, value: str) -> int:
        """Where a value begins in its line as the editor wrote it, from 1: where it stands nearest
        to its place, from 0, in the line that YAML was given; 0 where it stands nowhere."""
        line = self.line(offset)
        first, last = max(0, prepared - _SHIFT), prepared + len(value)
        after, before = line.find(value, prepared, last + _SHIFT), line.rfind(value, first, last)
        places = [place for place in (before, after) if place >= 0]
        return min(places, key=lambda place: abs(place - prepared)) + 1 if places else 0

    def line(self, offset: int) -> str:
        return self.lines[min(offset, len(self.lines) - 1)]

    def syntax(self, offset: int, hint: str) -> None:
        """A line that cannot be read, quoted."""
        offset = min(offset, len(self.lines) - 1)
        line = self.line(offset)
        shown = line.strip()[:_SHOWN]
        printed = "".join(c for c in shown if c.isprintable())
        text = "\t" if "\t" in line else shown
        self.note(offset, f"这一行读不懂：{printed}", hint, text=text)

    def prepared(self, offset: int) -> str:
        """A line as YAML is given it. Prose is quoted; what is wrong with a key is noted, and read
        on as it was meant, so that the other mistakes of the file are found in the same run."""
        line = self.lines[offset]
        key = _KEY.match(line)
        if key and key["colon"] == ":" and key["key"] in ("http", "https"):
            key = None
        if key:
            name = key["key"]
            if "：" in key["colon"]:
                self.note(
                    offset,
                    f"“{name}”后面是全角冒号“：”",
                    f"改成半角冒号加空格：“{name}: ”。",
                    "full-width-colon",
                    "：",
                )
            else:
                self.syntax(offset, f"键名后面要有半角冒号和一个空格：“{name}: ”。")
            line = f"{key['lead']}{name}: {line[key.end() :]}"
        elif not _TOP_LEVEL.match(line):
            self.syntax(
                offset,
                "每行应是“键: 值”，键名后面用半角冒号，再空一格。"
                "一个值要写几行时，后面几行的行首空两格。",
            )
            return ""
        prose = _PROSE.match(line) or _ITEM.match(line)
        if prose and not self._continues(offset, line):
            value = prose["value"]
            if not _QUOTED.match(value) and not _BLOCK.match(value):
                line = f"{prose['lead']} '" + value.replace("'", "''") + "'"
        return line

    def _continues(self, offset: int, line: str) -> bool:
        """Does the value go on in the next line, indented deeper and no key of its own?"""
        following = self.lines[offset + 1] if offset + 1 < len(self.lines) else ""
        if not following.strip() or _OWN_KEY.match(following):
            return False
        indent = len(line) - len(line.lstrip(" -"))
        return len(following) - len(following.lstrip(" ")) > indent

    def converted(self, node: yaml.Node) -> Node:
        """YAML's node as ours. A node that is met again is an alias (`*name`): refused, for a few
        lines of them can stand for millions of nodes."""
        offset = node.start_mark.line
        line = self.first_line + offset
        if id(node) in self._seen:
            self.note(offset, "这里用了 YAML 的引用（& 和 *）", "请在每一处直接写出内容。")
            return Text(text="", line=line)
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            column = self.column(offset, node.start_mark.column, node.value)
            return Text(text=node.value, line=line, column=column)
        if isinstance(node, yaml.SequenceNode):
            return Listing(items=tuple(self.converted(item) for item in node.value), line=line)
        return self._mapping(node, line)

    def _mapping(self, node: yaml.Node, line: int) -> Mapping:
        entries: dict[str, Node] = {}
        key_lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            offset = key_node.start_mark.line
            if not isinstance(key_node, yaml.ScalarNode):
                self.syntax(offset, "键名应是一个英文单词，例如 title。")
                continue
            key = str(key_node.value)
            if key in entries:
                first = key_lines[key]
                message = f"“{key}”写了两次，第一次在第 {first} 行"
                self.note(offset, message, "两处只留一处。", "duplicate-key", key)
                continue
            entries[key] = self.converted(value_node)
            key_lines[key] = self.first_line + offset
        return Mapping(entries=entries, key_lines=key_lines, line=line)


_NEVER_ENDS = re.compile("simple key|flow|quoted")


def _syntax_hint(reason: str, line: str) -> str:
    """What to do about what PyYAML or libyaml says of a syntax error in a line."""
    if "\t" in line:
        return "行首或键名后有制表符（Tab），请改成空格。"
    if "quoted" in reason:
        return "英文引号没有成对：补上后一个引号，或去掉前一个。"
    if "flow" in reason:
        return "方括号没有成对，或列表里缺了逗号：应写成 [一, 二]。"
    return "请对照别的文章改正；拿不准时，给冒号后面的整个值加上英文双引号。"
