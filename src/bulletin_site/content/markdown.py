"""The Markdown of an article, with `{p6}` for the place where printed page 6 begins.

CommonMark through markdown-it-py with what an editor would not expect to change printed text
switched off: raw HTML and `&copy;` stay text, four leading spaces make no code block, a line of
`---` under a paragraph no heading. Numbered items keep their printed numbers. Soft line breaks
between Han characters leave no space. Asterisks and underscores still emphasize.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bulletin_site.content.emphasis import emphasis, is_wide
from bulletin_site.content.marks import MARK

PAGE_BREAK = "page_break"
"""Type of the token that stands where a printed page begins: `meta["page"]` is the number of that
page, `meta["line"]` its line in the Markdown, counted from 0. `block` is set where the page begins
between two paragraphs."""

_LINK = re.compile(
    r"https?://[^\s/?#%\[\]]+|mailto:[^\s@]+@[^\s@]+"
    # A page of this site, or a place on it: that it is there is proved by `check`.
    r"|(?:\.\./)*(?:[\w%-]+/)*[\w%-]+\.html(?:\#\S*)?$|\#[a-z][\w-]*$",
    re.IGNORECASE | re.ASCII,
)
_DEEPEST = 12
_ALTERNATIVES = {
    "blockquote": ["paragraph", "reference", "blockquote", "list"],
    "list": ["paragraph", "reference", "blockquote"],
}
"""What these blocks may interrupt, as markdown-it has it."""
_BlockRule: TypeAlias = Callable[[StateBlock, int, int, bool], bool]

_MARKUP = re.compile(r"[\n\\`*_\[{]")
"""What the rules for texts begin with that `_parser` leaves on."""


def has_text(tokens: Sequence[Token]) -> bool:
    """Is anything printed there but rules and marks?"""
    for token in tokens:
        for child in token.children or (token,):
            if child.type in ("text", "code_inline", "fence") and child.content.strip():
                return True
    return False


def parse(markdown: str) -> tuple[Token, ...]:
    """The tokens of a body. A page break at either end of a paragraph stands outside of it."""
    return tuple(_PARSER.parse(markdown))


def _parse_texts(state: StateCore) -> None:
    """What markdown-it does at this place, but most texts have no character at which any of its
    rules could begin, and need not be parsed."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if token.content and not _MARKUP.search(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def _join_texts(state: StateCore) -> None:
    """Neighbouring texts as one, what was escaped among them, as markdown-it does at this place."""
    for token in state.tokens:
        children = token.children
        if children and len(children) > 1:
            whole: list[Token] = []
            for child in children:
                child.type = "text" if child.type == "text_special" else child.type
                if child.type == "text" and whole and whole[-1].type == "text":
                    whole[-1].content += child.content
                else:
                    whole.append(child)
            token.children = whole
        elif children and children[0].type == "text_special":
            children[0].type = "text"


def is_link(target: str) -> bool:
    """May a text link there? To an address in full, or to a page of the site: never to a file of
    issues/, to another kind of address, or to words that only stand in brackets."""
    return _LINK.match(target) is not None


def _shallow(rule: _BlockRule) -> _BlockRule:
    """A rule for what holds blocks, up to a depth: markdown-it leaves out what lies too deep."""

    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _DEEPEST and rule(state, start, end, silent)

    return shallow


def _one_line(state: StateBlock, start: int, end: int, _silent: bool) -> bool:
    """A paragraph of one line that begins with no ASCII: none of the other rules could take it for
    something else, and nearly every paragraph is one."""
    first = state.bMarks[start] + state.tShift[start]
    if state.src[first] < "\u2000" or (start + 1 < end and not state.isEmpty(start + 1)):
        return False
    state.line = start + 1
    state.push("paragraph_open", "p", 1).map = [start, state.line]
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, state.line, state.blkIndent, False).strip()
    token.map = [start, state.line]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _page_break(state: StateInline, silent: bool) -> bool:
    match = MARK.match(state.src, state.pos)
    # In a link the mark's own link could not stand; a rule says so to the editor.
    if not match or state.linkLevel > 0:
        return False
    if not silent:
        token = state.push(PAGE_BREAK, "", 0)
        token.meta = {"page": int(match[1]), "line": state.src.count("\n", 0, state.pos)}
    state.pos = match.end()
    return True


def _lift_page_breaks(state: StateCore) -> None:
    """Count lines from the start of the body, and lift marks at a paragraph's ends out of it:
    then a mark inside a paragraph always means that a page end cut it in two."""
    lifted: list[Token] = []
    stream = iter(state.tokens)
    for token in stream:
        if token.type != "inline" or (token.content and not MARK.search(token.content)):
            lifted.append(token)
            continue
        first_line = token.map[0] if token.map else 0
        children = token.children or []
        for child in children:
            if child.type == PAGE_BREAK:
                child.meta["line"] += first_line
        if lifted[-1].type not in ("paragraph_open", "heading_open"):
            lifted.append(token)
            continue
        start = _marks_at_start(children)
        end = len(children) - _marks_at_start(children[start:][::-1])
        opening, closing = lifted.pop(), next(stream)
        lifted += _as_blocks(children[:start])
        if start < end:
            token.children = children[start:end]
            if start:
                token.children[0].content = token.children[0].content.lstrip(" ")
            if end < len(children):
                token.children[-1].content = token.children[-1].content.rstrip(" ")
            lifted += [opening, token, closing]
        lifted += _as_blocks(children[end:])
    state.tokens = lifted


