"""What is written after `bulletin`, and what is wrong with it: argparse in Chinese, for nobody
translates its own words; and what an argument may be."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from bulletin_site.problems import most_similar, offered

_WORDS = (
    (r"argument (\S+): expected one argument", r"\1 后面缺少内容"),
    (r"the following arguments are required: (.*)", r"缺少：\1"),
    (r"argument (\S+): ignored explicit argument (.*)", r"\1 后面不用写内容：\2"),
    (r"argument (\S+): (.*)", r"\1：\2"),
)
_DASHES = "-－—–"
"""What an option is begun with: word processors make one long dash of two."""
_CHOICE = re.compile(r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)")


class Parser(argparse.ArgumentParser):
    """Ends with status 2 where a command line is wrong: what is wrong, and what was meant."""

    def parse_known_args(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        namespace: Any = None,
    ) -> tuple[argparse.Namespace, list[str]]:
        """All arguments: none may be left over, so that it is the command they were written for
        which knows what was meant."""
        written = sys.argv[1:] if args is None else list(args)
        first = next(iter(written), "")
        if self._subparsers and first[:1] == "-" and first not in self._option_string_actions:
            self.error(f"第一个词应是命令，不能是“{first}”；选项写在命令的后面")
        chosen, unknown = super().parse_known_args(written, namespace)
        if unknown:
            options = list(self._option_string_actions)
            meant = {one: most_similar(one, options) for one in unknown if one[:1] in _DASHES}
            offers = "".join(offered(one, option) for one, option in meant.items() if option)
            self.error(f"不认识的参数：{' '.join(unknown)}。{offers}")
        return chosen, unknown

    def error(self, message: str) -> NoReturn:
        choice = _CHOICE.fullmatch(message)
        if choice:
            choices = choice[3].replace("'", "").split(", ")
            meant = most_similar(choice[2].lower(), choices)
            offer = offered(choice[2], meant) if meant else ""
            message = f"{choice[1]} 不能是“{choice[2]}”。{offer}可用的有：{'、'.join(choices)}。"
        for english, chinese in _WORDS:
            message = re.sub(f"^{english}$", chinese, message)
        self.print_usage(sys.stderr)
        self.exit(2, f"命令写得不对：{message}\n可以用 {self.prog} --help 查看说明。\n")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", "用法：", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "用法：", 1)


# What an argument may be: its value, or ArgumentTypeError with how it should be written.


def zip_file(text: str) -> Path:
    if Path(text).suffix.lower() != ".zip":
        raise argparse.ArgumentTypeError(f"“{text}”应以 .zip 结尾，不然双击打不开")
    return Path(text)


def epub_file(text: str) -> Path:
    if Path(text).suffix.lower() != ".epub":
        raise argparse.ArgumentTypeError(f"“{text}”应以 .epub 结尾，不然阅读器不认识")
    return Path(text)


def year(text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text):
        raise argparse.ArgumentTypeError(f"“{text}”不是年份，应写成 2014 这样")
    return int(text)


def issue_id(text: str) -> str:
    from bulletin_site.content.issue import ISSUE_NAME

    if not ISSUE_NAME.match(text):
        raise argparse.ArgumentTypeError(
            f"“{text}”不是“年-月-序号”，2014 年 5 月第 1 期写作 2014-05-1"
        )
    return text


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，应写成 2014-05-09 这样") from None


def count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text) or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}”不是篇数，应是 1 到 99 的数字")
    return int(text)


def port(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}”不是端口号，应是 0 到 65535 的数字")
    return int(text)


def base_url(text: str) -> str:
    from bulletin_site.content.address import base_url_of

    base_url = base_url_of(text)
    if base_url is None:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是完整的网址，应以 http:// 或 https:// 开头，不带问号和井号"
        )
    return base_url
