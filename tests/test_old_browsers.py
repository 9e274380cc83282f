"""Style sheets and scripts need nothing newer than Chromium 80, the oldest browser that is read with.

tests/web/floor.mjs looks every property, selector, function and name up in MDN's data; what may be
newer, because its absence costs nothing, is listed with the reason in tests/web/floor.json."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from archives import ROOT

WEB = ROOT / "tests" / "web"
ASSETS = ROOT / "templates" / "assets"
PREVIEW = ROOT / "src" / "bulletin_site" / "preview" / "assets"

NEWER_STYLES = {
    "a:has(b) { color: red; }": "css.selectors.has",
    ":is(a, b) { color: red; }": "css.selectors.is",
    "a:not(b, c) { color: red; }": "css.selectors.not.selector_list",
    "a { color: red; &:hover { color: blue; } }": "css.selectors.nesting",
    "a { display: flex; gap: 1rem; }": "css.properties.gap.flex_context",
    "a { inset: 0; }": "css.properties.inset",
    "a { margin-inline: auto; }": "css.properties.margin-inline",
    "a { aspect-ratio: 1; }": "css.properties.aspect-ratio",
    "a { overflow: clip; }": "css.properties.overflow.clip",
    "a { color: oklch(1 0.2 30); }": "css.types.color.oklch",
    "a { height: 100dvh; }": "css.types.length.dvh",
    "@layer a { b { color: red; } }": "css.at-rules.layer",
    "@media (width > 40rem) { a { color: red; } }": "css.at-rules.media.range_syntax",
    "a { colour: red; }": "css.properties.colour",
}
NEWER_SCRIPTS = {
    '"a".replaceAll("a", "b");': "javascript.builtins.String.replaceAll",
    "[1].at(-1);": "javascript.builtins.Array.at",
    "/** @type {any} */ (null).at(1);": "javascript.builtins.*.at",
    'Object.hasOwn({}, "a");': "javascript.builtins.Object.hasOwn",
    'new Intl.Segmenter("zh");': "javascript.builtins.Intl.Segmenter",
    "structuredClone(1);": "api.structuredClone",
    "document.body.replaceChildren();": "api.Element.replaceChildren",
    'document.addEventListener("scrollend", () => {});': "api.Document.scrollend_event",
    'document.addEventListener("a", () => {}, { signal: new AbortController().signal });': (
        "api.EventTarget.addEventListener.options_parameter.options_signal_parameter"
    ),
    "let a = null; a ??= 1;": "javascript: Unexpected token (1:17)",
    "window?.close();": "javascript: Unexpected token (1:7)",
    "class A { #a() {} }": "javascript: Unexpected character '#' (1:10)",
    'import "./a.js";': (
        "javascript: 'import' and 'export' may appear only with 'sourceType: module' (1:0)"
    ),
}
OLD_STYLES = """\
a { display: grid; grid-gap: 1rem; gap: 1rem; color: rgba(0, 0, 0, 0.5); clip: rect(0 0 0 0); }
b { columns: 2; column-gap: 1rem; -webkit-appearance: none; appearance: none; }
c:not(:focus)::before { width: calc(100vw - var(--a)); font-size: clamp(1rem, 2vw, 3rem); }
d { color: red; color: oklch(1 0.2 30); }
@supports (inset: 0) { e { display: flex; gap: 1rem; inset: 0; } }
@media (min-width: 40rem) and (prefers-color-scheme: dark) { f { break-inside: avoid; } }
"""
OLD_SCRIPTS = """\
Promise.allSettled([[1].flat(), Object.fromEntries([]), "a".trimStart()]);
document.body.append("a");
document.addEventListener("click", () => {}, { passive: true });
try { matchMedia("print").matches; } catch {}
"""


def lint(*files: Path) -> dict[str, Any]:
    node = shutil.which("node")
    assert node, "找不到 node：请运行 python3 .ci/test.py，它会装好测试所需的程序。"
    run = subprocess.run(
        [node, str(WEB / "floor.mjs"), *map(str, files)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_no_style_sheet_and_no_script_needs_a_browser_newer_than_chromium_80() -> None:
    files = [file for kind in ("*.css", "*.js") for file in ASSETS.glob(kind)]
    files += [file for kind in ("*.css", "*.js") for file in PREVIEW.glob(kind)]
    assert len(files) > 5
    answer = lint(*files)
    assert answer["found"] == []
    # What is used nowhere any more is taken off the list.
    listed = json.loads((WEB / "floor.json").read_text(encoding="utf-8"))
    assert answer["used"] == sorted(listed["progressive"])
    assert listed["chrome"] == 80


@pytest.mark.parametrize(
    ("ending", "newer", "old"),
    [(".css", NEWER_STYLES, OLD_STYLES), (".js", NEWER_SCRIPTS, OLD_SCRIPTS)],
    ids=["styles", "scripts"],
)
def test_what_is_newer_is_told_and_what_is_old_is_not(
    tmp_path: Path, ending: str, newer: dict[str, str], old: str
) -> None:
    examples = {f"{number:02}{ending}": text for number, text in enumerate([*newer, old])}
    for name, text in examples.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found: dict[str, set[str]] = {name: set() for name in examples}
    for each in lint(*(tmp_path / name for name in examples))["found"]:
        found[Path(each["file"]).name].add(each["feature"])
    assert list(found.values()) == [*({feature} for feature in newer.values()), set()]
