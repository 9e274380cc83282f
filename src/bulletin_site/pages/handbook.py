"""The help for readers, the editors' handbook, and every problem code with its mending.

The texts are Markdown in `templates/help/`, the same for every bulletin, so that they can be read
where they lie, too: their links and pictures lead to the same things there and on the site.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from jinja2 import TemplateNotFound
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from bulletin_site.pages import urls
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.site import Site
from bulletin_site.pages.templates import Templates

TITLES = {urls.HELP: "帮助", urls.HANDBOOK: "编辑手册", urls.PROBLEM_CODES: "问题代码"}
_TEXTS = {
    urls.HELP: "help/index.md",
    urls.HANDBOOK: "help/editors.md",
    urls.PROBLEM_CODES: "help/problems.md",
}
_DESCRIPTIONS = {
    urls.HELP: "怎样检索、按页码阅读、引用、打印，怎样把整个网站拷走。",
    urls.HANDBOOK: "从 Word 文件到发布：导入、核对、预览、发布，以及勘误、移动、撤回。",
    urls.PROBLEM_CODES: "程序报告的每一种问题：怎样写错的，怎样改。",
}
_PICTURES = re.compile(r"^\.\./assets/(.+)$")
_CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_NAMED = {"heading_open", "td_open"}
_PIXELS = 2
"""Pixels of a picture to one of the page, so that small type in it stays sharp."""

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """A page of the help: the Markdown, the name of its file, and width and height of its pictures
    in pixels by the names of their files."""

    address: str
    file: str
    text: str
    pictures: Mapping[str, tuple[int, int]]

    @property
    def body(self) -> Markup:
        """The text as HTML, made when the page is. Raises TemplateNotFound where there is none."""
        if not self.text:
            raise TemplateNotFound(self.file)
        return Markup(_html(self))


def pages(site: Site, templates: Templates) -> Iterator[Page]:
    """The help, the handbook, the problem codes."""
    pictures = {
        name: _size(content) for name, content in templates.assets.items() if name.endswith(".png")
    }
    trail: list[tuple[str, str]] = []
    for address, title in TITLES.items():
        trail.append((title, address))
        file = _TEXTS[address]
        text = templates.texts.get(file, "")
        yield Page(
            address=address,
            template="help.html",
            frame=frame(
                site,
                address,
                title=title,
                description=_DESCRIPTIONS[address],
                kind="帮助",
                breadcrumbs=trail,
            ),
            view=HelpView(
                address=address,
                file=file,
                text=text,
                pictures={name: size for name, size in pictures.items() if name in text},
            ),
        )


def _size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG file: they stand at the beginning of its first chunk."""
    width, height = struct.unpack(">II", png[16:24].ljust(8, b"\0"))
    return width, height


def _html(view: HelpView) -> str:
    tokens = _MARKDOWN.parse(view.text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        children = token.children or []
        if before and token.type == "inline" and children:
            _name(before, children)
            _lead_on(view, children)
    parts = []
    stream = iter(tokens)
    for token in stream:
        if token.type == "fence":
            parts.append(f'<pre class="{escape(token.info)}">{escape(token.content)}</pre>\n')
        elif token.type == "paragraph_open":
            text, closing = next(stream), next(stream)
            parts.append(_figures(view, text.children or []) or _plain([token, text, closing]))
        else:
            parts.append(_plain([token]))
    return "".join(parts)


def _plain(tokens: list[Token]) -> str:
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _name(block: Token, children: list[Token]) -> None:
    """A heading or the line of a table that begins with a problem code has it for its id."""
    first = children[0]
    if block.type in _NAMED and first.type == "code_inline" and _CODE.fullmatch(first.content):
        block.attrSet("id", first.content)


def _lead_on(view: HelpView, children: list[Token]) -> None:
    """A link to another text leads to its page."""
    for token in children:
        target, mark, anchor = str(token.attrGet("href") or "").partition("#")
        for address, file in _TEXTS.items():
            if token.type == "link_open" and target == urls.link(view.file, file):
                token.attrSet("href", urls.link(view.address, address) + mark + anchor)


def _figures(view: HelpView, children: list[Token]) -> str:
    """A paragraph of pictures alone: each with its caption, and with its size, so that nothing
    moves when it comes."""
    figures = []
    for token in children:
        if token.type == "softbreak":
            continue
        found = _PICTURES.match(str(token.attrGet("src") or ""))
        if token.type != "image" or not found:
            return ""
        width, height = view.pictures.get(found[1], (0, 0))
        source = urls.link(view.address, urls.asset(found[1]))
        figures.append(
            f'<figure><img src="{escape(source)}" alt="{escape(token.content)}"'
            f' width="{width // _PIXELS}" height="{height // _PIXELS}">'
            f"<figcaption>{escape(str(token.attrGet('title') or ''))}</figcaption></figure>\n"
        )
    return f'<div class="pictures">\n{"".join(figures)}</div>\n'
