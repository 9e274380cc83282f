"""The cover: day, label and who prints it, in whatever order and spelling; and what the name of the
file says where the cover does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bulletin_site.content.issue import default_label
from bulletin_site.content.model import Publication
from bulletin_site.content.numerals import HAN_NUMBER, number_of
from bulletin_site.importing import titles
from bulletin_site.importing.contents_lines import is_heading
from bulletin_site.importing.manuscript import Block
from bulletin_site.importing.marks import topic_mark
from bulletin_site.search.segment import simplified

_N = rf"[0-9０-９{HAN_NUMBER}]+"
_GAP = r"[\s]*"
_DAY = re.compile(
    rf"(?P<y>(?:[12１２][0-9０-９]{{3}}|[一二][〇○零0Oo一二三四五六七八九]{{3}}))(?:"
    rf"{_GAP}年{_GAP}(?P<m>{_N}){_GAP}月{_GAP}(?P<d>{_N}){_GAP}日"
    rf"|{_GAP}[-./－．]{_GAP}(?P<m2>{_N}){_GAP}[-./－．]{_GAP}(?P<d2>{_N}){_GAP}日?)"
)
_MONTH = re.compile(
    rf"(?P<y>(?:[12１２][0-9０-９]{{3}}|[一二][〇○零0Oo一二三四五六七八九]{{3}})){_GAP}[-./年－．]{_GAP}(?P<m>{_N}){_GAP}月?"
)
_YEAR = re.compile(r"(?P<y>[12][0-9]{3}|[一二][〇○零一二三四五六七八九]{3})\s*年")
_LABEL = re.compile(
    rf"(?:(?P<month>{_N}){_GAP}月份?{_GAP})?第{_GAP}(?P<n>{_N}){_GAP}[期號号辑輯]"
    rf"(?:{_GAP}[（(]?{_GAP}[总總]第?{_GAP}{_N}{_GAP}[期號号]{_GAP}[）)]?)?"
)
_HALF = re.compile(rf"(?P<month>{_N}){_GAP}月{_GAP}(?P<half>上半月|下半月)")
_ID = re.compile(
    r"(?<!\d)(?P<y>[12]\d{3})[-_.年]?(?P<m>0[1-9]|1[0-2])[-_.月]?第?(?P<n>[1-9])(?!\d)"
)
_BY = re.compile(
    r"^(?P<role>主办单位|主办|编印单位|编印|编发|编辑部|编辑|编写|编制|编|印发|主管|承办|印制|出版)"
    r"\s*[:：]\s*(?P<name>\S.*)$"
)
_BY_AFTER = re.compile(r"^(?P<name>\S.*?\S)\s*(?:主办|编印|编发|编制|编写|印发|主编|编)$")
_PUBLISHER = {
    "编印单位",
    "编印",
    "编发",
    "编辑部",
    "编辑",
    "编写",
    "编制",
    "编",
    "印发",
    "印制",
    "出版",
}
_NOTICE = re.compile(
    r"内部|保存|密级|秘密|机密|绝密|准印|仅供|免费|赠阅|交流|传阅|共\s*\d+\s*页|份号|紧急程度|签发"
    r"|[:：]"
)
"""What no name of an office has in it."""
_LONGEST_NAME = 30
_CELL = re.compile(
    r"^(?:主办单位|主办|编印单位|编印|编发|编辑部|编辑|编写|编制|编|印发|主管|承办|印制|出版)$"
)
_DAY_CELL = re.compile(r"^(?:刊名|期[号数次]|总期数|(?:出版|印发|编印)?(?:日期|时间))$")
_OTHER_CELL = re.compile(
    r"^(?:(?:报送|发送|印发)(?:范围|单位|对象)|份数|印数|签发人?|审核人?|核稿人?|主编|副主编|责任编辑|责编|校对|密级"
    r"|报|送|发|主送|抄送|抄报)$"
)
"""What stands in a cell of the cover's table, or on a line of its own, before what it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What is known of the issue as a whole. `id`: the name of its folder; `None` where not even
    the month is known. `guessed`: each thing that was not read but guessed, in Chinese, by the key
    of issue.md that it concerns. `unread`: lines of the cover of which nothing was made."""

    id: str | None
    date: date | None
    label: str | None
    organization: str | None
    publisher: str | None
    guessed: tuple[tuple[str, str], ...]
    unread: tuple[Block, ...]


def read_cover(
    blocks: Sequence[Block],
    elsewhere: Sequence[Block],
    file_name: str,
    publication: Publication,
    wanted: str | None,
) -> Cover:
    """The cover stands in `blocks`; day and label may also stand `elsewhere`, as in a colophon.
    `wanted`: the id that the editor asks for."""
    texts = [block.text for block in blocks]
    others = [*(b.text for b in elsewhere), file_name]
    guessed: list[tuple[str, str]] = []
    day = _first_day([*texts, "".join(texts)])
    if day is None:
        # 2014-05-2 in the name of a file is an issue's id, not the second of May.
        day = _first_day([text for text in others if not _ID.search(text)])
        if day:
            guessed.append(("date", f"封面上没有日期，取自别处的 {day}"))
    label_match = _first(_LABEL, texts) or _first(_HALF, texts) or _first(_LABEL, others)
    label = _spelled(label_match) if label_match else None
    id_ = wanted or _id(day, label_match, [*texts, *others], guessed)
    if id_ and day is None:
        day = _guessed_day(id_)
        guessed.append(("date", f"没有找到出版日期，暂写 {day}"))
    if id_ and label is None:
        label = default_label(id_)
        guessed.append(("label", f"没有找到期名，按文件夹名写作“{label}”"))
    organization, publisher, unread = _names(blocks, publication)
    return Cover(
        id=id_,
        date=day,
        label=label,
        organization=organization,
        publisher=publisher,
        guessed=tuple(guessed),
        unread=tuple(unread),
    )


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> re.Match[str] | None:
    for text in texts:
        match = pattern.search(simplified(text))
        if match:
            return match
    return None


def _first_day(texts: Sequence[str]) -> date | None:
    for text in texts:
        for match in _DAY.finditer(simplified(text)):
            parts = (match["y"], match["m"] or match["m2"], match["d"] or match["d2"])
            year, month, day = (_number(part) for part in parts)
            try:
                return date(year, month, day)
            except ValueError:
                continue
    return None


def _number(text: str) -> int:
    return number_of(re.sub("[○0Oo]", "〇", text) if not text.isascii() else text) or 0


def _spelled(match: re.Match[str]) -> str:
    """The label as printed, without the spaces that stretch it over the cover."""
    return re.sub(r"\s", "", match[0])


def _id(
    day: date | None,
    label: re.Match[str] | None,
    texts: Sequence[str],
    guessed: list[tuple[str, str]],
) -> str | None:
    """The folder's name. A label without its month counts through the year or the years: then
    which one of the month it is follows from the day."""
    groups = label.groupdict() if label else {}
    number = number_of(groups.get("n") or "") or 0
    month = number_of(groups.get("month") or "") or 0
    if groups.get("half"):
        number = 1 if groups["half"] == "上半月" else 2
    if day and not (month and number):
        of_month = number if number in (1, 2) and not label else 1 if day.day <= 15 else 2
        guessed.append(("label", f"期名里没有“某月第几期”，按日期当作当月第 {of_month} 期"))
        return f"{day:%Y-%m}-{of_month}"
    if day:
        if month != day.month:
            guessed.append(("date", f"期名说 {month} 月，日期却是 {day}"))
        return f"{day.year}-{month:02}-{number}" if 1 <= month <= 12 and number < 100 else None
    named = _first(_ID, texts)
    if named:
        return f"{named['y']}-{named['m']}-{named['n']}"
    year = _first(_YEAR, texts)
    in_month = _first(_MONTH, texts)
    if in_month and not month:
        month = _number(in_month["m"])
        number = number if number and label and groups.get("month") else number or 1
        if 1 <= month <= 12 and number < 100:
            return f"{_number(in_month['y'])}-{month:02}-{number}"
    if year and 1 <= month <= 12 and 0 < number < 100:
        return f"{_number(year['y'])}-{month:02}-{number}"
    return None


def _guessed_day(issue_id: str) -> date:
    year, month, number = (int(part) for part in issue_id.split("-"))
    return date(year, month, 1 if number == 1 else 15)


def _names(
    blocks: Sequence[Block], publication: Publication
) -> tuple[str | None, str | None, list[Block]]:
    """Who is above the bulletin's title (the organization), who below it (the publisher), and the
    lines that say neither."""
    organization: str | None = None
    publisher: str | None = None
    above: list[str] = []
    below: list[str] = []
    unread: list[Block] = []
    title_seen = False
    for block, line in _with_roles(list(_cover_lines(blocks))):
        text = simplified(line).strip()
        labelled = _BY.match(text)
        named = line.strip()[labelled.start("name") :].strip() if labelled else ""
        if _is_title(text, publication):
            title_seen = True
        elif labelled:
            if labelled["role"] in _PUBLISHER:
                publisher = publisher or named
            else:
                organization = organization or named
        elif by := _BY_AFTER.match(text):
            publisher = publisher or line.strip()[: by.end("name")]
        elif publication.publisher and titles.words(text) == titles.words(publication.publisher):
            publisher = publication.publisher
        elif (
            _NOTICE.search(text) or len(text) > _LONGEST_NAME or re.search(r"[，。；？！\d]", text)
        ):
            unread.append(block)
        else:
            (below if title_seen else above).append(line.strip())
            if len(above) > 1 or len(below) > 2:
                unread.append(block)
    below = below if title_seen or not above else [*above, *below]
    organization = organization or (above[0] if above and title_seen else None)
    # Where the archive knows who prints it, another name is that of whom it is printed for.
    if below and publisher is None and not publication.publisher:
        publisher = below.pop()
    if below and organization is None:
        organization = below[0]
    return organization, publisher, unread


def _with_roles(lines: Sequence[tuple[Block, str]]) -> Iterator[tuple[Block, str]]:
    """The lines with the name of a role that stands alone put to the name after it, or before it
    for a last one: `主办 | 某局` is `主办：某局`, `某局 | 编` is `某局 编`."""
    skip = False
    after = [text for _, text in lines[1:]]
    for (block, line), following in zip(lines, [*after, ""], strict=False):
        name, label = simplified(line), simplified(following)
        if skip:
            skip = False
        elif _DAY_CELL.match(name):  # what it named is taken out already
            yield block, f"{line}："
        elif _CELL.match(name) or _OTHER_CELL.match(name):
            skip = bool(following)
            yield block, f"{line}：{following}"
        elif label in ("编", "编印", "编发", "印发", "编制", "主编"):
            skip = True
            yield block, f"{line} {following}"
        else:
            yield block, line


def _cover_lines(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """The lines of a cover, without the day, the label and the heading of the 目录."""
    for block in blocks:
        for line in block.text.split("\n"):
            rest = line
            for pattern in (_DAY, _HALF, _LABEL, _MONTH, _YEAR):
                # Simplified one for one, so that places in both are the same.
                for match in reversed(list(pattern.finditer(simplified(rest)))):
                    rest = rest[: match.start()] + "  " + rest[match.end() :]
            for piece in re.split(r"\s{2,}|\t|\u3000{2,}", rest.strip()):
                joined = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", piece).strip()
                topic = topic_mark(joined) is not None and not is_heading(joined)
                if joined and not topic and not is_heading(joined) and re.search(r"\w", joined):
                    yield block, joined


def _is_title(text: str, publication: Publication) -> bool:
    mine, known = titles.words(text), titles.words(publication.title)
    if known and (mine == known or known in mine):
        return True
    return bool(
        re.search(r"(?:汇编|简报|专报|摘编|快报|内参|动态|参考|信息|通讯|月刊|旬刊|导刊)$", text)
    )
