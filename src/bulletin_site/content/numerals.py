"""Chinese numerals: what number they write, and the label of an issue with Arabic ones."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_DIGITS |= {"七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "廿": 20, "卅": 30}
HAN_NUMBER = "〇○零一二两三四五六七八九十廿卅百"

_COUNTED = re.compile(
    # 一 alone is also a word, as in 统一: only where it counts what issues are counted by.
    rf"(?:[{HAN_NUMBER}]+|[０-９]+)(?=(?:[、—至-][{HAN_NUMBER}０-９]+)*[年月期号卷辑])"
)


def plain(text: str) -> str:
    """NFKC, which makes full-width digits and letters half-width; no space at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def number_of(text: str) -> int | None:
    """`12`, `１２`, `十二`, `⑫` → 12, `二〇一四` → 2014."""
    text = plain(text)
    if re.fullmatch(r"[0-9]{1,6}", text):
        return int(text)
    if not text or any(character not in HAN_NUMBER for character in text):
        return None
    if not any(character in "十廿卅百" for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, unit = 0, -1
    for character in text:
        if character == "百":
            total, unit = total + 100 * (unit if unit >= 0 else 1), -1
        elif character in _TENS:
            total += _TENS[character] * (unit if unit >= 0 else 1)
            unit = -1
        else:
            unit = _DIGITS[character]
    return total + max(unit, 0)


def arabic(label: str) -> str:
    """五月第一期 → `5月第1期`, 二〇一四年第十二期 → `2014年第12期`; what counts no years, months
    or issues stays as it is."""

    def counted(found: re.Match[str]) -> str:
        number = number_of(found[0])
        return found[0] if number is None else str(number)

    return _COUNTED.sub(counted, label)
