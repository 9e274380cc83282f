"""The command line `bulletin`: which commands there are, which arguments each takes.

Exit status 0: done; 1: not done, or there are problems, all of them printed; 2: the command line
is wrong.
"""

from __future__ import annotations

import argparse
import gc
import mmap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from bulletin_site import __version__
from bulletin_site.arguments import (
    Parser,
    base_url,
    count,
    day,
    epub_file,
    issue_id,
    port,
    year,
    zip_file,
)
from bulletin_site.commands import (
    run_build,
    run_check,
    run_epub,
    run_freeze,
    run_import,
    run_init,
    run_new,
    run_pack,
    run_pdf,
    run_serve,
)
from bulletin_site.console import patient_output
from bulletin_site.report import FORMATS

_LEAST_MEMORY = 256 * 1024 * 1024
"""Bytes that reading the libraries and the dictionary takes, with some to spare."""

_Run: TypeAlias = Callable[[argparse.Namespace], int]
_Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer the exit status. Raises what ended it too early."""
    with patient_output():
        chosen = _parser().parse_args(arguments)
        _ask_for_memory(chosen.memory)
        # An index is millions of small values that live to the end; looking through them again and
        # again for what could be thrown away takes longer than making them.
        gc.disable()
        try:
            status: int = chosen.run(chosen)
        finally:
            gc.enable()
        return status


def _ask_for_memory(size: int) -> None:
    """Raises OSError where there is too little: libraries that meet this later wait for ever
    (OpenBLAS, which numpy loads) or end the process with a trace (jieba-rs, Pango)."""
    mmap.mmap(-1, size).close()


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="bulletin",
        description="电子政务信息汇编：把 issues/ 里的各期内容生成网站，并检查链接和页码。",
        add_help=False,
        allow_abbrev=False,
    )
    _add_help(parser)
    parser.add_argument(
        "--version", action="version", version=f"bulletin {__version__}", help="显示版本"
    )
    commands = parser.add_subparsers(
        dest="command", required=True, metavar="命令", title="命令", parser_class=Parser
    )
    for add in (
        *(_add_build, _add_check, _add_serve, _add_import, _add_new, _add_freeze, _add_pdf),
        *(_add_pack, _add_epub, _add_init),
    ):
        add(commands)
    return parser


def _add_build(commands: _Commands) -> None:
    build = _command(
        commands, "build", run_build, help="生成网站", description="由 issues/ 生成网站。"
    )
    _add_root(build)
    _add_out(build)
    _add_base_url_and_strict(build)
    build.add_argument("--clean", action="store_true", help="不用缓存，没有变化也全部重写")


def _add_check(commands: _Commands) -> None:
    check = _command(
        commands,
        "check",
        run_check,
        help="检查内容和已生成的网站",
        description="检查 issues/ 的内容，以及已生成的网站：链接、页码、检索、标签信息。",
    )
    _add_root(check)
    _add_out(check)
    _add_base_url_and_strict(check)
    check.add_argument(
        "--format", choices=FORMATS, default="text", metavar="格式", help="text、json 或 github"
    )


def _add_pack(commands: _Commands) -> None:
    pack = _command(
        commands,
        "pack",
        run_pack,
        help="把已生成的网站打成一个压缩包",
        description="把已生成的网站打成一个压缩包，交给读者解压缩后阅读。",
    )
    _add_root(pack)
    _add_out(pack)
    pack.add_argument(
        "file",
        type=zip_file,
        metavar="压缩包",
        help="写成哪个文件，以 .zip 结尾；旧的压缩包换成新的",
    )


def _add_epub(commands: _Commands) -> None:
    epub = _command(
        commands,
        "epub",
        run_epub,
        help="把一年或全部各期做成一本电子书",
        description="把一年或全部各期做成一本 EPUB 电子书；每一期的电子书在网站里。",
    )
    _add_root(epub)
    epub.add_argument(
        "--year", type=year, metavar="年份", help="只要这一年的各期，例如 2014（默认：全部）"
    )
    epub.add_argument(
        "file",
        type=epub_file,
        metavar="电子书",
        help="写成哪个文件，以 .epub 结尾；旧的电子书换成新的",
    )


def _add_init(commands: _Commands) -> None:
    init = _command(
        commands,
        "init",
        run_init,
        help="另建一种汇编",
        description="在一个新文件夹里另建一种汇编：网页模板、总说明和一期示例，马上就能生成网站。",
    )
    init.add_argument("folder", type=Path, metavar="文件夹", help="新文件夹，或空文件夹")


def _add_serve(commands: _Commands) -> None:
    serve = _command(
        commands,
        "serve",
        run_serve,
        help="预览：一边改一边看",
        description="预览网站：改好文章一保存，浏览器里的网页就会更新，错处列在网页上。不写任何文件。",
    )
    _add_root(serve)
    serve.add_argument(
        "--port",
        type=port,
        metavar="端口",
        help="网址里的端口号（默认：从 8000 起第一个空着的；0：随便哪个空着的）",
    )
    serve.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="地址",
        help="让别的电脑也能看时用（默认：127.0.0.1，只有这台电脑能打开）",
    )
    serve.add_argument("--open", action="store_true", help="同时打开浏览器")


def _add_import(commands: _Commands) -> None:
    import_ = _command(
        commands,
        "import",
        run_import,
        help="从 Word、PDF、文字文件导入一期",
        description="把一期的 Word（.docx）、PDF、文字文件（.txt、.md）变成 issues/ 里的一期，"
        "写明认出了什么、哪里没有把握。写文件夹，就导入其中全部文件，每个文件是一期。",
    )
    _add_root(import_)
    import_.add_argument("files", type=Path, nargs="+", metavar="文件", help="文件或文件夹")
    import_.add_argument(
        "--as",
        dest="wanted",
        type=issue_id,
        metavar="期",
        help="这个文件是哪一期，例如 2014-05-1（默认：从封面认）",
    )
    import_.add_argument(
        "--replace",
        action="store_true",
        help="已经有这一期也重新导入；原来的文件夹移到 replaced/ 里",
    )


def _add_new(commands: _Commands) -> None:
    new = _command(
        commands,
        "new",
        run_new,
        help="新建一期，等着填写",
        description="新建一期：文件都在，等着填写。不写是哪一期，就接着最新的一期。",
    )
    _add_root(new)
    new.add_argument(
        "issue", type=issue_id, nargs="?", metavar="期", help="例如 2014-05-1（默认：下一期）"
    )
    new.add_argument(
        "--articles", type=count, default=1, metavar="篇数", help="有几篇文章（默认：1）"
    )
    new.add_argument(
        "--date", type=day, metavar="日期", help="出版日期，例如 2014-05-09（默认：照前几期推算）"
    )


def _add_freeze(commands: _Commands) -> None:
    freeze = _command(
        commands,
        "freeze",
        run_freeze,
        help="把排版得来的页码固定下来",
        description="发布以后，把排版得来的页码写进文章：page: auto 换成页码，正文里写上分页记号。",
    )
    _add_root(freeze)
    freeze.add_argument("issue", type=issue_id, metavar="期", help="例如 2014-05-1")


def _add_pdf(commands: _Commands) -> None:
    pdf = _command(
        commands,
        "pdf",
        run_pdf,
        help="把各期排成 PDF",
        description="把各期排成 PDF，放在各期的文件夹里：有印刷页码的照印刷的页分页；"
        "写了 page: auto 的，页码就从这里得来。不写是哪一期，就排所有没有 PDF 或者文字改过的。",
        memory=2 * _LEAST_MEMORY,
    )
    _add_root(pdf)
    pdf.add_argument(
        "issues", type=issue_id, nargs="*", metavar="期", help="例如 2014-05-1，可以写几期"
    )
    pdf.add_argument("--again", action="store_true", help="文字没有改过的也重新排")


def _command(
    commands: _Commands,
    name: str,
    run: _Run,
    *,
    help: str,
    description: str,
    memory: int = _LEAST_MEMORY,
) -> argparse.ArgumentParser:
    """One more command: `help` is its line in the list of all, `run` gives the exit status,
    `memory` are the bytes without which it is not begun."""
    command = commands.add_parser(
        name, help=help, description=description, add_help=False, allow_abbrev=False
    )
    _add_help(command)
    command.set_defaults(run=run, memory=memory)
    return command


def _add_help(parser: argparse.ArgumentParser) -> None:
    parser._positionals.title = "要写明的"
    parser._optionals.title = "选项"
    parser.add_argument("-h", "--help", action="help", help="显示这份说明")


def _add_root(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--root",
        type=Path,
        default=Path(),
        metavar="文件夹",
        help="放着 issues/ 和 templates/ 的文件夹（默认：当前文件夹）",
    )


def _add_out(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", type=Path, metavar="文件夹", help="网站所在的文件夹（默认：其中的 site）"
    )


def _add_base_url_and_strict(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--base-url",
        metavar="网址",
        type=base_url,
        help="网站发布的网址，用于站点地图（默认：archive.yaml 所写）",
    )
    command.add_argument("--strict", action="store_true", help="把提醒也当作错误")
