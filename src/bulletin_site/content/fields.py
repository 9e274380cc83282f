"""Raw nodes become typed values, one reading function a kind of value.

A `Fields` knows which keys its mapping may have. Each read answers the value, or `None` with a
problem noted that names the line, the value and the rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Literal, TypeAlias

from bulletin_site.content.characters import without_invisible
from bulletin_site.content.markdown import joined
from bulletin_site.content.yaml_nodes import Listing, Mapping, Node, Text
from bulletin_site.problems import Problem, most_similar, nearest, offered

# A day in another hand, after full-width forms were made half-width.
_DATE_LIKE = re.compile(
    r"(\d{4})\s*[年./\s-]\s*(\d{1,2})\s*[月./\s-]\s*(\d{1,2})\s*[日号]?"
    r"|(\d{4})(\d\d)(\d\d)",
    re.ASCII,
)
_DATE = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$|^(\d{4})年(\d{1,2})月(\d{1,2})日$", re.ASCII)
AUTO: Final = "auto"
"""A page number that the layout of the PDF gives."""
PageNumber: TypeAlias = int | Literal["auto"]
_PAGE = re.compile(r"^[1-9]\d{0,4}$", re.ASCII)
_SEVERAL = re.compile(
    r"[,，、；;]|^[\[［【{“\"]|[\]］】}”\"]$|[\u4e00-\u9fff][ \u3000]+[\u4e00-\u9fff]"
)


class Fields:
    """One mapping while it is being typed; problems go into the list that all files share."""

    def __init__(
        self, path: str, mapping: Mapping, allowed: tuple[str, ...], problems: list[Problem]
    ) -> None:
        self.path = path
        self.mapping = mapping
        self.problems = problems
        # That a key is missing need not be said where one is that was meant for it.
        self._meant = {_MEANT.get(word, word) for word in mapping.unread}
        missing = [key for key in allowed if key not in mapping.entries]
        written = [key for key in allowed if key in mapping.entries]
        for key, line in mapping.key_lines.items():
            if key not in allowed:
                meant = _key_meant(key, missing)
                self._meant.add(meant)
                hint = offered(key, meant) if meant else nearest("", missing)
                if again := _key_meant(key, written, exactly=True):
                    hint = f"“{again}”已经写了，请删去这一行。"
                self.note(line, "unknown-key", f"不认识的键“{key}”", hint or "请删去。", text=key)

    def seems_misspelt(self, key: str) -> bool:
        """Is the key missing, but one there that was meant for it?"""
        return key not in self.mapping.entries and key in self._meant

    def line(self, key: str) -> int:
        """The line of a key, or of the mapping where the key is missing."""
        return self.mapping.key_lines.get(key, self.mapping.line)

    def is_blank(self, key: str) -> bool:
        """Is the key there, and nothing after it?"""
        node = self.mapping.entries.get(key)
        return isinstance(node, Text) and not node.text.strip()

    def text(self, key: str, *, required: bool = False, example: str = "") -> str | None:
        """A text without surrounding space; `None` if it is missing or blank."""
        example = example or _EXAMPLES.get(key, "")
        node = self.mapping.entries.get(key)
        value = self._as_text(key, node) if node is not None else ""
        if value is None:
            return None
        if not value and (required or node is not None) and not self.seems_misspelt(key):
            self.note(
                self.line(key),
                "missing-key",
                f"缺少“{key}”" if node is None else f"“{key}”后面是空的",
                f"请写上，例如：{example}" if example else "请写上，或删去这一行。",
                text=key if node is not None else "",
            )
        return value or None

    def phrase(self, key: str, *, required: bool = False, example: str = "") -> str | None:
        """A text that is one line in print; written over several, they are joined."""
        value = self.text(key, required=required, example=example)
        if value and "\n" in value:
            return joined([line.strip() for line in value.split("\n") if line.strip()])
        return value

    def page(self, key: str) -> PageNumber | None:
        """A printed page number, 1 or more, or that the layout gives it."""
        value = without_invisible(self.text(key, required=True) or "").strip()
        if not value:
            return None
        if value == AUTO:
            return AUTO
        if not _PAGE.match(value):
            self.note_value(
                key,
                "bad-page",
                f"页码“{value}”不是正整数"
                if len(value) < 6 or not value.isdecimal()
                else f"页码“{value}”太大",
                f"{_page_meant(value)}请写文章开始的那一页，用半角数字，例如：page: 5；"
                "页码由排版决定的新刊写 page: auto。",
            )
            return None
        return int(value)

    def date(self, key: str) -> date | None:
        """A calendar day, written `2014-05-09` or `2014年5月9日`."""
        value = without_invisible(self.text(key, required=True) or "").strip()
        if not value:
            return None
        match = _DATE.match(value)
        if match:
            year, month, day = (int(part) for part in match.groups() if part)
            try:
                return date(year, month, day)
            except ValueError:
                self.note_value(
                    key,
                    "bad-date",
                    f"没有“{value}”这一天",
                    "请核对月份和日子。",
                )
                return None
        self.note_value(
            key,
            "bad-date",
            f"日期“{value}”写法不对",
            f"{_day_meant(value)}请写成 2014-05-09 或 2014年5月9日，用半角数字。",
        )
        return None

    def choice(self, key: str, choices: tuple[str, ...], hint: str) -> str | None:
        """One of a closed set of words; `hint` explains them."""
        value = self.text(key)
        if value is not None and value not in choices:
            self.note_value(key, "bad-choice", f"“{key}”不能是“{value}”", hint)
            return None
        return value

    def texts(self, key: str) -> tuple[Text, ...]:
        """A list of texts without surrounding space; one text alone counts as a list of one."""
        node = self.mapping.entries.get(key)
        if node is None:
            return ()
        if isinstance(node, Text):
            return (_stripped(node),) if node.text.strip() else ()
        if isinstance(node, Mapping) or not all(isinstance(i, Text) for i in node.items):
            self._wrong_kind(key, "一个列表，每项一段文字", f"{key}: [一, 二]")
            return ()
        return tuple(_stripped(i) for i in node.items if isinstance(i, Text))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words; what seems to be several in one is said."""
        words = self.texts(key)
        for word in words:
            if _SEVERAL.search(word.text):
                self.note_text(
                    word,
                    "list-comma",
                    f"“{word.text}”会当作一个词",
                    f"如果是几个词，写在半角方括号里，之间用半角逗号：{key}: [一, 二]。",
                )
        return tuple(word.text for word in words if word.text)

    def children(self, key: str, allowed: tuple[str, ...]) -> Iterator[Fields]:
        """The mappings of a list such as `topics` or `corrections`."""
        node = self.mapping.entries.get(key)
        if node is None:
            return
        items = node.items if isinstance(node, Listing) else (node,)
        wrong = [item for item in items if item is node or not isinstance(item, Mapping)]
        if wrong and not self.is_blank(key):
            example = "，下一行 ".join(f"{name}: …" for name in allowed)
            line = 0 if wrong[0] is node else wrong[0].line
            self._wrong_kind(key, "若干条，每条写明几个键", f"- {example}", line)
            return
        for item in items:
            if isinstance(item, Mapping):
                yield Fields(self.path, item, allowed, self.problems)

    def _as_text(self, key: str, node: Node) -> str | None:
        if isinstance(node, Text):
            return node.text.strip()
        self._wrong_kind(key, "一段文字", f"{key}: 文字")
        return None

    def _wrong_kind(self, key: str, wanted: str, example: str, line: int = 0) -> None:
        """That the value of a key is wrong, or one `line` of it."""
        line = max(line, self.line(key))
        text = key if line == self.line(key) else ""
        self.note(line, "wrong-kind", f"“{key}”应是{wanted}", f"请写成：{example}", text=text)

    def note(
        self, line: int, code: str, message: str, hint: str, *, text: str = "", column: int = 0
    ) -> None:
        """Note a problem of this file; `text` and `column` say what is wrong in the line."""
        self.problems.append(
            Problem(
                path=self.path,
                line=line,
                code=code,
                message=message,
                hint=hint,
                text=text,
                column=column,
            )
        )

    def note_text(self, node: Text, code: str, message: str, hint: str) -> None:
        """Note that a text is wrong."""
        self.note(node.line, code, message, hint, text=node.text, column=node.column)

    def note_value(self, key: str, code: str, message: str, hint: str) -> None:
        """Note that the value of a key is wrong, on the line of the key."""
        line, node = self.line(key), self.mapping.entries.get(key)
        if isinstance(node, Text) and node.line == line:
            self.note_text(_stripped(node), code, message, hint)
        else:
            self.note(line, code, message, hint, text=key)


