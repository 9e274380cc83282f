"""The one place that opens PDF files; whatever the library has against one is a `Refused`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bulletin_site.pdf_pages.refused import Refusal, Refused

MOST_BYTES = 200 * 1024 * 1024
MOST_PAGES = 600
"""A bulletin has some dozens of pages. More is a book, or a file made to keep programs busy."""

Document = Any
"""A `pypdfium2.PdfDocument`; the library publishes no types."""


@contextmanager
def opened(data: bytes) -> Iterator[Document | Refused]:
    """The document, to be closed by leaving the `with`, or why it cannot be read."""
    document = _open(data)
    try:
        yield document
    finally:
        if not isinstance(document, Refused):
            document.close()


def _open(data: bytes) -> Document | Refused:
    if len(data) > MOST_BYTES:
        return Refused(why=Refusal.TOO_LARGE, figure=len(data))
    if b"%PDF-" not in data[:1024]:
        return Refused(why=Refusal.NO_PDF if data else Refusal.EMPTY)
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as reason:
        code = getattr(reason, "err_code", None)
        locked = code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        return Refused(why=Refusal.LOCKED if locked else Refusal.BROKEN)
    if not 0 < pages <= MOST_PAGES:
        document.close()
        return Refused(why=Refusal.TOO_MANY_PAGES if pages else Refusal.NO_PAGE, figure=pages)
    return document
