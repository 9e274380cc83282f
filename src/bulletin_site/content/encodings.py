"""What bytes that are not UTF-8 seem to be: a name for a message, no guess to be published."""

from __future__ import annotations

import re
import unicodedata

_BROKEN = "\ufffd"
_USUAL = re.compile("[\t\n\r -~\u2010-\u203b\u3000-\u9fff\uff00-\uffef]")
_HAN = re.compile("[\u4e00-\u9fff]")
_SAMPLE = 200_000  # characters: enough to tell two encodings apart


def likely_encoding(data: bytes) -> str | None:
    """The encoding that the bytes of a text seem to be in, as an editor's program names it; nothing
    where they seem to be no text."""
    if data.isascii():
        return _seven_bit(data)
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _is_utf_16(data):
        return "UTF-16（记事本里的“Unicode”）"
    if b"\0" in data:
        return None
    read = {name: text for name in ("gb18030", "big5") if (text := _decoded(data, name))}
    if not read:
        return None
    best = max(read, key=lambda name: commonness(read[name][:_SAMPLE]))
    return {"gb18030": "GB18030（记事本里的“ANSI”）", "big5": "Big5（繁体中文）"}[best]


def is_of_notepad(encoding: str) -> bool:
    """Can Windows's own editor read it?"""
    return "记事本" in encoding or encoding == "UTF-32"


def as_word_names_it(encoding: str) -> str:
    """What to choose where Word asks how to read a text: 简体中文（HZ）."""
    name, _, kind = encoding.rstrip("）").partition("（")
    return f"{kind}（{name}）" if kind and "记事本" not in kind else name


def is_mostly_utf_8(data: bytes) -> bool:
    """Is this UTF-8 but for a few bytes, as after a cut or a paste by another program?"""
    text = data.decode("utf-8", "replace")
    if text.isascii():
        return False
    wide = sum(character >= "\x80" for character in text)
    return "\0" not in text and wide >= 4 * text.count(_BROKEN)


def commonness(text: str) -> float:
    """The share of Han characters that are among the 3,755 of GB 2312's first level, or, in
    traditional text, the 5,401 of Big5's."""
    han = [character for character in text if "\u3400" <= character <= "\u9fff"]
    odd = sum(1 for c in text if c >= "\x80" and unicodedata.category(c) in ("Co", "Cn", "Lo"))
    common = sum(_is_common(character) for character in han)
    return common / max(odd, 1)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_utf_16(data: bytes) -> bool:
    """Is this UTF-16 without its mark? Then the ASCII in it (line ends, if nothing else) has zeros,
    and the rest is what is usual in one order of bytes."""
    sample = data[:4096]
    texts = (sample.decode(name, "replace") for name in ("utf-16-le", "utf-16-be"))
    return sample.count(0) > 1 and any(
        len(_USUAL.findall(text)) > 0.9 * len(text) for text in texts
    )


def _seven_bit(data: bytes) -> str | None:
    """Of bytes that are ASCII, the encoding for old mail in which they are Chinese text."""
    if b"\x1b$" in data:
        kinds = {b"\x1b$)A": "ISO-2022-CN（简体中文）", b"\x1b$)C": "ISO-2022-KR（韩文）"}
        found = (kind for sign, kind in kinds.items() if sign in data)
        return next(found, "ISO-2022-JP（日文）")
    for name, sign in (("hz", b"~{"), ("utf-7", b"+")):
        text = _decoded(data[:_SAMPLE], name) if sign in data else None
        if text and len(_USUAL.findall(text)) == len(text) and len(_HAN.findall(text)) > 1:
            return {"hz": "HZ（简体中文）", "utf-7": "UTF-7"}[name]
    return None


def _is_common(character: str) -> bool:
    for encoding, first, last in (("gb2312", 0xB0A1, 0xD7F9), ("big5", 0xA440, 0xC67E)):
        try:
            code = int.from_bytes(character.encode(encoding), "big")
        except UnicodeEncodeError:
            continue
        if first <= code <= last:
            return True
    return False
