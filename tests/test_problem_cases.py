"""One smallest wrong archive for each rule about the editor's files, with the exact words of what
the editor is told.

A folder `cases/<code>/`, or `cases/<code>+<variant>/`, is laid over the correct archive
`archives.BASE`: its files take the place of the files there, and `NAME.delete` takes NAME away;
`site/SHA256SUMS` says what was published before. The whole report stands in `expected.txt`;
`UPDATE_EXPECTED=1` writes it anew.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
import yaml

from archives import BASE, ROOT, write
from bulletin_site.build import build
from bulletin_site.content import yaml_nodes
from bulletin_site.inputs import read as read_inputs
from bulletin_site.output import published
from bulletin_site.problems import RULES
from bulletin_site.report import report

CASES = Path(__file__).parent / "cases"
SOURCES = ROOT / "src/bulletin_site"
FOLDERS = sorted(folder.name for folder in CASES.iterdir())

_REPORTING = re.compile(r"from bulletin_site\.(problems|content\.fields) import")
CODE_OF_THE_RULES = [*SOURCES.glob("content/*.py"), *SOURCES.glob("pages/*.py")]
"""What judges the editor's files; the rules about the built site have their tests in checks/."""

TESTED_ELSEWHERE = {
    # What a preview says instead of `page-auto`: content/test_numbering.py
    "page-draft",
    # Found when the file is copied: pages/test_pdf_copies.py
    "pdf-changed",
    # The file system's own words are part of the message: content/test_source.py
    "unreadable-file",
    # Not every system can store them in a repository: content/test_source.py
    "symlink",
    "file-size",
    # A fault of templates/, not of issues/: test_cli.py
    "template",
}


def named_in(files: list[Path]) -> set[str]:
    """The codes of problems that these modules report."""
    texts = (file.read_text("utf-8") for file in files)
    text = "".join(text for text in texts if _REPORTING.search(text))
    return {code for code in RULES if f'"{code}"' in text}


def overlaid(root: Path, case: Path) -> Path:
    write(root, BASE)
    for file in sorted(case.rglob("*")):
        place = root / file.relative_to(case)
        if file.is_dir() or file.name == "expected.txt":
            continue
        if file.suffix == ".delete":
            removed = place.with_suffix("")
            if removed.is_dir():
                shutil.rmtree(removed)
            else:
                removed.unlink()
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
    return root


@pytest.mark.parametrize("name", FOLDERS)
def test_a_wrong_archive_is_reported_word_for_word(name: str, tmp_path: Path) -> None:
    root = overlaid(tmp_path, CASES / name)
    result = build(read_inputs(root), published=published(root / "site"))
    expected = CASES / name / "expected.txt"
    found = report(result.problems, "text")
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_bytes(found.encode())
    assert found == expected.read_bytes().decode()
    code = name.partition("+")[0]
    assert code in [problem.code for problem in result.problems]


@pytest.mark.parametrize("name", [name for name in FOLDERS if name.startswith("yaml-")])
def test_where_pyyaml_has_no_libyaml_the_report_is_the_same(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yaml_nodes, "_Loader", yaml.BaseLoader)
    found = report(build(read_inputs(overlaid(tmp_path, CASES / name))).problems, "text")
    assert found == (CASES / name / "expected.txt").read_bytes().decode()


def test_every_rule_about_the_editors_files_has_a_case() -> None:
    cases = {name.partition("+")[0] for name in FOLDERS}
    assert cases == named_in(CODE_OF_THE_RULES) - TESTED_ELSEWHERE


def test_every_rule_is_reported_by_some_module() -> None:
    modules = [file for file in SOURCES.rglob("*.py") if file.name != "problems.py"]
    assert named_in(modules) == RULES.keys()


def test_the_archive_under_the_cases_is_correct(tmp_path: Path) -> None:
    result = build(read_inputs(write(tmp_path, BASE)))
    assert result.problems == ()
    assert result.files
