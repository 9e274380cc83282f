"""axe-core (the npm package in tests/web) finds nothing on any page, in light and in dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from archives import ROOT, published_files

pytestmark = pytest.mark.browser

AXE = ROOT / "tests" / "web" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_page(browser: Browser, site: Path, scheme: str) -> None:
    axe = AXE.read_text(encoding="utf-8")
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=True,  # axe itself is a script that the policy of the site would not let in
    )
    page = context.new_page()
    violations = []
    for name in sorted(n for n in published_files() if n.endswith(".html")):
        page.goto(f"{site.as_uri()}/{name}")
        page.evaluate(axe)
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", RULES
        )
        violations += [
            (name, violation["id"], violation["nodes"][0]["html"])
            for violation in found["violations"]
        ]
    assert violations == []
    context.close()
