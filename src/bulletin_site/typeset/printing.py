"""The one place that knows WeasyPrint: HTML becomes pages, and pages a PDF. Nothing is fetched from
anywhere, and the same HTML with the same fonts gives the same bytes."""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bulletin_site.problems import Problem
from bulletin_site.typeset.flush import flush
from bulletin_site.typeset.font_files import compact
from bulletin_site.typeset.lines import boxes_in

_PDF_UA = "pdf/ua-1"
"""ISO 14289-1: tagged, with its language and title."""
_MISSING = re.compile(r"\(U\+([0-9A-F]{4,6})\)")
"""How WeasyPrint names a character for which no font has a glyph."""

_PROBE_SIZE = 200
_PROBE = f'<p style="font-size: {_PROBE_SIZE}px">A</p>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A document on its pages. `places`: the page, from 1, on which each anchor stands."""

    pages: int
    places: Mapping[str, int]
    document: Any
    identifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A PDF, and the characters that no font could show."""

    pdf: bytes
    missing: tuple[str, ...]


def unavailable() -> Problem | None:
    """Why nothing can be laid out here: WeasyPrint, or a library of the system that it loads, is
    not there."""
    said = io.StringIO()  # it prints advice in English
    try:
        with contextlib.redirect_stdout(said):
            import weasyprint  # noqa: F401
    except ImportError:
        return _tool_problem(
            "没有安装排版程序 WeasyPrint",
            '请运行 .venv/bin/pip install -e ".[pdf]"'
            '（Windows：.venv\\Scripts\\pip install -e ".[pdf]"），再运行一次。',
        )
    except OSError:
        return _tool_problem(
            "WeasyPrint 已经装好，但缺少它要用的文字排版库 Pango",
            "Debian、Ubuntu：sudo apt install libpango-1.0-0 libpangoft2-1.0-0"
            " libharfbuzz-subset0；macOS：brew install pango；"
            "Windows：安装 MSYS2，在其中运行 pacman -S mingw-w64-ucrt-x86_64-pango。"
            "装好再运行一次。",
        )
    if not _has_fonts():
        return _tool_problem(
            "这台电脑里一种字体也没有",
            "请安装中文字体（Debian：sudo apt install fonts-noto-cjk），再运行一次。",
        )
    return None


def _has_fonts() -> bool:
    """Without any font Pango gives every character the same few pixels, whatever the type's size,
    and crashes when it is to be drawn."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of WeasyPrint, in English
        page = laid(_PROBE).document.pages[0]._page_box
    widths = [box.width for box in boxes_in(page) if type(box).__name__ == "TextBox"]
    return bool(widths) and widths[0] > _PROBE_SIZE / 4


def _tool_problem(message: str, hint: str) -> Problem:
    return Problem(path="bulletin pdf", code="pdf-tool", message=message, hint=hint)


def laid(html: str) -> Laid:
    """Lay out a whole document."""
    from weasyprint import HTML

    with _said():
        document = HTML(string=html, url_fetcher=_Nowhere()).render()
    places: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            places.setdefault(anchor, number)
    return Laid(
        pages=len(document.pages),
        places=places,
        document=document,
        identifier=hashlib.sha256(html.encode()).hexdigest()[:32],
    )


def written(document: Laid, *, justified: frozenset[str], cut: str) -> Written:
    """The PDF; lines in elements of the classes `justified` are set flush (`flush.py`)."""
    flush((page._page_box for page in document.document.pages), classes=justified, cut=cut)
    with _said() as messages:
        pdf = document.document.write_pdf(
            pdf_variant=_PDF_UA,
            pdf_identifier=document.identifier.encode(),
            finisher=lambda _, pdf: compact(pdf),
        )
    codes = {int(code, 16) for message in messages for code in _MISSING.findall(message)}
    return Written(pdf=pdf, missing=tuple(chr(code) for code in sorted(codes)))


class _Nowhere:
    """Fetches nothing: what is set comes from the archive alone."""

    _fail_on_errors = False

    def __call__(self, url: str) -> None:
        raise ValueError(f"not fetched: {url}")

    def fetch(self, url: str, headers: object = None) -> None:  # noqa: ARG002
        self(url)


@contextlib.contextmanager
def _said() -> Iterator[list[str]]:
    """What WeasyPrint says meanwhile, which nobody else is to see."""
    messages: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    listener = Listener()
    logger = logging.getLogger("weasyprint")
    passed_on, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield messages
    finally:
        logger.removeHandler(listener)
        logger.propagate = passed_on
