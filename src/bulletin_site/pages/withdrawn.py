"""Pages that were withdrawn (撤回): when, why, and where to read on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.parts import Day, Link, day
from bulletin_site.pages.site import Site

TITLE = "本页已撤回"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnView:
    """`elsewhere` are pages from which to read on: the issue, if it is still there, and indexes."""

    title: str
    day: Day
    reason: str
    elsewhere: tuple[Link, ...]


def pages(site: Site) -> Iterator[Page]:
    """One page a withdrawn page."""
    for one in site.archive.withdrawn:
        issue = site.issues.get(urls.issue_of(one.address) or "")
        above = [(issue.name, urls.issue(issue.id))] if issue else []
        on = day(one.date)
        indexes = [("首页", urls.HOME), ("检索全文", urls.SEARCH)]
        yield Page(
            address=one.address,
            template="withdrawn.html",
            frame=frame(
                site,
                one.address,
                title=TITLE,
                description=f"本页已于{on.text}撤回：{one.text}",
                breadcrumbs=[*above, ("已撤回", one.address)],
            ),
            view=WithdrawnView(
                title=TITLE,
                day=on,
                reason=one.text,
                elsewhere=tuple(
                    Link(text=text, href=urls.link(one.address, address))
                    for text, address in (*above, *indexes)
                ),
            ),
        )
