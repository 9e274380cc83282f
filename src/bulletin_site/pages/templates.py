"""What lies in `templates/`: Jinja templates, the texts of the help, and the assets that pages
load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from jinja2 import Environment, TemplateError

from bulletin_site.batch import Unmade
from bulletin_site.content.folder import Folder, missing_folder
from bulletin_site.content.source import decode
from bulletin_site.inputs import TEMPLATES
from bulletin_site.problems import Problem

_ASSETS = "assets"
_TEMPLATE_SUFFIXES = {".html", ".xml", ".xhtml", ".opf", ".css"}
"""Style sheets too, where they are no assets: a book has its own in it."""
_TEXT_SUFFIX = ".md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """Template sources and Markdown texts by path below `templates/`, the bytes of assets by path
    below `templates/assets/`."""

    sources: Mapping[str, str]
    texts: Mapping[str, str]
    assets: Mapping[str, bytes]


def templates_of(folder: Folder | None) -> tuple[Templates, list[Problem]]:
    """Take `templates/` apart."""
    if folder is None:
        return Templates(sources={}, texts={}, assets={}), [missing_folder(TEMPLATES)]
    sources: dict[str, str] = {}
    texts: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    problems = [*folder.unreadable, *folder.misnamed]
    for path, data in folder.files.items():
        inside = PurePosixPath(path).relative_to(TEMPLATES)
        if inside.parts[0] == _ASSETS:
            assets["/".join(inside.parts[1:])] = data
        elif inside.suffix in _TEMPLATE_SUFFIXES or inside.suffix == _TEXT_SUFFIX:
            text = decode(path, data)
            if isinstance(text, Problem):
                problems.append(text)
            else:
                kind = texts if inside.suffix == _TEXT_SUFFIX else sources
                kind[inside.as_posix()] = text
    return Templates(sources=sources, texts=texts, assets=assets), problems


def filled(environment: Environment, template: str, **values: object) -> str:
    """What a template makes of some values. Raises `Unmade` where the template is wrong."""
    try:
        return environment.get_template(template).render(**values)
    except _FAULTS as reason:
        raise Unmade(_problem(reason, template)) from reason


_FAULTS = (TemplateError, ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What Jinja raises, and what the expressions and loops of a template may raise."""


def _problem(reason: Exception, template: str) -> Problem:
    """What is said of a template that is missing or wrong."""
    name = getattr(reason, "name", None) or template
    words = getattr(reason, "message", None) or str(reason) or type(reason).__name__
    return Problem(
        path=f"{TEMPLATES}/{name}",
        line=getattr(reason, "lineno", None) or 0,
        code="template",
        message=f"网页模板缺失或写法有误（{words}）",
        hint="请恢复原来的 templates/ 文件夹，或告诉维护人员。",
    )
