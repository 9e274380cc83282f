"""The package as others install it: a wheel in an environment of its own, far from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from urllib.request import urlopen

import pytest

from archives import ROOT, files_of
from preview.program import running

ALONE = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""The repository's own sources are not on the path."""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel in it. The libraries come from the one in which the
    tests run, so that nothing is asked of a network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*pip, *build], check=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    subprocess.run(
        [*pip, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)],
        check=True,
    )
    packages = next((folder / "venv" / "lib").glob("python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder / "venv"


def run(environment: Path, *arguments: str, cwd: Path) -> str:
    ended = subprocess.run(
        [environment / "bin" / "bulletin", *arguments],
        cwd=cwd,
        env=ALONE,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, ""), ended.stdout
    return ended.stdout


def test_the_installed_wheel_starts_a_bulletin_that_builds_checks_out_and_packs(
    environment: Path, tmp_path: Path
) -> None:
    said = run(environment, "init", "新刊", cwd=tmp_path)
    assert f"新的汇编已经建好：{tmp_path / '新刊'}" in said
    assert files_of(tmp_path / "新刊/templates") == files_of(ROOT / "templates")
    run(environment, "build", "--strict", cwd=tmp_path / "新刊")
    assert run(environment, "check", "--strict", cwd=tmp_path / "新刊") == "检查完毕：没有问题。\n"
    run(environment, "pack", "新刊.zip", cwd=tmp_path / "新刊")
    assert (tmp_path / "新刊/新刊.zip").is_file()


def test_the_installed_program_is_the_wheels_own(environment: Path, tmp_path: Path) -> None:
    """Else the test above would say nothing about the wheel."""
    place = subprocess.run(
        [environment / "bin" / "python", "-c", "import bulletin_site as b; print(b.__file__)"],
        cwd=tmp_path,
        env=ALONE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(place.stdout.strip()).is_relative_to(environment)


def test_the_installed_wheel_previews(environment: Path, tmp_path: Path) -> None:
    run(environment, "init", "新刊", cwd=tmp_path)
    command = [str(environment / "bin" / "bulletin")]
    with running(tmp_path / "新刊", command=command, PYTHONPATH="") as program:
        for name in ("preview.js", "preview.css", "waiting.css", "beside.css", "beside.js"):
            with urlopen(f"{program.url}.preview/{name}") as answered:
                own = ROOT / "src/bulletin_site/preview/assets" / name
                assert answered.read() == own.read_bytes()