def _marks_at_start(children: Sequence[Token]) -> int:
    """How many tokens at the start are page breaks or the blanks around them."""
    end = 0
    for position, token in enumerate(children, start=1):
        if token.type == PAGE_BREAK:
            end = position
        elif token.content.strip() or token.type not in ("text", "softbreak", "hardbreak"):
            break
    return end


def _as_blocks(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == PAGE_BREAK:
            token.block = True
            yield token


def _soft_breaks(state: StateCore) -> None:
    """A soft line break is a space between Latin words and nothing beside a Han character."""
    for token in state.tokens:
        children = token.children or []
        before = ""
        for position, child in enumerate(children):
            if child.type == "softbreak":
                token.meta["joined"] = True
                following = (children[n] for n in range(position + 1, len(children)))
                after = next((one.content[0] for one in following if one.content), "")
                child.type = "text"
                child.tag = ""
                # Two soft breaks meet where a page break stood on a line of its own.
                wide = before == " " or is_wide(before) or is_wide(after)
                child.content = "" if wide else " "
            before = child.content[-1:] or before


def _print_list_numbers(state: StateCore) -> None:
    """Numbered items become paragraphs that begin with their printed number: a list would count for
    itself (85, 86, … where 85, 2014 was printed), and its numbers would be no text."""
    printed: list[Token] = []
    ordered: list[bool] = []
    number = ""
    for token in state.tokens:
        kind = token.type.rpartition("_")[0]
        if kind in ("ordered_list", "bullet_list"):
            if token.nesting == 1:
                printed += _paragraph(number, token)
                number = ""
                ordered.append(kind == "ordered_list")
            keep = not ordered[-1]
            if token.nesting == -1:
                ordered.pop()
        elif kind == "list_item" and ordered[-1]:
            keep = False
            printed += _paragraph(number, token)
            number = f"{token.info}{token.markup}" if token.nesting == 1 else ""
        else:
            keep = True
            if number and token.type == "inline":
                text = Token("text", "", 0, content=f"{number} ")
                token.children = [text, *(token.children or ())]
                number = ""
            elif number and token.type not in ("paragraph_open", PAGE_BREAK):
                printed += _paragraph(number, token)
                number = ""
            if kind == "paragraph" and ordered and ordered[-1]:
                token.hidden = False
        if keep:
            printed.append(token)
    state.tokens = printed


def _paragraph(text: str, place: Token) -> Iterator[Token]:
    """A paragraph of its own for a number that no text follows."""
    if text:
        yield Token("paragraph_open", "p", 1, block=True, map=place.map)
        children = [Token("text", "", 0, content=text)]
        yield Token("inline", "", 0, content=text, children=children, map=place.map)
        yield Token("paragraph_close", "p", -1, block=True)


def _rank_headings(state: StateCore) -> None:
    """Give each heading its rank among those of the text, from 1: editors mark a subheading with
    two number signs or with four, and mean the same."""
    headings = [token for token in state.tokens if token.type.startswith("heading_")]
    tags = sorted({token.tag for token in headings})
    for token in headings:
        token.meta["rank"] = tags.index(token.tag) + 1


def joined(lines: Sequence[str]) -> str:
    """Lines of one text as one: with a space between Latin words, with nothing beside Han."""
    whole = lines[0]
    for line in lines[1:]:
        together = is_wide(whole[-1:]) or is_wide(line[:1])
        whole += line if together else f" {line}"
    return whole


def inline_children(tokens: Sequence[Token]) -> Iterator[Token]:
    """Block and inline tokens as one flat stream, in reading order."""
    for token in tokens:
        if token.type == "inline":
            yield from token.children or ()
        else:
            yield token


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it's name
        return is_link(url)


def _parser() -> MarkdownIt:
    markdown = _Parser("commonmark", {"html": False})
    markdown.enable("table")
    markdown.disable(
        [
            "code",
            "lheading",
            "html_block",
            "html_inline",
            "image",
            "reference",
            "entity",
            "autolink",
        ]
    )
    for name, rule in (("blockquote", blockquote), ("list", list_block)):
        markdown.block.ruler.at(name, _shallow(rule), {"alt": _ALTERNATIVES[name]})
    markdown.block.ruler.before("table", "one_line", _one_line)
    markdown.core.ruler.at("inline", _parse_texts)
    markdown.core.ruler.at("text_join", _join_texts)
    markdown.inline.ruler.at("emphasis", emphasis)
    markdown.inline.ruler.before("emphasis", PAGE_BREAK, _page_break)
    markdown.core.ruler.push("lift_page_breaks", _lift_page_breaks)
    markdown.core.ruler.push("print_list_numbers", _print_list_numbers)
    markdown.core.ruler.push("soft_breaks", _soft_breaks)
    markdown.core.ruler.push("rank_headings", _rank_headings)
    return markdown


_PARSER = _parser()
