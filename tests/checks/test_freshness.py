"""The built site is what a build gives now."""

import pytest

from bulletin_site.batch import Files
from bulletin_site.checks import check_site
from bulletin_site.pages import urls
from bulletin_site.problems import Problem
from checks.planting import FOLDER, Site

HOME = "index.html"


def stale(site: Site, built: Files) -> list[Problem]:
    problems = check_site(site.archive, site.files, built, FOLDER)
    return [problem for problem in problems if problem.code.startswith("site-")]


def named(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in problems]


def test_without_any_file_the_site_is_missing(plain: Site) -> None:
    (problem,) = check_site(plain.archive, plain.files, {}, FOLDER)
    assert (problem.code, problem.path) == ("site-missing", FOLDER)
    assert (problem.message, problem.hint) == ("还没有生成网站", "请先运行 bulletin build。")


def test_a_changed_file_is_stale(plain: Site) -> None:
    built = {**plain.files, HOME: plain.files[HOME] + b"\n"}
    (problem,) = stale(plain, built)
    assert (problem.code, problem.path) == ("site-stale", "site/index.html")
    assert problem.message == "网站与 issues/、templates/ 不一致：内容已经过时"


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("<title>电子", "<title>电予", 7, 9),
        ("<!DOCTYPE", "\ufeff<!DOCTYPE", 1, 1),
        ("<title>", "<title>\n", 7, 8),
    ],
)
def test_a_stale_text_has_the_place_where_it_parts(
    plain: Site, old: str, new: str, line: int, column: int
) -> None:
    broken = plain.files[HOME].decode().replace(old, new, 1).encode()
    (problem,) = stale(plain, {**plain.files, HOME: broken})
    assert (problem.line, problem.column) == (line, column)


def test_a_stale_text_that_is_cut_off_parts_at_its_end(plain: Site) -> None:
    (problem,) = stale(plain, {**plain.files, HOME: b"<!DOCTYPE html>\n<html lang="})
    assert (problem.line, problem.column) == (2, 12)


def test_a_stale_file_that_is_no_text_has_no_line(plain: Site) -> None:
    book = urls.epub("2014-05-1")
    (problem,) = stale(plain, {**plain.files, book: plain.files[book] + b"a"})
    assert (problem.path, problem.line) == (f"site/{book}", 0)


def test_a_missing_file_is_stale(plain: Site) -> None:
    built = {name: content for name, content in plain.files.items() if name != HOME}
    (problem,) = stale(plain, built)
    assert (problem.code, problem.path) == ("site-stale", "site/index.html")
    assert problem.message == "网站与 issues/、templates/ 不一致：缺少这个文件"


def test_a_file_too_many_is_named(plain: Site) -> None:
    (problem,) = stale(plain, {**plain.files, "通知.docx": b""})
    assert (problem.code, problem.path) == ("site-extra", "site/通知.docx")
    assert problem.message == "网站里多出一个文件：通知.docx"


def test_the_list_of_checksums_is_checked_too(plain: Site) -> None:
    built = {**plain.files, "SHA256SUMS": b""}
    assert named(stale(plain, built)) == [("site-stale", "site/SHA256SUMS")]


def test_a_list_of_checksums_that_does_not_fit_its_files_is_found(plain: Site) -> None:
    wrong = {**plain.files, HOME: plain.files[HOME] + b"\n"}
    (problem,) = check_site(plain.archive, wrong, wrong, FOLDER)
    assert (problem.code, problem.path) == ("site-stale", "site/SHA256SUMS")
    assert problem.message.endswith("所记的 index.html 与文件不符")


def test_a_file_that_the_list_of_checksums_leaves_out_is_found(plain: Site) -> None:
    wrong = {**plain.files, "a.txt": b"a"}
    assert named(list(check_site(plain.archive, wrong, wrong, FOLDER))) == [
        ("site-stale", "site/SHA256SUMS")
    ]


def test_of_many_stale_files_the_first_are_named_and_the_rest_counted(plain: Site) -> None:
    built = {name: content + b"\n" for name, content in plain.files.items()}
    problems = [problem for problem in stale(plain, built) if problem.code == "site-stale"]
    assert len(problems) == 11
    (summary,) = [problem for problem in problems if problem.path == FOLDER]
    assert summary.message.startswith(f"另有 {len(built) - 10} 个文件也是这样")


def test_of_many_files_too_many_the_first_are_named_and_the_rest_counted(plain: Site) -> None:
    extra = {f"{number}.txt": b"" for number in range(30)}
    problems = stale(plain, {**plain.files, **extra})
    assert [problem.code for problem in problems] == ["site-extra"] * 11
    assert problems[0].message == "另外还多出 20 个文件"
