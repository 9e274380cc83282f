"""What is written after `bulletin`, and what is wrong with it: argparse in Chinese, for nobody
translates its own words."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
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
