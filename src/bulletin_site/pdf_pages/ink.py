"""What of a text can be seen: how a text and the page it was set on are compared."""

from __future__ import annotations

import re
import unicodedata

_ALIKE = """
    —― -‐‑ –‒ …⋯ ·•‧・ ～〜 ／∕ ｀‵ |￨ ①➀ ②➁ ③➂ ④➃ ⑤➄
    ⑥➅ ⑦➆ ⑧➇ ⑨➈ ⑩➉ ❶➊ ❷➋ ❸➌ ❹➍ ❺➎ ❻➏ ❼➐ ❽➑ ❾➒ ❿➓
    乛⺂ 乚⺃ 亻⺅ 刂⺉ 兀⺎ 尣⺏ 尢⺐ 巳⺒ 幺⺓ 彑⺔ 彐⺕ 忄⺖ 扌⺘ 攵⺙ 旡⺛
    歺⺞ 民⺠ 氵⺡ 灬⺣ 爫⺤ 丬⺦ 犭⺨ 罒⺫⺲ 礻⺭ 糹⺯ 纟⺰ 罓⺱ 耂⺹ 肀⺺
    艹⺾⺿⻀ 虎⻁ 衤⻂ 覀⻃ 见⻅ 角⻆ 讠⻈ 贝⻉ 车⻋ 辶⻌ 钅⻐ 長⻑ 镸⻒ 长⻓
    门⻔ 阝⻖ 青⻘ 韦⻙ 页⻚ 风⻛ 飞⻜ 食⻝ 飠⻟ 饣⻠ 马⻢ 骨⻣ 鬼⻤ 鱼⻥ 鸟⻦
    卤⻧ 麦⻨ 黄⻩ 黾⻪ 斉⻫ 齐⻬ 齿⻮ 竜⻯ 龙⻰ 龜⻱ 亀⻲
"""
"""Fonts, those of Noto CJK too, draw the others of a group as its first character, and a PDF tells
only one of them."""
_LOOK_ALIKE = {ord(other): group[0] for group in _ALIKE.split() for other in group[1:]}
_SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""They choose among the forms of the character before them, and leave no ink of their own."""
_RADICALS = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Radicals and compatibility forms, drawn as the Han characters that they stand for."""
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def ink(text: str) -> str:
    """The characters that leave ink, in order; white space and signs that only steer the setting
    are left out."""
    composed = unicodedata.normalize("NFC", _SELECTORS.sub("", text)).translate(_LOOK_ALIKE)
    plain = _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), composed)
    return "".join(one for one in plain if unicodedata.category(one) not in _UNSEEN)
