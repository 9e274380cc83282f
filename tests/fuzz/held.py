"""What holds for any bytes that are imported: see `importers.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bulletin_site.content.marks import without_marks
from bulletin_site.content.model import Archive
from bulletin_site.importing.draft import Draft, draft
from bulletin_site.importing.formats import read_manuscript
from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.importing.opened import judged
from bulletin_site.importing.pdf.reading import read as read_pdf_here
from bulletin_site.importing.text import decode
from bulletin_site.importing.topics import Topics
from bulletin_site.problems import Problem, errors
from fuzz.promises import letters
from fuzz.seeds import PARTS, pdf_seeds, text_seeds, word_seeds, wrapped, zip_seeds
from importing.imported import archive
from importing.test_word_is_whole import in_file, in_manuscript

ISSUE = "2014-05-1"
HONEST = {
    *("page-mark", "page-skip", "empty-body", "issue-date", "issue-order"),
    "control-character",
}
"""Errors of what may really be typed: marks as text, empty pages, a title without text, a day that
is not of the issue that was asked for, a control character."""
Target = Callable[[bytes], "Manuscript | Problem"]


def without(known: Archive) -> Archive:
    """The archive without the issue that comes."""
    return replace(known, issues=tuple(one for one in known.issues if one.id != ISSUE))


ARCHIVE = without(archive())
TOPICS = Topics(ARCHIVE)


def texts_of(manuscript: Manuscript) -> list[str]:
    blocks = (block.number + block.text for block in manuscript.blocks)
    return [*blocks, *(aside.text for aside in manuscript.asides)]


def text(data: bytes) -> Manuscript | Problem:
    found = read_manuscript(data, "本期.txt")
    if isinstance(found, Manuscript):
        # Marks of pages are ends of pages, and no text.
        lost = letters(without_marks(decode(data) or "")) - letters("".join(texts_of(found)))
        assert not lost, f"lost in reading: {''.join(lost)[:20]}"
    return found


def markdown(data: bytes) -> Manuscript | Problem:
    return read_manuscript(data.decode("utf-8", "replace").encode(), "本期.md")


def word(data: bytes) -> Manuscript | Problem:
    if not data:
        return read_manuscript(b"PK", "本期.docx")
    made = wrapped(PARTS[data[0] % len(PARTS)], data[1:])
    found = read_manuscript(made, "本期.docx")
    if isinstance(found, Manuscript) and PARTS[data[0] % len(PARTS)] == "document":
        lost = in_file(made) - in_manuscript(found)
        assert not lost, f"lost in reading: {''.join(lost)[:20]}"
    return found


def zipped(data: bytes) -> Manuscript | Problem:
    return read_manuscript(data, "本期.docx")


def pdf(data: bytes) -> Manuscript | Problem:
    return read_pdf_here(data, "本期.pdf")


TARGETS: dict[str, tuple[Target, Callable[[], list[bytes]]]] = {
    "text": (text, text_seeds),
    "markdown": (markdown, text_seeds),
    "word": (word, word_seeds),
    "zip": (zipped, zip_seeds),
    "pdf": (pdf, pdf_seeds),
}


def hold(manuscript: Manuscript | Problem) -> None:
    """What is made of a manuscript is whole, and can be read back."""
    if isinstance(manuscript, Problem):
        assert manuscript.code == "import-file"
        return
    assert isinstance(manuscript, Manuscript)
    made = draft(manuscript, ARCHIVE, TOPICS, sha256="0" * 64, wanted=ISSUE)
    if isinstance(made, Problem):
        assert made.code == "import-file"
        return
    assert isinstance(made, Draft)
    lost = [doubt.message for doubt in made.doubts if "没有对上" in doubt.message]
    assert not lost, lost[0]
    _, problems = judged(made.id, made.files, ARCHIVE)
    wrong = {one.code: one for one in errors(problems) if one.code not in HONEST}
    assert not wrong, str(next(iter(wrong.items())))
