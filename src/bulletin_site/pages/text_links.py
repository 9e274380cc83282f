"""The links of a text, which an editor writes as they hold on the page of its article, on the other
pages on which it stands, and in a book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from bulletin_site.content.model import Article
from bulletin_site.pages import urls

Lead = Callable[[str], str | None]
"""Where a text's own link leads; None: nowhere, its words alone stay."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def on_page(tokens: Sequence[Token], article: Article, page: str) -> Sequence[Token]:
    """The same tokens of an article with links that hold on another page of its issue: only those
    to a place of the article itself have to be others there."""
    if "](#" not in article.body.markdown:
        return tokens
    own = urls.article(article.id)

    def lead(href: str) -> str:
        found = None if has_scheme(href) else urls.from_page(own, href)
        return urls.link(page, *found) if found and found[0] == own else href

    return led(tokens, lead)


def led(tokens: Sequence[Token], lead: Lead) -> Sequence[Token]:
    """The same tokens with links that lead where `lead` says. Few texts have any."""
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
