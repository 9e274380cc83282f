"""What every page must have so that browsers and screen readers find their way in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from selectolax.lexbor import LexborNode

from bulletin_site.checks.built_site import REBUILD, Document
from bulletin_site.checks.targets import Reach, target
from bulletin_site.checks.truth import Truth
from bulletin_site.problems import Problem

Faults = Iterator[tuple[str, int]]
"""What is wrong, and its line."""

_DOCTYPE = re.compile(r"<!doctype html>", re.IGNORECASE)
_CHARSET_WITHIN = 1024
"""Bytes in which browsers look for a page's encoding (HTML, 4.2.5.4)."""

_HEADINGS = "h1, h2, h3, h4, h5, h6"
_UNLABELLED_INPUTS = ("hidden", "submit", "button", "reset")
_ALLOWED = {
    ("*", "role"): {"search", "group", "status", "img", "region", "doc-pagebreak", "doc-pagelist"},
    ("*", "aria-current"): {"page", "true"},
    ("*", "aria-hidden"): {"true"},
    ("*", "aria-busy"): {"false"},
    ("*", "data-size"): {"large", "medium", "small"},
    ("form", "method"): {"get"},
    ("input", "type"): {"search", "hidden"},
    ("button", "type"): {"button", "submit"},
    ("th", "scope"): {"row", "col"},
    ("span", "lang"): {"en"},
}
"""What these attributes may say: a browser or a screen reader makes nothing of another word."""
_CLOSED = {name for _, name in _ALLOWED}

_STRAYS = (
    "ul > :not(li), ol > :not(li), dl > :not(dt):not(dd):not(div), tr > :not(th):not(td),"
    " select > :not(option), li, dt, dd, tr, th, td, option, summary, figcaption"
)
_PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"thead", "tbody", "table"},
    "th": {"tr"},
    "td": {"tr"},
    "option": {"select"},
    "summary": {"details"},
    "figcaption": {"figure"},
}
"""Elements that mean something only within certain others (HTML, 4.4 and 4.9)."""
_CHILDREN = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd", "div"}, "tr": {"th", "td"}}
_VOID = {"meta", "link", "input", "br", "hr", "img", "base", "source", "wbr"}
_NAMED = "nav, aside, [role=img], [role=group], [role=region]"
_REFERENCES = {"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"}


def structure_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge one page's structure."""
    for identifier, count in Counter(_ids(document)).items():
        if count > 1:
            yield Problem(
                path=document.page.path,
                line=document.line(f'id="{identifier}"'),
                code="duplicate-id",
                message=f"id“{identifier}”在一页里出现了 {count} 次",
                hint=REBUILD,
            )
    for rule in (_head, _markup, _landmarks, _headings, _names, _references):
        for fault, line in rule(document):
            yield _problem(document, fault, line)
    if not _is_skippable(document, truth.archive.base_url):
        yield _problem(document, "第一个链接没有通到 <main>", document.line("<body"))


def _ids(document: Document) -> Iterator[str]:
    for _, attributes in document.elements:
        if "id" in attributes:
            yield attributes["id"] or ""


def _head(document: Document) -> Faults:
    try:
        document.content.decode("utf-8")
    except UnicodeDecodeError as fault:
        yield "网页不是 UTF-8 编码", document.content.count(b"\n", 0, fault.start) + 1
    if not _DOCTYPE.match(document.text):
        yield "开头不是 <!DOCTYPE html>", 1
    root = document.tree.css_first("html")
    if not root or not (root.attributes.get("lang") or "").lower().startswith("zh"):
        yield "<html> 没有写明中文（lang）", document.line("<html")
    charset = document.tree.css_first("head > meta[charset]")
    declared = (charset.attributes.get("charset") or "").lower() if charset else ""
    if declared != "utf-8" or b"charset" not in document.content[:_CHARSET_WITHIN]:
        yield "开头没有写明编码 utf-8", document.line("charset", "<head")
    viewport = document.tree.css_first("head > meta[name=viewport]")
    if not viewport or "width=device-width" not in (viewport.attributes.get("content") or ""):
        yield "没有 viewport，手机上字会太小", document.line('name="viewport"', "<head")
    titles = document.tree.css("head > title")
    if len(titles) != 1 or not titles[0].text().strip():
        yield f"应当正好有一个不空的 <title>，现在有 {len(titles)} 个", document.line("<title")


def _markup(document: Document) -> Faults:
    """Every element that begins ends, and stands where it belongs. Browsers mend what does not,
    each guess of theirs another page than was meant."""
    tags = [tag for tag, _ in document.elements if not tag.startswith("-")]
    empty = sum(tag in _VOID for tag in tags) + document.text.count("/>")
    begun = document.text.count("<") - document.text.count("</") - document.text.count("<!")
    if (begun, document.text.count("</")) != (len(tags), len(tags) - empty):
        yield "有的元素没有开头或结尾", document.line("<main")
    for node in document.tree.css(_STRAYS):
        parent = node.parent.tag or "" if node.parent else ""
        if parent not in _PARENTS.get(node.tag or "", {parent}) or (
            node.tag not in _CHILDREN.get(parent, {node.tag})
        ):
            yield f"<{node.tag}> 不能放在 <{parent}> 里", document.line(f"<{node.tag}", "<main")


