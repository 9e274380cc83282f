"""Where an import has been written, the pages of its file are kept for the preview
(`originals.py`): those of a PDF as pictures, those of a Word file as pictures of a PDF of it, and a
text file in its own lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.importing.office import pdf_of_word
from bulletin_site.importing.pdf import draw_pdf, read_pdf
from bulletin_site.importing.sheets import drawn_sheets, text_sheets
from bulletin_site.importing.text import decode
from bulletin_site.originals import (
    Original,
    keep_original,
    picture_name,
    read_original,
)
from bulletin_site.problems import Problem

WIDTH = 1000
"""Pixels: type of 16 pt on A4 is then 27 pixels high, and a page some 40 to 100 KB."""
MOST_PAGES = 200
_MOST_BYTES = 60_000_000
_FEWEST_SHARED = 0.5
_PDF, _WORD = b"%PDF", b"PK"
_HOW = (
    "要在预览里{what}，请在 Word 里把它另存为 PDF，与它放在一起，用同一个名字（{name}），"
    "再导入一次。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """A file that became an issue: its bytes with their hash, and what was read in them."""

    issue_id: str
    path: Path
    data: bytes
    manuscript: Manuscript
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was kept: how many pages, pictures of how many bytes; and what the editor is told."""

    pages: int = 0
    size: int = 0
    said: str = ""


Keep = Callable[[Path, ImportedFile], Kept | None]
"""Keeps the pages of a file below a root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    """A PDF of the file. `name`: of the file it was, where it lies beside the imported one."""

    data: bytes
    manuscript: Manuscript
    name: str = ""
    by_office: bool = False


def keep_pages(root: Path, file: ImportedFile, *, by_office: bool = True) -> Kept:
    """Keep the pages of an imported file below a root. `by_office`: LibreOffice may be asked for
    those of a Word file, which takes seconds."""
    data, name = file.data, file.path.name
    if not data.startswith((_PDF, _WORD)):
        sheets = tuple(text_sheets(decode(data) or "", file.manuscript))
        return _kept(root, file, Original(file=name, sha256=file.sha256, sheets=sheets), {})
    pages = _pages(file, by_office=by_office)
    if pages is None:
        return Kept(said=f"没有留下原件的样子。{_how(name, '和原件对照着看')}")
    pictures = draw_pdf(pages.data, name, width=WIDTH, last=MOST_PAGES)
    if isinstance(pictures, Problem):
        return Kept(said=f"没有留下原件的样子：{pictures.message}。")
    named = {picture_name(file.sha256, n): drawn for n, drawn in enumerate(pictures, start=1)}
    original = Original(
        file=name,
        sha256=file.sha256,
        sheets=tuple(drawn_sheets(named, pages.manuscript)),
        pictured=pages.name,
        by_office=pages.by_office,
    )
    return _kept(root, file, original, named)


def is_kept(root: Path, issue_id: str, path: Path, sha256: str) -> bool:
    """Whether all is kept of a file that can be: a PDF beside it is better than LibreOffice's."""
    original = read_original(root, issue_id, sha256)
    if original is None:
        return False
    return not (original.by_office and any(pdf.is_file() for pdf in _pdfs(path)))


def _how(name: str, what: str) -> str:
    return _HOW.format(what=what, name=Path(name).with_suffix(".pdf").name)


def _pages(file: ImportedFile, *, by_office: bool) -> _Pages | None:
    if file.data.startswith(_PDF):
        return _Pages(data=file.data, manuscript=file.manuscript)
    beside = _beside(file.path, file.manuscript)
    return beside or (_by_office(file.data, file.path.name) if by_office else None)


def _kept(
    root: Path, file: ImportedFile, original: Original, pictures: Mapping[str, bytes]
) -> Kept:
    if not keep_original(root, file.issue_id, original, pictures):
        return Kept(said="没有留下原件的样子：缓存文件夹写不进去。")
    size = sum(map(len, pictures.values()))
    told = f"原件的 {len(pictures)} 页已留下图片（{size / 1_000_000:.1f} MB）" if pictures else ""
    if original.by_office:
        told += "，由 LibreOffice 排版，分页可能与印刷本不同"
    elif original.pictured:
        told += f"，取自 {original.pictured}"
    told = f"{told or '原件的文字已留下'}，在预览里可以和文章对照着看。"
    if original.by_office:
        told += _how(original.file, "看到它印出来的样子")
    return Kept(pages=len(original.sheets), size=size, said=told)


def _beside(path: Path, manuscript: Manuscript) -> _Pages | None:
    """The PDF of the same name beside a Word file, if it has the same text."""
    for pdf in _pdfs(path):
        try:
            if pdf.stat().st_size > _MOST_BYTES:
                continue
            data = pdf.read_bytes()
        except OSError:
            continue
        read = read_pdf(data, pdf.name)
        if isinstance(read, Manuscript) and _shared(manuscript, read) >= _FEWEST_SHARED:
            return _Pages(data=data, manuscript=read, name=pdf.name)
    return None


def _pdfs(path: Path) -> Sequence[Path]:
    return path.with_suffix(".pdf"), path.with_suffix(".PDF")


def _by_office(data: bytes, name: str) -> _Pages | None:
    pdf = pdf_of_word(data)
    read = read_pdf(pdf, name) if pdf else None
    if pdf is None or not isinstance(read, Manuscript):
        return None
    return _Pages(data=pdf, manuscript=read, by_office=True)


def _shared(one: Manuscript, other: Manuscript) -> float:
    """The share of the paragraphs of one that stand in the other too."""
    text = "".join(_bare(block.text) for block in other.blocks)
    paragraphs = [bare for block in one.blocks if len(bare := _bare(block.text)) > 5]
    return sum(bare in text for bare in paragraphs) / max(len(paragraphs), 1)


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text)
