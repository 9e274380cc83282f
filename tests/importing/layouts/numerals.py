"""How offices write numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_HAN = "〇一二三四五六七八九"
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")


def han(number: int) -> str:
    """12 → 十二"""
    if number < 10:
        return _HAN[number]
    tens, units = divmod(number, 10)
    return (_HAN[tens] if tens > 1 else "") + "十" + (_HAN[units] if units else "")


def full(number: int) -> str:
    """12 → １２"""
    return str(number).translate(_FULL)


def circled(number: int) -> str:
    """12 → ⑫"""
    return chr(0x2460 + number - 1)


def plain(text: str) -> str:
    """`第３頁` → `第3頁`: all forms of Western digits as one."""
    return unicodedata.normalize("NFKC", text)


def plain_label(label: str) -> str:
    """`5月第1期`, `五月份第一期`, `2014年五月第一期` → 五月第一期: one label, however it is spelled."""
    label = re.sub(r"[12]\d{3}年", "", re.sub(r"\s+", "", plain(label))).replace("月份", "月")
    return re.sub(r"(?<!\d)\d{1,2}(?!\d)", lambda found: han(int(found[0])), label)


def han_date(day: date) -> str:
    """二〇一四年五月九日"""
    year = "".join(_HAN[int(digit)] for digit in str(day.year))
    return f"{year}年{han(day.month)}月{han(day.day)}日"


def plain_date(day: date) -> str:
    """2014年5月9日"""
    return f"{day.year}年{day.month}月{day.day}日"


def dotted_date(day: date) -> str:
    """2014.5.9"""
    return f"{day.year}.{day.month}.{day.day}"
