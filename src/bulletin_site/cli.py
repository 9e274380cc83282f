"""The command line `bulletin`: reads arguments, calls the pipeline, prints.

Exit status 0: done; 1: not done, or there are problems, all of them printed; 2: the command line
is wrong.
"""

from __future__ import annotations

import argparse
import gc
import io
import mmap
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias

from bulletin_site import __version__
from bulletin_site.arguments import Parser
from bulletin_site.console import console_of, patient_output
from bulletin_site.pages import urls
from bulletin_site.problems import Problem, errors
from bulletin_site.progress import Progress
from bulletin_site.publish import Published, Refused, publish
from bulletin_site.report import FORMATS, report, summary

_DONE, _PROBLEMS, _MISUSED = 0, 1, 2
_NAMED = 3
_LEAST_MEMORY = 256 * 1024 * 1024
"""Bytes that reading the libraries and the dictionary takes, with some to spare."""
_FEW = 20
"""Files of an import, up to which LibreOffice is asked for the pages of each: it takes seconds."""

_Run: TypeAlias = Callable[[argparse.Namespace], int]
_Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and answer the exit status. Raises what ended it too early."""
    with patient_output():
        chosen = _parser().parse_args(arguments)
        _ask_for_memory()
        # An index is millions of small values that live to the end; looking through them again and
        # again for what could be thrown away takes longer than making them.
        gc.disable()
        try:
            status: int = chosen.run(chosen)
        finally:
            gc.enable()
        return status


def _ask_for_memory(size: int = _LEAST_MEMORY) -> None:
    """Raises OSError where there is too little: libraries that meet this later wait for ever
    (OpenBLAS, which numpy loads) or end the process with a trace (jieba-rs, Pango)."""
    mmap.mmap(-1, size).close()


def _build(chosen: argparse.Namespace) -> int:
    started = time.monotonic()
    out = chosen.out or chosen.root / "site"
    with Progress(sys.stderr) as progress:
        published = publish(
            chosen.root,
            out,
            base_url=chosen.base_url,
            strict=chosen.strict,
            clean=chosen.clean,
            progress=progress,
        )
    _print_problems(published.problems, "text")
    if isinstance(published, Refused):
        print(f"{summary(published.problems)}；网站没有动。请按提示改好，再运行一次。")
        return _PROBLEMS
    print(_closing(published, time.monotonic() - started))
    print(f"请打开查看：{out.resolve() / urls.HOME}")
    return _DONE


def _closing(published: Published, seconds: float) -> str:
    """What there is, what is new, how long it took."""
    whole, new = published.summary, published.new_issues
    lines = [f"{whole.title}：{whole.issues} 期、{whole.articles} 篇，{whole.pages} 个网页。"]
    if published.unchanged:
        lines.append(f"内容没有变化，网站已是最新（{seconds:.1f} 秒）。")
        return "\n".join(lines)
    if 0 < len(new) < whole.issues:
        names = "、".join(f"{issue.name}（{issue.articles} 篇）" for issue in new[:_NAMED])
        more = f"等 {len(new)} 期" if len(new) > _NAMED else ""
        lines.append(f"新的一期：{names}{more}。")
    lines.append(
        f"新增 {len(published.added)} 个文件，更新 {len(published.changed)} 个，"
        f"删去 {len(published.removed)} 个（{seconds:.1f} 秒）。"
    )
    return "\n".join(lines)


def _check(chosen: argparse.Namespace) -> int:
    from bulletin_site.batch import Unmade
    from bulletin_site.build import build
    from bulletin_site.checks import check_site
    from bulletin_site.content.folder import unreadable_file
    from bulletin_site.excerpts import with_excerpts
    from bulletin_site.inputs import read
    from bulletin_site.output import published, read_site, site_texts

    if chosen.format != "text" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # programs read it
    out = chosen.out or chosen.root / "site"
    result = build(
        read(chosen.root),
        base_url=chosen.base_url,
        published=published(out),
    )
    problems = result.problems
    try:
        if result.files is not None:
            shown = _shown(out, chosen)
            try:
                built = read_site(out)
                found = check_site(result.archive, result.files, built, shown)
                problems += with_excerpts(found, site_texts(built, shown))
            except OSError as reason:
                problems += (unreadable_file(shown, "网站的文件读不出来", reason),)
    except Unmade as reason:
        problems += (reason.problem,)
    _print_problems(problems, chosen.format)
    if chosen.format == "text":
        print(f"检查完毕：{summary(problems)}。")
    return _PROBLEMS if errors(problems, strict=chosen.strict) else _DONE


def _pack(chosen: argparse.Namespace) -> int:
    from bulletin_site.content.folder import read_folder
    from bulletin_site.inputs import TEMPLATES
    from bulletin_site.pack import Packed, pack
    from bulletin_site.pages.templates import templates_of
    from bulletin_site.whole_file import among_inputs, refused

    templates, problems = templates_of(read_folder(chosen.root, TEMPLATES))
    inputs = among_inputs(chosen.root, chosen.file)
    if inputs:
        problems = [refused(chosen.file, f"压缩包不能放在 {inputs}/ 里")]
    packed = problems or pack(chosen.out or chosen.root / "site", chosen.file, templates)
    if not isinstance(packed, Packed):
        _print_problems([packed] if isinstance(packed, Problem) else packed, "text")
        return _PROBLEMS
    print(f"已打包 {packed.files} 个文件，共 {packed.size / 1_000_000:.1f} MB。")
    print(f"请交给读者：{chosen.file.resolve()}")
    print(f"读者先全部解压缩，再双击其中的 {urls.LAUNCHER}。")
    return _DONE


def _epub(chosen: argparse.Namespace) -> int:
    from bulletin_site.binding import Bound, bind
    from bulletin_site.inputs import read
    from bulletin_site.pages.downloads import size_text

    bound = bind(read(chosen.root), chosen.file, year=chosen.year)
    if not isinstance(bound, Bound):
        _print_problems(bound, "text")
        return _PROBLEMS
    _print_problems(bound.problems, "text")
    print(f"《{bound.title}》：{bound.issues} 期、{bound.articles} 篇。")
    print(f"已写成电子书，共 {size_text(bound.size)}：{chosen.file.resolve()}")
    return _DONE


def _init(chosen: argparse.Namespace) -> int:
    from bulletin_site.init import init

    started = init(chosen.folder, date.today())
    if isinstance(started, Problem):
        _print_problems((started,), "text")
        return _PROBLEMS
    folder = chosen.folder.resolve()
    print(f"新的汇编已经建好：{folder}")
    print(f"先看其中的 {started.readme}，再改 {started.archive} 和 {started.issue} 里的示例。")
    print(f'生成网站：bulletin build --root "{folder}"')
    return _DONE


def _zip_file(text: str) -> Path:
    if Path(text).suffix.lower() != ".zip":
        raise argparse.ArgumentTypeError(f"“{text}”应以 .zip 结尾，不然双击打不开")
    return Path(text)


def _epub_file(text: str) -> Path:
    if Path(text).suffix.lower() != ".epub":
        raise argparse.ArgumentTypeError(f"“{text}”应以 .epub 结尾，不然阅读器不认识")
    return Path(text)


def _year(text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text):
        raise argparse.ArgumentTypeError(f"“{text}”不是年份，应写成 2014 这样")
    return int(text)


def _serve(chosen: argparse.Namespace) -> int:
    from bulletin_site.preview.serve import serve

    return serve(chosen.root, host=chosen.host, port=chosen.port, browser=chosen.open)


def _import(chosen: argparse.Namespace) -> int:
    from bulletin_site.importing.formats import SUFFIXES
    from bulletin_site.importing.imports import State, import_files
    from bulletin_site.importing.kept_pages import keep_pages
    from bulletin_site.importing.report import outcome_report, table
    from bulletin_site.importing.selection import select

    gc.enable()  # what is left of one file must not lie there until the last one is read
    files, problems = select(chosen.files)
    if chosen.wanted and len(files) > 1:
        print("--as 一次只能用于一个文件。", file=sys.stderr)
        return _MISUSED
    if not files and not problems:
        print(f"没有找到可以导入的文件。可以导入的有：{'、'.join(SUFFIXES)}。")
        return _PROBLEMS
    with Progress(sys.stderr) as progress:
        run = import_files(
            chosen.root,
            files,
            wanted=chosen.wanted,
            replace_old=chosen.replace,
            keep=partial(keep_pages, by_office=len(files) <= _FEW),
            progress=progress,
        )
    _print_problems((*problems, *run.problems), "text")
    console = console_of(sys.stdout, os.environ)
    if len(run.outcomes) == 1:
        print(outcome_report(run.outcomes[0], console), end="")
    elif run.outcomes:
        print(table(run.outcomes, console), end="")
    failed = any(outcome.state is State.FAILED for outcome in run.outcomes)
    return _PROBLEMS if failed or problems or run.problems else _DONE


def _new(chosen: argparse.Namespace) -> int:
    from bulletin_site.importing.new_issue import Begun, new_issue
    from bulletin_site.importing.report import begun_report

    begun = new_issue(
        chosen.root,
        wanted=chosen.issue,
        day=chosen.date,
        today=date.today(),
        articles=chosen.articles,
    )
    if not isinstance(begun, Begun):
        _print_problems(begun, "text")
        return _PROBLEMS
    print(begun_report(begun), end="")
    return _DONE


def _freeze(chosen: argparse.Namespace) -> int:
    from bulletin_site.freeze import Frozen, freeze

    frozen = freeze(chosen.root, chosen.issue)
    if not isinstance(frozen, Frozen):
        _print_problems(frozen, "text")
        return _PROBLEMS
    pages = frozen.issue.pages
    if not frozen.files:
        print(f"{chosen.issue} 的页码本来就写在文件里，没有要改的。")
        return _DONE
    numbers = f"第 {pages.first} 页到第 {pages.last} 页"
    print(f"{chosen.issue} 的页码已经写进 {len(frozen.files)} 篇文章：{numbers}。")
    print("以后再改文字，页码也不会动；请运行 bulletin build。")
    return _DONE


def _pdf(chosen: argparse.Namespace) -> int:
    from bulletin_site.typeset.making import make_pdfs
    from bulletin_site.typeset.printing import unavailable
    from bulletin_site.typeset.report import making_report

    _ask_for_memory(2 * _LEAST_MEMORY)
    missing = unavailable()
    if missing:
        _print_problems((missing,), "text")
        return _PROBLEMS
    gc.enable()  # a laid out issue must not lie there until the last one is made
    with Progress(sys.stderr) as progress:
        making = make_pdfs(chosen.root, chosen.issues, again=chosen.again, progress=progress)
    _print_problems(making.problems, "text")
    print(making_report(making), end="")
    return _PROBLEMS if errors(making.problems) else _DONE


def _issue_id(text: str) -> str:
    from bulletin_site.content.issue import ISSUE_NAME

    if not ISSUE_NAME.match(text):
        raise argparse.ArgumentTypeError(
            f"“{text}”不是“年-月-序号”，2014 年 5 月第 1 期写作 2014-05-1"
        )
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2014-05-09 这样") from None


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text) or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}”不是篇数，应是 1 到 99 的数字")
    return int(text)


def _port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}”不是端口号，应是 0 到 65535 的数字")
    return int(text)


def _base_url(text: str) -> str:
    from bulletin_site.content.address import base_url_of

    base_url = base_url_of(text)
    if base_url is None:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是完整的网址，应以 http:// 或 https:// 开头，不带问号和井号"
        )
    return base_url


def _shown(out: Path, chosen: argparse.Namespace) -> str:
    """The built site's folder as problems name it: from the root where it lies in it."""
    try:
        return out.resolve().relative_to(chosen.root.resolve()).as_posix()
    except ValueError:
        return out.as_posix()


