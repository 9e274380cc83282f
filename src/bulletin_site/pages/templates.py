"""Reading `templates/`: Jinja templates, and the assets that are copied as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError

from bulletin_site.content.source import decode, missing_folder
from bulletin_site.problems import Problem

FOLDER = "templates"
_ASSETS = "assets"
_TEMPLATE_SUFFIXES = {".html", ".xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Templates:
    """Template sources and asset bytes, by path below `templates/` and `templates/assets/`."""

    sources: Mapping[str, str]
    assets: Mapping[str, bytes]


def read_templates(root: Path) -> tuple[Templates, list[Problem]]:
    """Read `root/templates`."""
    folder = root / FOLDER
    if not folder.is_dir():
        return Templates(sources={}, assets={}), [missing_folder(FOLDER)]
    sources: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    problems: list[Problem] = []
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if not file.is_file() or any(part.startswith(".") for part in inside.parts):
            continue
        if inside.parts[0] == _ASSETS:
            assets["/".join(inside.parts[1:])] = file.read_bytes()
        elif file.suffix in _TEMPLATE_SUFFIXES:
            text = decode(f"{FOLDER}/{inside.as_posix()}", file.read_bytes())
            if isinstance(text, Problem):
                problems.append(text)
            else:
                sources[inside.as_posix()] = text
    return Templates(sources=sources, assets=assets), problems


def template_problem(reason: TemplateError) -> Problem:
    """What Jinja says of a template that is missing or wrong."""
    name = getattr(reason, "name", None) or ""
    return Problem(
        path=f"{FOLDER}/{name}".rstrip("/"),
        line=getattr(reason, "lineno", None) or 0,
        code="template",
        message=f"网页模板缺失或写法有误（{reason.message or type(reason).__name__}）",
        hint="请恢复原来的 templates/ 文件夹，或告诉维护人员。",
    )
