"""The folder of an issue as an import would write it: issue.md, the articles, and import.yaml with
the doubts and with the text that is in none of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin_site.content.archive import ARCHIVE_FILE
from bulletin_site.content.doubts import IMPORT_FILE, Doubt
from bulletin_site.content.issue import ISSUE_FILE
from bulletin_site.content.markdown import inline_children, parse
from bulletin_site.content.model import Archive
from bulletin_site.content.written import article_front_matter, issue_front_matter, quoted
from bulletin_site.importing.articles import Division, divide
from bulletin_site.importing.cover import Cover, read_cover
from bulletin_site.importing.manuscript import Aside, Block, Manuscript, Place, unreadable
from bulletin_site.importing.pages import Break, Paged, paginate
from bulletin_site.importing.parts import Part, Role
from bulletin_site.importing.pieces import Remark
from bulletin_site.importing.topics import Topics
from bulletin_site.problems import Problem, nearest

_LOOKED_FOR = "目录、题名前的编号（1、2、……）或标题样式"
_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An issue before it is written: `files` by their names in its folder."""

    id: str
    cover: Cover
    articles: tuple[Paged, ...]
    files: Mapping[str, str]
    doubts: tuple[Doubt, ...]
    asides: tuple[Aside, ...]


def draft(
    manuscript: Manuscript,
    archive: Archive,
    topics: Topics,
    *,
    sha256: str,
    wanted: str | None = None,
) -> Draft | Problem:
    """The issue that a manuscript holds. `topics` are the archive's; `wanted`: the id that the
    editor asks for."""
    division = divide(manuscript)
    if not division.pieces:
        return unreadable(
            manuscript.name,
            "在文件里没有认出一篇文章",
            f"程序按{_LOOKED_FOR}来认文章。请确认选对了文件，或在文件里补上目录再导入。",
        )
    cover = read_cover(division.front, division.tail, manuscript.name, archive.publication, wanted)
    if cover.id is None:
        return unreadable(
            manuscript.name,
            "不知道这是哪一期：没有找到日期和期号",
            "请写明，例如：--as 2014-05-1（2014 年 5 月第 1 期）。",
        )
    articles = paginate(manuscript, division.pieces)
    doubts = list(_issue_doubts(division, cover, manuscript))
    files: dict[str, str] = {ISSUE_FILE: _issue_file(cover, division, archive)}
    for number, paged in enumerate(articles, start=1):
        name = f"{number:02}.md"
        known = _known_topics(paged, archive)
        files[name] = _article_file(paged, known)
        doubts += _article_doubts(name, paged)
        doubts += _topic_doubts(name, paged, archive, known, topics)
    asides = _asides(manuscript, division, cover)
    doubts += _lost(manuscript, files, asides)
    doubts += (_unsure(aside) for aside in asides if not aside.sure)
    files[IMPORT_FILE] = _record(manuscript.name, sha256, doubts, asides)
    return Draft(
        id=cover.id,
        cover=cover,
        articles=tuple(articles),
        files=files,
        doubts=tuple(doubts),
        asides=tuple(asides),
    )


def said_place(place: Place) -> str:
    """Where something stands in the imported file, in Chinese."""
    page = f"第 {place.page} 页" if place.page else ""
    line = f"第 {place.line} 行" if place.line else ""
    return page + line


def _known_topics(paged: Paged, archive: Archive) -> tuple[str, ...]:
    """The topics of an article in the archive's own spelling."""
    names = {topic.name for topic in archive.topics}
    return (paged.piece.topic,) if paged.piece.topic in names else ()


def _issue_file(cover: Cover, division: Division, archive: Archive) -> str:
    organization, publisher = cover.organization, cover.publisher
    front_matter = issue_front_matter(
        day=cover.date,
        label=cover.label or "",
        organization=organization if organization != archive.organization else None,
        publisher=publisher if publisher != archive.publisher else None,
        topics_assigned_later=not any(piece.topic for piece in division.pieces),
    )
    note = "\n\n".join(markdown_of(part.text) for part in division.note)
    return front_matter + (f"\n{note}\n" if note else "")


