"""The README stays true where it can be held against the program."""

from __future__ import annotations

import os
import re

from archives import ROOT
from bulletin_site.problems import RULES, Severity

README = ROOT / "README.md"
TABLE = re.compile(r"(?<=<!-- problems -->\n).*(?=<!-- /problems -->)", re.DOTALL)


def problem_table() -> str:
    rows = ["| code | 说明 | in English |", "|---|---|---|"]
    for code, rule in RULES.items():
        warning = "（提醒）" if rule.severity is Severity.WARNING else ""
        rows.append(f"| `{code}` | {warning}{rule.summary} | {rule.english} |")
    return "\n".join(rows) + "\n"


def test_the_table_of_problems_is_that_of_the_program() -> None:
    text = README.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_EXPECTED"):
        text = TABLE.sub(lambda _: problem_table(), text)
        README.write_text(text, encoding="utf-8", newline="\n")
    written = TABLE.search(text)
    assert written is not None
    assert written[0] == problem_table()


def test_every_module_has_its_line_in_the_table_of_modules() -> None:
    text = README.read_text(encoding="utf-8")
    table = text[text.index("| where | what |") : text.index("### What outsiders rely on")]
    modules = [
        path
        for path in (ROOT / "src" / "bulletin_site").rglob("*.py")
        if path.name not in ("__init__.py", "__main__.py", "build.py")
        and path.parent.name != "checks"
    ]
    assert [path.name for path in modules if path.name not in table] == []
