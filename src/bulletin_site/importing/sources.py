"""Where a text was taken from (来源): `（新华网）` at its end, `来源：新华网` on a line of its
own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bulletin_site.content.numerals import number_of
from bulletin_site.importing.marks import ends_sentence
from bulletin_site.search.segment import simplified

_INSIDE = r"[^（）()【】\[\]［］〔〕〖〗—―─]"
_AT_END = re.compile(
    rf"(?P<open>[（(【\[［〔〖])(?P<inside>{_INSIDE}*(?:[（(]{_INSIDE}*[）)]{_INSIDE}*)*)[）)】\]］〕〗]\s*$"
    rf"|(?P<dash>[—―─–-]{{2,}})\s*(?P<after>[^—―─。]+)$"
)
_LABEL = re.compile(
    r"^(?:(?:信息|稿件|资料|文章|新闻|消息)?[来來][源自]|出[处處]|摘编?[编編]?自|摘自|轉?转?[载載]自|选自|選自|摘[录錄]自|据|據|供稿)"
    r"\s*(?P<colon>[:：])?\s*"
)
_DAY = re.compile(
    r"[\s,，、/（(]*(?:(?:19|20)\d\d\s*[-./年]\s*\d{1,2}(?:\s*[-./月]\s*\d{1,2}\s*日?|\s*月)?"
    r"|\d{1,2}\s*月\s*\d{1,2}\s*日)(?:\s*\d{1,2}[:：]\d\d)?\s*[）)]?\s*$"
)
_NO_SOURCE = re.compile(
    r"^(?:完|完毕|略|未完|待续|未完待续|转?下[页转].*|续.*|见.*|如[图表].*|注.*|附.*|图.*|表.*|以下简称.*|下同"
    r"|(?:本报|本刊|实习)?(?:特约)?(?:通讯员|记者|編輯|(?:责任|执行|本期)?编辑|作者|责编|编审|审核|校对)"
    r"[\s:：].*|\W*|\d+(?:\.\d+)?%?"
    r"|(?:打印|关闭|返回|分享|收藏|我要纠错)\S{0,4}|字[体号](?:大小)?[:：]?.*|大\s*中\s*小)$"
)
_FIELD = re.compile(
    r"(?P<name>来源|來源|稿源|出处|日期|时间|發布日期|发布日期|发布时间|作者|记者|编辑|责编|责任编辑|撰稿|单位|供稿|字体|字号"
    r"|浏览次数|点击数?|阅读)"
    r"\s*[:：]\s*"
)
_STAMP = re.compile(
    r"^(?:19|20)\d\d\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?"
    r"(?:\s+\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?[\s|｜]+"
)
"""The day that a web page prints before the source, on the same line."""
_LONGEST = 45
_EDGES = " \t\u3000:：,，、;；*_"
_GIVEN = re.compile(r"^(?P<name>\S.*\S)\s*(?:供稿|提供|供图)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`name` as printed, without brackets or label; it takes the text from `start` on. `rest`: what
    else stood there (a day, an author). `sure`: nothing else could be meant."""

    name: str
    start: int
    rest: str = ""
    sure: bool = True


def source_at_end(text: str) -> Source | None:
    """The source with which a text ends: in brackets, or after a dash, or labelled. In brackets it
    counts where the sentence has ended before it; a bracket within the last sentence is text."""
    stripped = text.rstrip()
    match = _AT_END.search(stripped)
    if not match:
        return None
    inside = (match["inside"] or match["after"] or "").strip()
    before = stripped[: match.start()].rstrip()
    named = _named(inside)
    if not named:
        return None
    name, rest, labelled = named
    ended = not before or ends_sentence(before) or before.endswith(("”", "’", "』", "」", "."))
    if not ended and not labelled:
        return None
    return Source(
        name=name, start=match.start(), rest=rest, sure=bool(before) or labelled or not rest
    )


def source_line(text: str) -> Source | None:
    """The source that a line gives and nothing else: `来源：新华网`, `（新华网）`, `——新华网`,
    `来源：新华网　日期：2014-05-09　作者：…`."""
    stripped = text.strip()
    if not stripped or len(stripped) > 2 * _LONGEST:
        return None
    start = len(text) - len(text.lstrip())
    stamp = _STAMP.match(stripped)
    begins = stamp.end() if stamp else 0
    fields = list(_FIELD.finditer(stripped))
    if fields and fields[0].start() == begins:
        parts = {"日期": stripped[:begins].strip(" \t\u3000|｜")}
        for field, following in zip(fields, [*fields[1:], None], strict=True):
            end = following.start() if following else len(stripped)
            parts[simplified(field["name"])] = stripped[field.end() : end].strip(
                " \t\u3000|｜,，;；"
            )
        for name in ("来源", "稿源", "出处", "供稿"):
            if parts.get(name):
                others = "，".join(f"{k}：{v}" for k, v in parts.items() if k != name and v)
                return _from_label(parts[name], start, others)
        return None
    bracketed = source_at_end(stripped)
    if bracketed and bracketed.start == 0:
        return Source(name=bracketed.name, start=start, rest=bracketed.rest, sure=bracketed.sure)
    label = _LABEL.match(stripped)
    if label and label["colon"] and len(stripped) <= _LONGEST:
        return _from_label(stripped[label.end() :].strip(), start, "")
    return None


def _from_label(text: str, start: int, others: str) -> Source | None:
    named = _named(text)
    if not named:
        return None
    name, rest, _ = named
    together = "，".join(part for part in (rest, others) if part)
    return Source(name=name, start=start, rest=together)


def _named(inside: str) -> tuple[str, str, bool] | None:
    """Name, rest, and whether a label said that it is a source."""
    text = inside.strip().strip("（）()") if inside.startswith(("（", "(")) else inside.strip()
    label = _LABEL.match(text)
    labelled = bool(label) and (
        bool(label and label["colon"]) or len(text) > (label.end() if label else 0)
    )
    name = text[label.end() :] if label and labelled else text
    day = _DAY.search(name)
    rest = ""
    if day and day.start():
        rest = name[day.start() :].strip(" ,，、/（()）\u3000")
        name = name[: day.start()]
    given = _GIVEN.search(name.strip(_EDGES))
    if given:
        name, labelled = given["name"], True
    name = name.strip(_EDGES)
    ok = (
        2 <= len(name) <= _LONGEST
        and "。" not in name
        and not _NO_SOURCE.match(simplified(name))
        and number_of(name) is None
    )
    return (name, rest, labelled) if ok else None
