"""YAML text becomes nodes that keep their lines: text, lists and mappings, nothing else.

PyYAML would turn `012` into 10, `12:30` into 750 and `no` into False, cut `通知 #1` at the `#`,
stop at `通知: 关于`, and let the second of two equal keys win. Editors write prose, not YAML: a
value on the line of its key is taken as it stands, and what YAML would lose is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import yaml

from bulletin_site.content.characters import character_problems, without_invisible
from bulletin_site.content.markdown import joined
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

# A key with a value on its line. That of a key of prose is quoted before YAML sees it; of another
# key, unless it is written as a list, a mapping or in quotes.
_VALUE = re.compile(
    r"^(?P<lead>[ ]*(?:-[ ]+)*(?:(?P<prose>title|source|page|date|label|organization|publisher|name"
    r"|slug|description|text|base_url|site_id_code|topics_assigned|from|to)|[A-Za-z_]+):)"
    r"[ ]+(?P<value>[^ ].*?)[ ]*$"
)
_ITEM = re.compile(r"^(?P<lead>[ ]*-)[ ]+(?P<value>(?![-{]|[A-Za-z_]+[ ]*:(?:[ ]|$))\S.*?)[ ]*$")
_QUOTED = re.compile(r"""^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')$""")
_LIST = re.compile(r"""^\[(?P<items>[^\[\]{}"']*)\](?P<comment>[ ]+\#.*)?$""")
_PLAIN_LIST = re.compile(r"[\w ,]*")
_BLOCK = re.compile(r"^[|>][-+0-9]*$")
_KEY = re.compile(
    r"^(?P<lead>[ ]*(?:-[ ]+)*)(?P<key>[A-Za-z_]+)(?P<colon>[ \u3000]*：[ \u3000]*|:(?=\S))"
)
_OWN_KEY = re.compile(r"^[ ]*(-[ ]|[A-Za-z_]+[ ]*[:：]|#)")
# A blank that YAML does not take for one, before a key or around its colon.
_WIDE_BLANK = re.compile(
    "^(?P<lead>[ \u3000\u00a0]*)(?P<dash>(?:-[ \u3000\u00a0]+)?)(?P<key>[A-Za-z_]+)"
    "(?P<before>[ \u3000\u00a0]*)(?P<colon>[:：])(?P<after>[ \u3000\u00a0]*)"
)
_WIDE = re.compile("[\u3000\u00a0]")
_DASHES = tuple("-－—–‐−•·●")
_DASH_LIKE = re.compile(
    "^(?P<lead>[ \u3000]*)(?P<dash>[－—–‐−•·●]|-(?=[\u4e00-\u9fff“《]))[ \u3000]*"
    "(?=[^\\s－—–‐−•·●])"
)
_TOP_LEVEL = re.compile(r"^(?:[^\s:]+[ ]*:(?:\s|$)|\s|[-#\]}]|$)")

_NO_KEY = re.compile(r"^[ ]*-(?:[^ ]|(?!.*:(?:[ ]|$)))")
_WORD = re.compile(r"^\W*([A-Za-z_]+)", re.ASCII)

_DEEPEST = 30

# What YAML takes for line ends and editors do not: each would shift all lines after it.
_ODD_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")

_SHIFT = 20
"""Characters by which a value may stand elsewhere in its line than in that which YAML is given."""
_SHOWN = 80
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
    prepared = reading.prepared()
    try:
        try:
            root = _composed(prepared)
        except yaml.reader.ReaderError:
            reading.problems += character_problems(path, text, first_line)
            prepared = yaml.reader.Reader.NON_PRINTABLE.sub("", prepared)
            root = _composed(prepared)
    except yaml.MarkedYAMLError as reason:
        # Of something that never ends, the beginning is the place to mend.
        mark = reason.problem_mark
        if reason.context and reason.context_mark and _NEVER_ENDS.search(reason.context):
            mark = reason.context_mark
        words = f"{reason.context or ''} {reason.problem or ''}"
        offset = reading.cause(mark.line if mark else 0, words)
        reading.syntax(offset, _syntax_hint(words, reading.line(offset)))
        return None, reading.problems
    if root is None:
        unread = frozenset(reading.unread)
        return Mapping(entries={}, key_lines={}, line=first_line, unread=unread), reading.problems
    node = reading.converted(root)
    if isinstance(node, Mapping):
        return replace(node, unread=frozenset(reading.unread)), reading.problems
    if not reading.problems:
        reading.note(
            0,
            "这里应是一行一个“键: 值”",
            "例如 title: 题名。键名后面用半角冒号，再空一格。",
        )
    return None, reading.problems


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
                line = event.start_mark.line if event.start_mark else 0
                mark = yaml.Mark("", 0, line, 0, None, 0)
                raise yaml.MarkedYAMLError(None, None, "too deep", mark)
    root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return root


