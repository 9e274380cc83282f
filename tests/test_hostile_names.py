"""Names and addresses that lead elsewhere are refused, with the file and the line, and nothing is
written outside of the site."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archives import BASE, Sources, files_of, read, write
from bulletin_site.__main__ import main
from bulletin_site.build import build
from bulletin_site.content.markdown import parse
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages import prose
from bulletin_site.problems import errors
from hostile_archive import links
from hostile_links import TARGETS

ARCHIVE, FIRST = "issues/archive.yaml", "issues/2014-05-1/01.md"
ELSEWHERE = (
    *("../x.html", "../../etc/x.html", "a/../x.html", "./x.html", "a//x.html", "..\\x.html"),
    *("/etc/x.html", "//evil.invalid/x.html", "\\\\evil\\s\\x.html", "C:/x.html", "C:\\x.html"),
    *("..%2fx.html", "%2e%2e/x.html", "file:///x.html", "javascript:x.html", "~/x.html"),
    *("CON.html", "con.html", "a/nul.html", "aux.b.html", "COM1.html", "lpt9/x.html"),
    *("x.html.", "x. html", "a b.html", "a/.html", ".git/x.html", "a:b.html", "a.html::$DATA"),
    *("x.html?y", "x.html#y", "é.html", "ｘ.html", "CONIN$.html", "COM¹.html", "x" * 250 + ".html"),
    *("x\0.html", "x\u202e.html", "x\r\nSet-Cookie: a.html", "<script>.html", '".html'),
)  # fmt: skip
TAKEN = (
    "index.html",
    "INDEX.html",
    "404.HTML",
    "Issues/2014-05-1/01.html",
    "issues/2014-05-1/01.HTML",
)
"""Addresses that are those of pages, on some systems or on all."""

FIELDS = {
    "aliases": lambda address: with_line(FIRST, "page: 2", f"aliases: [{quoted(address)}]"),
    "moved from": lambda address: with_end(
        f"moved:\n  - {{from: {quoted(address)}, to: index.html}}"
    ),
    "moved to": lambda address: with_end(f"moved:\n  - {{from: a.html, to: {quoted(address)}}}"),
    "withdrawn": lambda address: with_end(
        f"withdrawn:\n  - address: {quoted(address)}\n    date: 2026-01-02\n    text: 撤回。"
    ),
}


def quoted(text: str) -> str:
    return json.dumps(text)


def with_line(path: str, line: str, more: str) -> Sources:
    return {**BASE, path: BASE[path].replace(line, f"{line}\n{more}")}


def with_end(more: str) -> Sources:
    return {**BASE, ARCHIVE: f"{BASE[ARCHIVE]}{more}\n"}


@pytest.mark.parametrize("field", FIELDS)
def test_no_address_leads_out_of_the_site_or_to_where_a_page_is(field: str, tmp_path: Path) -> None:
    root = write(tmp_path, BASE)
    for address in (*ELSEWHERE, *(TAKEN if field not in ("moved to", "withdrawn") else ())):
        files = FIELDS[field](address)
        changed = next(path for path in files if files[path] != BASE[path])
        (root / changed).write_bytes(files[changed].encode())
        built = build(read_inputs(root))
        found = errors(built.problems)
        assert built.files is None, address
        assert {problem.path for problem in found} == {changed}, address
        lines = files[changed].split("\n")
        assert all(lines[problem.line - 1] not in BASE[changed] for problem in found), found
        assert all(re.search("[一-鿿]", problem.message) for problem in found)


@pytest.mark.parametrize(
    "slug",
    [
        *(
            "../x",
            "..",
            "a/b",
            "a\\b",
            "C:",
            "%2e%2e",
            "CON",
            "con",
            "nul",
            "com1",
            "a.",
            "a b",
            "index",
        ),
        *("Big-Data", "x" * 100, "-a", "a--b", "数", "<b>", '"', "a\x00b"),
    ],
)
def test_no_slug_leads_elsewhere(slug: str) -> None:
    old = "slug: government-cloud"
    _, problems = read({**BASE, ARCHIVE: BASE[ARCHIVE].replace(old, f"slug: {quoted(slug)}")})
    assert {(one.path, one.line) for one in errors(problems)} == {(ARCHIVE, 5)}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.invalid",
        "ftp://x/",
        "http://",
        "file:///x",
        "http://x/?a",
        "http://x/#a",
        "http://x/ y",
        "http://x/\nAllow: /",
        'http://x/"><script>',
        "http://x/},note={y",
    ],
)
def test_the_address_of_the_site_is_one_of_the_web(url: str) -> None:
    _, problems = read({**BASE, ARCHIVE: f"base_url: {quoted(url)}\n{BASE[ARCHIVE]}"})
    assert {(one.path, one.line) for one in errors(problems)} == {(ARCHIVE, 1)}


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_that_is_none_is_refused_at_its_line_and_stays_text(target: str) -> None:
    for line in links([target]):
        _, problems = read({**BASE, FIRST: f"{BASE[FIRST]}\n{line}\n"})
        away = "../" in target and target.endswith(".html") and "%" not in target
        at = BASE[FIRST].count("\n") + 2
        # That a page is not there is known when all pages are.
        assert ("bad-link", at) in {(one.code, one.line) for one in problems} or away, line
        assert away or "<a" not in str(prose.html(parse(line), None)), line


YAML = {
    "a tag of Python": "title: !!python/object/apply:os.system ['touch x']",
    "a tag of Python on a list": "topics: !!python/tuple [政务云]",
    "an anchor": "topics: &a [政务云]",
    "an alias": "topics: [&a 政务云, *a]",
    "a merge key": "<<: {title: 甲}",
    "a mapping as a key": "? {a: b}\n: c",
    "a directive": "%YAML 1.1",
    "a file included": "source: !include /etc/passwd",
}


@pytest.mark.parametrize("name", YAML)
def test_front_matter_makes_no_objects_and_loses_nothing(name: str, tmp_path: Path) -> None:
    files = {**BASE, FIRST: BASE[FIRST].replace("source: 文汇报", YAML[name])}
    found, problems = read(files)
    line = BASE[FIRST].split("\n").index("source: 文汇报") + 1
    said = {one.line for one in problems if one.path == FIRST}
    article = next((one for one in found.articles if one.path == FIRST), None)
    shown = article and (article.title, article.source)
    # Taken as the words that they are, or refused at their line.
    assert said & {line, line + 1} or YAML[name].partition(": ")[2] in (shown or ()), (said, shown)
    assert not list(tmp_path.iterdir())


def to_file(root: Path, place: str) -> None:
    (root / place).unlink(missing_ok=True)
    (root / place).symlink_to(root.parent / "elsewhere" / "file")


def to_folder(root: Path, place: str) -> None:
    if (root / place).exists():
        shutil.rmtree(root / place)
    (root / place).symlink_to(root.parent / "elsewhere", target_is_directory=True)


@pytest.mark.parametrize(
    ("link", "place", "command", "written"),
    [
        (to_folder, "site", ["build"], False),
        (to_folder, "site/topics", ["build"], False),
        (to_file, "site/index.html", ["build"], True),
        (to_file, "site/more.html", ["build"], False),
        (to_file, "issues/2014-05-1/04.md", ["build"], False),
        (to_folder, "issues/2014-06-1", ["build"], False),
        (to_folder, "issues/2014-06-1", ["new", "2014-06-1"], False),
        (to_file, "issues/2014-05-1/2014-05-1.pdf", ["pdf", "2014-05-1"], False),
        (to_file, "issues/2014-05-1/pdf.yaml", ["freeze", "2014-05-1"], False),
        (to_file, "汇编.zip", ["pack", "汇编.zip"], False),
        (to_file, "汇编.epub", ["epub", "汇编.epub"], False),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_nothing_is_written_through_a_link(
    link: Callable[[Path, str], None],
    place: str,
    command: list[str],
    written: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = write(tmp_path / "a", BASE)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text("别人的", "utf-8")
    before = files_of(tmp_path / "elsewhere")
    assert main(["build", "--root", str(root)]) == 0
    link(root, place)
    monkeypatch.chdir(root)
    assert main([command[0], "--root", str(root), *command[1:]]) == (0 if written else 1)
    assert files_of(tmp_path / "elsewhere") == before


NAMES = (
    "../../x",
    "..\\x",
    "/x",
    "2014-05-1/../../x",
    "2014-07-1\n",
    "CON",
    "2014-07-1.",
    "２０１４-07-1",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("command", ["new", "freeze", "pdf", "import"])
def test_no_command_takes_a_name_that_is_no_issue(
    tmp_path: Path, command: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = write(tmp_path / "a" / "b", {**BASE, "inbox/旧.txt": "电子政务信息汇编"})
    before = files_of(tmp_path)
    rest = [str(root / "inbox/旧.txt"), "--as", name] if command == "import" else [name]
    with pytest.raises(SystemExit) as ended:
        main([command, "--root", str(root), *rest])
    assert ended.value.code == 2
    assert "不是“年-月-序号”" in capsys.readouterr().err
    assert files_of(tmp_path) == before
