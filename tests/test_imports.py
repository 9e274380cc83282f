"""The shape of the program, held by its imports: one way, no cycle, one owner for each thing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from archives import ROOT

PACKAGE = "bulletin_site"
SOURCES = ROOT / "src" / PACKAGE
MODULES = {
    ".".join(file.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__"): file
    for file in sorted(SOURCES.rglob("*.py"))
}

LAYERS = [
    {"problems", "console"},
    {"batch", "cache", "zipped", "excerpts"},
    {"content", "originals", "report", "progress", "pdf_pages", "unforeseen"},
    {"inputs"},
    {"pages"},
    {"search"},
    {"build", "checks"},
    {"record", "workers", "durable"},
    {"new_site", "alone", "whole_file"},
    {"output", "preview"},
    {"publish", "pack", "binding", "init", "importing", "freeze", "typeset"},
    {"commands", "arguments"},
    {"cli"},
    {"__main__"},
]
"""Each part may use those above it in this list, and its own modules."""

TEMPLATES = {
    file.name for folder in (ROOT / "templates", SOURCES) for file in folder.rglob("*.html")
}


LATE = {f"{PACKAGE}.{name}" for name in ("__main__", "arguments", "commands", "publish")}
"""What people wait for imports libraries only where there is work for them."""


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def imports(module: str, nodes: Iterator[ast.AST] | None = None) -> set[str]:
    """The names of what a module imports; of ours, the modules."""
    found = set()
    for node in nodes or ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: relative import"
            assert node.module
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in names if name in MODULES}
            found |= modules or {node.module}
    return found


def ours(names: set[str]) -> set[str]:
    return {name for name in names if name.partition(".")[0] == PACKAGE} - {PACKAGE}


def part(module: str) -> str:
    return module.split(".")[1]


def test_every_part_has_its_layer() -> None:
    layered = [name for layer in LAYERS for name in layer]
    assert sorted(layered) == sorted({part(module) for module in MODULES if module != PACKAGE})


def test_modules_import_each_other_without_a_cycle() -> None:
    graph = {module: ours(imports(module)) for module in MODULES}
    order = tuple(TopologicalSorter(graph).static_order())
    assert set(order) >= graph.keys() - {PACKAGE}


@pytest.mark.parametrize("module", sorted(MODULES.keys() - {PACKAGE}))
def test_a_module_imports_only_from_its_own_part_and_those_below(module: str) -> None:
    height = {name: level for level, layer in enumerate(LAYERS) for name in layer}
    own = part(module)
    used = {part(name) for name in ours(imports(module))} - {own}
    assert {name for name in used if height[name] >= height[own]} == set()


@pytest.mark.parametrize("module", sorted(MODULES.keys() - LATE))
def test_our_modules_are_imported_at_the_top(module: str) -> None:
    inner = (
        node
        for function in ast.walk(tree(module))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.If)
        for node in ast.walk(function)
    )
    assert ours(imports(module, inner)) == set()


@pytest.mark.parametrize("module", MODULES)
def test_no_import_is_for_the_type_checker_alone(module: str) -> None:
    names = {node.id for node in ast.walk(tree(module)) if isinstance(node, ast.Name)}
    attributes = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
    assert "TYPE_CHECKING" not in names | attributes


def using(library: str) -> set[str]:
    return {m for m in MODULES if library in {name.partition(".")[0] for name in imports(m)}}


def test_one_module_knows_jieba() -> None:
    assert using("rjieba") == {f"{PACKAGE}.search.segment"}
    assert using("jieba") == set()


def test_one_module_knows_yaml() -> None:
    assert using("yaml") == {f"{PACKAGE}.content.yaml_nodes"}


def test_one_module_knows_weasyprint_and_only_where_it_is_used() -> None:
    assert using("weasyprint") == {f"{PACKAGE}.typeset.printing"}
    assert using("pydyf") == set()
    at_the_top = imports(
        f"{PACKAGE}.typeset.printing", iter(tree(f"{PACKAGE}.typeset.printing").body)
    )
    assert "weasyprint" not in at_the_top


def test_nothing_asks_for_the_time_of_day_or_for_chance() -> None:
    """The same issues give the same bytes on any day. Only who starts another bulletin, or an
    issue, needs to know what day it is, and is told by the command line."""
    assert using("random") | using("secrets") == set()
    asked = {
        module: re.findall(
            r"\w+\.(?:today|now|utcnow|localtime|gmtime|time|getmtime)\(\)", file.read_text("utf-8")
        )
        for module, file in MODULES.items()
    }
    assert {module: calls for module, calls in asked.items() if calls} == {
        f"{PACKAGE}.commands": ["date.today()", "date.today()"]
    }


def literals(module: str) -> Iterator[str]:
    """String literals of a module that are code, not documentation; those that are pieces of a
    longer one come with `…` for the rest."""
    documentation = {
        id(node.value)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    pieces = {
        id(value)
        for node in ast.walk(tree(module))
        for value in (
            node.values
            if isinstance(node, ast.JoinedStr)
            else [node.left, node.right]
            if isinstance(node, ast.BinOp)
            else []
        )
    }
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = f"…{node.value}" if id(node) in pieces else node.value
            yield from [] if id(node) in documentation else [text]


@pytest.mark.parametrize("module", sorted(MODULES.keys() - {f"{PACKAGE}.pages.urls"}))
def test_addresses_are_made_in_one_module(module: str) -> None:
    """The bare suffix is a test of a file's kind; words around an example are for editors."""
    found = {
        text
        for text in literals(module)
        if re.fullmatch(r"…?[!-~]*\.html", text) and text not in {".html", *TEMPLATES}
    }
    assert found == set()


def test_the_module_of_addresses_would_not_pass_for_another() -> None:
    found = [text for text in literals(f"{PACKAGE}.pages.urls") if text.endswith(".html")]
    assert "index.html" in found
    assert "….html" in found


@pytest.mark.parametrize(
    "file", sorted((ROOT / "templates").glob("*.*")), ids=lambda file: file.name
)
def test_templates_only_place_addresses(file: Path) -> None:
    placed = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", file.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"\.html|\.\./", placed)
    for attribute in re.findall(r'(?:href|src|action)="([^"]*)"', placed):
        assert re.fullmatch(r"#[a-z-]+|\{\{ [a-z._\[\]0-9]+ \}\}", attribute), attribute


@pytest.mark.parametrize(
    "script",
    [
        *sorted(s for s in (ROOT / "templates/assets").glob("*.js") if s.name[:5] != "lunr-"),
        *SOURCES.rglob("assets/*.js"),
    ],
    ids=lambda file: file.name,
)
def test_scripts_make_no_addresses(script: Path) -> None:
    code = re.sub(r"/\*.*?\*/|//.*", "", script.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"\.html|\.\./", code)
