"""A packed site: one file that somebody else unpacks and reads."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from archives import BASE, files_of, only, project_templates, write
from bulletin_site.pack import Packed, pack
from bulletin_site.pages.templates import Templates
from bulletin_site.problems import Problem
from bulletin_site.publish import Published, publish
from full_disk import full_disk

TEMPLATES = project_templates()


def published(root: Path, site: Path) -> Path:
    assert isinstance(publish(root, site), Published)
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("archive"), BASE)
    return published(root, root / "site")


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A site of one's own, to be harmed."""
    return shutil.copytree(built, tmp_path / "site")


def packed(site: Path, file: Path) -> Packed:
    result = pack(site, file, TEMPLATES)
    assert isinstance(result, Packed), result
    return result


def refused(site: Path, file: Path, templates: Templates = TEMPLATES) -> Problem:
    result = pack(site, file, templates)
    assert isinstance(result, Problem)
    return result


# What is in it.


def test_a_packed_site_is_one_page_and_beside_it_the_folder_of_the_site(
    built: Path, tmp_path: Path
) -> None:
    result = packed(built, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "a")
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["index.html", "site"]
    assert files_of(tmp_path / "a/site") == files_of(built)
    assert result.files == len(files_of(tmp_path / "a"))
    assert result.size == (tmp_path / "a.zip").stat().st_size


