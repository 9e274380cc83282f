"""The page at the top of a packed site: it leads into the site, or says how to unpack it.

Windows shows the inside of a zip like a folder, and gives the browser that one file alone on which
somebody clicks there: no style sheet, no other page. So what this page shows without its style
sheet is the advice to unpack; the sheet hides the advice and shows the link. No script is needed.
"""

from __future__ import annotations

from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.frame import CONTENT_POLICY
from bulletin_site.pages.parts import Link
from bulletin_site.pages.render import environment_of
from bulletin_site.pages.templates import Templates, filled

STYLE_SHEETS = (urls.asset("site.css"), urls.asset("launcher.css"))
"""The site's own look, and what tells unpacked from packed: files of the built site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LauncherView:
    """`folder` is the name of the folder in which the site stands beside this page, `page` the file
    name of this page and of the home page in there."""

    title: str
    description: str
    content_policy: str
    style_sheets: tuple[str, ...]
    icon: str
    home: Link
    folder: str
    page: str


def launcher(title: str, description: str, templates: Templates) -> bytes:
    """The page that opens the packed site of this title. Raises `Unmade`."""

    def to(address: str) -> str:
        return urls.link(urls.LAUNCHER, urls.packed(address))

    view = LauncherView(
        title=title,
        description=description,
        content_policy=CONTENT_POLICY,
        style_sheets=tuple(to(sheet) for sheet in STYLE_SHEETS),
        icon=to(urls.asset("icon.svg")),
        home=Link(text=title, href=to(urls.HOME)),
        folder=urls.packed("").rstrip("/"),
        page=urls.LAUNCHER,
    )
    return filled(environment_of(templates), "launcher.html", view=view).encode()
