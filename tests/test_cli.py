"""The command line as people and scripts meet it: exit status, words, where to look."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from archives import BASE, TWO_ISSUES, write
from bulletin_site import __version__
from bulletin_site.__main__ import main
from bulletin_site.output import read_site
from full_disk import full_disk

THIRD = "issues/2014-05-1/03.md"


@dataclass(frozen=True, slots=True)
class Ended:
    status: int
    out: str
    err: str


class Bulletin(Protocol):
    """The program, called within this process: reading its libraries anew takes longer than it."""

    def __call__(self, *arguments: str | Path) -> Ended: ...


@pytest.fixture
def bulletin(capsys: pytest.CaptureFixture[str]) -> Bulletin:
    def run(*arguments: str | Path) -> Ended:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Ended(status, out, err)

    return run


def in_a_console(*arguments: str | Path, cwd: Path, encoding: str = "utf-8") -> Ended:
    """The program as its users start it."""
    ended = subprocess.run(
        [sys.executable, "-m", "bulletin_site", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )
    return Ended(ended.returncode, ended.stdout.decode(encoding), ended.stderr.decode(encoding))


@pytest.fixture
def correct(tmp_path: Path) -> Path:
    return write(tmp_path, BASE)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return write(tmp_path, {**BASE, THIRD: BASE[THIRD].replace("page: 4", "page: 四")})


@pytest.fixture
def warned(tmp_path: Path) -> Path:
    return write(tmp_path, {**BASE, THIRD: BASE[THIRD].replace("不再", " and 不再")})


# Building.


def test_building_ends_by_saying_where_to_look(bulletin: Bulletin, correct: Path) -> None:
    ended = bulletin("build", "--root", correct)
    assert (ended.status, ended.err) == (0, "")
    *_, last = ended.out.splitlines()
    assert last == f"请打开查看：{correct / 'site/index.html'}"
    assert (correct / "site/index.html").is_file()
    assert "1 期、3 篇" in ended.out


def test_building_again_says_that_nothing_has_changed(bulletin: Bulletin, correct: Path) -> None:
    assert "新增" in bulletin("build", "--root", correct).out
    assert "内容没有变化" in bulletin("build", "--root", correct).out


def test_the_root_and_the_place_of_the_site_can_be_named(
    bulletin: Bulletin, correct: Path, tmp_path: Path
) -> None:
    out = tmp_path / "elsewhere/site"
    ended = bulletin("build", "--root", correct, "--out", out)
    assert ended.status == 0
    assert (out / "index.html").is_file()
    assert not (correct / "site").exists()


def test_problems_end_with_one_and_the_old_site_is_not_touched(
    bulletin: Bulletin, wrong: Path
) -> None:
    ended = bulletin("build", "--root", wrong)
    assert (ended.status, ended.err) == (1, "")
    assert "issues/2014-05-1/03.md:3: bad-page：页码“四”不是正整数\n    提示：" in ended.out
    assert "1 处错误；网站没有动" in ended.out
    assert not (wrong / "site").exists()


def test_a_warning_is_said_and_published(bulletin: Bulletin, warned: Path) -> None:
    ended = bulletin("build", "--root", warned)
    assert ended.status == 0
    assert "（提醒）" in ended.out
    assert (warned / "site/index.html").is_file()


def test_a_warning_stops_a_strict_build(bulletin: Bulletin, warned: Path) -> None:
    ended = bulletin("build", "--root", warned, "--strict")
    assert ended.status == 1
    assert "1 处提醒；网站没有动" in ended.out
    assert not (warned / "site").exists()


def test_a_folder_of_others_is_refused_with_one(bulletin: Bulletin, correct: Path) -> None:
    (correct / "site").mkdir()
    (correct / "site/我的.docx").write_text("x", "utf-8")
    ended = bulletin("build", "--root", correct)
    assert ended.status == 1
    assert "output-refused：这里有不是本程序生成的文件：我的.docx" in ended.out
    assert [path.name for path in (correct / "site").iterdir()] == ["我的.docx"]


@pytest.mark.parametrize("out", ["issues/site", "issues/2014-05-1/site", "templates/site"])
def test_no_site_is_put_where_the_next_build_reads(
    bulletin: Bulletin, correct: Path, out: str
) -> None:
    ended = bulletin("build", "--root", correct, "--out", correct / out)
    assert ended.status == 1
    assert f"output-refused：网站不能放在 {out.partition('/')[0]}/ 里" in ended.out
    assert not (correct / out).exists()


def test_a_whole_disk_is_no_place_for_a_site(bulletin: Bulletin, correct: Path) -> None:
    ended = bulletin("build", "--root", correct, "--out", correct.anchor)
    assert (ended.status, ended.err) == (1, "")
    assert "output-refused：网站不能放在磁盘的最上一层" in ended.out


def test_a_link_that_leads_in_a_circle_is_no_place_for_a_site(
    bulletin: Bulletin, correct: Path
) -> None:
    (correct / "round").symlink_to("round")
    ended = bulletin("build", "--root", correct, "--out", correct / "round")
    assert (ended.status, ended.err) == (1, "")
    assert "output-failed" in ended.out


@pytest.mark.parametrize(("command", "what"), [("pack", "压缩包"), ("epub", "电子书")])
def test_nothing_to_be_handed_on_is_put_among_the_texts(
    bulletin: Bulletin, correct: Path, command: str, what: str
) -> None:
    assert bulletin("build", "--root", correct).status == 0
    suffix = {"pack": "zip", "epub": "epub"}[command]
    file = correct / f"issues/汇编.{suffix}"
    ended = bulletin(command, "--root", correct, file)
    assert ended.status == 1
    assert f"output-refused：{what}不能放在 issues/ 里" in ended.out
    assert not file.exists()


def test_a_folder_without_an_archive_is_said_to_be_none(bulletin: Bulletin, tmp_path: Path) -> None:
    ended = bulletin("build", "--root", tmp_path)
    assert ended.status == 1
    assert "missing-folder：这里没有 issues/ 文件夹" in ended.out
    assert "missing-folder：这里没有 templates/ 文件夹" in ended.out


def test_a_base_address_makes_a_sitemap(bulletin: Bulletin, correct: Path) -> None:
    ended = bulletin("build", "--root", correct, "--base-url", "https://example.gov.cn/a/")
    assert ended.status == 0
    assert "<loc>https://example.gov.cn/a/index.html</loc>" in (
        correct / "site/sitemap.xml"
    ).read_text("utf-8")


def test_a_new_issue_is_named(bulletin: Bulletin, correct: Path) -> None:
    bulletin("build", "--root", correct)
    write(correct, {path: text for path, text in TWO_ISSUES.items() if "2014-06" in path})
    ended = bulletin("build", "--root", correct)
    assert "2 期、5 篇" in ended.out
    assert "新的一期：2014年六月第二期（2 篇）。\n新增 " in ended.out


@pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are not known there")
def test_a_disk_that_is_full_leaves_the_old_site_and_says_so(
    bulletin: Bulletin, correct: Path
) -> None:
    bulletin("build", "--root", correct)
    before = read_site(correct / "site")
    with (correct / THIRD).open("a", encoding="utf-8") as file:
        file.write("\n大数据。" * 5000)
    with full_disk(30_000):
        ended = bulletin("build", "--root", correct)
    assert (ended.status, ended.err) == (1, "")
    assert "output-failed：网站没有写成（文件太大，磁盘放不下），原来的网站没有动" in ended.out
    assert "1 处错误、1 处提醒；网站没有动" in ended.out
    assert read_site(correct / "site") == before
    assert sorted(path.name for path in correct.iterdir()) == [
        ".cache",
        "issues",
        "site",
        "templates",
    ]


def test_a_folder_that_may_only_be_read_is_left_as_it_is(
    bulletin: Bulletin, correct: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulletin("build", "--root", correct)
    before = read_site(correct / "site")
    write(correct, {path: text for path, text in TWO_ISSUES.items() if "2014-06" in path})

    def read_only(path: Path, **_: object) -> None:
        # Tests may run as root, whom permissions do not stop.
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "mkdir", read_only)
    ended = bulletin("build", "--root", correct)
    assert ended.status == 1
    assert "output-failed：网站没有写成（这里只能读，不能写）" in ended.out
    assert read_site(correct / "site") == before


def test_who_stops_a_build_meets_no_traceback(
    bulletin: Bulletin, correct: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bulletin("build", "--root", correct)
    before = read_site(correct / "site")
    with (correct / THIRD).open("a", encoding="utf-8") as file:
        file.write("\n大数据。\n")

    def stopped(_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("bulletin_site.new_site.NewSite.publish", stopped)
    ended = bulletin("build", "--root", correct)
    assert (ended.status, ended.err) == (1, "\n已停下，没有做完；再运行一次即可。\n")
    assert read_site(correct / "site") == before
    assert not list(correct.glob(".site*"))


def test_a_published_page_does_not_vanish_before_the_editor_says_so(
    bulletin: Bulletin, correct: Path
) -> None:
    assert bulletin("build", "--root", correct).status == 0
    before = (correct / "site/SHA256SUMS").read_bytes()
    (correct / THIRD).unlink()
    ended = bulletin("build", "--root", correct)
    assert (ended.status, ended.err) == (1, "")
    assert "address-lost：已经发布的 2 个网页这次会消失" in ended.out
    assert "1 处错误；网站没有动" in ended.out
    assert (correct / "site/SHA256SUMS").read_bytes() == before
    checked = bulletin("check", "--root", correct)
    assert checked.status == 1
    assert "address-lost：已经发布的 2 个网页这次会消失" in checked.out
    # What the hint says is pasted as it is, and the two blanks are filled in.
    block = ended.out[ended.out.index("withdrawn:\n") :].partition("\n\n")[0]
    block = block.replace("date:", "date: 2026-01-02").replace("text:", "text: 数据有误。")
    with (correct / "issues/archive.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{block}\n")
    assert bulletin("build", "--root", correct).status == 0
    assert "数据有误。" in (correct / "site/issues/2014-05-1/03.html").read_text("utf-8")
    assert bulletin("check", "--root", correct).status == 0


def test_another_folder_has_published_nothing(bulletin: Bulletin, correct: Path) -> None:
    assert bulletin("build", "--root", correct).status == 0
    (correct / THIRD).unlink()
    assert bulletin("build", "--root", correct, "--out", correct / "other").status == 0


# Checking.


def test_checking_a_fresh_site_finds_nothing(bulletin: Bulletin, correct: Path) -> None:
    assert bulletin("build", "--root", correct).status == 0
    ended = bulletin("check", "--root", correct)
    assert (ended.status, ended.out, ended.err) == (0, "检查完毕：没有问题。\n", "")


def test_checking_without_a_site_says_to_build_it(bulletin: Bulletin, correct: Path) -> None:
    ended = bulletin("check", "--root", correct)
    assert ended.status == 1
    assert ended.out.startswith("site: site-missing：")


def test_checking_finds_a_page_that_is_no_longer_what_the_issues_give(
    bulletin: Bulletin, correct: Path
) -> None:
    assert bulletin("build", "--root", correct).status == 0
    page = correct / "site/issues/2014-05-1/03.html"
    page.write_text(page.read_text("utf-8").replace("不再印发", "继续印发"), "utf-8")
    ended = bulletin("check", "--root", correct)
    assert ended.status == 1
    assert "site/issues/2014-05-1/03.html" in ended.out


def test_checking_tells_programs_all_of_it_in_json_and_nothing_else(
    bulletin: Bulletin, wrong: Path
) -> None:
    ended = bulletin("check", "--root", wrong, "--format", "json")
    assert (ended.status, ended.err) == (1, "")
    (problem,) = json.loads(ended.out)["problems"]
    assert (problem["path"], problem["line"], problem["code"]) == (THIRD, 3, "bad-page")


def test_checking_annotates_for_github(bulletin: Bulletin, wrong: Path) -> None:
    ended = bulletin("check", "--root", wrong, "--format", "github")
    assert ended.status == 1
    assert ended.out.startswith(f"::error file={THIRD},line=3,col=7,endColumn=7,title=bad-page::")
    assert len(ended.out.splitlines()) == 1


def test_a_warning_stops_a_strict_check(bulletin: Bulletin, warned: Path) -> None:
    assert bulletin("build", "--root", warned).status == 0
    assert bulletin("check", "--root", warned).status == 0
    assert bulletin("check", "--root", warned, "--strict").status == 1


# Books.


def test_a_book_ends_by_saying_what_it_holds_and_where_it_is(
    bulletin: Bulletin, correct: Path
) -> None:
    ended = bulletin("epub", "--root", correct, correct / "汇编.epub", "--year", "2014")
    assert (ended.status, ended.err) == (0, "")
    first, place = ended.out.splitlines()
    assert first == "《电子政务信息汇编 2014年》：1 期、3 篇。"
    assert re.fullmatch(rf"已写成电子书，共 \d+ KB：{re.escape(str(correct / '汇编.epub'))}", place)


def test_a_book_that_cannot_be_is_not_written(bulletin: Bulletin, wrong: Path) -> None:
    ended = bulletin("epub", "--root", wrong, wrong / "a.epub")
    assert (ended.status, ended.err) == (1, "")
    assert "bad-page" in ended.out
    assert not (wrong / "a.epub").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.zip"], "“a.zip”应以 .epub 结尾"),
        (["a.epub", "--year", "14"], "“14”不是年份"),
    ],
)
def test_what_is_asked_for_as_a_book_must_make_sense(
    bulletin: Bulletin, arguments: list[str], said: str
) -> None:
    ended = bulletin("epub", *arguments)
    assert ended.status == 2
    assert said in ended.err


# Packing.


def test_packing_ends_by_saying_what_to_hand_on_and_how_it_is_opened(
    bulletin: Bulletin, correct: Path
) -> None:
    assert bulletin("build", "--root", correct).status == 0
    ended = bulletin("pack", "--root", correct, correct / "交付.zip")
    assert (ended.status, ended.err) == (0, "")
    first, place, advice = ended.out.splitlines()
    assert re.fullmatch(r"已打包 \d+ 个文件，共 0\.\d MB。", first)
    assert place == f"请交给读者：{correct / '交付.zip'}"
    assert "全部解压缩" in advice
    assert (correct / "交付.zip").is_file()


def test_a_site_elsewhere_can_be_packed(bulletin: Bulletin, correct: Path) -> None:
    assert bulletin("build", "--root", correct, "--out", correct / "x").status == 0
    ended = bulletin("pack", "--root", correct, "--out", correct / "x", correct / "a.ZIP")
    assert ended.status == 0
    assert (correct / "a.ZIP").is_file()


def test_packing_without_a_site_says_to_build_it(bulletin: Bulletin, correct: Path) -> None:
    ended = bulletin("pack", "--root", correct, correct / "a.zip")
    assert (ended.status, ended.err) == (1, "")
    assert "site-missing：这里没有生成好的网站\n    提示：请先运行 bulletin build" in ended.out
    assert not (correct / "a.zip").exists()


def test_packing_does_not_ask_whether_the_issues_have_changed(
    bulletin: Bulletin, correct: Path
) -> None:
    assert bulletin("build", "--root", correct).status == 0
    (correct / THIRD).write_text("在写", "utf-8")
    assert bulletin("pack", "--root", correct, correct / "a.zip").status == 0


def test_packing_needs_the_templates(bulletin: Bulletin, correct: Path) -> None:
    assert bulletin("build", "--root", correct).status == 0
    (correct / "templates").rename(correct / "模板")
    ended = bulletin("pack", "--root", correct, correct / "a.zip")
    assert ended.status == 1
    assert ended.out.startswith("templates: missing-folder：")


# Starting another bulletin.


def test_a_new_bulletin_is_started_and_can_be_built_checked_and_packed(
    bulletin: Bulletin, tmp_path: Path
) -> None:
    folder = tmp_path / "新 刊"
    ended = bulletin("init", folder)
    assert (ended.status, ended.err) == (0, "")
    *_, advice = ended.out.splitlines()
    assert advice == f'生成网站：bulletin build --root "{folder}"'
    (issue,) = (folder / "issues").glob("*-1")
    assert f"issues/{issue.name}/" in ended.out
    assert f"date: {date.today():%Y-%m}-" in (issue / "issue.md").read_text("utf-8")
    built = bulletin("build", "--strict", "--root", folder)
    assert built.status == 0
    assert "提示" not in built.out
    assert bulletin("check", "--strict", "--root", folder).out == "检查完毕：没有问题。\n"
    assert bulletin("pack", "--root", folder, folder / "a.zip").status == 0


def test_a_folder_in_use_is_no_place_for_a_new_bulletin(bulletin: Bulletin, correct: Path) -> None:
    ended = bulletin("init", correct)
    assert (ended.status, ended.err) == (1, "")
    assert "output-refused：这个文件夹里已经有东西：issues、templates\n    提示：" in ended.out


# The command line itself.


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "缺少：命令"),
        (["publish"], "命令 不能是“publish”。"),
        (["biuld"], "是不是“build”？（biuld → build）"),
        (["BUILD"], "是不是“build”？（BUILD → build）"),
        (["--root", "x", "build"], "第一个词应是命令，不能是“--root”"),
        (["build", "--fast"], "不认识的参数：--fast"),
        (["build", "—strict"], "是不是“--strict”？（—strict → --strict）"),
        (["import", "x.docx", "--relpace"], "是不是“--replace”？"),
        (["check", "--format", "JSON"], "是不是“json”？"),
        (["build", ""], "不认识的参数："),
        (["build", "2014"], "不认识的参数：2014"),
        (["build", "--root"], "--root 后面缺少内容"),
        (["build", "--strict=1"], "--strict 后面不用写内容："),
        (["check", "--format", "xml"], "--format 不能是“xml”。可用的有：text、json、github"),
        (["pack"], "缺少：压缩包"),
        (["pack", ".zip"], "压缩包：“.zip”应以 .zip 结尾"),
        (["pack", "汇编"], "压缩包：“汇编”应以 .zip 结尾"),
        (["init"], "缺少：文件夹"),
        (["check", "--form", "json"], "不认识的参数：--form json"),
        (["build", "--base-url", "example.gov.cn"], "example.gov.cn"),
    ],
)
def test_a_wrong_command_line_ends_with_two_and_says_in_chinese_what_is_wrong(
    bulletin: Bulletin,
    arguments: list[str],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = bulletin(*arguments)
    assert (ended.status, ended.out) == (2, "")
    usage, *_, said, advice = ended.err.splitlines()
    assert usage.startswith("用法：bulletin")
    assert said.startswith("命令写得不对：")
    assert words in said
    assert "--help" in advice
    assert "argument" not in ended.err
    assert "usage" not in ended.err


@pytest.mark.parametrize(
    "arguments", ["--help", "-h", "build --help", "check -h", "pack -h", "init -h"]
)
def test_help_is_in_chinese(bulletin: Bulletin, arguments: str) -> None:
    ended = bulletin(*arguments.split())
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("用法：bulletin")
    for english in ("usage", "options", "optional", "positional", "show this help", "arguments"):
        assert english not in ended.out


def test_the_version_is_said(bulletin: Bulletin) -> None:
    assert bulletin("--version") == Ended(0, f"bulletin {__version__}\n", "")


def test_the_installed_program_is_the_same_as_the_module() -> None:
    program = Path(sys.executable).with_name("bulletin")
    assert subprocess.run([program, "--help"], capture_output=True, check=True).stdout == (
        subprocess.run(
            [sys.executable, "-m", "bulletin_site", "--help"], capture_output=True, check=True
        ).stdout
    )


def test_the_current_folder_is_the_root_unless_another_is_named(correct: Path) -> None:
    assert in_a_console("build", cwd=correct).status == 0
    assert (correct / "site/index.html").is_file()


# Consoles that cannot show every character.


def test_a_console_in_gbk_shows_chinese_and_where_to_look(correct: Path) -> None:
    ended = in_a_console("build", cwd=correct, encoding="gbk")
    assert ended.status == 0
    assert ended.out.splitlines()[-1] == f"请打开查看：{correct / 'site/index.html'}"


def test_a_character_that_a_console_cannot_show_does_not_stop_the_work(tmp_path: Path) -> None:
    root = write(
        tmp_path / "\U00020bb7家✓",
        {**BASE, THIRD: BASE[THIRD].replace("不再", "”\U00020bb7 and 不再")},
    )
    ended = in_a_console("build", cwd=root, encoding="gbk")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines()[-1].startswith("请打开查看：")
    assert "\\U00020bb7家\\u2713" in ended.out.splitlines()[-1]
    assert (root / "site/index.html").is_file()


def test_a_wrong_command_line_is_said_on_such_a_console_too(tmp_path: Path) -> None:
    ended = in_a_console("build", "✓", cwd=tmp_path, encoding="gbk")
    assert ended.status == 2
    assert "不认识的参数：\\u2713" in ended.err


def test_a_console_in_ascii_does_not_stop_the_work(correct: Path) -> None:
    ended = in_a_console("build", cwd=correct, encoding="ascii")
    assert ended.status == 0
    assert ended.out.splitlines()[-1].endswith("site/index.html")


def test_what_programs_read_is_utf_8_on_any_console(tmp_path: Path) -> None:
    root = write(tmp_path, {**BASE, THIRD: BASE[THIRD].replace("page:", "页\U0001f600: 1\npage:")})
    ended = subprocess.run(
        [sys.executable, "-m", "bulletin_site", "check", "--format", "json"],
        cwd=root,
        env={**os.environ, "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
        capture_output=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "\U0001f600" in json.loads(ended.stdout.decode("utf-8"))["problems"][0]["message"]


def test_a_missing_template_is_a_problem(tmp_path: Path) -> None:
    root = write(tmp_path, BASE)
    (root / "templates" / "topics.html").unlink()
    ended = in_a_console("build", cwd=root, encoding="utf-8")
    assert ended.status == 1
    assert ended.out.startswith("templates/topics.html: template：")


@pytest.mark.parametrize(
    "wrong",
    [
        "{% if %}",
        "{{ view.no_such_thing.at_all }}",
        "{{ 1 // 0 }}",
        "{{ 'a' + 1 }}",
        "{{ ''.join(view) }}",
        "{% include 'topics.html' %}",
    ],
)
def test_a_template_that_is_wrong_in_any_way_is_a_problem(
    wrong: str, correct: Path, bulletin: Bulletin
) -> None:
    (correct / "templates" / "topics.html").write_text(wrong, "utf-8")
    ended = bulletin("build", "--root", correct)
    assert (ended.status, ended.err) == (1, "")
    assert ended.out.startswith("templates/topics.html")
    assert not (correct / "site").exists()
