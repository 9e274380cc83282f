"""What nobody foresaw, in two lines for people: what it was, and what to do about it."""

from __future__ import annotations

import errno
import traceback
from pathlib import Path

from bulletin_site.console import Unsaid
from bulletin_site.problems import said_by_system

_FRAMES = 3
_LONGEST = 300


def said_of(fault: BaseException) -> str:
    """Of what ended a command before it was done. A full disk, too little memory and the like are
    said as such; anything else is a mistake of this program, with the places where it was made."""
    if isinstance(fault, KeyboardInterrupt):
        return "\n已停下，没有做完；再运行一次即可。"
    if isinstance(fault, MemoryError) or getattr(fault, "errno", 0) == errno.ENOMEM:
        return "内存不够，没有做完。请关掉别的程序，再运行一次。"
    if isinstance(fault, Unsaid):  # a full disk, where `> FILE` sends what is said
        return f"程序说的话写不出去（{said_by_system(fault)}）。"
    if isinstance(fault, FileNotFoundError) and fault.filename is None:  # os.getcwd
        return "现在所在的文件夹已经删掉或改名了。请换到放着 issues/ 的文件夹，再运行一次。"
    if isinstance(fault, OSError) and fault.errno:
        where = f"：{fault.filename}" if isinstance(fault.filename, str) else ""
        return (
            f"没有做完（{said_by_system(fault)}）{where}\n"
            "请检查磁盘空间和文件夹的读写权限，再运行一次。"
        )
    if isinstance(fault, ImportError):
        return (
            f"程序没有装好，或者内存不够，{fault.name or '一个软件包'} 读不进来：{_words(fault)}\n"
            "请关掉别的程序再运行一次；还是这样，就重新安装。"
        )
    return (
        f"程序出了错，没有做完：{_words(fault)}（{_places(fault)}）\n"
        "这不是稿件的错。请把上面一行和所运行的命令告诉维护程序的人。"
    )


def _words(fault: BaseException) -> str:
    first = next(iter(str(fault).strip().splitlines()), "")
    return ": ".join(filter(None, (type(fault).__name__, first)))[:_LONGEST]


def _places(fault: BaseException) -> str:
    """The last calls that led to it."""
    frames = traceback.extract_tb(fault.__traceback__)[-_FRAMES:]
    return "、".join(f"{Path(frame.filename).name} 第 {frame.lineno} 行" for frame in frames)
