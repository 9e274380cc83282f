"""Run every check of the project: format, lint, types, tests.

The same command does it on a developer's machine and in CI. Arguments go to pytest.
"""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

from prepare import ROOT, debian_install, prepare, say, use_utf8

WEB = ROOT / "tests" / "web"
CHROMIUM = "BULLETIN_CHROMIUM"
BROWSERS = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
]


class Tool(NamedTuple):
    """A program or font that the tests need from outside Python."""

    found: Callable[[], bool]
    packages: list[str]  # the Debian packages that bring it
    advice: str  # what to do when it cannot be installed here


def main(pytest_arguments: list[str]) -> int:
    use_utf8()
    python = prepare("test")
    failed = []
    if not get_tools():
        failed.append("测试所需的程序")
    if not get_node_packages():
        failed.append("npm ci")

    for title in ("ruff format --check .", "ruff check .", "mypy"):
        say(f"== {title}")
        if subprocess.run([python, "-m", *title.split()], cwd=ROOT).returncode != 0:
            failed.append(title)
            say(f"未通过：{title}")

    # The whole suite with the lowest versions takes too long for each time (.ci/versions.py).
    oldest = ["--python", "{}.{}".format(*sys.version_info), "--lowest"]
    some = [ROOT / "tests" / name for name in ("test_init.py", "test_golden_pages.py")]
    say(f"== versions.py {' '.join(oldest)}")
    if subprocess.run([python, ROOT / ".ci" / "versions.py", *oldest, *some, "-q"]).returncode != 0:
        failed.append("versions.py")

    # The tests run in any case, and last, so that their summary ends the output.
    say("== pytest")
    environment = {**os.environ, CHROMIUM: find_chromium()}
    # On all processors; a file's tests stay together, for many share what is dear to make.
    spread = ["-n", "auto", "--dist", "loadfile"]
    tests = [str(python), "-m", "pytest", *spread, *pytest_arguments]
    status = subprocess.run(tests, cwd=ROOT, env=environment).returncode
    if failed:
        say(f"未通过（详见上文）：{'、'.join(failed)}")
    return 1 if failed else status


def get_tools() -> bool:
    """Find or install all that the tests need from outside Python."""
    # A browser that was named is not replaced by another one behind the user's back.
    named = os.environ.get(CHROMIUM)
    tools = [
        Tool(
            lambda: bool(find_chromium()),
            [] if named else ["chromium"],
            f"没有可用的 Chromium：请安装它，并核对环境变量 {CHROMIUM}（浏览器程序的路径）。",
        ),
        Tool(
            has_chinese_font,
            ["fontconfig", "fonts-noto-cjk"],
            "没有中文字体：请安装 Noto CJK 字体（Debian 软件包 fontconfig、fonts-noto-cjk）。",
        ),
        Tool(
            lambda: starts("java", "-version"),
            ["default-jre-headless"],
            "没有 Java：请安装 Java 11 或更高版本（Debian 软件包 default-jre-headless）。",
        ),
        Tool(
            lambda: starts("node", "--version"),
            ["nodejs"],
            "没有 Node.js：请安装它（Debian 软件包 nodejs）。",
        ),
        Tool(
            lambda: starts("npm", "--version"),
            ["npm"],
            "没有 npm：请安装它（Debian 软件包 npm）。",
        ),
        Tool(
            lambda: shutil.which("epubcheck") is not None,
            ["epubcheck"],
            "没有 EPUBCheck：请安装它（Debian 软件包 epubcheck）。",
        ),
        Tool(
            has_pango,
            ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"],
            "没有 Pango：请安装它（Debian 软件包 libpango-1.0-0、libpangoft2-1.0-0、"
            "libharfbuzz-subset0）。",
        ),
        Tool(
            lambda: all(starts(name, "-v") for name in ("pdftotext", "pdfinfo")),
            ["poppler-utils"],
            "没有 pdftotext：请安装它（Debian 软件包 poppler-utils）。",
        ),
        Tool(
            lambda: shutil.which("soffice") is not None,
            ["libreoffice-writer-nogui"],
            "没有 LibreOffice：请安装它（Debian 软件包 libreoffice-writer-nogui）。",
        ),
    ]
    complete = True
    for tool in tools:
        if tool.found() or (debian_install(tool.packages) and tool.found()):
            continue
        say(tool.advice)
        complete = False
    return complete


def starts(program: str, *arguments: str) -> bool:
    """Whether a program is there and runs; some systems have stand-ins that only complain."""
    path = shutil.which(program)
    if path is None:
        return False
    return subprocess.run([path, *arguments], capture_output=True).returncode == 0


def find_chromium() -> str:
    """The path of a Chromium, or an empty string."""
    named = os.environ.get(CHROMIUM)
    for name in [named] if named else BROWSERS:
        # On Windows Chrome answers --version by opening a window, so being there must do.
        if sys.platform == "win32" or starts(name, "--version"):
            path = shutil.which(name)
            if path is not None:
                return path
    return ""


def has_chinese_font() -> bool:
    # Windows and macOS come with Chinese fonts.
    if sys.platform in ("win32", "darwin"):
        return True
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return False
    return bool(subprocess.run([fc_list, ":lang=zh"], capture_output=True).stdout.strip())


def has_pango() -> bool:
    """The libraries that WeasyPrint loads; Pango brings fontconfig and GLib with it."""
    names = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
    return all(ctypes.util.find_library(name) for name in names)


def get_node_packages() -> bool:
    """Install what tests/web/package-lock.json lists, unless that is done already."""
    stamp = WEB / "node_modules" / ".bulletin-stamp"
    wanted = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return True
    npm = shutil.which("npm")  # the whole path, because on Windows it is npm.cmd
    if npm is None:
        return False  # get_tools() has said so
    say("== npm ci")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=WEB).returncode != 0:
        say("tests/web 的软件包没有装上，原因见上：请检查网络，再重新运行。")
        return False
    stamp.write_text(wanted, encoding="ascii")
    return True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
