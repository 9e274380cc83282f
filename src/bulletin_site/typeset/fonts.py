"""Which fonts a PDF edition asks for, by what they are for, and which of them it got."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_STYLE = re.compile(r"(?:bold|regular|medium|light|semi|extra|heavy|black|italic|oblique)+$")
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BETWEEN = re.compile(r"[\s_,-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What some of the text is, with the families that it should be set in; where none of them is
    there, it is set in a fallback."""

    name: str
    wanted: tuple[str, ...]
    fallbacks: tuple[str, ...]

    @property
    def families(self) -> str:
        """As CSS has them."""
        return ", ".join(f'"{family}"' for family in (*self.wanted, *self.fallbacks)) + ", serif"


_SERIF = ("Source Han Serif SC", "Source Han Serif CN", "Noto Serif CJK SC", "Noto Serif SC")
_SANS = ("Source Han Sans SC", "Source Han Sans CN", "Noto Sans CJK SC", "Noto Sans SC")

BODY = Role(
    name="仿宋",
    wanted=(
        *("FZFangSong-Z02S", "FZFangSong-Z02", "FangSong_GB2312", "仿宋_GB2312"),
        *("FangSong", "仿宋", "STFangsong", "华文仿宋"),
    ),
    fallbacks=(*_SERIF, "SimSun", "宋体", "Songti SC"),
)
TITLE = Role(
    name="小标宋",
    wanted=(
        *("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
        *("STZhongsong", "华文中宋"),
    ),
    fallbacks=(*_SERIF, "SimSun", "宋体", "Songti SC"),
)
HEADING = Role(
    name="黑体",
    wanted=("FZHei-B01S", "SimHei", "黑体", "STHeiti", "Heiti SC", *_SANS),
    fallbacks=("Microsoft YaHei", "微软雅黑", "PingFang SC"),
)
EMPHASIS = Role(
    name="楷体",
    wanted=("FZKai-Z03S", "KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "Kaiti SC"),
    fallbacks=(*_SERIF, "SimSun", "宋体", "Songti SC"),
)
NUMBERS = Role(
    name="宋体",
    wanted=("SimSun", "宋体", "STSong", "Songti SC", *_SERIF),
    fallbacks=(),
)


def used(names: Iterable[str]) -> tuple[str, ...]:
    """The fonts that a PDF names (`ABCDEF+Noto-Serif-CJK-SC-Bold`) as people call them."""
    bare = {_SUBSET.sub("", name) for name in names}
    return tuple(sorted({name.replace("-", " ").strip() for name in bare if name}))


def missing(names: Iterable[str], roles: Iterable[Role]) -> tuple[Role, ...]:
    """The roles of which no wanted family is among the fonts of a PDF."""
    there = {_plain(_SUBSET.sub("", name)) for name in names}
    return tuple(
        role for role in roles if there.isdisjoint(_plain(family) for family in role.wanted)
    )


def _plain(name: str) -> str:
    """Without blanks, case and what says how bold it is."""
    return _STYLE.sub("", _BETWEEN.sub("", name).lower())
