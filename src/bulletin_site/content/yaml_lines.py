"""The lines of an editor's YAML, mended one by one, so that YAML reads what was meant.

PyYAML would turn `012` into 10, `12:30` into 750 and `no` into False, cut `通知 #1` at the `#` and
stop at `通知: 关于`. Editors write prose, not YAML: a value on the line of its key is taken as it
stands, and what YAML would lose is a problem. Every line keeps its number.
"""

from __future__ import annotations

import re

from bulletin_site.content.markdown import joined
from bulletin_site.problems import Problem

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

_WORD = re.compile(r"^[^A-Za-z_\u4e00-\u9fff]*([A-Za-z_]+|[\u4e00-\u9fff]{1,4}(?=[:：]))")

# What YAML takes for line ends and editors do not: each would shift all lines after it.
_ODD_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")

_SHIFT = 20
"""Characters by which a value may stand elsewhere in its line than in that which YAML is given."""
_SHOWN = 80
"""Characters of a line that are quoted."""


class Lines:
    """The lines of one text, the problems found in them, and the words with which those begin that
    cannot be read. `first_line` is the file's line on which the text begins."""

    def __init__(self, path: str, first_line: int, text: str) -> None:
        self.path = path
        self.first_line = first_line
        self.lines = _ODD_LINE_ENDS.sub(" ", text).split("\n")
        self.problems: list[Problem] = []
        self.unread: set[str] = set()

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


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
