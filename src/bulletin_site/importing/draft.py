"""The folder of an issue as an import would write it: issue.md, the articles, and import.yaml with
the doubts and with the text that is in none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin_site.content.doubts import IMPORT_FILE, Doubt
from bulletin_site.content.issue import ISSUE_FILE
from bulletin_site.content.markdown import inline_children, parse
from bulletin_site.content.model import Archive
from bulletin_site.content.written import article_front_matter, issue_front_matter
from bulletin_site.importing.articles import Division, divide
from bulletin_site.importing.bodies import markdown_of, paragraphs_of
from bulletin_site.importing.cover import Cover, read_cover
from bulletin_site.importing.doubtful import (
    SHOWN,
    article_doubts,
    issue_doubts,
    layout_doubt,
    topic_doubts,
    unsure_doubt,
)
from bulletin_site.importing.manuscript import Aside, Manuscript, aside_of, unreadable
from bulletin_site.importing.pages import Paged, paginate
from bulletin_site.importing.record import record_of
from bulletin_site.importing.topics import Topics
from bulletin_site.problems import Problem

_LOOKED_FOR = "目录、题名前的编号（1、2、……）或标题样式"


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
    if not any(block.text.strip() for block in manuscript.blocks):
        return unreadable(
            manuscript.name,
            "文件里没有文字",
            "程序不认图片里的字：请找有文字的原件，或把文字录入以后再导入。",
        )
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
    doubts = list(issue_doubts(division, cover, manuscript))
    files: dict[str, str] = {ISSUE_FILE: _issue_file(cover, division, archive)}
    doubts += layout_doubt(articles)
    for number, paged in enumerate(articles, start=1):
        name = f"{number:02}.md"
        known = _known_topics(paged, archive)
        files[name] = _article_file(paged, known)
        doubts += article_doubts(name, paged)
        doubts += topic_doubts(name, paged, archive, known, topics)
    asides = _asides(manuscript, division, cover)
    doubts += _lost(manuscript, files, asides)
    doubts += (unsure_doubt(aside) for aside in asides if not aside.sure)
    files[IMPORT_FILE] = record_of(manuscript.name, sha256, doubts, asides)
    return Draft(
        id=cover.id,
        cover=cover,
        articles=tuple(articles),
        files=files,
        doubts=tuple(doubts),
        asides=tuple(asides),
    )


def _known_topics(paged: Paged, archive: Archive) -> tuple[str, ...]:
    """The topics of an article in the archive's own spelling."""
    names = {topic.name for topic in archive.topics}
    found = paged.piece.topics or (paged.piece.topic,)
    return tuple(name for name in found if name in names)


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
        title=piece.title,
        page=paged.page,
        topics=topics,
        source=piece.source or None,
        corrections=piece.corrections,
    )
    return front_matter + "\n" + "\n\n".join(paragraphs_of(paged)) + "\n"


def _asides(manuscript: Manuscript, division: Division, cover: Cover) -> list[Aside]:
    """All text that is in no article, in the order of the file."""
    unread = set(cover.unread)
    asides = [*manuscript.asides, *division.asides]
    for block in division.front:
        asides.append(aside_of(block, "封面", sure=block not in unread))
    if division.contents:
        for block in manuscript.blocks[division.contents.first : division.contents.end]:
            asides.append(aside_of(block, "目录", sure=True))
    for block in division.tail:
        asides.append(aside_of(block, "期末的文字", sure=False))
    return sorted(
        (a for a in asides if a.text.strip() or not a.sure), key=lambda aside: aside.place
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
            message=f"原件有 {lost.total()} 个字没有对上：{shown[:SHOWN]}",
            hint="请对照原件通读一遍，把缺的补上。",
        )