def _print_problems(problems: Sequence[Problem], form: str) -> None:
    text = report(problems, form, console=console_of(sys.stdout, os.environ))
    # In Chinese text mode a blank line parts the problems from what is said after them.
    print(text, end="\n" if text and form == "text" else "")


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
        commands, "build", _build, help="生成网站", description="由 issues/ 生成网站。"
    )
    _add_root(build)
    _add_out(build)
    _add_base_url_and_strict(build)
    build.add_argument("--clean", action="store_true", help="不用缓存，没有变化也全部重写")


def _add_check(commands: _Commands) -> None:
    check = _command(
        commands,
        "check",
        _check,
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
        _pack,
        help="把已生成的网站打成一个压缩包",
        description="把已生成的网站打成一个压缩包，交给读者解压缩后阅读。",
    )
    _add_root(pack)
    _add_out(pack)
    pack.add_argument(
        "file",
        type=_zip_file,
        metavar="压缩包",
        help="写成哪个文件，以 .zip 结尾；旧的压缩包换成新的",
    )


def _add_epub(commands: _Commands) -> None:
    epub = _command(
        commands,
        "epub",
        _epub,
        help="把一年或全部各期做成一本电子书",
        description="把一年或全部各期做成一本 EPUB 电子书；每一期的电子书在网站里。",
    )
    _add_root(epub)
    epub.add_argument(
        "--year", type=_year, metavar="年份", help="只要这一年的各期，例如 2014（默认：全部）"
    )
    epub.add_argument(
        "file",
        type=_epub_file,
        metavar="电子书",
        help="写成哪个文件，以 .epub 结尾；旧的电子书换成新的",
    )


