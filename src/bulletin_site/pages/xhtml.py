"""Texts as XHTML, for a book: well-formed XML, and with links that hold there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from markdown_it.token import Token
from markupsafe import Markup, escape

from bulletin_site.pages import urls
from bulletin_site.pages.prose import Form

Lead = Callable[[str], str | None]
"""Where a text's own link leads from the book; None: nowhere, its words alone stay."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold in any way: control characters that a file was damaged with."""
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?|[0-9a-f:.]*:[0-9a-f:.]*")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
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


def led(tokens: Sequence[Token], lead: Lead) -> Sequence[Token]:
    """The same tokens with links that lead where they do from the book. Few texts have any."""
    if not any(child.type == "link_open" for token in tokens for child in token.children or ()):
        return tokens
    return [
        token.copy(children=list(_led(token.children, lead))) if token.children else token
        for token in tokens
    ]


def _led(children: Sequence[Token], lead: Lead) -> Iterator[Token]:
    """Links do not stand in links."""
    href: str | None = None
    for child in children:
        if child.type == "link_open":
            href = lead(str(child.attrs["href"]))
            if href is not None:
                yield child.copy(attrs={**child.attrs, "href": href})
        elif child.type != "link_close" or href is not None:
            yield child


def has_scheme(href: str) -> bool:
    """Does it name a way to go, so that it does not lead within the site?"""
    return _SCHEME.match(href) is not None


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
