"""Opening a PDF file that is to be imported; what stands against it is said to the editor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bulletin_site.importing.manuscript import unreadable
from bulletin_site.pdf_pages.opening import MOST_BYTES, MOST_PAGES, Document
from bulletin_site.pdf_pages.opening import opened as opened_pdf
from bulletin_site.pdf_pages.refused import Refusal, Refused
from bulletin_site.problems import Problem

_MEGABYTE = 1024 * 1024


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Document | Problem]:
    """The document, to be closed by leaving the `with`, or why it cannot be read."""
    with opened_pdf(data) as document:
        yield _problem(name, document) if isinstance(document, Refused) else document


def _problem(name: str, refused: Refused) -> Problem:
    figure = refused.figure
    message, hint = {
        Refusal.EMPTY: ("文件是空的", "请用能打开它的程序另存为 PDF，或者换一份完好的文件。"),
        Refusal.NO_PDF: (
            "这不是 PDF 文件，只是名字叫 .pdf",
            "请用能打开它的程序另存为 PDF，或者换一份完好的文件。",
        ),
        Refusal.TOO_LARGE: (
            f"文件有 {figure // _MEGABYTE} MB，超过 {MOST_BYTES // _MEGABYTE} MB",
            "这样大的 PDF 多半是扫描的图片；请用文字版，或者拆成几个文件再导入。",
        ),
        Refusal.LOCKED: (
            "文件加了密码，打不开",
            "请用密码打开它，另存为一份不加密的 PDF 再导入。",
        ),
        Refusal.BROKEN: (
            "PDF 文件坏了，或者不完整",
            "请重新复制或者重新导出这份文件，再导入。",
        ),
        Refusal.NO_PAGE: ("文件里一页也没有", "请换一份完好的文件。"),
        Refusal.TOO_MANY_PAGES: (
            f"文件有 {figure} 页，超过 {MOST_PAGES} 页",
            "请把每一期拆成单独的文件再导入。",
        ),
    }[refused.why]
    return unreadable(name, message, hint)
