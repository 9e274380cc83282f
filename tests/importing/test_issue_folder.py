"""The folder of an issue appears as a whole or not at all, and nobody's issue is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from archives import BASE, files_of, write
from bulletin_site.importing.issue_folder import write_issue
from bulletin_site.problems import Problem
from full_disk import full_disk

FILES = {"issue.md": "---\ndate: 2014-05-23\n---\n", "01.md": "一" * 400, "02.md": "二" * 400}
ID = "2014-05-2"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, BASE)


def written(root: Path, *, replace: bool = False) -> Path | None:
    result = write_issue(root, ID, FILES, replace=replace)
    assert not isinstance(result, Problem), result
    return result


def issue(root: Path) -> dict[str, str]:
    return {name: data.decode() for name, data in files_of(root / "issues" / ID).items()}


def killed(action: Callable[[], object], moment: int) -> bool:
    """Do it in another process that is gone, without any farewell, when for the `moment`-th time
    something is to be put on the disk or moved; false where it was done before that."""
    child = os.fork()
    if not child:
        left = [moment]

        def counting(real: Callable[..., object]) -> Callable[..., object]:
            def counted(*arguments: object) -> object:
                left[0] -= 1
                if not left[0]:
                    os._exit(9)
                return real(*arguments)

            return counted

        os.fsync = counting(os.fsync)  # type: ignore[assignment]
        Path.rename = counting(Path.rename)  # type: ignore[method-assign,assignment]
        action()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def test_a_new_issue_is_written_and_nothing_beside_it(root: Path) -> None:
    assert written(root) is None
    assert issue(root) == FILES
    assert {path.name for path in (root / "issues").iterdir()} == {"archive.yaml", "2014-05-1", ID}


def test_an_issue_that_is_there_is_not_touched(root: Path) -> None:
    written(root)
    (root / "issues" / ID / "01.md").write_text("改过", "utf-8")
    before = files_of(root)
    problem = write_issue(root, ID, FILES)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.path) == ("output-refused", f"issues/{ID}")
    assert files_of(root) == before


def test_an_issue_that_is_replaced_is_kept_each_time_under_another_name(root: Path) -> None:
    written(root)
    for number, text in enumerate(("第一次改", "第二次改"), start=1):
        (root / "issues" / ID / "01.md").write_text(text, "utf-8")
        assert written(root, replace=True) == root / f"replaced/{ID}({number})"
        assert (root / f"replaced/{ID}({number})/01.md").read_text("utf-8") == text
    assert issue(root) == FILES


def test_to_replace_what_is_not_there_is_to_write_it(root: Path) -> None:
    assert written(root, replace=True) is None
    assert not (root / "replaced").exists()


@pytest.mark.parametrize("moment", range(1, 8))
def test_a_killed_run_leaves_no_half_issue(moment: int, root: Path) -> None:
    """Three files and their folder, one move, the folder around it: there is no seventh moment."""
    assert killed(lambda: write_issue(root, ID, FILES), moment) == (moment < 7)
    assert issue(root) == ({} if moment < 6 else FILES)
    if moment < 6:
        written(root)
    assert issue(root) == FILES
    assert not list((root / "issues").glob(".*"))


@pytest.mark.parametrize("moment", range(1, 8))
def test_a_run_that_is_killed_while_it_replaces_loses_nothing(moment: int, root: Path) -> None:
    write_issue(root, ID, {"01.md": "改过"})
    killed(lambda: write_issue(root, ID, FILES, replace=True), moment)
    kept = files_of(root / f"replaced/{ID}(1)") if moment > 5 else files_of(root / "issues" / ID)
    assert kept == {"01.md": "改过".encode()}
    written(root, replace=True)
    assert issue(root) == FILES
    assert files_of(root / f"replaced/{ID}(1)") == {"01.md": "改过".encode()}


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("size", [0, 30, 1000])
def test_on_a_full_disk_all_is_as_it_was(size: int, replace: bool, root: Path) -> None:
    if replace:
        write_issue(root, ID, {"01.md": "改过"})
    before = files_of(root)
    with full_disk(size):
        problem = write_issue(root, ID, FILES, replace=replace)
    assert isinstance(problem, Problem)
    assert problem.code == "output-failed"
    assert files_of(root) == before


def test_where_nothing_may_be_written_the_system_s_reason_is_said(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(self: Path, *_: object) -> None:
        raise OSError(30, "read-only file system")

    monkeypatch.setattr(Path, "mkdir", refusing)
    problem = write_issue(root, ID, FILES)
    assert isinstance(problem, Problem)
    assert problem.message == "这一期没有写成（这里只能读，不能写）"


def test_when_the_new_issue_cannot_take_its_place_the_old_one_comes_back(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that looks into the new folder keeps Windows from moving it."""
    write_issue(root, ID, {"01.md": "改过"})
    before = files_of(root)
    real = Path.rename

    def refusing(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", refusing)
    problem = write_issue(root, ID, FILES, replace=True)
    assert isinstance(problem, Problem)
    assert problem.code == "output-failed"
    assert files_of(root) == before
