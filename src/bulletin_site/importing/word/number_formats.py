"""Numbers as Word writes them in automatic lists (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL"}
_ROMAN |= {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def formatted(number: int, form: str) -> str:
    """A form that is not known here is written in plain digits, and a number that its form has no
    sign for too, as Word does."""
    if form == "none":
        return ""
    return (_FORMS[form](number) if number >= 0 and form in _FORMS else "") or str(number)


def _by_digit(number: int) -> str:
    """20 → 二〇"""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    """Units up to a hundred, then digit by digit: 20 → 二十, 110 → 一一〇."""
    return _in_units(number, _DIGITS, "十百千") if number < 100 else _by_digit(number)


def _thousand(number: int) -> str:
    """101 → 一百零一"""
    return _in_units(number, "零" + _DIGITS[1:], "十百千")


def _in_units(number: int, digits: str, units: str, *, leading_one: bool = False) -> str:
    if not 0 < number < 10_000:
        return _by_digit(number) if digits[1] == "一" else ""
    written, zero = "", False
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if not digit:
            zero = bool(written)
            continue
        written += digits[0] if zero else ""
        bare_ten = power == 1 and digit == 1 and not written and not leading_one
        written += ("" if bare_ten else digits[digit]) + (units[power - 1] if power else "")
        zero = False
    return written


def _japanese(number: int) -> str:
    """Hundreds and thousands without a one, no zeros: 101 → 百一."""
    if not 0 < number < 10_000:
        return _by_digit(number)
    written = ""
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            written += "" if digit == 1 and power else _DIGITS[digit]
            written += ["", "十", "百", "千"][power]
    return written


def _letters(number: int) -> str:
    """27 → AA, 28 → BB."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 781 else ""


def _roman(number: int) -> str:
    written = ""
    for step, sign in _ROMAN.items() if 0 < number < 4000 else ():
        written += sign * (number // step)
        number %= step
    return written


def _in_row(first: str, length: int) -> Callable[[int], str]:
    """Signs that follow each other in Unicode."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= length else ""


def _circled(number: int) -> str:
    for first, offset, last in (("①", 0, 20), ("㉑", 20, 35), ("㊱", 35, 50)):
        if offset < number <= last:
            return chr(ord(first) + number - offset - 1)
    return ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _japanese,
    "koreanCounting": _thousand,
    "ideographDigital": _by_digit,
    "taiwaneseDigital": _by_digit,
    "japaneseDigitalTenThousand": _by_digit,
    "chineseLegalSimplified": lambda number: _in_units(number, _LEGAL, "拾佰仟", leading_one=True),
    "ideographLegalTraditional": lambda number: _in_units(
        number, _LEGAL_TRADITIONAL, "拾佰仟", leading_one=True
    ),
    "japaneseLegal": lambda number: _in_units(
        number, _LEGAL_TRADITIONAL, "拾佰仟", leading_one=True
    ),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _in_row("⒈", 20),
    "decimalEnclosedParen": _in_row("⑴", 20),
    "ideographEnclosedCircle": _in_row("㊀", 10),
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "numberInDash": lambda number: f"- {number} -",
}