def _article_file(paged: Paged, topics: Sequence[str]) -> str:
    piece = paged.piece
    front_matter = article_front_matter(
        title=piece.title, page=paged.page, topics=topics, source=piece.source or None
    )
    return front_matter + "\n" + "\n\n".join(_paragraphs(paged)) + "\n"


def _paragraphs(paged: Paged) -> Iterator[str]:
    """The Markdown of a body: parts with the marks of their page breaks, joined where a page end
    had cut a paragraph in two."""
    parts = paged.piece.parts
    text = ""
    for index, part in enumerate(parts):
        breaks = [one for one in paged.breaks if one.part == index]
        here = _marked(part, breaks)
        joins = bool(breaks) and breaks[0].offset == 0 and breaks[0].joins
        if text and joins:
            before = parts[index - 1].text
            gap = " " if before[-1:].isascii() and part.text[:1].isascii() else ""
            text += gap + here
        else:
            if text:
                yield text
            text = here
    if text:
        yield text


def _marked(part: Part, breaks: Sequence[Break]) -> str:
    if part.role is Role.TABLE:
        before = "".join(f"{{p{one.page}}}\n\n" for one in breaks)
        return before + _table(part.rows)
    pieces: list[str] = []
    position = 0
    for one in breaks:
        pieces.append(part.text[position : one.offset])
        position = one.offset
    pieces.append(part.text[position:])
    marks = ["", *(f"{{p{one.page}}}" for one in breaks)]
    text = markdown_of(part.text)
    if text != part.text:  # something has to be escaped
        pieces = [escaped(piece, at_start=not index) for index, piece in enumerate(pieces)]
    text = "".join(mark + piece for mark, piece in zip(marks, pieces, strict=True))
    return f"## {text}" if part.role is Role.SUBHEADING else text


def _table(rows: Sequence[Sequence[str]]) -> str:
    width = max(len(row) for row in rows)
    cells = [
        [
            re.sub(r"\s*\n\s*", " ", escaped(cell, at_start=False)).replace("|", "\\|")
            for cell in row
        ]
        for row in rows
    ]
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


_MARKUP = re.compile(r"([\\`*_\[\]{}<>|~#])")
_BLOCK_MARKUP = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]\s))")


def markdown_of(text: str) -> str:
    """A paragraph as Markdown that is read back as the same text: as it stands if possible."""
    if not re.match(r"\s*(?:\d|[-+#>|=~`*_])", text) and not re.search(r"[\\`*_\[{\n]", text):
        return text
    return text if plain_text(text) == text else escaped(text, at_start=True)


def escaped(text: str, *, at_start: bool) -> str:
    """Every character kept from meaning anything in Markdown."""
    text = _MARKUP.sub(r"\\\1", text)
    if not at_start:
        return text
    return _BLOCK_MARKUP.sub(
        lambda found: found[1] + (f"\\{found[2]}" if not found[2].isdigit() else found[2]), text
    )


def plain_text(markdown: str) -> str:
    """What readers see of one paragraph; empty where it is not one paragraph."""
    tokens = parse(markdown)
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return ""
    children = tokens[1].children or []
    return "".join(c.content for c in children) if all(c.type == "text" for c in children) else ""


def _issue_doubts(division: Division, cover: Cover, manuscript: Manuscript) -> Iterator[Doubt]:
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


def _doubt(file: str, remark: Remark) -> Doubt:
    return Doubt(
        file=file,
        key=remark.key,
        text=remark.text,
        message=remark.message,
        hint=remark.hint,
        place=said_place(remark.place),
    )


def _article_doubts(name: str, paged: Paged) -> Iterator[Doubt]:
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
        elif part.role is Role.NOTE:
            yield Doubt(
                file=name,
                text=part.text[:_SHOWN],
                message="这是一条脚注，放在所注的段落后面",
                hint="请看它放在这里读起来是否清楚。",
                place=said_place(part.place),
            )


