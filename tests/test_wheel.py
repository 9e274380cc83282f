"""The package as others install it: a wheel in an environment of its own, far from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest
from packaging.metadata import Metadata

from archives import ROOT, files_of
from preview.program import running

ALONE = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""The repository's own sources are not on the path."""
STRICT = {"PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "error::EncodingWarning"}
"""No file is read or written in whatever encoding the system has."""
MADE = (".gitignore", "PKG-INFO", "pyproject.toml")
"""What hatchling adds."""
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq"]


@pytest.fixture(scope="module")
def source_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    code = f"from hatchling.build import build_sdist; build_sdist({str(folder)!r})"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    (package,) = folder.glob("*.tar.gz")
    return package


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new virtual environment with the wheel in it. The libraries come from the one in which the
    tests run, so that nothing is asked of a network."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = wheel_of(ROOT, folder)
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    subprocess.run(
        [*PIP, "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)],
        check=True,
    )
    packages = next((folder / "venv" / "lib").glob("python*/site-packages"))
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder / "venv"


def wheel_of(source: Path, folder: Path) -> Path:
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(source)]
    subprocess.run([*PIP, *build], check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def run(environment: Path, *arguments: str, cwd: Path) -> str:
    ended = subprocess.run(
        [environment / "bin" / "bulletin", *arguments],
        cwd=cwd,
        env={**ALONE, **STRICT},
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


def test_the_source_package_gives_the_same_wheel(
    environment: Path, source_package: Path, tmp_path: Path
) -> None:
    with tarfile.open(source_package) as package:
        package.extractall(tmp_path)
    (unpacked,) = tmp_path.iterdir()
    (wheel,) = environment.parent.glob("*.whl")
    assert wheel_of(unpacked, tmp_path).read_bytes() == wheel.read_bytes()


def test_the_source_package_holds_the_program_and_no_bulletins(source_package: Path) -> None:
    with tarfile.open(source_package) as package:
        files = {name.split("/", 1)[1] for name in package.getnames()}
    tops = {name.split("/")[0] for name in files}
    assert tops == {*["src", "templates", "README.md", "CHANGELOG.md", "LICENSE"], *MADE}
    assert {"src/bulletin_site/py.typed", "templates/assets/opencc.LICENSE.txt"} <= files
    assert not [name for name in files if "__pycache__" in name]


def test_what_the_wheel_says_of_itself_is_valid(environment: Path) -> None:
    """Each field by its own rule, and the files of licences that it names are in it."""
    (wheel,) = environment.parent.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        names = package.namelist()
        (place,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        said = Metadata.from_email(package.read(place), validate=True)
    assert said.license_expression == "MIT"
    assert said.description_content_type == "text/markdown"
    folder = place.removesuffix("METADATA")
    licences = [f"{folder}licenses/{name}" for name in said.license_files or ()]
    assert len(licences) == 3
    assert set(licences) <= set(names)
