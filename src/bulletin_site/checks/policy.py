"""The Content-Security-Policy of every page: first, strict, and sufficient for what the page
itself uses; nothing inline that it would have to allow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bulletin_site.checks.built_site import REBUILD, BuiltSite, Document
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_FETCH_DIRECTIVES = {
    *("default-src", "script-src", "script-src-elem", "script-src-attr"),
    *("style-src", "style-src-elem", "style-src-attr", "img-src", "font-src", "connect-src"),
    *("media-src", "object-src", "frame-src", "child-src", "worker-src", "manifest-src"),
}
_OTHER_DIRECTIVES = ("base-uri", "form-action")
"""These two do not fall back to `default-src`: a policy that leaves them out allows everything."""

_NEEDS = (
    ("script[src]", "script-src"),
    ("link[rel~=stylesheet]", "style-src"),
    ("img", "img-src"),
    ("link[rel~=icon]", "img-src"),
    ("form", "form-action"),
    ("iframe, frame, portal", "frame-src"),
    ("object, embed", "object-src"),
    ("audio, video", "media-src"),
)
DATA_BLOCK = 'script[type="application/ld+json"]'
"""Data that browsers neither run nor fetch: the one kind of script that may stand in a page."""

_HANDLER = re.compile(r"on[a-z]+")


def policy_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge a page's policy, and find what it forbids."""
    yield from _content_policy_problems(document, truth)
    for what, line in _inline(document):
        yield _inline_problem(document.page.path, line, what)


def _content_policy_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    policies = [node for node in document.tree.css("meta[http-equiv]") if _is_policy(node)]
    if len(policies) != 1:
        count = f"有 {len(policies)} 条策略" if policies else "没有策略"
        yield _policy_problem(document, f"{count}，应当正好一条")
        return
    if _comes_late(document):
        yield _policy_problem(document, "不在 head 的最前面，对它前面的内容不起作用")
    directives = _directives(policies[0].attributes.get("content") or "")
    fixed_base = document.page.address == urls.NOT_FOUND and bool(truth.archive.base_url)
    for fault in _faults(directives, fixed_base):
        yield _policy_problem(document, fault)
    for selector, directive in _NEEDS:
        if document.tree.css_first(selector) and "'self'" not in directives.get(directive, ()):
            yield _policy_problem(document, f"{directive} 没有允许网页自己用到的文件")


def _is_policy(node: LexborNode) -> bool:
    return (node.attributes.get("http-equiv") or "").lower() == "content-security-policy"


def _comes_late(document: Document) -> bool:
    """Does anything that a policy governs come before it, or does it stand outside of the head,
    where browsers ignore it?"""
    for node in document.tree.css("head > *"):
        if node.tag == "meta" and _is_policy(node):
            return False
        if node.tag != "meta" or (node.attributes.get("http-equiv") or "").lower() == "refresh":
            return True
    return True


def _directives(policy: str) -> Mapping[str, tuple[str, ...]]:
    """The first of two directives with one name holds (CSP 3, 2.2.1)."""
    directives: dict[str, tuple[str, ...]] = {}
    for part in policy.split(";"):
        name, *sources = part.split() or [""]
        if name:
            directives.setdefault(name.lower(), tuple(source.lower() for source in sources))
    return directives


def _faults(directives: Mapping[str, tuple[str, ...]], fixed_base: bool) -> Iterator[str]:
    if directives.get("default-src") != ("'none'",):
        yield "default-src 应当是 'none'"
    for name in _OTHER_DIRECTIVES:
        if name not in directives:
            yield f"缺少 {name}"
    base = "'self'" if fixed_base else "'none'"
    if directives.get("base-uri", (base,)) != (base,):
        yield f"base-uri 应当是 {base}"
    for name, sources in directives.items():
        if name not in _FETCH_DIRECTIVES and name not in _OTHER_DIRECTIVES:
            yield f"不认识 {name}"
        elif sources not in (("'self'",), ("'none'",)):
            yield f"{name} 只能是 'self' 或 'none'，不能是 {' '.join(sources) or '空的'}"


def _inline(document: Document) -> Iterator[tuple[str, int]]:
    """What is inline, and its line."""
    for script in document.tree.css("script"):
        if script.text().strip() and not _is_data(script):
            yield "<script>", document.line(script.text().strip())
    for tag, attributes in document.elements:
        if tag == "style":
            yield "<style>", document.line("<style")
        for name, value in attributes.items():
            if name in ("style", "srcdoc") or _HANDLER.fullmatch(name):
                yield f"<{tag} {name}>", document.line(f'{name}="{value}', f"{name}=", name)


def picture_problems(site: BuiltSite, _truth: Truth) -> Iterator[Problem]:
    """An SVG picture that is opened by itself has no policy: nothing in it runs."""
    for address, content in site.files.items():
        if address.endswith(".svg"):
            found = LexborHTMLParser(content.decode("utf-8", "replace")).css("svg, svg *")
            for node in found:
                handlers = [name for name in node.attributes if _HANDLER.fullmatch(name)]
                if node.tag in ("script", "foreignobject") or handlers:
                    what = " ".join([node.tag or "", *handlers])
                    yield _inline_problem(site.path(address), 0, f"<{what}>")


def _is_data(script: LexborNode) -> bool:
    """Is it JSON-LD and nothing else, with no character by which a browser could read it as the
    end of the block or as markup?"""
    if dict(script.attributes) != {"type": "application/ld+json"}:
        return False
    try:
        json.loads(script.text())
    except ValueError:
        return False
    return not set("<>&") & set(script.text())


def _inline_problem(path: str, line: int, what: str) -> Problem:
    return Problem(
        path=path,
        line=line,
        code="inline-code",
        message=f"网页里有行内代码：{what}",
        hint="脚本和样式都要放在 assets/ 里的文件中。" + REBUILD,
    )


def _policy_problem(document: Document, fault: str) -> Problem:
    return Problem(
        path=document.page.path,
        line=document.line("Content-Security-Policy"),
        code="content-policy",
        message=f"网页的内容安全策略不对：{fault}",
        hint=REBUILD,
    )
