"""What an import says when it is done, for the editor who has the printed issue in hand: what was
recognised, page by page; what is doubtful; what was put aside; what to do next. And what is to be
filled in of a new issue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bulletin_site.console import PLAIN, Console, visible, width
from bulletin_site.content.doubts import IMPORT_FILE
from bulletin_site.content.issue import ISSUE_FILE
from bulletin_site.content.source import FOLDER
from bulletin_site.importing.doubtful import said_place
from bulletin_site.importing.draft import Draft
from bulletin_site.importing.imports import Outcome, State
from bulletin_site.importing.new_issue import Begun
from bulletin_site.importing.pages import Break, Paged
from bulletin_site.problems import Problem, errors
from bulletin_site.report import place, report, summary

_DOUBT = "import-doubt"
_CONTEXT = 10
_GAP = "  "
_SAID = {
    State.WRITTEN: "已导入",
    State.REPLACED: "已重新导入",
    State.UNCHANGED: "以前已导入",
    State.TWIN: "重复的一期",
    State.FAILED: "没有导入",
}
_MORE = {State.UNCHANGED: "，没有变化", State.TWIN: "，没有导入"}


def outcome_report(outcome: Outcome, console: Console = PLAIN) -> str:
    """All that is to be said of one file, on a console."""
    drafted = outcome.draft
    if drafted is None:
        if outcome.state is State.FAILED:
            return report(outcome.problems, "text", console=console) + "没有导入。\n"
        pages = f"{outcome.pages.said}\n" if outcome.pages else ""
        said = f"{outcome.file}：{_said(outcome)}（{FOLDER}/{outcome.issue}/）。\n{pages}"
        return _visible(said)
    parts = [
        _heading(outcome, drafted),
        _recognised(drafted),
        *_to_mend(outcome.problems, console),
        *_doubtful(outcome.problems),
        *_aside(drafted),
        *([[outcome.pages.said]] if outcome.pages else []),
        _next(outcome, drafted),
    ]
    return _visible("\n".join("".join(f"{line}\n" for line in part) for part in parts))


def _visible(text: str) -> str:
    """Lines in which no name and no quoted text is a command to the terminal."""
    return "\n".join(visible(line) for line in text.split("\n"))


def table(outcomes: Sequence[Outcome], console: Console = PLAIN) -> str:
    """One row a file, by the files' names; then why files were not imported, and which issues
    cannot be built yet."""
    outcomes = sorted(outcomes, key=lambda outcome: outcome.file)
    rows: list[Sequence[str]] = [("文件", "期", "篇数", "页", "分页", "存疑", "结果")]
    rows += (_row(outcome) for outcome in outcomes)
    text = "".join(f"{line}\n" for line in _aligned(rows))
    failed = [problem for o in outcomes if o.state is State.FAILED for problem in o.problems]
    to_mend = [p for o in outcomes if o.draft for p in errors(o.problems)]
    if failed:
        text += "\n没有导入的：\n" + report(failed, "text", console=console)
    if to_mend:
        text += "\n要先改好，build 才能生成网站：\n" + report(to_mend, "text", console=console)
    counted = Counter(_SAID[outcome.state] for outcome in outcomes)
    told = "，".join(f"{said} {number} 个" for said, number in counted.items())
    text += f"\n共 {len(outcomes)} 个文件：{told}。\n"
    kept = [outcome.pages for outcome in outcomes if outcome.pages and outcome.pages.pages]
    if kept:
        size = sum(pages.size for pages in kept) / 1_000_000
        text += f"留下了 {len(kept)} 个文件的样子（{size:.1f} MB），在预览里可以和文章对照着看。\n"
    if any(outcome.draft for outcome in outcomes):
        text += (
            "接下来运行 bulletin check，它逐条列出每一期存疑的地方；核对后运行 bulletin build。\n"
        )
    return _visible(text)


_COUNTED = (
    "正文里换页的地方写 {p6} 这样的记号（第 6 页从这里开始）。"
    "不想数页码，每篇都写 page: auto，不写记号，填完先运行 bulletin pdf，再 bulletin build。"
)
_OF_LAYOUT = "页码由排版决定（page: auto），不用数，正文里也不写分页记号。"


def begun_report(begun: Begun) -> str:
    """Where the skeleton of an issue lies, and what is to be filled in."""
    made = begun.skeleton
    articles = sum(name != ISSUE_FILE for name in made.files)
    auto = made.page_auto
    then = f"先运行 bulletin pdf {made.id}，再 " if auto else "就可以 "
    lines = [
        f"新的一期已经建好：{FOLDER}/{made.id}/（{made.date} {made.label}，{articles} 篇）",
        f"期号、日期和期名是推算的，请先核对 {ISSUE_FILE} 和文件夹名。",
        f"每篇（01.md 起）要填：题名 title、{'' if auto else '从第几页开始 page、'}主题 topics、"
        "来源 source（没有来源就删去这一行）；正文写在第二行 --- 的下面。",
        f"主题有：{'、'.join(begun.topics)}；几个之间用半角逗号，没有就写 []。",
        f"{_OF_LAYOUT if auto else _COUNTED}还有文章，就照样再建 {articles + 1:02}.md。",
        f"现在空着 {len(begun.blanks)} 处，bulletin check 会逐处指出；填完{then}bulletin build。",
    ]
    return "".join(f"{line}\n" for line in lines)


def _said(outcome: Outcome) -> str:
    said = _SAID[outcome.state] + _MORE.get(outcome.state, "")
    if outcome.twin:
        return f"{said}：已从 {outcome.twin} 导入"
    return f"{said}：原来的在 {outcome.kept}" if outcome.kept else said


def _row(outcome: Outcome) -> tuple[str, ...]:
    counts = outcome.counts
    if counts is None:
        return outcome.file, outcome.issue, "", "", "", "", _said(outcome)
    return (
        outcome.file,
        outcome.issue,
        str(counts.articles),
        _span(counts.first_page, counts.last_page),
        str(counts.breaks),
        str(counts.doubts),
        _said(outcome),
    )


def _span(first: int, last: int) -> str:
    return f"{first}—{last}" if last > first else str(first)


def _pages(drafted: Draft) -> tuple[int, int]:
    last = drafted.articles[-1]
    return drafted.articles[0].page, last.breaks[-1].page if last.breaks else last.page


def _breaks(drafted: Draft) -> int:
    return sum(len(paged.breaks) for paged in drafted.articles)


def _heading(outcome: Outcome, drafted: Draft) -> Iterator[str]:
    first, last = _pages(drafted)
    cover = drafted.cover
    yield f"{outcome.file} → {FOLDER}/{drafted.id}/"
    breaks = _breaks(drafted)
    told = f"{len(drafted.articles)} 篇，第 {_span(first, last)} 页"
    told += f"，文章里有 {breaks} 处分页" if breaks else ""
    yield f"{cover.date} {cover.label}：{told}。"
    names = (("主办单位", cover.organization), ("编印单位", cover.publisher))
    printed = "，".join(f"{key} {name}" for key, name in names if name)
    if printed:
        yield f"封面：{printed}。"
    if outcome.kept:
        yield f"原来的 {drafted.id} 移到了 {outcome.kept}/。"


def _recognised(drafted: Draft) -> Iterator[str]:
    """What begins on each printed page, and where in an article a page begins."""
    yield "认出的内容（竖线是分页的地方）："
    by_page: dict[int, list[str]] = {}
    for number, paged in enumerate(drafted.articles, start=1):
        piece = paged.piece
        source = f"（{piece.source}）" if piece.source else ""
        topic = f"【{piece.topic}】" if piece.topic else ""
        by_page.setdefault(paged.page, []).append(f"{number:02} {piece.title}{source}{topic}")
        for one in paged.breaks:
            by_page.setdefault(one.page, []).append(f"{number:02} 续：{_cut(paged, one)}")
    rows = [
        (f"第 {page} 页" if index == 0 else "", line)
        for page, lines in sorted(by_page.items())
        for index, line in enumerate(lines)
    ]
    yield from (f"{_GAP}{row}" for row in _aligned(rows))


def _cut(paged: Paged, one: Break) -> str:
    """The text around a page's end."""
    parts = paged.piece.parts
    before = parts[one.part].text[: one.offset]
    if not before and one.part:
        before = parts[one.part - 1].text
    after = parts[one.part].text[one.offset :]
    return f"……{_flat(before)[-_CONTEXT:]}|{_flat(after)[:_CONTEXT]}……"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _to_mend(problems: Iterable[Problem], console: Console) -> Iterator[Iterable[str]]:
    """What the loader says of the text, as `check` will."""
    others = [problem for problem in problems if problem.code != _DOUBT]
    if others:
        said = report(others, "text", console=console)
        yield [f"检查的结果（{summary(others)}）：", *said.splitlines()]


