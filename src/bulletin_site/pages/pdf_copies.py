"""The PDF editions of issues in the site: copies of those that stand beside the texts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence

from bulletin_site.batch import Batch, Unmade, key
from bulletin_site.content.folder import unreadable_file
from bulletin_site.content.model import Issue, PdfFile
from bulletin_site.pages import urls
from bulletin_site.pdf_pages.active import active_in
from bulletin_site.problems import Problem


def pdf_batch(issues: Sequence[Issue], attachment: Callable[[str], bytes]) -> Batch:
    """The PDFs of the issues that have one of the present text; `attachment` reads it."""
    pdfs = {urls.pdf(issue.id): issue.pdf for issue in issues if issue.pdf}

    def make(addresses: Collection[str]) -> Iterator[tuple[str, bytes]]:
        for address in addresses:
            yield address, _read(pdfs[address], attachment)

    return Batch(keys={address: key(pdf.sha256) for address, pdf in pdfs.items()}, make=make)


def _read(pdf: PdfFile, attachment: Callable[[str], bytes]) -> bytes:
    """The file, if it is the one that the record of its layout speaks of. Raises `Unmade`."""
    try:
        content = attachment(pdf.path)
    except OSError as reason:
        raise Unmade(unreadable_file(pdf.path, "PDF 读不出来", reason)) from reason
    if hashlib.sha256(content).hexdigest() != pdf.sha256:
        raise Unmade(_changed(pdf, "这个 PDF 排出来以后被改动过"))
    active = active_in(content)
    if active:
        message = f"这个 PDF 里有脚本、附件或别的会自己动作的内容（{active}），不是排版得来的"
        raise Unmade(_changed(pdf, message))
    return content


def _changed(pdf: PdfFile, message: str) -> Problem:
    return Problem(
        path=pdf.path,
        code="pdf-changed",
        message=message,
        hint="请重新运行 bulletin pdf，或删去这个 PDF。",
    )
