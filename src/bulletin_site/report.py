"""Problems as lines: for people, for programs (`json`), for GitHub's annotations (`github`)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bulletin_site.problems import Problem, Severity

FORMATS = ("text", "json", "github")
JSON_VERSION = 1
_WARNING = "（提醒）"


def report(problems: Sequence[Problem], form: str) -> str:
    """All problems in one of `FORMATS`, ending with a line end unless empty."""
    if form == "json":
        return _as_json(problems)
    line = _as_github if form == "github" else _as_text
    return "".join(f"{line(problem)}\n" for problem in problems)


def summary(problems: Sequence[Problem]) -> str:
    """`3 处错误、1 处提醒`"""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    parts = [f"{errors} 处错误"] if errors else []
    parts += [f"{warnings} 处提醒"] if warnings else []
    return "、".join(parts) or "没有问题"


def place(problem: Problem) -> str:
    """The file and, where there is one, the line."""
    return f"{problem.path}:{problem.line}" if problem.line else problem.path


def _as_text(problem: Problem) -> str:
    warning = _WARNING if problem.severity is Severity.WARNING else ""
    return f"{place(problem)}: {problem.code}：{warning}{problem.message}\n    提示：{problem.hint}"


def _as_json(problems: Sequence[Problem]) -> str:
    value = {
        "version": JSON_VERSION,
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                "code": problem.code,
                "severity": problem.severity.value,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _as_github(problem: Problem) -> str:
    """A workflow command; its properties escape more than its message."""

    def message(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return message(text).replace(":", "%3A").replace(",", "%2C")

    line = f",line={problem.line}" if problem.line else ""
    body = message(f"{problem.message}。提示：{problem.hint}")
    return (
        f"::{problem.severity.value} file={value(problem.path)}{line},title={problem.code}::{body}"
    )
