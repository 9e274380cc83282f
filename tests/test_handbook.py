"""The help says what the program does: its consoles, its examples, every problem code.

`UPDATE_EXPECTED=1` writes anew what the program says, in the editors' handbook.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from archives import (
    AUTO,
    BASE,
    BASE_PAGES,
    PDF,
    TWO_ISSUES,
    archive,
    laid_out,
    published_files,
    write,
)
from bulletin_site.alone import alone
from bulletin_site.build import build
from bulletin_site.content.folder import symbolic_link, unreadable_file
from bulletin_site.inputs import read as read_inputs
from bulletin_site.output import published
from bulletin_site.pages.handbook import TITLES
from bulletin_site.problems import RULES, Problem, Severity
from bulletin_site.report import report
from handbook import CODES, EDITORS, HELP, PICTURES, READERS, blocks, said, sample, shown
from test_problem_cases import CASES, FOLDERS, overlaid

PICTURE_BYTES, ALL_BYTES = 60_000, 400_000
ON_FILES = re.compile(r"issues/[^\n]+\n")
UNMENDED = {
    # A folder that is not there, or nothing in it: no line to change.
    *("missing-folder", "missing-file", "empty-issue", "empty-archive", "encoding"),
    # What the system, another program or another file stands in the way of.
    *("unreadable-file", "symlink", "file-size", "import-file", "template"),
    *("output-refused", "output-failed", "output-busy"),
    # What a command makes anew.
    *("page-auto", "page-draft", "pdf-stale", "pdf-changed"),
    # What is not installed, or cannot be seen in the text alone.
    *("pdf-tool", "pdf-layout", "pdf-glyph"),
}
"""Codes whose example is not mended by other lines."""


def sections() -> dict[str, str]:
    """The section of each code that has one, in their order."""
    parts = re.split(r"^##+ ", CODES.read_text("utf-8"), flags=re.MULTILINE)
    return {
        found[1]: part for part in parts if (found := re.match(r"`([a-z]+(?:-[a-z]+)*)` ", part))
    }


def lines_of_tables() -> list[str]:
    return re.findall(r"^\| `([a-z-]+)` \| [^|]+ \|$", CODES.read_text("utf-8"), re.MULTILINE)


SECTIONS = sections()
EXAMPLES = sorted(SECTIONS.keys() - UNMENDED)


# What the program says


def test_what_the_editors_handbook_shows_of_commands_is_what_they_say(tmp_path: Path) -> None:
    text = EDITORS.read_text("utf-8")
    now = shown(text, sample(tmp_path / "汇编"))
    if os.environ.get("UPDATE_EXPECTED"):
        EDITORS.write_text(now, encoding="utf-8", newline="\n")
        text = now
    assert len(blocks(text, "console", "doubt")) == 3
    assert text == now


def test_the_article_that_the_handbook_shows_is_right() -> None:
    (example,) = blocks(EDITORS.read_text("utf-8"), "article")
    other = BASE["issues/2014-05-1/02.md"].replace("page: 3", "page: 4")
    held = archive({**BASE, "issues/2014-05-1/01.md": example, "issues/2014-05-1/02.md": other})
    assert (held.articles[0].pages.first, held.articles[0].pages.last) == (2, 3)


def test_the_correction_and_the_moves_that_the_handbook_shows_are_right(tmp_path: Path) -> None:
    correction, moves = blocks(EDITORS.read_text("utf-8"), "yaml")
    assert correction in TWO_ISSUES["issues/2014-06-2/01.md"]
    files = {**TWO_ISSUES, "issues/archive.yaml": BASE["issues/archive.yaml"] + moves}
    result = build(read_inputs(write(tmp_path, files)))
    assert result.problems == ()
    assert result.files
    assert "issues/2014-05-3/01.html" in result.files


# The codes


def test_every_problem_code_has_its_section_or_its_line_and_no_other_has() -> None:
    assert [*SECTIONS, *lines_of_tables()] == list(RULES)


@pytest.mark.parametrize("code", SECTIONS)
def test_a_section_is_headed_by_what_the_rule_says(code: str) -> None:
    rule = RULES[code]
    warning = "（提醒）" if rule.severity is Severity.WARNING else ""
    assert SECTIONS[code].split("\n", 1)[0] == f"`{code}` {warning}{rule.summary}"


def refused(folder: Path) -> str:
    write(folder, BASE)
    said(folder, "build")
    (folder / "site" / "我的.docx").write_bytes(b"")
    return said(folder, "build")


def failed(folder: Path) -> str:
    write(folder, BASE)
    (folder / "site").write_bytes(b"")
    return said(folder, "build", "--out", "site/site").replace("site/site", "site")


def busy(folder: Path) -> str:
    write(folder, BASE)
    with alone(folder, folder / "site"):
        return said(folder, "build")


def without_a_template(folder: Path) -> str:
    write(folder, BASE)
    (folder / "templates" / "corrections.html").unlink()
    return said(folder, "build")


def no_word_file(folder: Path) -> str:
    write(folder, BASE)
    (folder / "五月第一期.docx").write_text("不是 Word 文件。", encoding="utf-8")
    return said(folder, "import", "五月第一期.docx")


def unreadable(_folder: Path) -> str:
    problem: Problem = unreadable_file(
        "issues/2014-05-1/02.md", "文件读不出来", PermissionError(13, "")
    )
    return report([problem], "text")


def linked(_folder: Path) -> str:
    return report([symbolic_link("issues/2014-05-1/02.md")], "text")


def huge(folder: Path) -> str:
    write(folder, BASE)
    with (folder / "issues/2014-05-1/02.md").open("ab") as file:
        file.truncate(50_000_000)
    return said(folder, "build")


def unnumbered_in_a_preview(folder: Path) -> str:
    return report(build(read_inputs(write(folder, AUTO)), draft=True).problems, "text")


def touched_pdf(folder: Path) -> str:
    name = "issues/2014-05-1/2014-05-1.pdf"
    record = laid_out(BASE, auto=False, pages=BASE_PAGES)
    write(folder, {**BASE, **record, name: PDF[::-1]})
    return said(folder, "build")


def without_weasyprint(folder: Path) -> str:
    write(folder, BASE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "weasyprint", None)
        return said(folder, "pdf")


def overfull_page(folder: Path) -> str:
    name = "issues/2014-05-1/02.md"
    write(folder, {**BASE, name: BASE[name] + "平台已汇集数据。" * 300})
    return said(folder, "pdf")


def unknown_character(folder: Path) -> str:
    name = "issues/2014-05-1/03.md"
    write(folder, {**BASE, name: BASE[name].replace("会议不", "\ue000会议不")})
    return said(folder, "pdf")


PROVOKED: dict[str, Callable[[Path], str]] = {
    "unreadable-file": unreadable,
    "symlink": linked,
    "file-size": huge,
    "import-file": no_word_file,
    "template": without_a_template,
    "page-draft": unnumbered_in_a_preview,
    "pdf-changed": touched_pdf,
    "pdf-tool": without_weasyprint,
    "pdf-layout": overfull_page,
    "pdf-glyph": unknown_character,
    "output-refused": refused,
    "output-failed": failed,
    "output-busy": busy,
}
"""What no case shows, brought about."""


@pytest.mark.parametrize("code", SECTIONS)
def test_the_message_that_a_section_shows_is_what_the_program_says(
    code: str, tmp_path: Path
) -> None:
    message, *_ = blocks(SECTIONS[code], "message")
    if code in PROVOKED:
        expected = [PROVOKED[code](tmp_path)]
    else:
        cases = [name for name in FOLDERS if name.partition("+")[0] == code]
        expected = [(CASES / name / "expected.txt").read_text("utf-8") for name in cases]
    if code == "output-failed":  # the reason is the system's
        message, *expected = (re.sub("（.*?）", "", text) for text in (message, *expected))
    assert f": {code}：" in message
    assert any(message in text for text in expected)


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_mending_that_a_section_shows_mends_it(code: str, tmp_path: Path) -> None:
    (wrong,) = blocks(SECTIONS[code], "wrong")
    right = "".join(blocks(SECTIONS[code], "right"))
    root = overlaid(tmp_path, CASES / code)
    before = codes(root)
    mend(root, wrong, right)
    after = codes(root)
    assert after[code] < before[code]
    assert after.keys() <= before.keys()


def codes(root: Path) -> Counter[str]:
    problems = build(read_inputs(root), published=published(root / "site")).problems
    return Counter(problem.code for problem in problems)


def mend(root: Path, wrong: str, right: str) -> None:
    """Put the right lines in the place of the wrong ones, or give a file another name."""
    if ON_FILES.fullmatch(wrong):
        (root / wrong.strip()).rename(root / right.strip())
        return
    texts = {file: file.read_text("utf-8") for file in root.glob("issues/**/*.*")}
    holding = [file for file, text in texts.items() if wrong in text]
    assert holding, "no file has these lines"
    file = holding[-1]
    file.write_text(texts[file].replace(wrong, right, 1), encoding="utf-8")


# The texts as they lie in the repository, and their pages


@pytest.mark.parametrize("file", [READERS, EDITORS, CODES], ids=lambda file: file.name)
def test_the_links_and_pictures_of_a_text_lead_to_something_where_it_lies(file: Path) -> None:
    # What stands in examples and messages is no link.
    text = re.sub(r"(?ms)^```.*?^```$", "", file.read_text("utf-8"))
    targets = re.findall(r"\]\(([^) ]+)", text)
    assert [target for target in targets if not (HELP / target).is_file()] == []


def test_every_text_is_headed_by_the_title_of_its_page() -> None:
    headed = [file.read_text("utf-8").split("\n", 1)[0] for file in (READERS, EDITORS, CODES)]
    assert headed == [f"# {title}" for title in TITLES.values()]


def test_the_pictures_are_shown_and_small() -> None:
    texts = "".join(file.read_text("utf-8") for file in HELP.glob("*.md"))
    named = set(re.findall(r"\.\./assets/help/([a-z-]+\.png)", texts))
    sizes = {file.name: file.stat().st_size for file in PICTURES.iterdir()}
    assert sizes.keys() == named
    assert {name: size for name, size in sizes.items() if size > PICTURE_BYTES} == {}
    pages = [published_files()[address] for address in TITLES]
    assert sum(sizes.values()) + sum(map(len, pages)) < ALL_BYTES


def test_every_picture_has_words_and_a_size() -> None:
    for address in TITLES:
        for picture in re.findall(r"<img [^>]*>", published_files()[address].decode()):
            assert re.fullmatch(
                r'<img src="\.\./assets/help/[a-z-]+\.png" alt="[^"]{10,}" width="[1-9]\d*" height="[1-9]\d*">',
                picture,
            )
