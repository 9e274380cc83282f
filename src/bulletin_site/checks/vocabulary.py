"""Every class that a page gives an element is one that a style sheet or a script of the site
knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_site.checks.built_site import REBUILD, BuiltSite
from bulletin_site.checks.truth import Truth
from bulletin_site.problems import Problem

_WORD = re.compile(r"[\w-]+")
_HOOKS = {"toc-group", "withdrawal", "reason", "correction", "two", "yaml"}
"""Classes by which something is found that looks like what is around it."""


def class_problems(site: BuiltSite, _truth: Truth) -> Iterator[Problem]:
    """Judge all pages."""
    known = {
        word
        for address, content in site.files.items()
        if address.startswith("assets/") and address.endswith((".css", ".js"))
        for word in _WORD.findall(content.decode("utf-8", "replace"))
    }
    known |= _HOOKS
    for page in site.pages.values():
        for said in sorted(page.classes):
            if not said.strip() or not known.issuperset(said.split()):
                yield Problem(
                    path=page.path,
                    line=site.line(page.address, f'class="{said}"', "<main"),
                    code="page-structure",
                    message=f"网页的结构不对：样式和脚本里都没有 class“{said}”",
                    hint="如果改过模板，请把它写进 site.css；否则" + REBUILD,
                )
