"""Problems as lines: for people, for programs (`json`), for GitHub's annotations (`github`)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from bulletin_site.console import PLAIN, Console, visible
from bulletin_site.problems import Excerpt, Problem, Severity

FORMATS = ("text", "json", "github")
JSON_VERSION = 1
"""Of `problems.schema.json`: a higher one when a field goes or means something else."""
_WARNING = "（提醒）"
_INDENT = "    "
_CUT = "..."
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33"}


def report(
    problems: Sequence[Problem], form: str, *, console: Console = PLAIN, command: str = "check"
) -> str:
    """All problems in one of `FORMATS`, ending with a line end unless empty. The text form is for a
    `console`; the JSON form names the `command` that found them."""
    files = _by_file(problems).values()
    if form == "json":
        return _as_json([problem for file in files for problem in file], command)
    if form == "github":
        return "".join(f"{_as_github(problem)}\n" for file in files for problem in file)
    return "\n".join("".join(_as_text(problem, console) for problem in file) for file in files)


def summary(problems: Sequence[Problem]) -> str:
    """`3 处错误、1 处提醒`"""
    errors, warnings = _counts(problems)
    parts = [f"{errors} 处错误"] if errors else []
    parts += [f"{warnings} 处提醒"] if warnings else []
    return "、".join(parts) or "没有问题"


def place(problem: Problem) -> str:
    """The file and, where there is one, the line."""
    return f"{problem.path}:{problem.line}" if problem.line else problem.path


def _counts(problems: Sequence[Problem]) -> tuple[int, int]:
    """How many are errors, how many warnings."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return errors, len(problems) - errors


def _by_file(problems: Sequence[Problem]) -> Mapping[str, Sequence[Problem]]:
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(problem)
    return found


def _as_text(problem: Problem, console: Console) -> str:
    """What is wrong, how it is mended, and the place."""
    warning = _WARNING if problem.severity is Severity.WARNING else ""
    code = _coloured(problem.code, problem, console)
    # A file's name may hold a line end, or a command to the terminal.
    said = f"{visible(place(problem))}: {code}：{warning}{visible(problem.message)}\n"
    hint = "".join(f"{visible(line)}\n" for line in problem.hint.split("\n"))
    return f"{said}{_INDENT}提示：{hint}" + "".join(
        f"{line}\n" for line in _excerpt_lines(problem, console)
    )


def _excerpt_lines(problem: Problem, console: Console) -> Iterator[str]:
    """The line as it stands in the file, and below it signs under what is wrong."""
    excerpt = problem.excerpt
    if excerpt is None:
        return
    number = str(problem.line)
    before, marked, after = excerpt_parts(excerpt, console)
    yield f"{_INDENT}{number} | {before}{marked}{after}".rstrip()
    if marked:
        blanks = " " * console.width(before)
        signs = _coloured("^" * max(1, console.width(marked)), problem, console)
        yield f"{_INDENT}{' ' * len(number)} | {blanks}{signs}"


def excerpt_parts(excerpt: Excerpt, console: Console = PLAIN) -> tuple[str, str, str]:
    """What is shown before, at and after the place, as the console can show it."""
    start = max(0, excerpt.column - excerpt.first) if excerpt.column else len(excerpt.text)
    end = max(start, excerpt.end - excerpt.first)
    pieces = (excerpt.text[:start], excerpt.text[start:end], excerpt.text[end:])
    before, marked, after = map(console.shown, pieces)
    lead = _CUT if excerpt.first > 1 else ""
    tail = _CUT if excerpt.cut else ""
    return f"{lead}{before}", marked, f"{after}{tail}"


def _coloured(text: str, problem: Problem, console: Console) -> str:
    return f"\x1b[1;{_COLOURS[problem.severity]}m{text}\x1b[0m" if console.colour else text


def _as_json(problems: Sequence[Problem], command: str) -> str:
    errors, warnings = _counts(problems)
    value = {
        "version": JSON_VERSION,
        "command": command,
        "counts": {"errors": errors, "warnings": warnings},
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                **_place_fields(problem.excerpt),
                "code": problem.code,
                "severity": problem.severity.value,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _place_fields(excerpt: Excerpt | None) -> Mapping[str, int | str]:
    """Where in the line, and what the line says."""
    if excerpt is None:
        return {}
    marked = {"column": excerpt.column, "end": excerpt.end} if excerpt.column else {}
    return {**marked, "source": excerpt.text, "source_column": excerpt.first}


def _as_github(problem: Problem) -> str:
    """A workflow command; its properties escape more than its message."""

    def message(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return message(text).replace(":", "%3A").replace(",", "%2C")

    line = f",line={problem.line}" if problem.line else ""
    excerpt = problem.excerpt
    if problem.line and excerpt and excerpt.column:
        # GitHub's end is the last column that is wrong, not the one after it.
        line += f",col={excerpt.column},endColumn={max(excerpt.column, excerpt.end - 1)}"
    body = message(f"{problem.message}。提示：{problem.hint}")
    return (
        f"::{problem.severity.value} file={value(problem.path)}{line},title={problem.code}::{body}"
    )
