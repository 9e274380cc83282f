"""How such bulletins write numbers: of articles (`1、`, `（一）`, `第十二`), of pages (`— 3 —`)."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_DIGITS |= {"七": 7, "八": 8, "九": 9}
_TENS = {"十": 10, "廿": 20, "卅": 30}
_HAN_NUMBER = "〇○零一二两三四五六七八九十廿卅百"
_PAGE_NUMBER = re.compile(
    r"^\W*(?:第\s*(?P<page>\d{1,3}|[〇零一二三四五六七八九十百]+)\s*[页頁]"
    r"(?:\s*[，,、/／]?\s*共\s*\d{1,3}\s*[页頁])?|(?:page\s*)?(?P<bare>\d{1,3})(?:\s*/\s*\d{1,3})?)\W*$",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """NFKC, which makes full-width digits and letters half-width; no space at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def number_of(text: str) -> int | None:
    """`12`, `１２`, `十二`, `⑫` → 12, `二〇一四` → 2014."""
    text = plain(text)
    if re.fullmatch(r"[0-9]{1,6}", text):
        return int(text)
    if not text or any(character not in _HAN_NUMBER for character in text):
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


def page_number(text: str) -> int | None:
    """The number of a line that holds nothing but a page number: `3`, `— 3 —`, `·３·`, `第3页`,
    `第 3 页 共 11 页`, `3/11`."""
    match = _PAGE_NUMBER.match(plain(text))
    if not match:
        return None
    return number_of(match["page"] or match["bare"])
