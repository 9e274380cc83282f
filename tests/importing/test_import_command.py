"""`bulletin import`: from files to issues, each on its own, and what the editor is told."""

from __future__ import annotations

import os
import re
import shutil
import zlib
from pathlib import Path

import pytest

from archives import BASE, ROOT, files_of, write
from bulletin_site.__main__ import main
from bulletin_site.alone import alone
from bulletin_site.content.doubts import IMPORT_FILE
from bulletin_site.importing import imports
from bulletin_site.importing.formats import read_manuscript
from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.problems import Problem
from importing.word_files import word_file

PRINTED = ROOT / "tests/data/printed"
ARTICLES = re.compile(r"\d\d\.md")

SMALL = """\
电子政务信息汇编
2014年7月11日
七月第一期
秘书处
目 录
【政务云】
1、某省建成政务云.....2
2、某市开放数据.....2
1、某省建成政务云
某省建成覆盖全省的政务云平台，各厅局的业务系统陆续迁入。
（文汇报）
2、某市开放数据
某市向社会开放交通数据，市民可以自由下载使用。
（人民网）
"""
"""An issue of which nothing is doubtful."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive with the topics of this one, and one small issue."""
    archive = (ROOT / "issues/archive.yaml").read_bytes()
    return write(tmp_path / "archive", {**BASE, "issues/archive.yaml": archive})


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Where the files lie that are to be imported."""
    folder = tmp_path / "收文"
    folder.mkdir()
    return folder


def run(root: Path, *arguments: str | Path) -> int:
    return main(["import", "--root", str(root), *map(str, arguments)])


def issue(root: Path, issue_id: str) -> dict[str, str]:
    return {name: data.decode() for name, data in files_of(root / "issues" / issue_id).items()}


def without_topics(text: str) -> str:
    return re.sub(r"(?m)^topics:.*\n", "", text)


# What it makes.


@pytest.mark.parametrize("name", ["2014-05-1", "2014-06-2"])
def test_a_printed_issue_becomes_what_stands_in_issues(
    name: str, root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Byte for byte; topics that were not printed are an editor's."""
    shutil.rmtree(root / "issues/2014-05-1")
    shutil.copyfile(PRINTED / f"{name}.txt", inbox / "原稿.txt")
    assert run(root, inbox / "原稿.txt") == 0
    made = issue(root, name)
    ours = {path.name: path.read_text("utf-8") for path in (ROOT / "issues" / name).glob("*.md")}
    if name == "2014-06-2":
        made = {file: without_topics(text) for file, text in made.items()}
        ours = {file: without_topics(text) for file, text in ours.items()}
        ours["issue.md"] = ours["issue.md"][: made["issue.md"].rindex("---\n") + 4]  # without note
    assert {file: text for file, text in made.items() if file != IMPORT_FILE} == ours
    said = capsys.readouterr().out
    assert f"原稿.txt → issues/{name}/" in said
    for file, text in ours.items():
        if ARTICLES.fullmatch(file):
            title = re.search(r"(?m)^title: (.*)$", text)
            assert title
            assert title[1] in said


def test_the_report_says_what_was_recognised_page_by_page_and_what_to_do(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "a.txt").write_text(
        SMALL.replace("【政务云】\n", "").replace("系统陆续迁入。", "系统陆续\n迁入。"), "utf-8"
    )
    assert run(root, inbox / "a.txt") == 0
    said = capsys.readouterr().out.replace(inbox.as_posix(), "收文")
    assert said.startswith(
        "收文/a.txt → issues/2014-07-1/\n2014-07-11 七月第一期：2 篇，第 2 页。\n"
    )
    assert "  第 2 页  01 某省建成政务云（文汇报）\n           02 某市开放数据（人民网）\n" in said
    assert re.search(r"没有把握的地方（\d 处）：\n  1. issues/2014-07-1/0\d\.md:\d+：", said)
    assert "第 6 行起的这一条" in said or "第 7 行起的这一条" in said
    assert "没有放进正文的：封面 4 段、目录 3 段、题名 2 段、来源 2 段" in said
    assert said.rstrip().endswith("生成网站：bulletin build。")


