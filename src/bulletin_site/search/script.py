"""Data as a script: from `file://` a page may run scripts but not fetch."""

from __future__ import annotations

import json
from typing import Any

_START, _END = "bulletin.receive(", ");"


def script(name: str, value: object) -> bytes:
    """A script that hands a value over by name."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # The two line separators would end a line in engines that are older than ES2019.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return script_of_json(name, text.encode())


def script_of_json(name: str, text: bytes) -> bytes:
    """The same of a value in JSON that has no line separators."""
    return b'%s"%s",%s%s\n' % (_START.encode(), name.encode(), text, _END.encode())


def handed(content: bytes, name: str) -> Any:
    """The value that such a script hands over. Raises ValueError, in Chinese, where it does not."""
    try:
        text = content.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise ValueError("不是 UTF-8 编码") from None
    start = f'{_START}"{name}",'
    if not text.startswith(start) or not text.endswith(_END):
        raise ValueError(f"不是 {start}…{_END} 的写法")
    try:
        return json.loads(text[len(start) : -len(_END)])
    except (ValueError, RecursionError) as reason:
        raise ValueError(f"不是完好的 JSON（{reason}）") from None
