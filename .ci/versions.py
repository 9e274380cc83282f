"""Run the tests on every Python that the program is for: once with the newest versions of all that
it is made with, once with the lowest that pyproject.toml allows.

    python3 .ci/versions.py                                   all of it: an hour and more
    python3 .ci/versions.py --python 3.10 --lowest tests/test_init.py

Each run has a new environment. What needs a browser is left to .ci/test.py, which has to have run
before: it brings the other programs of the tests. Other arguments go to pytest.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from prepare import ROOT, prepare, say, use_utf8

PYTHONS = ("3.10", "3.11", "3.12", "3.13")
# The lowest of what we name, with the newest of what these need in turn: theirs is not our word.
RESOLUTIONS = {"newest": "highest", "lowest": "lowest-direct"}
# Held for the versions of constraints.txt: the committed site (each release of OpenCC says anew
# which characters are traditional), and the licences, which projects change.
PINNED = (
    "tests/test_site_is_reproducible.py::test_the_committed_site_is_a_fresh_build_byte_for_byte",
    "tests/test_licences.py",
)
# On all processors; a file's tests stay together, for many share what is dear to make.
SPREAD = ("-n", "auto", "--dist", "loadfile")


def main(arguments: list[str]) -> int:
    use_utf8()
    parser = argparse.ArgumentParser(usage="versions.py [--python 版本] [--lowest] [pytest 的参数]")
    parser.add_argument("--python", action="append", choices=PYTHONS)
    parser.add_argument("--lowest", action="store_true")
    options, tests = parser.parse_known_args(arguments)
    uv = prepare("test").with_name("uv.exe" if sys.platform == "win32" else "uv")
    failed = []
    for version in options.python or PYTHONS:
        python = find_python(uv, version)
        if python is None:
            say(f"没有 Python {version}：请安装它，再重新运行。")
            failed.append(f"Python {version}（没有安装）")
            continue
        for kind in ["lowest"] if options.lowest else RESOLUTIONS:
            say(f"== Python {version}, {kind}")
            if not passes(uv, python, kind, tests):
                failed.append(f"Python {version}, {kind}")
    if failed:
        say(f"未通过：{'；'.join(failed)}")
    return 1 if failed else 0


def find_python(uv: Path, version: str) -> str | None:
    """uv looks where the system would; pyenv puts only one of its versions there."""
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    for wanted in (version, *map(str, sorted(pyenv.glob(f"versions/{version}.*/bin/python")))):
        command = [str(uv), "python", "find", "--no-python-downloads", "--system", wanted]
        found = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
        if found.returncode == 0:
            return found.stdout.strip()
    return None


def passes(uv: Path, python: str, kind: str, tests: list[str]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        environment = Path(folder) / "environment"
        there = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        apart = [f"--deselect={test}" for test in PINNED]
        resolution = f"--resolution={RESOLUTIONS[kind]}"
        commands: list[list[str | Path]] = [
            [uv, "venv", "-q", "--seed", "--python", python, environment],
            [uv, "pip", "install", "-q", "--python", there, resolution, "-e", ".[test]"],
            [there, "-m", "pytest", *SPREAD, "-m", "not browser", *apart, *tests],
        ]
        return all(subprocess.run(command, cwd=ROOT).returncode == 0 for command in commands)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