def test_its_names_are_what_every_windows_can_read(built: Path, tmp_path: Path) -> None:
    packed(built, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as archive:
        infos = archive.infolist()
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    for info in infos:
        assert info.filename.isascii()
        assert not info.flag_bits & 0x800  # the mark of names that are not ASCII
        assert "\\" not in info.filename
        assert not {"", ".", ".."} & set(info.filename.split("/"))
        assert info.compress_type == ZIP_DEFLATED


def test_the_page_at_the_top_is_called_as_the_home_page_is(built: Path, tmp_path: Path) -> None:
    packed(built, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as archive:
        html = archive.read("index.html").decode()
    assert only(html, "title").text() == only(html, "h1").text() == "电子政务信息汇编"
    assert "1 期、3 篇文章" in only(html, ".lead").text()
    assert only(html, "a").attributes["href"] == "site/index.html"


def test_the_same_site_gives_the_same_bytes_on_any_day(built: Path, tmp_path: Path) -> None:
    packed(built, tmp_path / "a.zip")
    later = shutil.copytree(built, tmp_path / "later")
    for file in later.rglob("*"):
        os.utime(file, (2_000_000_000, 2_000_000_000))
        file.chmod(0o755)
    packed(later, tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_files_that_no_build_made_stay_out(site: Path, tmp_path: Path) -> None:
    before = packed(site, tmp_path / "a.zip")
    (site / "Thumbs.db").write_bytes(b"x")
    (site / "issues/通知.docx").write_bytes(b"x")
    assert packed(site, tmp_path / "b.zip") == before
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_an_older_pack_is_replaced(site: Path, tmp_path: Path) -> None:
    packed(site, tmp_path / "a.zip")
    published(
        write(tmp_path / "new", {**BASE, "issues/2014-05-1/04.md": BASE["issues/2014-05-1/03.md"]}),
        site,
    )
    packed(site, tmp_path / "a.zip")
    with ZipFile(tmp_path / "a.zip") as archive:
        assert "site/issues/2014-05-1/04.html" in archive.namelist()
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_folders_on_the_way_to_it_are_made(built: Path, tmp_path: Path) -> None:
    packed(built, tmp_path / "交付/2014/a.zip")
    assert [path.name for path in (tmp_path / "交付/2014").iterdir()] == ["a.zip"]


# What is refused.


def test_without_a_built_site_there_is_nothing_to_pack(tmp_path: Path) -> None:
    problem = refused(tmp_path / "site", tmp_path / "a.zip")
    assert (problem.code, problem.path) == ("site-missing", str(tmp_path / "site"))
    assert problem.message == "这里没有生成好的网站"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["issues/2014-05-1/02.html", "assets/launcher.css", "index.html"])
def test_a_site_in_which_a_file_is_missing_is_not_packed(
    name: str, site: Path, tmp_path: Path
) -> None:
    (site / name).unlink()
    problem = refused(site, tmp_path / "a.zip")
    assert (problem.code, problem.message) == ("site-stale", f"网站不完整：缺少 {name}")
    assert not (tmp_path / "a.zip").exists()


def test_a_site_that_somebody_edited_is_not_packed(site: Path, tmp_path: Path) -> None:
    (site / "issues/2014-05-1/02.html").write_bytes(b"x")
    problem = refused(site, tmp_path / "a.zip")
    assert problem.code == "site-stale"
    assert problem.message == "网站不完整：issues/2014-05-1/02.html 改动过"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["../secret.txt", "{folder}/secret.txt"])
def test_a_list_of_checksums_brings_in_no_file_from_elsewhere(
    name: str, site: Path, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_bytes(b"x")
    with (site / "SHA256SUMS").open("a") as sums:
        sums.write(f"{hashlib.sha256(b'x').hexdigest()}  {name.format(folder=tmp_path)}\n")
    assert refused(site, tmp_path / "a.zip").code == "site-stale"
    assert not (tmp_path / "a.zip").exists()


def test_a_folder_in_the_place_of_the_zip_is_refused(built: Path, tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    problem = refused(built, tmp_path / "a.zip")
    assert (problem.code, problem.message) == ("output-refused", "这是一个文件夹，不能写成压缩包")


@pytest.mark.parametrize("kind", ["text", "zip of others"])
def test_a_file_of_somebody_else_is_not_overwritten(kind: str, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "资料.zip"
    if kind == "text":
        file.write_bytes(b"not a zip")
    else:
        with ZipFile(file, "w") as archive:
            archive.writestr("index.html", "x")
    before = file.read_bytes()
    problem = refused(built, file)
    assert problem.code == "output-refused"
    assert problem.message == "这里已经有一个文件，不是本程序打的包"
    assert file.read_bytes() == before


def test_a_zip_is_not_put_into_the_site(site: Path) -> None:
    before = files_of(site)
    problem = refused(site, site / "search/a.zip")
    assert (problem.code, problem.message) == ("output-refused", "压缩包不能放在网站的文件夹里")
    assert files_of(site) == before


def test_a_missing_template_is_said(built: Path, tmp_path: Path) -> None:
    templates = Templates(sources={}, texts={}, assets={})
    problem = refused(built, tmp_path / "a.zip", templates)
    assert (problem.code, problem.path) == ("template", "templates/launcher.html")
    assert list(tmp_path.iterdir()) == []


def test_a_place_where_nothing_can_be_written_is_a_problem(built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    problem = refused(built, tmp_path / "file/a.zip")
    assert problem.code == "output-failed"
    assert problem.message.startswith("压缩包没有写成（")


def test_a_full_disk_leaves_the_older_zip_whole_and_nothing_else(
    site: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.zip"
    size = packed(site, file).size
    before = file.read_bytes()
    for limit in (0, size // 2, size - 1):
        with full_disk(limit):
            assert refused(site, file).code == "output-failed"
        assert file.read_bytes() == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "site"]


def test_wherever_it_is_killed_the_zip_is_the_older_one_or_the_new_one(
    site: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.zip"
    packed(site, file)
    before = file.read_bytes()
    published(
        write(
            tmp_path / "new",
            {
                **BASE,
                "issues/2014-05-1/03.md": BASE["issues/2014-05-1/03.md"].replace("会议", "会务"),
            },
        ),
        site,
    )
    started = time.monotonic()
    packed(site, tmp_path / "b.zip")
    seconds = time.monotonic() - started
    after = (tmp_path / "b.zip").read_bytes()
    assert after != before
    seen = set()
    for kill in range(12):
        file.write_bytes(before)
        child = os.fork()
        if not child:
            pack(site, file, TEMPLATES)
            os._exit(0)
        time.sleep(seconds * kill / 10)
        os.kill(child, 9)
        os.waitpid(child, 0)
        assert file.read_bytes() in (before, after)
        seen.add(file.read_bytes())
    assert before in seen
    packed(site, file)
    assert list(tmp_path.glob(".a.zip*")) == []