def _stripped(node: Text) -> Text:
    """A text without surrounding space."""
    before = len(node.text) - len(node.text.lstrip())
    column = node.column + before if node.column else 0
    return Text(text=node.text.strip(), line=node.line, column=column)


_MEANT = {
    **dict.fromkeys(("标题", "题名", "题目", "name", "headline"), "title"),
    **dict.fromkeys(("页", "页码", "p", "pages", "pageno"), "page"),
    **dict.fromkeys(("主题", "栏目"), "topics"),
    **dict.fromkeys(("来源", "出处"), "source"),
    **dict.fromkeys(("关键词", "关键字"), "keywords"),
    **dict.fromkeys(("日期", "出版日期"), "date"),
    **{"勘误": "corrections", "期名": "label", "刊名": "title", "说明": "text"},
}
"""What an editor would write for a key who does not know how it is called."""


def _key_meant(key: str, choices: Sequence[str], *, exactly: bool = False) -> str:
    """Of some keys the one that may have been meant; `exactly`: in other letters or in Chinese."""
    written = unicodedata.normalize("NFKC", key).strip().lower()
    meant = written if written in choices else _MEANT.get(written, written)
    if meant in choices:
        return meant
    return "" if exactly else most_similar(meant, choices)


def _page_meant(value: str) -> str:
    """A page number that may have been meant, offered."""
    found = re.search(r"[1-9]\d{0,4}(?!\d)", unicodedata.normalize("NFKC", value), re.ASCII)
    return offered(value, found[0]) if found else ""


def _day_meant(value: str) -> str:
    """A day that may have been meant, offered."""
    found = _DATE_LIKE.fullmatch(unicodedata.normalize("NFKC", value))
    if not found:
        return ""
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return offered(value, str(date(year, month, day)))
    except ValueError:
        return ""


_EXAMPLES = {
    "title": "title: 上海正式开通信用大数据平台",
    "page": "page: 5",
    "date": "date: 2014-05-09",
    "text": "text: 第二段“割格”应为“价格”。",
    "name": "name: 政务云",
    "slug": "slug: government-cloud",
    "from": "from: issues/2014-05-1/",
    "to": "to: issues/2014-05-2/",
    "address": "address: issues/2014-05-1/03.html",
}
