"""How an editor writes an address: one of the site from its top, with `/`, in plain ASCII; the one
at which the site is published in full."""

from __future__ import annotations

import re

from bulletin_site.content.source import FOLDER

_PAGE = re.compile(r"^(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.html$", re.ASCII)
_FOLDER = re.compile(r"^(?:[A-Za-z0-9_-]+/)+$", re.ASCII)
_ARTICLE = re.compile(
    rf"^{FOLDER}/(?P<id>[12]\d{{3}}-\d\d-\d{{1,2}}/(?:0[1-9]|[1-9]\d{{1,2}}))\.html$", re.ASCII
)
# Without the signs that no URL has (RFC 3986), which would end it in a file that quotes it.
_BASE_URL = re.compile(
    r"""^https?://[^\s/?#:\[\]"'<>\\^`{|}]+(:\d{1,5})?(/[^\s?#"'<>\\^`{|}]*)?$""", re.ASCII
)

RESERVED_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{device}{n}" for device in ("com", "lpt") for n in range(10))]
)
"""Names that no file or folder may have on Windows, whatever its suffix."""
_LONGEST = 200

_RULE = "只用英文字母、数字和 - _ . /，从网站的最上层写起，以 .html 结尾，"


def is_page(address: str) -> bool:
    """`old/cloud.html`"""
    return _PAGE.match(address) is not None and _is_storable(address)


def is_folder(address: str) -> bool:
    """`issues/2014-05-1/`"""
    return _FOLDER.match(address) is not None and _is_storable(address)


def rule(address: str) -> str:
    """How a page's address is written, beginning with what is wrong with this one if that is not
    seen at once."""
    too_long = f"网址太长，最多 {_LONGEST} 个字。" if len(address) > _LONGEST else ""
    return reserved_name(address) + too_long + _RULE


def reserved_name(address: str) -> str:
    """That a part of an address cannot be a name on Windows, if so."""
    found = [part for part in address.split("/") if _is_reserved(part)]
    return f"“{found[0]}”是 Windows 不许用的名字，请换一个。" if found else ""


def _is_storable(address: str) -> bool:
    """Can every system store a file with this address?"""
    parts = address.split("/")
    return len(address) <= _LONGEST and not any(_is_reserved(part) for part in parts)


def _is_reserved(name: str) -> bool:
    return name.partition(".")[0].lower() in RESERVED_NAMES


def article_of(address: str) -> str | None:
    """The id of the article that stands there, or would: `issues/2014-05-1/03.html` →
    `2014-05-1/03`."""
    found = _ARTICLE.match(address)
    return found["id"] if found else None


def base_url_of(text: str) -> str | None:
    """Where a site is published, without a slash at its end; `None` unless it begins with http or
    https and has no query and no fragment."""
    return text.rstrip("/") if _BASE_URL.match(text) else None
