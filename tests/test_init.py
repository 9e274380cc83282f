"""Another bulletin, started in a new folder: it can be built as it is, and no folder that anybody
uses is touched."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from archives import ROOT, files_of
from bulletin_site.build import build
from bulletin_site.checks import check_site
from bulletin_site.content.archive import ARCHIVE_KEYS
from bulletin_site.content.topics import TOPIC_KEYS
from bulletin_site.init import Started, init, own_templates
from bulletin_site.inputs import read as read_inputs
from bulletin_site.problems import Problem
from full_disk import full_disk

DAY = date(2026, 11, 22)


def started(folder: Path, day: date = DAY) -> Started:
    result = init(folder, day)
    assert isinstance(result, Started), result
    return result


def refused(folder: Path) -> Problem:
    result = init(folder, DAY)
    assert isinstance(result, Problem)
    return result


# What it is.


@pytest.mark.parametrize("day", [DAY, date(2027, 1, 1), date(2028, 2, 29), date(2099, 12, 31)])
def test_a_new_bulletin_can_be_built_and_checks_out_as_it_is(day: date, tmp_path: Path) -> None:
    started(tmp_path / "新刊", day)
    result = build(read_inputs(tmp_path / "新刊"))
    assert result.problems == ()
    assert result.files is not None
    assert check_site(result.archive, result.files, result.files, "site") == ()
    (issue,) = result.archive.issues
    assert (issue.id, issue.date) == (f"{day:%Y-%m}-1", day)


def test_its_templates_are_those_of_this_project(tmp_path: Path) -> None:
    started(tmp_path / "新刊")
    assert own_templates() == ROOT / "templates"
    assert files_of(tmp_path / "新刊/templates") == files_of(ROOT / "templates")


def test_what_to_look_at_first_is_there(tmp_path: Path) -> None:
    result = started(tmp_path / "新刊")
    assert result == Started(
        readme="README.md", archive="issues/archive.yaml", issue="issues/2026-11-1/"
    )
    for name in (result.readme, result.archive, result.issue):
        assert (tmp_path / "新刊" / name).exists()


def test_all_that_readers_would_see_is_marked_as_sample(tmp_path: Path) -> None:
    """Nothing that could be taken for a bulletin, a person or a newspaper."""
    started(tmp_path / "新刊")
    archive = build(read_inputs(tmp_path / "新刊")).archive
    said = [archive.title, archive.publisher, *archive.dictionary, archive.issues[0].note.markdown]
    said += [text for topic in archive.topics for text in (topic.name, topic.description)]
    for article in archive.articles:
        said += [article.title, article.source or "示例", article.body.markdown]
    marked = ("请", "示例", "没有主题和来源的文章")
    assert [text for text in said if not any(word in (text or "") for word in marked)] == []


def test_the_sample_shows_a_page_break_a_subheading_a_topic_and_a_source(tmp_path: Path) -> None:
    started(tmp_path / "新刊")
    first, second = build(read_inputs(tmp_path / "新刊")).archive.articles
    assert [mark.page for mark in first.body.page_breaks] == [3]
    assert "\n## " in first.body.markdown
    assert first.topics
    assert first.source
    assert (second.topics, second.source) == ((), None)


def test_its_archive_file_explains_every_key(tmp_path: Path) -> None:
    started(tmp_path / "新刊")
    text = (tmp_path / "新刊/issues/archive.yaml").read_text("utf-8")
    for key in ARCHIVE_KEYS:
        (line,) = (n for n, s in enumerate(text.split("\n")) if re.match(rf"(# )?{key}:", s))
        above = text.split("\n")[line - 1]
        assert above.startswith("#"), key
    for key in TOPIC_KEYS:
        assert re.search(rf"^#   {key} +\S", text, re.MULTILINE), key


def test_its_readme_names_commands_that_there_are_and_the_issue_that_there_is(
    tmp_path: Path,
) -> None:
    started(tmp_path / "新刊")
    text = (tmp_path / "新刊/README.md").read_text("utf-8")
    assert set(re.findall(r"-m bulletin_site (\w+)", text)) == {"build", "check", "pack"}
    assert "issues/2026-11-1/" in text
    assert "$" not in text


def test_git_is_told_what_is_not_to_be_kept(tmp_path: Path) -> None:
    started(tmp_path / "新刊")
    lines = (tmp_path / "新刊/.gitignore").read_text("utf-8").splitlines()
    assert {"/.cache/", "/.site.*", "/*.zip", "/replaced/"} == {
        line for line in lines if line.startswith("/")
    }


# Where it goes.


def test_folders_on_the_way_to_it_are_made(tmp_path: Path) -> None:
    started(tmp_path / "汇编/2026/新刊")
    assert [path.name for path in (tmp_path / "汇编/2026").iterdir()] == ["新刊"]


def test_an_empty_folder_is_filled_and_stays_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be the one in which the editor is at work."""
    (tmp_path / "新刊").mkdir()
    (tmp_path / "新刊/desktop.ini").write_bytes(b"x")
    before = (tmp_path / "新刊").stat().st_ino
    monkeypatch.chdir(tmp_path / "新刊")
    started(Path())
    assert Path("issues/archive.yaml").is_file()
    assert (tmp_path / "新刊").stat().st_ino == before
    assert {path.name for path in Path().iterdir()} == {
        *(".gitignore", "README.md", "desktop.ini", "issues", "templates")
    }


