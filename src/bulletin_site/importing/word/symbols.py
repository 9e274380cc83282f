"""Characters that a document names by font and code (`w:sym`, bullets), as Unicode."""

from __future__ import annotations

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧",
    0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0xA7: "▪", 0xA8: "□", 0xB2: "☆", 0xAB: "★",
    0xD8: "➢", 0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_SYMBOL = {
    0xB7: "•", 0xB4: "×", 0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xAE: "→", 0xA8: "◆",
    0x2D: "−", 0x6D: "μ", 0xB0: "°", 0xF7: "÷",
}  # fmt: skip
_PRIVATE = range(0xF000, 0xF100)


def symbol(code: int, font: str) -> str:
    """Word shifts the codes of such fonts by F000 into Unicode's private area. One that is not
    known here stays as it is: a sign that nobody can read is better than a wrong one."""
    low = code - _PRIVATE.start if code in _PRIVATE else code
    table = _WINGDINGS if font.lower().startswith("wingdings") else _SYMBOL
    if code in _PRIVATE or font.lower() in ("wingdings", "symbol"):
        return table.get(low, chr(low) if table is _SYMBOL and low < 0x7F else chr(code))
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def bullet(text: str, font: str) -> str:
    """A bullet as a reader sees it; one of an unknown font is drawn as a dot."""
    shown = "".join(symbol(ord(character), font) for character in text)
    return "".join("•" if ord(character) in _PRIVATE else character for character in shown)
