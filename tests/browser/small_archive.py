"""A made-up archive to search in: two years, several issues, enough articles for more than two lists."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archives import BASE, write
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs

ISSUES = {"2013-12-1": "2013-12-06", "2014-05-1": "2014-05-09", "2014-06-2": "2014-06-13"}
TOPICS = ("政务云", "大数据")
SOURCES = ("文汇报", "人民网", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article: `id` as in addresses."""

    id: str
    title: str
    topic: str
    source: str
    page: int
    text: str

    @property
    def issue(self) -> str:
        return self.id.split("/")[0]

    @property
    def year(self) -> str:
        return self.id[:4]


def _platforms(issue: str, count: int) -> list[Piece]:
    """So many articles of one page each that all have the word 平台."""
    return [
        Piece(
            id=f"{issue}/{number:02}",
            title=f"{issue[:4]}年第{number}号平台开通",
            topic=TOPICS[number % 2],
            source=SOURCES[number % 3],
            page=number,
            text="市民办事的平台已经开通。",
        )
        for number in range(1, count + 1)
    ]


PLATFORMS = [*_platforms("2013-12-1", 12), *_platforms("2014-05-1", 9), *_platforms("2014-06-2", 2)]

TRACTOR = Piece(
    id="2014-06-2/03",
    title="农机补贴",
    topic="大数据",
    source="农民日报",
    page=3,
    text="拖拉机的补贴网上可查。\n\n"
    + "各县都已照办。" * 30
    + "此外，{p4}有关的手续少了一半。\n\n农机站的同志说，拖拉机下地了。",
)
HARVESTER = Piece(
    id="2014-06-2/04", title="秋收", topic="大数据", source="人民网", page=5, text="收割机联网了。"
)
TRADITIONAL = Piece(
    id="2014-06-2/05",
    title="臺灣的雲計算",
    topic="政务云",
    source="聯合報",
    page=6,
    text="電子政務採用雲計算。\n\n市民在家辦事，稱讚雲計算。",
)
PIECES = [*PLATFORMS, TRACTOR, HARVESTER, TRADITIONAL]


def publish(folder: Path) -> Path:
    """The site of this archive, built into a folder below `folder`."""
    files = {"issues/archive.yaml": BASE["issues/archive.yaml"]}
    for issue, date in ISSUES.items():
        files[f"issues/{issue}/issue.md"] = f"---\ndate: {date}\n---\n"
    for piece in PIECES:
        source = f"source: {piece.source}\n" if piece.source else ""
        files[f"issues/{piece.id}.md"] = (
            f"---\ntitle: {piece.title}\npage: {piece.page}\ntopics: [{piece.topic}]\n{source}---\n\n"
            f"{piece.text}\n"
        )
    built = build(read_inputs(write(folder / "archive", files)))
    assert built.files is not None, built.problems
    for name, content in built.files.items():
        file = folder / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder / "site"
