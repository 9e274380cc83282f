"""Texts as XHTML, for a book: well-formed XML, and addresses that readers may be sent to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from bulletin_site.pages import urls
from bulletin_site.pages.prose import Form

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold in any way: control characters that a file was damaged with."""
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_MAILBOX = re.compile(r"[^@\s]+@[^@\s]+")


def page_mark(page: int, name: str) -> Markup:
    """The place where a printed page begins (EPUB Accessibility 1.1, page break markers). Its name
    is said and not copied; style sheets show the number."""
    return Markup(
        f'<span class="page-break" epub:type="pagebreak" role="doc-pagebreak"'
        f' id="{urls.page_anchor(page)}" aria-label="{escape(name)}" data-page="{page}"></span>'
    )


XHTML = Form(mark=page_mark, empty="/>")


def encoded(text: str) -> bytes:
    """A document as bytes, without what XML cannot hold."""
    return without_forbidden(text).encode()


def without_forbidden(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def is_address(href: str) -> bool:
    """Is this an address on the web, or one for mail, that a reader may be sent to?"""
    try:
        parts = urlsplit(href)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return port != 0 and _HOST.fullmatch((parts.hostname or "").lower()) is not None
    return parts.scheme == "mailto" and _MAILBOX.fullmatch(parts.path) is not None
