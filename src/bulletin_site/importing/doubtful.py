"""Everything that an import is not sure of, as doubts for the editor."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bulletin_site.content.archive import ARCHIVE_FILE
from bulletin_site.content.doubts import Doubt
from bulletin_site.content.issue import ISSUE_FILE
from bulletin_site.content.model import Archive
from bulletin_site.importing.articles import Division
from bulletin_site.importing.cover import Cover
from bulletin_site.importing.manuscript import Aside, Manuscript, Place
from bulletin_site.importing.marks import ends_sentence
from bulletin_site.importing.page_remarks import UNFINISHED
from bulletin_site.importing.pages import Paged
from bulletin_site.importing.parts import Role
from bulletin_site.importing.pieces import Remark
from bulletin_site.importing.topics import Topics
from bulletin_site.problems import nearest

SHOWN = 60
_MANY = 6
_SHARE = 0.2


def said_place(place: Place) -> str:
    """Where something stands in the imported file, in Chinese."""
    page = f"第 {place.page} 页" if place.page else ""
    line = f"第 {place.line} 行" if place.line else ""
    return page + line


def issue_doubts(division: Division, cover: Cover, manuscript: Manuscript) -> Iterator[Doubt]:
    """What is doubtful of the issue as a whole."""
    for key, message in cover.guessed:
        yield Doubt(
            file=ISSUE_FILE,
            key=key,
            message=message,
            hint="请对照封面核对；文件夹名（年-月-序号）也要相符。",
        )
    for remark in division.remarks:
        yield _doubt(ISSUE_FILE, remark)
    unread = division.contents.unread if division.contents else ()
    for text, place in unread:
        yield Doubt(
            file=ISSUE_FILE,
            message=f"目录里有一行没有看懂：{text.strip()}",
            hint="请看原件的目录，核对各篇的题名和页码。",
            place=said_place(place),
        )
    if not manuscript.pages and division.contents is None:
        yield Doubt(
            file=ISSUE_FILE,
            message="没有目录，文件里也没有页，各篇的页码是从断开的段落推算的",
            hint="请对照印刷本，核对每一篇的 page 和分页记号。",
        )


def layout_doubt(articles: Sequence[Paged]) -> Iterator[Doubt]:
    """Where many paragraphs stop in mid-sentence, the whole file was most likely read amiss."""
    paragraphs = sum(len(paged.piece.parts) for paged in articles)
    cut = sum(remark.message == UNFINISHED for paged in articles for remark in paged.remarks)
    if cut >= _MANY and cut > _SHARE * paragraphs:
        yield Doubt(
            file=ISSUE_FILE,
            message=f"有 {cut} 段没有写完就断了，这份文件的排版（分栏、行号、表格）可能没有读懂",
            hint="有 Word 原件，请改从 Word 文件导入；没有，请对照原件逐段核对。",
        )


def _doubt(file: str, remark: Remark) -> Doubt:
    return Doubt(
        file=file,
        key=remark.key,
        text=remark.text,
        message=remark.message,
        hint=remark.hint,
        place=said_place(remark.place),
    )


def article_doubts(name: str, paged: Paged) -> Iterator[Doubt]:
    """What is doubtful of one article, but for its topics."""
    for remark in (*paged.piece.remarks, *paged.remarks):
        yield _doubt(name, remark)
    for part in paged.piece.parts:
        if part.role is Role.SUBHEADING and not part.sure:
            yield Doubt(
                file=name,
                text=part.text,
                message=f"把“{part.text}”当作小标题",
                hint="请看原件；如果是正文，删去行首的“## ”。",
                place=said_place(part.place),
            )
        elif part.role is Role.PARAGRAPH and not part.whole and ends_sentence(part.text):
            yield Doubt(
                file=name,
                text=part.text[:SHOWN],
                message="有一行写满了，又恰好是句末：看不出后面是同一段，还是另起一段",
                hint="请看原件：本来是一段的就接起来，是两段的在中间空一行。",
                place=said_place(part.place),
            )
        elif part.role is Role.NOTE:
            yield Doubt(
                file=name,
                text=part.text[:SHOWN],
                message="这是一条脚注，放在所注的段落后面",
                hint="请看它放在这里读起来是否清楚。",
                place=said_place(part.place),
            )


def topic_doubts(
    name: str, paged: Paged, archive: Archive, known: Sequence[str], topics: Topics
) -> Iterator[Doubt]:
    """Which topics an article without one may have; or that the archive lacks the one printed."""
    topic = paged.piece.topic
    if known:
        return
    if topic:
        names = [one.name for one in archive.topics]
        yield Doubt(
            file=name,
            key="topics",
            message=f"栏目“{topic}”不在 {ARCHIVE_FILE} 里，暂时没有写主题",
            hint=nearest(
                topic,
                names,
                otherwise=f"请先在 {ARCHIVE_FILE} 的 topics 里加上它，再写 topics: [{topic}]。",
            ),
        )
        return
    text = "\n".join(part.text for part in paged.piece.parts)
    suggested = list(topics.suggestions(paged.piece.title, text))
    if suggested:
        names = [one.topic for one in suggested]
        words = list(dict.fromkeys(word for one in suggested for word in one.words))
        yield Doubt(
            file=name,
            key="topics",
            message=f"没有栏目。看用词（{'、'.join(words[:5])}），主题可能是“{'”“'.join(names)}”",
            hint=f"请通读后决定；同意就改成 topics: [{', '.join(names)}]。",
        )
    else:
        yield Doubt(
            file=name,
            key="topics",
            message="没有栏目，看用词也看不出属于哪个主题",
            hint="请通读后决定，写在 topics 里；可以不写。",
        )


def unsure_doubt(aside: Aside) -> Doubt:
    """Text that was put aside and may belong to an article."""
    shown = re.sub(r"\s+", " ", aside.text.strip())
    shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}……"
    return Doubt(
        file=ISSUE_FILE,
        message=f"{aside.reason}没有收进来：{shown}" if shown else aside.reason,
        hint="请看它属不属于某一篇文章；属于就抄进去。全文在 import.yaml 的 aside 里。",
        place=said_place(aside.place),
    )
