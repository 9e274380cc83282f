"""Old addresses: pages that lead on without a server's help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.moves import redirects
from bulletin_site.pages.parts import Link
from bulletin_site.pages.register import registered
from bulletin_site.pages.site import Site
from bulletin_site.pages.withdrawn import TITLE


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasView:
    """`script` keeps the place on the page, `#p6`, which a page that leads on would lose."""

    target: Link
    script: str


def pages(site: Site) -> Iterator[Page]:
    """One page an old address."""
    leads = redirects(site)
    titles = registered(site) if leads else {}
    for old, new in leads.items():
        title = titles.get(new, TITLE)
        yield Page(
            address=old,
            template="alias.html",
            frame=frame(
                site,
                old,
                title=title,
                description=f"本页已移到：{title}",
                stands_for=new,
            ),
            view=AliasView(
                target=Link(text=title, href=urls.link(old, new)),
                script=urls.link(old, urls.asset("moved.js")),
            ),
        )