def test_doubts_that_were_reported_are_repeated_by_check_until_they_are_settled(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copyfile(PRINTED / "2014-06-2.txt", inbox / "a.txt")
    run(root, inbox / "a.txt")
    reported = capsys.readouterr().out
    main(["check", "--root", str(root)])
    checked = re.findall(r"(?m)^(\S+): import-doubt：（提醒）(.*)$", capsys.readouterr().out)
    assert checked
    for place, message in checked:
        assert f"{place}：{message}" in reported
    record = root / "issues/2014-06-2" / IMPORT_FILE
    text = record.read_text("utf-8")
    settled = text[: text.index("doubts:")] + text[text.index("aside:") :]
    record.write_text(settled, "utf-8")
    main(["check", "--root", str(root)])
    assert "import-doubt" not in capsys.readouterr().out


def test_an_issue_with_mistakes_is_written_and_build_is_said_to_wait(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The editor has to mend its text, and for that it has to be there."""
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    assert run(root, "--as", "2013-01-1", inbox / "a.txt") == 0
    said = capsys.readouterr().out
    assert "issues/2013-01-1/issue.md:2: issue-date：" in said
    assert "没有改好以前，build 不会更新网站" in said
    assert main(["build", "--root", str(root)]) == 1
    assert not (root / "site").exists()


def test_an_issue_that_is_dated_before_the_one_before_it_is_said(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SMALL.replace("2014年7月11日", "2014年5月2日").replace("七月第一期", "五月第二期")
    (inbox / "a.txt").write_text(text, "utf-8")
    assert run(root, inbox / "a.txt") == 0
    assert "issues/2014-05-2/issue.md:2: issue-order：" in capsys.readouterr().out


# Again, and over what is there.


def test_to_run_it_again_changes_nothing(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    run(root, inbox)
    # Also not what an editor has done since.
    (root / "issues/2014-07-1/01.md").write_text("改过", "utf-8")
    before = files_of(root)
    capsys.readouterr()
    assert run(root, inbox / "a.txt") == 0
    assert "以前已导入，没有变化（issues/2014-07-1/）" in capsys.readouterr().out
    assert files_of(root) == before


def test_an_issue_that_did_not_come_from_this_file_is_not_touched(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copyfile(PRINTED / "2014-05-1.txt", inbox / "a.txt")
    before = files_of(root / "issues")
    assert run(root, inbox / "a.txt") == 1
    said = capsys.readouterr().out
    assert "issues/2014-05-1: output-refused：已经有 2014-05-1 这一期，没有动它" in said
    assert "--replace" in said
    assert files_of(root / "issues") == before


def test_replaced_on_request_the_old_issue_is_kept_and_named(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copyfile(PRINTED / "2014-05-1.txt", inbox / "a.txt")
    before = issue(root, "2014-05-1")
    assert run(root, "--replace", inbox / "a.txt") == 0
    assert "原来的 2014-05-1 移到了 replaced/2014-05-1(1)/。" in capsys.readouterr().out
    kept = files_of(root / "replaced/2014-05-1(1)")
    assert {name: data.decode() for name, data in kept.items()} == before
    assert len(issue(root, "2014-05-1")) == 14
    again = files_of(root)
    assert run(root, "--replace", inbox / "a.txt") == 0
    assert files_of(root) == again


def test_the_editor_may_say_which_issue_it_is(root: Path, inbox: Path) -> None:
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    assert run(root, "--as", "2014-07-3", inbox / "a.txt") == 0
    assert "01.md" in issue(root, "2014-07-3")


def test_which_issue_it_is_can_be_said_of_one_file_only(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_text(SMALL, "utf-8")
    assert run(root, "--as", "2014-07-3", inbox) == 2
    assert "--as 一次只能用于一个文件" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        run(root, "--as", "../x", inbox)
    assert ended.value.code == 2


# Many files.


def test_a_folder_of_good_and_broken_files(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "2014").mkdir()
    (inbox / "2014/七月.txt").write_text(SMALL, "utf-8")
    (inbox / "2014/七月.md").write_text(SMALL + "\n", "utf-8")
    shutil.copyfile(PRINTED / "2014-06-2.txt", inbox / "六月.txt")
    (inbox / "~$六月.docx").write_bytes(b"x")
    broken = {
        "空.txt": b"",
        "不是汇编.txt": "今天放假。\n".encode(),
        "坏.docx": b"PK\x03\x04" + bytes(range(256)),
        "坏.pdf": b"%PDF-1.7\n" + zlib.compress(b"x" * 100),
        "旧.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "旧.wps": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "乱码.txt": bytes(range(128, 256)),
    }
    for name, data in broken.items():
        (inbox / name).write_bytes(data)
    assert run(root, inbox) == 1
    said = capsys.readouterr().out.replace(f"{inbox.as_posix()}/", "")
    rows = said.splitlines()
    assert rows[0].split() == ["文件", "期", "篇数", "页", "分页", "存疑", "结果"]
    assert "2014/七月.txt  2014-07-1  2     2     0     0     已导入" in rows
    assert any(re.match(r"六月\.txt +2014-06-2  13    2—15  11 +\d+ +已导入$", row) for row in rows)
    twin = "重复的一期，没有导入：已从 2014/七月.txt 导入"
    assert any(re.match(rf"2014/七月\.md +2014-07-1 .*{twin}$", row) for row in rows)
    for name in broken:
        assert any(re.match(rf"{name} +没有导入$", row) for row in rows), name
        assert f"\n{name}: import-file：" in said
    assert re.search(r"旧\.doc: .*\n    提示：.*另存为", said)
    assert "~$" not in said
    assert {path.name for path in (root / "issues").iterdir()} == {
        *("archive.yaml", "2014-05-1", "2014-06-2", "2014-07-1")
    }
    again = files_of(root)
    assert run(root, inbox) == 1
    assert "共 10 个文件：" in capsys.readouterr().out
    assert files_of(root) == again


def test_columns_of_the_table_stand_under_each_other(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Han character takes two columns, as in GBK two bytes."""
    monkeypatch.chdir(inbox)
    (inbox / "七月.txt").write_text(SMALL, "utf-8")
    (inbox / "b.txt").write_text(SMALL + "\n", "utf-8")
    run(root, Path())
    head, *rows = capsys.readouterr().out.splitlines()[:3]
    starts = [head.partition("期")[0], *(row.partition("2014")[0] for row in rows)]
    assert [len(start.encode("gbk")) for start in starts] == [10, 10, 10]


def test_a_fault_of_a_reader_is_one_file_s_and_no_traceback(
    root: Path,
    inbox: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def failing(data: bytes, name: str) -> Manuscript | Problem:
        if name == "a.txt":
            raise RecursionError
        return read_manuscript(data, name)

    monkeypatch.setattr(f"{imports.__name__}.read_manuscript", failing)
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    (inbox / "b.txt").write_text(SMALL, "utf-8")
    assert run(root, inbox) == 1
    said = capsys.readouterr().out
    assert "a.txt: import-file：程序读这个文件时出了错（RecursionError）" in said
    assert "01.md" in issue(root, "2014-07-1")


def test_a_file_for_which_memory_does_not_suffice_is_said_so(
    root: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def failing(*_: object) -> Manuscript | Problem:
        raise MemoryError

    monkeypatch.setattr(f"{imports.__name__}.read_manuscript", failing)
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    assert run(root, inbox / "a.txt") == 1
    assert "a.txt: import-file：内存不够，这个文件没有读完\n" in capsys.readouterr().out


def test_a_file_that_is_too_large_is_not_read(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (inbox / "a.pdf").open("wb") as file:
        file.truncate(imports.MOST_BYTES + 1)
    assert run(root, inbox / "a.pdf") == 1
    assert "a.pdf: import-file：文件有 60 MB，太大了" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_said(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, inbox / "a.docx") == 1
    assert "a.docx: unreadable-file：文件读不出来（找不到）" in capsys.readouterr().out


def test_a_folder_with_nothing_to_import_is_said(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, inbox) == 1
    assert capsys.readouterr().out.startswith("没有找到可以导入的文件")


# Where it cannot begin.


@pytest.mark.parametrize("text", ["topics: [甲\n", "publisher: 秘书处\n"])
def test_without_a_right_archive_yaml_nothing_is_imported(
    text: str, root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "issues/archive.yaml").write_text(text, "utf-8")
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    assert run(root, inbox / "a.txt") == 1
    assert "issues/archive.yaml" in capsys.readouterr().out
    assert not (root / "issues/2014-07-1").exists()


def test_the_first_issue_of_an_archive_can_be_imported(root: Path, inbox: Path) -> None:
    shutil.rmtree(root / "issues/2014-05-1")
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    assert run(root, inbox / "a.txt") == 0


def test_mistakes_in_other_issues_are_in_nobody_s_way(root: Path, inbox: Path) -> None:
    (root / "issues/2014-05-1/01.md").write_text("没有说明", "utf-8")
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    assert run(root, inbox / "a.txt") == 0


def test_elsewhere_than_in_an_archive_nothing_is_imported(
    inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    assert run(tmp_path / "nowhere", inbox / "a.txt") == 1
    assert "issues: missing-folder：" in capsys.readouterr().out


def test_two_at_a_time_the_second_is_told(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "a.txt").write_text(SMALL, "utf-8")
    with alone(root, root / "issues") as free:
        assert free
        assert run(root, inbox / "a.txt") == 1
    assert "issues: output-busy：" in capsys.readouterr().out
    assert run(root, inbox / "a.txt") == 0


def test_what_is_no_file_is_not_waited_for(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "a.txt").symlink_to(os.devnull)
    assert run(root, inbox / "a.txt") == 1
    assert "这不是普通的文件" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("~$五月.docx", b"\x05" * 162, "这是 Word 打开文件时的临时文件"),
        ("图.docx", word_file("<w:p><w:r><w:drawing/></w:r></w:p>"), "文件里没有文字"),
        ("无.docx", None, "（找不到）\n    提示：请核对名字和它所在的文件夹。"),
    ],
    ids=["a lock of Word", "pictures alone", "nothing there"],
)
def test_what_holds_no_text_is_said_to_hold_none(
    root: Path,
    inbox: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    content: bytes | None,
    said: str,
) -> None:
    if content is not None:
        (inbox / name).write_bytes(content)
    assert run(root, inbox / name) == 1
    assert said in capsys.readouterr().out


def test_the_name_of_a_file_is_no_command_to_the_terminal(
    root: Path, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox / "\x1b[2J七月.txt").write_text(SMALL, "utf-8")
    for _ in range(2):
        assert run(root, inbox / "\x1b[2J七月.txt") == 0
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert r"\x1b[2J七月.txt" in out
