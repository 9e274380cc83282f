"""Make .venv in the repository root and install the package there.

Needs nothing but Python's standard library. Run it again whenever you like: a .venv
that is up to date is left as it is.
"""

import platform
import sys

# Stands before everything else, and the file keeps to old syntax, so that an old Python
# gets as far as this message.
if sys.version_info < (3, 10):  # noqa: UP036
    sys.exit(f"需要 Python 3.10 或更高版本，当前为 {platform.python_version()}：请换用新版本。")

import functools
import hashlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / ".ci" / "constraints.txt"
STAMP = VENV / "bulletin-stamp.json"

Stamp = dict[str, str | list[str]]


def say(text: str) -> None:
    """Tell the user what is going on, in order with the output of the programs we start."""
    print(text, flush=True)


def use_utf8() -> None:
    """Let Chinese messages pass through pipes and logs whatever the system's code page."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")


def debian_install(packages: list[str]) -> bool:
    """Install Debian packages; False where that is not possible or fails."""
    names = " ".join(packages)
    root = _become_root()
    apt = shutil.which("apt-get")
    if not packages or apt is None or root is None:
        return False
    say(f"正在安装 Debian 软件包：{names}")
    # Waits for a package manager that is already at work, as on a freshly started machine.
    apt_get = [*root, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-o", "DPkg::Lock::Timeout=300"]
    _apt_update(tuple(apt_get))
    install = [*apt_get, "install", "-y", "-qq", "--no-install-recommends", *packages]
    result = subprocess.run(
        install,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if result.returncode != 0:
        say(result.stdout[-2000:].rstrip())
        say(f"软件包 {names} 没有装上，原因见上。")
    return result.returncode == 0


@functools.cache
def _apt_update(apt_get: tuple[str, ...]) -> None:
    """Refresh the package lists, once in a run.

    Whether it succeeds is not looked at: one dead source must not keep us from the others.
    """
    subprocess.run([*apt_get, "update", "-qq"], capture_output=True)


def _become_root() -> list[str] | None:
    """The words to put before a command to run it as root; None where there is no way."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo is None:
        return None
    # Nobody can type a password when there is no terminal, so fail rather than wait.
    return [sudo] if sys.stdin.isatty() else [sudo, "-n"]


def prepare(extras: str = "") -> Path:
    """Bring .venv up to date, with the extras of pyproject.toml; return its Python."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    # Scripts in a .venv hold its path, so one that was moved is as useless as one that was
    # made by another Python.
    maker = f"{platform.python_version()} {sys.base_prefix}"
    made_by: Stamp = {"root": str(ROOT), "python": maker}
    inputs = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes())
    installed = inputs.hexdigest()

    stamp = _read_stamp()
    same_maker = all(stamp.get(key) == value for key, value in made_by.items())
    if not same_maker or not _works(python):
        say("正在建立 .venv……")
        _make_venv()
        stamp = made_by
    have = stamp.get("extras", []) if stamp.get("installed") == installed else []
    if extras not in have:
        say("正在安装所需的软件包，首次需要几分钟……")
        # Whoever stops us half-way must not leave a stamp that calls the .venv finished.
        _write_stamp(made_by)
        _install(python, extras)
        # Any extra brings the plain package with it.
        _write_stamp({**made_by, "installed": installed, "extras": sorted({*have, "", extras})})
    return python


def _read_stamp() -> Stamp:
    try:
        stamp: Stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def _write_stamp(stamp: Stamp) -> None:
    STAMP.write_text(json.dumps(stamp, ensure_ascii=False, indent=1), encoding="utf-8")


def _works(python: Path) -> bool:
    try:
        return subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0
    except OSError:
        return False


def _make_venv() -> None:
    # Debian ships Python without ensurepip, which puts pip into a new venv.
    if importlib.util.find_spec("ensurepip") is None:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        if not debian_install([package]):
            sys.exit(f"这个 Python 缺少 venv：请先安装它（Debian 软件包 {package}），再重新运行。")
    # When this runs inside a venv, perhaps the very one to be replaced, the Python it was
    # made from does the work.
    maker = getattr(sys, "_base_executable", None) or sys.executable
    if subprocess.run([maker, "-m", "venv", "--clear", VENV]).returncode != 0:
        sys.exit("建不成 .venv：请关闭正在使用它的程序，删除 .venv 文件夹，再重新运行。")


def _install(python: Path, extras: str) -> None:
    package = f".[{extras}]" if extras else "."
    # Errors only: what pip warns of is how this computer is set up, and nothing an editor can mend.
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    # --use-pep517: without it, older versions of pip warn about how jieba, which the tests
    # install, is packaged.
    options = ["--use-pep517", "-c", str(CONSTRAINTS), "-e", package]
    if subprocess.run([*pip, *options], cwd=ROOT).returncode != 0:
        sys.exit("软件包没有装上，原因见上：请检查网络，再重新运行。")


if __name__ == "__main__":
    use_utf8()
    prepare()
