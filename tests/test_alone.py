"""Two who want the same folder at a time: the second is told, wherever both are."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from archives import BASE, write
from bulletin_site.alone import alone
from bulletin_site.publish import Refused, publish

HOLDING = """
import sys
from pathlib import Path
from bulletin_site.alone import alone
with alone(Path(sys.argv[1]), Path(sys.argv[2])) as free:
    print(free, flush=True)
    sys.stdin.read()
"""


@contextmanager
def elsewhere(root: Path, folder: Path, temporary: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has the folder, with a temporary folder of its own."""
    temporary.mkdir(exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(root), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))},
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "True\n"
        yield other
        other.kill()


def is_free(root: Path, folder: Path) -> bool:
    with alone(root, folder) as free:
        return free


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "archive", BASE)


def test_processes_with_different_temporary_folders_keep_each_other_out(
    root: Path, tmp_path: Path
) -> None:
    with elsewhere(root, root / "site", tmp_path / "tmp"):
        result = publish(root, root / "site")
        assert isinstance(result, Refused)
        assert [problem.code for problem in result.problems] == ["output-busy"]
        assert is_free(root, root / "issues")
    assert is_free(root, root / "site")


def test_an_archive_that_has_another_name_elsewhere_is_the_same_one(
    root: Path, tmp_path: Path
) -> None:
    """As a shared folder has: here by moving it while it is held."""
    if sys.platform == "win32":
        pytest.skip("a folder with an open file in it is not renamed there")
    with elsewhere(root, root / "site", tmp_path / "tmp"):
        moved = root.rename(tmp_path / "share")
        assert not is_free(moved, moved / "site")


def test_two_archives_are_not_built_into_one_folder_at_a_time(root: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other", BASE)
    with elsewhere(other, tmp_path / "site", Path(tempfile.gettempdir())):
        assert not is_free(root, tmp_path / "site")


def test_where_the_cache_cannot_be_written_the_temporary_folder_keeps_others_out(
    root: Path,
) -> None:
    (root / ".cache").write_bytes(b"")
    with elsewhere(root, root / "site", Path(tempfile.gettempdir())):
        assert not is_free(root, root / "site")


@pytest.mark.skipif(sys.platform == "win32", reason="users are told apart by other means there")
def test_a_lock_that_one_user_made_another_can_take(root: Path) -> None:
    with alone(root, root / "site"):
        (lock,) = (root / ".cache").glob("*.lock")
        assert stat.S_IMODE(lock.stat().st_mode) == 0o666


def test_where_there_is_no_archive_nothing_is_made(tmp_path: Path) -> None:
    with alone(tmp_path, tmp_path / "site") as free:
        assert free
        assert list(tmp_path.iterdir()) == []


def test_the_folder_of_the_lock_says_what_it_is(root: Path) -> None:
    assert is_free(root, root / "site")
    assert {".gitignore", "README.txt"} < {path.name for path in (root / ".cache").iterdir()}