class _Reading:
    """One text on its way through YAML, and the problems found on the way."""

    def __init__(self, path: str, first_line: int, lines: list[str]) -> None:
        self.path = path
        self.first_line = first_line
        self.lines = lines
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
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

    def cause(self, offset: int, reason: str) -> int:
        """The line to mend, where YAML stumbles over the one after it: an item without a key."""
        before = max(0, min(offset, len(self.lines)) - 1)
        line = self.lines[before]
        is_item = self.line(offset).lstrip().startswith("-")
        no_key = _NO_KEY.match(line) and not is_item
        stumbles = "mapping values" in reason or "expected '-'" in reason
        return before if stumbles and (no_key or line[:1] == "-") else offset

    def syntax(self, offset: int, hint: str) -> None:
        """A line that cannot be read, quoted."""
        offset = min(offset, len(self.lines) - 1)
        line = self.line(offset)
        shown = line.strip()
        printed = "".join(c for c in shown[:_SHOWN] if c.isprintable())
        printed += "……" if len(shown) > _SHOWN else ""
        text = "\t" if "\t" in line else shown[:_SHOWN]
        self.note(offset, f"这一行读不懂：{printed}", hint, text=text)

    def prepared(self) -> str:
        """The text as YAML is given it: line by line, so that every line keeps its number."""
        done: list[str] = []
        while len(done) < len(self.lines):
            offset = len(done)
            line = self._mended(offset)
            value = _VALUE.match(line) or _ITEM.match(line)
            if not value or _QUOTED.match(value["value"]):
                done.append(line)
            elif _BLOCK.match(value["value"]):
                # Folding with spaces is for Latin: lines are joined where the value is typed.
                done += [f"{value['lead']} |{value['value'][1:]}", *self._block(offset, line)]
            else:
                done += self._quoted(offset, line, value)
        return "\n".join(done)

    def _mended(self, offset: int) -> str:
        """A line whose key can be read: what is wrong with it is noted, and read on as it was
        meant, so that the other mistakes of the file are found in the same run."""
        line = self.lines[offset]
        if line[:1] == "\ufeff":  # YAML ends the process of reading there
            line = line[1:]
        if "\u3000" in line or "\u00a0" in line or line.lstrip()[:1] in _DASHES:
            line = self._without_wide_blanks(offset, line)
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
            return f"{key['lead']}{name}: {line[key.end() :]}"
        if _TOP_LEVEL.match(line):
            return line
        self.unread.update(_WORD.findall(line)[:1])
        if line.lstrip().startswith("＃"):
            self.syntax(offset, "写给自己看的一行，行首用半角井号“#”；不需要就删去这一行。")
            return ""
        self.syntax(
            offset,
            "每行应是“键: 值”，键名后面用半角冒号，再空一格。"
            "一个值要写几行时，后面几行的行首空两格。",
        )
        return ""

    def _without_wide_blanks(self, offset: int, line: str) -> str:
        """A line with spaces and dashes that YAML knows around its key."""
        key = _WIDE_BLANK.match(line)
        around = f"{key['before']}{key['after'][:1]}" if key and key["colon"] == ":" else ""
        if key and _WIDE.search(f"{key['lead']}{key['dash']}{around}"):
            self.note(
                offset,
                f"“{key['key']}”前后有全角空格",
                "行首不空格，或者空半角空格；冒号后面空一个半角空格。",
                "full-width-space",
                _WIDE.findall(f"{key['lead']}{key['dash']}{around}")[0],
            )
            lead = _WIDE.sub("", key["lead"]) if offset == 0 or key["lead"] == "\u3000" else ""
            lead = lead or (_WIDE.sub("  ", key["lead"]) if len(key["lead"]) > 1 else "")
            dash = "- " if key["dash"] else ""
            return f"{lead}{dash}{key['key']}{key['colon']} {line[key.end() :]}"
        dash_like = _DASH_LIKE.match(line)
        if dash_like and not line.rstrip().endswith("---"):
            self.note(
                offset,
                f"列表里的一项前面是“{dash_like['dash']}”",
                "改成半角减号加空格：“- ”。",
                text=dash_like["dash"],
            )
            return f"{_WIDE.sub('  ', dash_like['lead'])}- {line[dash_like.end() :]}"
        return line

    def _block(self, offset: int, line: str) -> list[str]:
        """The lines of a value that `|` or `>` begins: text, whatever they look like."""
        indent = len(line) - len(line.lstrip(" -"))
        end = offset + 1
        while end < len(self.lines) and (
            not self.lines[end].strip() or _indent(self.lines[end]) > indent
        ):
            end += 1
        return self.lines[offset + 1 : end]

    def _quoted(self, offset: int, line: str, found: re.Match[str]) -> list[str]:
        """A value and the lines on which it goes on, as one value in quotes; a list, a mapping and
        what is in quotes already as it stands."""
        value, lead = found["value"], found["lead"]
        if value[0] in "[{|>\"'" and found.re is _VALUE and not found["prose"]:
            return [self._listed(line, lead, value)]
        rest = self._continued(offset, line)
        if rest:
            if value[0] in "\"'":
                return [line]
            value = joined([value, *(one.strip() for one in rest)])
        return [f"{lead} '" + value.replace("'", "''") + "'", *[""] * len(rest)]

    def _listed(self, line: str, lead: str, value: str) -> str:
        """A line with a list of words in which YAML would see more than words."""
        found = _LIST.match(value)
        if not found or _PLAIN_LIST.fullmatch(found["items"]):
            return line
        items = [item.strip() for item in found["items"].split(",")]
        quoted = ", ".join("'" + item.replace("'", "''") + "'" for item in items if item)
        return f"{lead} [{quoted}]"

    def _continued(self, offset: int, line: str) -> list[str]:
        """The lines on which the value of this one goes on: indented deeper, no keys of their
        own."""
        if not self.lines[offset + 1 : offset + 2] or self.lines[offset + 1][:1] != " ":
            return []
        indent = len(line) - len(line.lstrip(" -"))
        end = offset + 1
        while (
            end < len(self.lines)
            and self.lines[end].strip()
            and not _OWN_KEY.match(self.lines[end])
            and "\t" not in self.lines[end]
            and _indent(self.lines[end]) > indent
        ):
            end += 1
        return self.lines[offset + 1 : end]

    def converted(self, node: yaml.Node) -> Node:
        """YAML's node as ours. A node that is met again is an alias (`*name`): refused, for a few
        lines of them can stand for millions of nodes."""
        offset = node.start_mark.line
        line = self.first_line + offset
        if id(node) in self._seen:
            self.note(
                offset, "这里用了 YAML 的引用（& 和 *）", "请在每一处直接写出内容。", text="&"
            )
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
            key = without_invisible(str(key_node.value))
            if key in entries:
                first = key_lines[key]
                message = f"“{key}”写了两次，第一次在第 {first} 行"
                self.note(offset, message, "两处只留一处。", "duplicate-key", key)
                continue
            entries[key] = self.converted(value_node)
            key_lines[key] = self.first_line + offset
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


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


_NEVER_ENDS = re.compile("simple key|flow|quoted")


def _syntax_hint(reason: str, line: str) -> str:
    """What to do about what PyYAML or libyaml says of a syntax error in a line."""
    if "too deep" in reason:
        return "方括号、花括号或缩进套了太多层：请对照别的文章改正。"
    if "\t" in line:
        return "行首或键名后有制表符（Tab），请改成空格。"
    if "escape" in reason or "Unicode character" in reason:
        return "英文双引号里的反斜杠“\\”有特别的意思：写成“\\\\”，或者去掉外面的双引号。"
    if "quoted" in reason:
        return "英文引号没有成对：补上后一个引号，或去掉前一个。"
    if "flow" in reason:
        return "方括号没有成对，或列表里缺了逗号：应写成 [一, 二]。"
    if line.startswith("-"):
        return "键名前面不写减号。"
    if _NO_KEY.match(line):
        return "列表里的一项这样写：减号、空格、键名、半角冒号、空格，例如：- name: 政务云"
    return "请对照别的文章改正；拿不准时，给冒号后面的整个值加上英文双引号。"