def _add_init(commands: _Commands) -> None:
    init = _command(
        commands,
        "init",
        _init,
        help="另建一种汇编",
        description="在一个新文件夹里另建一种汇编：网页模板、总说明和一期示例，马上就能生成网站。",
    )
    init.add_argument("folder", type=Path, metavar="文件夹", help="新文件夹，或空文件夹")


def _add_serve(commands: _Commands) -> None:
    serve = _command(
        commands,
        "serve",
        _serve,
        help="预览：一边改一边看",
        description="预览网站：改好文章一保存，浏览器里的网页就会更新，错处列在网页上。不写任何文件。",
    )
    _add_root(serve)
    serve.add_argument(
        "--port",
        type=_port,
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
        _import,
        help="从 Word、PDF、文字文件导入一期",
        description="把一期的 Word（.docx）、PDF、文字文件（.txt、.md）变成 issues/ 里的一期，"
        "写明认出了什么、哪里没有把握。写文件夹，就导入其中全部文件，每个文件是一期。",
    )
    _add_root(import_)
    import_.add_argument("files", type=Path, nargs="+", metavar="文件", help="文件或文件夹")
    import_.add_argument(
        "--as",
        dest="wanted",
        type=_issue_id,
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
        _new,
        help="新建一期，等着填写",
        description="新建一期：文件都在，等着填写。不写是哪一期，就接着最新的一期。",
    )
    _add_root(new)
    new.add_argument(
        "issue", type=_issue_id, nargs="?", metavar="期", help="例如 2014-05-1（默认：下一期）"
    )
    new.add_argument(
        "--articles", type=_count, default=1, metavar="篇数", help="有几篇文章（默认：1）"
    )
    new.add_argument(
        "--date", type=_day, metavar="日期", help="出版日期，例如 2014-05-09（默认：照前几期推算）"
    )