def _landmarks(document: Document) -> Faults:
    for tag in ("h1", "main"):
        count = len(document.tree.css(tag))
        if count != 1:
            yield f"应当正好有一个 <{tag}>，现在有 {count} 个", document.line(f"<{tag}", "<body")


def _headings(document: Document) -> Faults:
    """Levels go down one at a time, from the page's title on."""
    headings = document.tree.css("main :is(" + _HEADINGS + ")")
    for heading in headings:
        if not _name(heading):
            yield f"标题 <{heading.tag}> 是空的", document.line(f"<{heading.tag}></", "<main")
    levels = [(int((heading.tag or "h1")[1]), heading) for heading in headings]
    if levels and levels[0][0] != 1:
        yield f"正文的第一个标题是 <{levels[0][1].tag}>，应当是 <h1>", document.line("<main")
    for (before, _), (level, heading) in pairwise(levels):
        if level > before + 1:
            text = heading.text().strip()
            yield f"标题“{text}”从第 {before} 级跳到第 {level} 级", document.line(text)


def _names(document: Document) -> Faults:
    """Pictures, links, buttons and fields have a name that a screen reader can say."""
    labelled = {node.attributes.get("for") for node in document.tree.css("label") if _name(node)}
    for picture in document.tree.css("img, area, input[type=image]"):
        if "alt" not in picture.attributes:
            source = picture.attributes.get("src") or ""
            yield f"图片“{source}”没有替代文字（alt）", document.line(source, "<img")
    for node in document.tree.css("a:not([href]):not([name])"):
        yield f"链接没有地址：{node.text().strip()}", document.line(node.text().strip(), "<main")
    for node in document.tree.css(_NAMED):
        if not node.attributes.get("aria-label") and not node.attributes.get("aria-labelledby"):
            yield f"<{node.tag}> 没有名称（aria-label）", document.line(f"<{node.tag}", "<main")
    for node in document.tree.css("a[href], button"):
        if not _name(node) and not node.css_first("img[alt]"):
            target_of = node.attributes.get("href") or ""
            yield f"<{node.tag}> 没有文字：{target_of}", document.line(f'href="{target_of}"')
    for field in document.tree.css("input, select, textarea"):
        if not _is_labelled(field, labelled):
            name = field.attributes.get("name") or ""
            yield f"输入框“{name}”没有标签", document.line(f'name="{name}"', f"<{field.tag}")


def _is_labelled(field: LexborNode, labelled: set[str | None]) -> bool:
    if (field.attributes.get("type") or "").lower() in _UNLABELLED_INPUTS or _name(field):
        return True
    inside_label = field.parent is not None and field.parent.tag == "label"
    return inside_label or (field.attributes.get("id") or None) in labelled - {None}


def _name(node: LexborNode) -> str:
    """What a screen reader says of an element, as far as it stands on the element itself."""
    attributes = node.attributes
    stated = (attributes.get(name) for name in ("aria-label", "aria-labelledby", "title"))
    return next((value for value in stated if value), "") or node.text().strip()


def _references(document: Document) -> Faults:
    for tag, attributes in document.elements:
        if not attributes:
            continue
        if attributes.get("id", "filled") in (None, ""):
            yield f"<{tag}> 的 id 是空的", document.line('id=""')
        for name in attributes.keys() & _CLOSED:
            known = _ALLOWED.get(("*", name)) or _ALLOWED.get((tag, name))
            if known and attributes[name] not in known:
                said = f'{name}="{attributes[name] or ""}"'
                yield f"<{tag}> 的 {said} 不起作用", document.line(said, name)
        for name in attributes.keys() & _REFERENCES:
            for identifier in (attributes.get(name) or "").split():
                if identifier not in document.page.ids:
                    line = document.line(f'{name}="{attributes[name]}"')
                    yield f"<{tag} {name}> 所指的“{identifier}”不存在", line


def _is_skippable(document: Document, base_url: str | None) -> bool:
    """Does the first link lead past the navigation, to the page's own `main`?"""
    link = document.tree.css_first("body a")
    main = document.tree.css_first("main")
    if not link or not main:
        return False
    aim = target(link.attributes.get("href") or "", document.page, base_url)
    places = {main.attributes.get("id"), *(node.attributes.get("id") for node in main.css("[id]"))}
    return (
        aim.reach is Reach.INSIDE
        and aim.address == document.page.address
        and bool(aim.fragment)
        and aim.fragment in places
    )


def _problem(document: Document, fault: str, line: int) -> Problem:
    return Problem(
        path=document.page.path,
        line=line,
        code="page-structure",
        message=f"网页的结构不对：{fault}",
        hint="如果说的是正文里的标题，请改正文的 #；否则" + REBUILD,
    )