def _doubtful(problems: Iterable[Problem]) -> Iterator[Iterable[str]]:
    doubts = [problem for problem in problems if problem.code == _DOUBT]
    if not doubts:
        return
    lines = [f"没有把握的地方（{len(doubts)} 处）："]
    for number, problem in enumerate(doubts, start=1):
        lines.append(f"{number:3}. {place(problem)}：{problem.message}")
        lines.append(f"     提示：{problem.hint}")
    yield lines


def _aside(drafted: Draft) -> Iterator[Iterable[str]]:
    """What belongs to no article: counted by reason, and in full where that is not sure."""
    sure: dict[str, list[str]] = {}
    for aside in drafted.asides:
        if aside.sure:
            sure.setdefault(aside.reason, []).append(aside.text)
    told = [f"{reason} {len(texts)} 段" for reason, texts in sure.items()]
    unsure = [aside for aside in drafted.asides if not aside.sure]
    if told:
        yield [f"没有放进正文的：{'、'.join(told)}。全文记在 {IMPORT_FILE} 里。"]
    if unsure:
        yield [
            f"也没有放进正文，但不知道该不该放的（{len(unsure)} 段，全文）：",
            *(f"{_GAP}{said_place(a.place)} {a.reason}：{_flat(a.text)}" for a in unsure),
        ]


def _next(outcome: Outcome, drafted: Draft) -> Iterator[str]:
    wrong = errors(outcome.problems)
    doubts = any(problem.code == _DOUBT for problem in outcome.problems)
    yield "接下来："
    steps = [
        "打开预览：bulletin serve --open，在这一期的页面上点“对照原件”，和原件对照着通读一遍。"
    ]
    if wrong:
        steps.append(f"改好上面的 {len(wrong)} 处错误。没有改好以前，build 不会更新网站。")
    if doubts:
        steps.append(
            "逐条核对没有把握的地方。核对完一条，就从 "
            f"{FOLDER}/{drafted.id}/{IMPORT_FILE} 里删去那一条。"
        )
    steps.append("生成网站：bulletin build。")
    yield from (f"{_GAP}{number}. {step}" for number, step in enumerate(steps, start=1))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows as columns of a fixed width."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        yield _GAP.join(cell + " " * (wide - width(cell)) for cell, wide in cells).rstrip()