@pytest.mark.parametrize("name", ["通知.docx", ".git/config", "issues/archive.yaml"])
def test_a_folder_with_anything_in_it_is_refused_and_not_touched(name: str, tmp_path: Path) -> None:
    file = tmp_path / "新刊" / name
    file.parent.mkdir(parents=True)
    file.write_bytes(b"x")
    before = files_of(tmp_path)
    problem = refused(tmp_path / "新刊")
    assert (problem.code, problem.path) == ("output-refused", str(tmp_path / "新刊"))
    assert problem.message == f"这个文件夹里已经有东西：{name.split('/')[0]}"
    assert files_of(tmp_path) == before


def test_of_many_things_in_a_folder_three_are_named(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_bytes(b"x")
    assert refused(tmp_path).message == ("这个文件夹里已经有东西：0.txt、1.txt、2.txt等 5 项")


def test_a_file_of_that_name_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "新刊").write_bytes(b"x")
    assert refused(tmp_path / "新刊").message == "这里已经有一个文件"
    assert files_of(tmp_path) == {"新刊": b"x"}


# Failures.


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("size", [0, 100, 20_000])
def test_on_a_full_disk_nothing_is_made(size: int, there: bool, tmp_path: Path) -> None:
    folder = tmp_path / "新刊"
    if there:
        folder.mkdir()
    with full_disk(size):
        problem = refused(folder)
    assert problem.code == "output-failed"
    assert problem.message.startswith("新的汇编没有建成（")
    assert list(tmp_path.rglob("*")) == ([folder] if there else [])
    started(folder)


@pytest.mark.parametrize("there", [False, True])
def test_what_a_killed_run_left_is_in_nobodys_way(there: bool, tmp_path: Path) -> None:
    folder = tmp_path / "新刊"
    left = (folder if there else tmp_path) / ".新刊.new-123"
    left.mkdir(parents=True)
    (left / "README.md").write_bytes(b"x")
    started(folder)
    assert not left.exists()


def test_when_a_file_cannot_take_its_place_none_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "新刊"
    folder.mkdir()
    real = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if target == folder / "issues":
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    assert refused(folder).code == "output-failed"
    assert list(folder.iterdir()) == []


def stopped_half_way(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C while what was made moves up into an empty folder."""
    folder.mkdir()
    real = Path.rename

    def stopping(self: Path, target: Path) -> Path:
        if target == folder / "issues":
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", stopping)
        with pytest.raises(KeyboardInterrupt):
            init(folder, DAY)
    assert not (folder / "issues").exists()
    assert (folder / "README.md").is_file()


def test_who_is_stopped_while_things_move_up_goes_on_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped_half_way(tmp_path / "新刊", monkeypatch)
    started(tmp_path / "新刊")
    started(tmp_path / "whole/新刊")
    assert files_of(tmp_path / "新刊") == files_of(tmp_path / "whole/新刊")


def test_what_somebody_has_put_there_meanwhile_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "新刊"
    stopped_half_way(folder, monkeypatch)
    (folder / "templates").write_bytes(b"x")
    problem = refused(folder)
    assert (problem.code, problem.message) == (
        "output-failed",
        "新的汇编没有建成（已经有同名的文件）",
    )
    assert (folder / "templates").read_bytes() == b"x"
    (folder / "templates").rename(folder / "我的")
    started(folder)
    started(tmp_path / "whole/新刊")
    (folder / "我的").unlink()
    assert files_of(folder) == files_of(tmp_path / "whole/新刊")
