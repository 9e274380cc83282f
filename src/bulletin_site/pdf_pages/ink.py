"""What of a text can be seen: how a text and the page it was set on are compared."""

from __future__ import annotations

import re
import unicodedata

_LOOK_ALIKE = {ord("―"): "—", ord("‐"): "-", ord("‑"): "-"}
"""Of these pairs fonts draw both in one way, and a PDF tells only one of the two."""
_RADICALS = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Radicals and compatibility forms, drawn as the Han characters that they stand for."""
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def ink(text: str) -> str:
    """The characters that leave ink, in order; white space and signs that only steer the setting
    are left out."""
    composed = unicodedata.normalize("NFC", text).translate(_LOOK_ALIKE)
    plain = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), composed)
    return "".join(one for one in plain if unicodedata.category(one) not in _UNSEEN)
