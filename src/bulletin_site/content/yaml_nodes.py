"""YAML text becomes nodes that keep their lines: text, lists and mappings, nothing else.

Of two equal keys PyYAML would let the second win, and aliases could make millions of nodes of a few
lines: both are problems. What editors write otherwise than YAML wants it: `yaml_lines.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml

from bulletin_site.content.characters import character_problems, without_invisible
from bulletin_site.content.yaml_lines import Lines
from bulletin_site.content.yaml_mistakes import note_mistake
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
    """Keys and their values; `key_lines` says where each key stands. `unread` are the words with
    which lines begin that could not be read, and were said to be so."""

    entries: dict[str, Node]
    key_lines: dict[str, int]
    line: int
    unread: frozenset[str] = frozenset()


Node = Text | Listing | Mapping

_DEEPEST = 30
_HALF = re.compile("[\ud800-\udfff]")
_NEVER_ENDS = re.compile("simple key|flow|quoted")

# The base loader takes every value for text.
try:
    _Loader: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = yaml.CBaseLoader
except AttributeError:  # PyYAML built without libyaml
    _Loader = yaml.BaseLoader


def compose(path: str, text: str, first_line: int) -> tuple[Mapping | None, list[Problem]]:
    """The mapping that `text` holds. `first_line` is the file's line on which `text` begins.

    With a syntax error there is no mapping; every other problem leaves the rest readable.
    """
    lines = Lines(path, first_line, text)
    prepared = lines.prepared()
    unread = frozenset(lines.unread)
    try:
        try:
            root = _composed(prepared)
        except yaml.reader.ReaderError:
            lines.problems += character_problems(path, text, first_line)
            prepared = yaml.reader.Reader.NON_PRINTABLE.sub("", prepared)
            root = _composed(prepared)
    except yaml.MarkedYAMLError as reason:
        # Of something that never ends, the beginning is the place to mend.
        mark = reason.problem_mark
        if reason.context and reason.context_mark and _NEVER_ENDS.search(reason.context):
            mark = reason.context_mark
        words = f"{reason.context or ''} {reason.problem or ''}"
        note_mistake(lines, mark.line if mark else 0, words)
        return None, lines.problems
    if root is None:
        empty = Mapping(entries={}, key_lines={}, line=first_line, unread=unread)
        return empty, lines.problems
    node = _Conversion(lines).converted(root)
    if isinstance(node, Mapping):
        return replace(node, unread=unread), lines.problems
    if not lines.problems:
        lines.note(
            0,
            "这里应是一行一个“键: 值”",
            "例如 title: 题名。键名后面用半角冒号，再空一格。",
        )
    return None, lines.problems


def _composed(text: str) -> yaml.Node | None:
    """YAML's nodes. The composer calls itself for what is nested, and libyaml's ends the process
    where that is deep: how deep is looked at first, where it may be much."""
    signs = sum(text.count(sign) for sign in ("[", "{", "- ", "? "))
    if signs > _DEEPEST or " " * _DEEPEST in text:
        depth = 0
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise _refused("too deep", event)
    root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    for event in yaml.parse(text, Loader=_Loader) if "\\" in text else ():
        if isinstance(event, yaml.ScalarEvent) and _HALF.search(event.value):
            # libyaml refuses them; without it they would come as far as the first file.
            raise _refused("escape of half a character", event)
    return root


def _refused(why: str, event: yaml.Event) -> yaml.MarkedYAMLError:
    line = event.start_mark.line if event.start_mark else 0
    return yaml.MarkedYAMLError(None, None, why, yaml.Mark("", 0, line, 0, None, 0))


class _Conversion:
    """YAML's nodes on their way to ours."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._seen: set[int] = set()

    def converted(self, node: yaml.Node) -> Node:
        """YAML's node as ours. A node that is met again is an alias (`*name`): refused, for a few
        lines of them can stand for millions of nodes."""
        offset = node.start_mark.line
        line = self._lines.first_line + offset
        if id(node) in self._seen:
            self._lines.note(
                offset, "这里用了 YAML 的引用（& 和 *）", "请在每一处直接写出内容。", text="&"
            )
            return Text(text="", line=line)
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            column = self._lines.column(offset, node.start_mark.column, node.value)
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
                self._lines.syntax(offset, "键名应是一个英文单词，例如 title。")
                continue
            key = without_invisible(str(key_node.value))
            if key in entries:
                first = key_lines[key]
                message = f"“{key}”写了两次，第一次在第 {first} 行"
                self._lines.note(offset, message, "两处只留一处。", "duplicate-key", key)
                continue
            entries[key] = self.converted(value_node)
            key_lines[key] = self._lines.first_line + offset
        return Mapping(entries=entries, key_lines=key_lines, line=line)


def escaped_problems(path: str, text: str, mapping: Mapping | None) -> list[Problem]:
    """The odd characters that escapes in quotes (`"\\0"`) have brought into values; those that were
    typed are found in the file itself."""
    if "\\" not in text or mapping is None:
        return []
    typed = frozenset(text)
    problems: list[Problem] = []
    for value in _texts(mapping):
        odd = "" if value.text.isprintable() else value.text.replace("\n", "")
        if not typed.issuperset(odd):
            found = character_problems(path, odd, value.line)
            problems += (replace(one, text="\\", column=0) for one in found)
    return problems


def _texts(node: Node) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    else:
        inner = node.items if isinstance(node, Listing) else node.entries.values()
        for one in inner:
            yield from _texts(one)
