"""What the handbook shows of the program, made anew: what commands say, and the archive in which
they say it."""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from archives import BASE, ROOT, write
from bulletin_site.__main__ import main
from importing.word_files import RENDERED, paragraph, word_file

HELP = ROOT / "templates" / "help"
READERS, EDITORS, CODES = (HELP / name for name in ("index.md", "editors.md", "problems.md"))
PICTURES = ROOT / "templates" / "assets" / "help"
DATA = ROOT / "tests" / "data" / "help"
"""What the pictures show, as text; and the issue of the Word file as Chromium printed it, from the
page beside it."""

FENCE = re.compile(r"^```([a-z]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
"""A block of code: its kind, its lines."""

_FOLDER = "D:\\汇编"
_SECONDS = re.compile(r"\d+\.\d 秒")

_ISSUE = (
    *("电子政务信息汇编", "六月第一期", "秘书处", "2014年6月6日", "目　录"),
    *("【政务云】", "1、某市政务云上线运行………2"),
    *("【大数据】", "2、某县开放公共数据………3", "3、某省部署数据共享………4"),
    (RENDERED, "1、某市政务云上线运行"),
    (
        "某市政务云平台近日上线运行，首批三十个部门的业务系统迁移到云上。据介绍，平台由市里统一建设，"
        "各部门不再自建机房，",
        RENDERED,
        "全年可节约经费两千万元。",
    ),
    "（文汇报）",
    "2、某县开放公共数据",
    "某县公共数据开放平台开通，首批开放气象、交通、教育等十二类数据，市民和企业可以免费下载使用。",
    "3、某省部署数据共享",
    "某省召开会议，部署政务数据共享工作，要求年底以前各部门的目录全部编制完成。",
    "（人民网）",
)
"""An issue of three articles as Word keeps it; the second has no source."""


def blocks(text: str, *kinds: str) -> list[str]:
    """The blocks of some kinds in a text."""
    return [found[2] for found in FENCE.finditer(text) if found[1] in kinds]


def sample(folder: Path) -> Path:
    """A bulletin of one issue that is published; the Word file of the next, and what was printed."""
    write(folder, BASE)
    said(folder, "build")
    body = "".join(paragraph(*([part] if isinstance(part, str) else part)) for part in _ISSUE)
    (folder / "六月第一期.docx").write_bytes(word_file(body))
    shutil.copyfile(DATA / "issue.pdf", folder / "六月第一期.pdf")
    return folder


def said(folder: Path, *words: str) -> str:
    """What `bulletin` says when it is typed in a folder, as if that were the editor's."""
    out = io.StringIO()
    with _inside(folder), redirect_stdout(out):
        main(words)
    text = _SECONDS.sub("1.0 秒", out.getvalue())
    there = str(folder.resolve())
    return re.sub(
        rf"{re.escape(there)}\S*",
        lambda found: (_FOLDER + found[0].removeprefix(there)).replace("/", "\\"),
        text,
    )


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """In a folder, on a computer where no LibreOffice is found: few editors have it."""
    before, programs = Path.cwd(), os.environ.get("PATH", "")
    os.chdir(folder)
    os.environ["PATH"] = ""
    try:
        yield
    finally:
        os.chdir(before)
        os.environ["PATH"] = programs


def shown(text: str, folder: Path) -> str:
    """A text with what its commands say now, typed one after the other in a folder, and with the
    doubt that an import leaves there: it is settled before the next command."""

    def now(found: re.Match[str]) -> str:
        if found[1] == "console":
            line = found[2].split("\n", 1)[0]
            return f"```console\n{line}\n{said(folder, *line.split()[2:])}```"
        if found[1] == "doubt":
            return f"```doubt\n{settled(folder)}```"
        return found[0]

    return FENCE.sub(now, text)


def settled(folder: Path) -> str:
    """Take the doubts out of what the import left; answers their lines."""
    (file,) = folder.glob("issues/*/import.yaml")
    text = file.read_text("utf-8")
    lines = text[text.index("  - in:") : text.index("aside:")]
    file.write_text(text.replace(f"doubts:\n{lines}", ""), encoding="utf-8")
    return lines
