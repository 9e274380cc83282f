"""The layouts that LibreOffice finishes: their pages are the printed ones."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from importing.layouts.content import IssueText, ink, printed_pages, truth
from importing.layouts.convert import finished
from importing.layouts.layouts import LAYOUTS
from importing.layouts.sheet import Layout, Printed

FORCED = [layout for layout in LAYOUTS if layout.office == "pdf"]


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """All layouts for PDF, of the longest issue of the archive and of the one whose first page has
    the number 1, in one run of LibreOffice."""
    wanted: dict[str, tuple[Layout, IssueText]] = {
        f"{layout.name}-{issue_id}": (layout, truth(issue_id))
        for layout in FORCED
        for issue_id in ("2014-06-2", "2016-11-3")
    }
    return finished(wanted, tmp_path_factory.mktemp("office"))


def test_a_pdf_has_the_printed_pages_and_each_begins_and_ends_as_printed(
    pdfs: dict[str, Printed],
) -> None:
    assert len(pdfs) == 2 * len(FORCED)
    for name, sheet in pdfs.items():
        document = pypdfium2.PdfDocument(sheet.data)
        pages = printed_pages(sheet.truth)
        assert len(document) == len(pages) + 1, name
        for position, page in enumerate(pages, start=1):
            text = letters(document[position].get_textpage().get_text_range())
            for piece in page.pieces:
                # The first and last letters of a piece; a note stands at the foot by its number.
                if piece.kind == "paragraph":
                    assert letters(piece.text)[:6] in text, (name, page.number)
                    assert letters(piece.text)[-6:] in text, (name, page.number)


def letters(text: str) -> str:
    """Without punctuation and digits, which a page's furniture and its fonts may part."""
    return re.sub(r"[\W\d①]", "", ink(text))
