"""A year or all issues in one EPUB: a file that somebody hands on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from archives import BASE, TWO_ISSUES, Sources, write
from bulletin_site.binding import Bound, bind
from bulletin_site.inputs import Inputs, read
from bulletin_site.problems import Problem
from bulletin_site.publish import Published, publish
from full_disk import full_disk

TWO_YEARS: Sources = {
    **BASE,
    **{
        path.replace("2014-05-1", "2015-01-1"): text.replace("2014-05-09", "2015-01-09")
        for path, text in BASE.items()
        if path.startswith("issues/2014-05-1/")
    },
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    return read(write(tmp_path_factory.mktemp("archive"), TWO_YEARS))


def bound(inputs: Inputs, file: Path, year: int | None = None) -> Bound:
    result = bind(inputs, file, year=year)
    assert isinstance(result, Bound), result
    return result


def refused(inputs: Inputs, file: Path, year: int | None = None) -> Problem:
    result = bind(inputs, file, year=year)
    assert isinstance(result, tuple)
    (problem,) = result
    return problem


def inside(file: Path) -> Mapping[str, str]:
    with ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


# What is in it.


def test_all_issues_are_in_it_one_after_the_other(inputs: Inputs, tmp_path: Path) -> None:
    file = tmp_path / "a.epub"
    result = bound(inputs, file)
    assert (result.title, result.issues, result.articles) == ("电子政务信息汇编", 2, 6)
    assert result.size == file.stat().st_size
    files = inside(file)
    assert [name.removeprefix("EPUB/") for name in files if name.endswith(".xhtml")] == [
        *("nav.xhtml", "index.xhtml"),
        *(
            "2014-05-1/index.xhtml",
            "2014-05-1/01.xhtml",
            "2014-05-1/02.xhtml",
            "2014-05-1/03.xhtml",
        ),
        *(
            "2015-01-1/index.xhtml",
            "2015-01-1/01.xhtml",
            "2015-01-1/02.xhtml",
            "2015-01-1/03.xhtml",
        ),
    ]
    assert "2014年五月第一期至2015年一月第一期，共 2 期 6 篇。" in files["EPUB/index.xhtml"]


def test_its_contents_have_issues_and_below_them_articles(inputs: Inputs, tmp_path: Path) -> None:
    bound(inputs, tmp_path / "a.epub")
    nav = inside(tmp_path / "a.epub")["EPUB/nav.xhtml"]
    toc = nav[nav.index("<ol>") : nav.index("</nav>")]
    assert re.findall(r"<ol>|</ol>|(?<=>)[^<\n]+(?=</a>)", toc) == [
        *("<ol>", "封面、各期"),
        *("2014年五月第一期", "<ol>", "1、某省云计算规划出台", "2、某市开通大数据平台"),
        *("3、某市会议无纸化", "</ol>"),
        *("2015年一月第一期", "<ol>", "1、某省云计算规划出台", "2、某市开通大数据平台"),
        *("3、某市会议无纸化", "</ol>", "</ol>"),
    ]
    assert '<a href="2015-01-1/01.xhtml#p3">2015-01-1 第3页</a>' in nav


def test_a_year_has_its_own_issues_and_its_own_name(inputs: Inputs, tmp_path: Path) -> None:
    result = bound(inputs, tmp_path / "a.epub", year=2015)
    assert (result.title, result.issues) == ("电子政务信息汇编 2015年", 1)
    files = inside(tmp_path / "a.epub")
    assert not any("2014" in name for name in files)
    package = files["EPUB/package.opf"]
    assert "<dc:title>电子政务信息汇编 2015年</dc:title>" in package
    assert '<meta refines="#series" property="group-position">2015</meta>' in package


def test_books_of_one_bulletin_have_different_ids(inputs: Inputs, tmp_path: Path) -> None:
    ids = set()
    for year in (None, 2014, 2015):
        bound(inputs, tmp_path / "a.epub", year=year)
        package = inside(tmp_path / "a.epub")["EPUB/package.opf"]
        ids |= set(re.findall(r"urn:uuid:[0-9a-f-]+", package))
    assert len(ids) == 3


def test_articles_are_those_of_the_issues_own_book(inputs: Inputs, tmp_path: Path) -> None:
    """One maker: only what pages are called differs."""
    root = write(tmp_path / "archive", TWO_YEARS)
    assert isinstance(publish(root, root / "site"), Published)
    own = inside(root / "site/issues/2014-05-1/2014-05-1.epub")
    bound(inputs, tmp_path / "a.epub")
    together = inside(tmp_path / "a.epub")
    for name in own:
        if name.startswith("EPUB/2014-05-1/"):
            assert together[name].replace('="2014-05-1 第', '="第') == own[name]


def test_the_type_is_found_at_its_place_and_the_same_issues_give_the_same_bytes(
    inputs: Inputs, tmp_path: Path
) -> None:
    bound(inputs, tmp_path / "a.epub")
    bound(inputs, tmp_path / "b.epub")
    content = (tmp_path / "a.epub").read_bytes()
    assert content == (tmp_path / "b.epub").read_bytes()
    assert content[30:58] == b"mimetypeapplication/epub+zip"
    with ZipFile(tmp_path / "a.epub") as archive:
        stored = [one.filename for one in archive.infolist() if one.compress_type == ZIP_STORED]
    assert stored == ["mimetype"]


# Where it is put.


def test_an_older_book_is_replaced_and_folders_are_made(inputs: Inputs, tmp_path: Path) -> None:
    file = tmp_path / "x/y/a.epub"
    whole = bound(inputs, file)
    assert bound(inputs, file, year=2014).size < whole.size
    assert [path.name for path in file.parent.iterdir()] == ["a.epub"]


@pytest.mark.parametrize("content", [b"", "我的小说".encode(), b"PK\x05\x06" + bytes(18)])
def test_another_file_is_not_replaced(inputs: Inputs, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.epub"
    file.write_bytes(content)
    problem = refused(inputs, file)
    assert problem.code == "output-refused"
    assert problem.message == "这里已经有一个文件，不是本程序做的电子书"
    assert file.read_bytes() == content


def test_a_folder_in_its_place_is_refused(inputs: Inputs, tmp_path: Path) -> None:
    (tmp_path / "a.epub").mkdir()
    assert refused(inputs, tmp_path / "a.epub").message == "这是一个文件夹，不能写成电子书"


def test_no_book_is_put_into_a_site(inputs: Inputs, tmp_path: Path) -> None:
    root = write(tmp_path, BASE)
    publish(root, root / "site")
    problem = refused(inputs, root / "site/issues/a.epub")
    assert (problem.code, problem.message) == ("output-refused", "电子书不能放在网站的文件夹里")


@pytest.mark.parametrize("limit", [0, 1000])
def test_a_full_disk_leaves_the_older_book_whole_and_nothing_else(
    inputs: Inputs, tmp_path: Path, limit: int
) -> None:
    file = tmp_path / "a.epub"
    bound(inputs, file)
    before = file.read_bytes()
    with full_disk(limit):
        problem = refused(inputs, file)
    assert problem.code == "output-failed"
    assert "电子书没有写成" in problem.message
    assert [path.name for path in tmp_path.iterdir()] == ["a.epub"]
    assert file.read_bytes() == before


# What stands in its way.


def test_a_year_without_issues_names_those_that_have_some(inputs: Inputs, tmp_path: Path) -> None:
    problem = refused(inputs, tmp_path / "a.epub", year=2013)
    assert (problem.code, problem.message) == ("empty-archive", "issues/ 里没有 2013 年的各期")
    assert problem.hint.startswith("有这些年的：2014、2015。")
    assert list(tmp_path.iterdir()) == []


def test_mistakes_of_editors_stop_it_and_doubts_do_not(tmp_path: Path) -> None:
    article = "issues/2014-05-1/03.md"
    doubtful = {**BASE, article: BASE[article] + "\n他说“好。\n"}
    result = bound(read(write(tmp_path / "doubtful", doubtful)), tmp_path / "a.epub")
    assert [problem.code for problem in result.problems] == ["unbalanced-quote"]
    wrong = {**BASE, article: BASE[article].replace("page: 4", "page: 九")}
    problem = refused(read(write(tmp_path / "wrong", wrong)), tmp_path / "b.epub")
    assert (problem.path, problem.code) == (article, "bad-page")


def test_a_damaged_template_is_named(tmp_path: Path) -> None:
    root = write(tmp_path, TWO_ISSUES)
    template = root / "templates/epub/issue.xhtml"
    template.write_text("{% if %}", encoding="utf-8")
    problem = refused(read(root), tmp_path / "a.epub")
    assert (problem.code, problem.path) == ("template", "templates/epub/issue.xhtml")
    assert not (tmp_path / "a.epub").exists()
