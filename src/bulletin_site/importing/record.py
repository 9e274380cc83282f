"""What an import leaves beside the issue: import.yaml, which `content.doubts` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bulletin_site.content.doubts import Doubt
from bulletin_site.content.written import quoted
from bulletin_site.importing.doubtful import said_place
from bulletin_site.importing.manuscript import Aside

_HEAD = """\
# 由 bulletin import 写成。
# doubts：没有把握的地方。逐条核对原件，改好文章后把那一条删去；全部删完，check 就不再提醒。
# aside：原件里没有收进文章的文字（封面、目录、页眉、页码等），只作记录，不用改。
"""


def record_of(name: str, sha256: str, doubts: Sequence[Doubt], asides: Sequence[Aside]) -> str:
    """import.yaml (`content.doubts` reads it)."""
    lines = [f"file: {quoted(name)}", f"sha256: {sha256}"]
    lines.append("doubts:" if doubts else "doubts: []")
    for doubt in doubts:
        fields = {
            "in": doubt.file,
            "key": doubt.key,
            "text": doubt.text,
            "doubt": doubt.message,
            "hint": doubt.hint,
            "place": doubt.place,
        }
        lines += _item({key: value for key, value in fields.items() if value})
    lines.append("aside:" if asides else "aside: []")
    for aside in asides:
        fields = {
            "place": said_place(aside.place),
            "reason": aside.reason,
            "text": aside.text.strip(),
        }
        lines += _item({key: value for key, value in fields.items() if value})
    return _HEAD + "\n".join(lines) + "\n"


def _item(fields: Mapping[str, str]) -> Iterator[str]:
    for index, (key, value) in enumerate(fields.items()):
        yield f"{'    ' if index else '  - '}{key}: {quoted(value)}"