def _topic_doubts(
    name: str, paged: Paged, archive: Archive, known: Sequence[str], topics: Topics
) -> Iterator[Doubt]:
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


def _asides(manuscript: Manuscript, division: Division, cover: Cover) -> list[Aside]:
    """All text that is in no article, in the order of the file."""
    unread = set(cover.unread)
    asides = [*manuscript.asides, *division.asides]
    for block in division.front:
        asides.append(_of_block(block, "封面", sure=block not in unread))
    if division.contents:
        for block in manuscript.blocks[division.contents.first : division.contents.end]:
            asides.append(_of_block(block, "目录", sure=True))
    for block in division.tail:
        asides.append(_of_block(block, "期末的文字", sure=False))
    return sorted((a for a in asides if a.text.strip()), key=lambda aside: aside.place)


def _of_block(block: Block, reason: str, *, sure: bool) -> Aside:
    return Aside(text=block.number + block.text, place=block.place, reason=reason, sure=sure)


def _unsure(aside: Aside) -> Doubt:
    shown = re.sub(r"\s+", " ", aside.text.strip())
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}……"
    return Doubt(
        file=ISSUE_FILE,
        message=f"{aside.reason}没有收进来：{shown}",
        hint="请看它属不属于某一篇文章；属于就抄进去。全文在 import.yaml 的 aside 里。",
        place=said_place(aside.place),
    )


def _characters(texts: Iterator[str] | Sequence[str]) -> Counter[str]:
    return Counter(c for text in texts for c in text if not c.isspace() and c.isprintable())


def _lost(
    manuscript: Manuscript,
    files: Mapping[str, str],
    asides: Sequence[Aside],
) -> Iterator[Doubt]:
    """Characters of the file that are neither in the issue nor in the record. There are none,
    unless this program has a fault: then the editor is told before anybody relies on the text."""
    given = _characters([block.number + block.text for block in manuscript.blocks])
    kept = _characters([aside.text for aside in asides])
    for text in files.values():
        tokens = parse(text.split("\n---\n", 1)[1])
        kept += _characters([token.content for token in inline_children(tokens)])
    lost = given - kept
    if lost:
        shown = "".join(lost.elements())
        yield Doubt(
            file=ISSUE_FILE,
            message=f"原件有 {lost.total()} 个字没有对上：{shown[:_SHOWN]}",
            hint="请对照原件通读一遍，把缺的补上。",
        )


_HEAD = """\
# 由 bulletin import 写成。
# doubts：没有把握的地方。逐条核对原件，改好文章后把那一条删去；全部删完，check 就不再提醒。
# aside：原件里没有收进文章的文字（封面、目录、页眉、页码等），只作记录，不用改。
"""


def _record(name: str, sha256: str, doubts: Sequence[Doubt], asides: Sequence[Aside]) -> str:
    """import.yaml (`content.doubts` reads it)."""
    lines = [f"file: {quoted(name)}", f"sha256: {sha256}"]
    lines.append("doubts:" if doubts else "doubts: []")
    for doubt in doubts:
        fields = {
            "in": doubt.file,
            "key": doubt.key,
            "text": doubt.text,
            "doubt": doubt.message,
            "hint": doubt.hint,
            "place": doubt.place,
        }
        lines += _item({key: value for key, value in fields.items() if value})
    lines.append("aside:" if asides else "aside: []")
    for aside in asides:
        fields = {
            "place": said_place(aside.place),
            "reason": aside.reason,
            "text": aside.text.strip(),
        }
        lines += _item({key: value for key, value in fields.items() if value})
    return _HEAD + "\n".join(lines) + "\n"


def _item(fields: Mapping[str, str]) -> Iterator[str]:
    for index, (key, value) in enumerate(fields.items()):
        yield f"{'    ' if index else '  - '}{key}: {quoted(value)}"
