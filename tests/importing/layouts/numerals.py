"""How offices write numbers."""

from __future__ import annotations

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
