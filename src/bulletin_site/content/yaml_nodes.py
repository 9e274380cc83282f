"""YAML text becomes nodes that keep their lines: text, lists and mappings, nothing else.

PyYAML would turn `012` into 10, `12:30` into 750 and `no` into False, cut `通知 #1` at the `#`,
stop at `通知: 关于`, and let the second of two equal keys win. Editors write prose, not YAML: a
value on the line of its key is taken as it stands, and what YAML would lose is a problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from bulletin_site.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A value as written, without type. `line` counts from 1 in the file."""

    text: str
    line: int


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
    r"|description|text|base_url|site_id_code|topics_assigned):)[ ]+(?P<value>\S.*?)[ ]*$"
)
_FULL_WIDTH_COLON = re.compile(
    r"^(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[A-Za-z_]+)[ \u3000]*：[ \u3000]*"
)
_QUOTED = re.compile(r"""^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')$""")

try:
    _Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = yaml.CSafeLoader
except AttributeError:  # PyYAML built without libyaml
    _Loader = yaml.SafeLoader


def compose(path: str, text: str, first_line: int) -> tuple[Mapping, list[Problem]]:
    """The mapping that `text` holds. `first_line` is the file's line on which `text` begins.

    With a syntax error the mapping is empty; every other problem leaves the rest readable.
    """
    problems: list[Problem] = []
    prepared = _prepare(path, text, first_line, problems)
    empty = Mapping(entries={}, key_lines={}, line=first_line)
    try:
        root = yaml.compose(prepared, Loader=_Loader)
    except yaml.MarkedYAMLError as reason:
        mark = reason.problem_mark or reason.context_mark
        line = first_line + (mark.line if mark else 0)
        problems.append(_syntax_problem(path, line, reason.problem or "", text, first_line))
        return empty, problems
    except (yaml.YAMLError, RecursionError) as reason:
        problems.append(_syntax_problem(path, first_line, str(reason), text, first_line))
        return empty, problems
    if root is None:
        return empty, problems
    node = _convert(path, root, first_line, problems, depth=0)
    if not isinstance(node, Mapping):
        problems.append(
            Problem(
                path=path,
                line=first_line,
                code="yaml-syntax",
                message="这里应是一行一个“键: 值”",
                hint="例如 title: 题名。键名后面用半角冒号，再空一格。",
            )
        )
        return empty, problems
    return node, problems


def _prepare(path: str, text: str, first_line: int, problems: list[Problem]) -> str:
    """Quote prose, report full-width colons and read on as if they were half-width, so that the
    other mistakes of the file are found in the same run. The number of lines stays the same."""
    lines = text.split("\n")
    for offset, line in enumerate(lines):
        full_width = _FULL_WIDTH_COLON.match(line)
        if full_width:
            key = full_width["key"]
            problems.append(
                Problem(
                    path=path,
                    line=first_line + offset,
                    code="full-width-colon",
                    message=f"“{key}”后面是全角冒号“：”",
                    hint=f"改成半角冒号加空格：“{key}: ”。",
                )
            )
            line = f"{full_width['lead']}{key}: {line[full_width.end() :]}"
        prose = _PROSE.match(line)
        if prose and not _continues(lines, offset, line):
            value = prose["value"]
            if not _QUOTED.match(value) and not value.startswith(("|", ">")):
                line = f"{prose['lead']} '" + value.replace("'", "''") + "'"
        lines[offset] = line
    return "\n".join(lines)


def _continues(lines: list[str], offset: int, line: str) -> bool:
    """Does the value go on in the next line, which is indented deeper and is no key of its own?"""
    following = lines[offset + 1] if offset + 1 < len(lines) else ""
    if not following.strip() or re.match(r"^[ ]*(-[ ]|[A-Za-z_]+[ ]*[:：])", following):
        return False
    indent = len(line) - len(line.lstrip(" -"))
    return len(following) - len(following.lstrip(" ")) > indent


def _convert(
    path: str, node: yaml.Node, first_line: int, problems: list[Problem], depth: int
) -> Node:
    line = first_line + node.start_mark.line
    if depth > 4:
        # Nothing an editor writes nests deeper; an alias that refers to itself would not end.
        return Text(text="", line=line)
    if isinstance(node, yaml.ScalarNode):
        return Text(text=node.value, line=line)
    if isinstance(node, yaml.SequenceNode):
        items = (_convert(path, item, first_line, problems, depth + 1) for item in node.value)
        return Listing(items=tuple(items), line=line)
    entries: dict[str, Node] = {}
    key_lines: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        key_line = first_line + key_node.start_mark.line
        if key in entries:
            problems.append(
                Problem(
                    path=path,
                    line=key_line,
                    code="duplicate-key",
                    message=f"“{key}”写了两次，第一次在第 {key_lines[key]} 行",
                    hint="两处只留一处。",
                )
            )
            continue
        entries[key] = _convert(path, value_node, first_line, problems, depth + 1)
        key_lines[key] = key_line
    return Mapping(entries=entries, key_lines=key_lines, line=line)


def _syntax_problem(path: str, line: int, reason: str, text: str, first_line: int) -> Problem:
    lines = text.split("\n")
    offset = min(max(line - first_line, 0), len(lines) - 1)
    shown = lines[offset].strip()
    if "\t" in lines[offset]:
        hint = "行首或键名后有制表符（Tab），请改成空格。"
    elif "mapping values" in reason or "could not find expected ':'" in reason:
        hint = "键名后面要有半角冒号和一个空格；值里有冒号时，给整个值加上英文双引号。"
    elif "quoted scalar" in reason:
        hint = "英文引号没有成对：补上后一个引号，或去掉前一个。"
    elif "flow" in reason:
        hint = "方括号没有成对，或列表里缺了逗号：应写成 [一, 二]。"
    elif "special characters" in reason:
        hint = "这里有看不见的控制字符，请删去后重新输入。"
    else:
        hint = "请对照别的文章改正；拿不准时，给冒号后面的整个值加上英文双引号。"
    return Problem(
        path=path, line=line, code="yaml-syntax", message=f"这一行读不懂：{shown}", hint=hint
    )
