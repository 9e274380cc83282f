"""The one place that opens PDF files; whatever the library has against one becomes a `Problem`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bulletin_site.importing.manuscript import unreadable
from bulletin_site.problems import Problem

MOST_BYTES = 200 * 1024 * 1024
MOST_PAGES = 600
"""A bulletin has some dozens of pages. More is a book, or a file made to keep programs busy."""

Document = Any
"""A `pypdfium2.PdfDocument`; the library publishes no types."""


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Document | Problem]:
    """The document, to be closed by leaving the `with`, or why it cannot be read."""
    document = _open(data, name)
    try:
        yield document
    finally:
        if not isinstance(document, Problem):
            document.close()


def _open(data: bytes, name: str) -> Document | Problem:
    if len(data) > MOST_BYTES:
        return unreadable(
            name,
            f"文件有 {len(data) // 1024 // 1024} MB，超过 {MOST_BYTES // 1024 // 1024} MB",
            "这样大的 PDF 多半是扫描的图片；请用文字版，或者拆成几个文件再导入。",
        )
    if b"%PDF-" not in data[:1024]:
        return unreadable(
            name,
            "这不是 PDF 文件，只是名字叫 .pdf" if data else "文件是空的",
            "请用能打开它的程序另存为 PDF，或者换一份完好的文件。",
        )
    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
    except pypdfium2.PdfiumError as reason:
        return _refused(name, getattr(reason, "err_code", None))
    if not 0 < pages <= MOST_PAGES:
        document.close()
        return unreadable(
            name,
            f"文件有 {pages} 页，超过 {MOST_PAGES} 页" if pages else "文件里一页也没有",
            "请把每一期拆成单独的文件再导入。" if pages else "请换一份完好的文件。",
        )
    return document


def _refused(name: str, code: int | None) -> Problem:
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return unreadable(
            name, "文件加了密码，打不开", "请用密码打开它，另存为一份不加密的 PDF 再导入。"
        )
    return unreadable(name, "PDF 文件坏了，或者不完整", "请重新复制或者重新导出这份文件，再导入。")