def _add_freeze(commands: _Commands) -> None:
    freeze = _command(
        commands,
        "freeze",
        _freeze,
        help="把排版得来的页码固定下来",
        description="发布以后，把排版得来的页码写进文章：page: auto 换成页码，正文里写上分页记号。",
    )
    _add_root(freeze)
    freeze.add_argument("issue", type=_issue_id, metavar="期", help="例如 2014-05-1")


def _add_pdf(commands: _Commands) -> None:
    pdf = _command(
        commands,
        "pdf",
        _pdf,
        help="把各期排成 PDF",
        description="把各期排成 PDF，放在各期的文件夹里：有印刷页码的照印刷的页分页；"
        "写了 page: auto 的，页码就从这里得来。不写是哪一期，就排所有没有 PDF 或者文字改过的。",
    )
    _add_root(pdf)
    pdf.add_argument(
        "issues", type=_issue_id, nargs="*", metavar="期", help="例如 2014-05-1，可以写几期"
    )
    pdf.add_argument("--again", action="store_true", help="文字没有改过的也重新排")


def _command(
    commands: _Commands, name: str, run: _Run, *, help: str, description: str
) -> argparse.ArgumentParser:
    """One more command: `help` is its line in the list of all, `run` gives the exit status."""
    command = commands.add_parser(
        name, help=help, description=description, add_help=False, allow_abbrev=False
    )
    _add_help(command)
    command.set_defaults(run=run)
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
        type=_base_url,
        help="网站发布的网址，用于站点地图（默认：archive.yaml 所写）",
    )
    command.add_argument("--strict", action="store_true", help="把提醒也当作错误")
