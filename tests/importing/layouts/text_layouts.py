"""Layouts as text files: what `.txt` and `.md` of such bulletins looked like between 2008 and 2020,
exported, copied out of Word, taken out of a PDF, or typed in Notepad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from opencc import OpenCC

from importing.layouts import contradictions
from importing.layouts.content import ArticleText, IssueText, mapped
from importing.layouts.numerals import circled, dotted_date, full, han, han_date, plain_date
from importing.layouts.sheet import Layout, Printed, Unknown
from importing.layouts.text_style import IDEM, Lines, TextStyle, printed, usual_cover


def _layout(
    name: str, style: TextStyle, *, suffix: str = ".txt", encoding: str = "utf-8"
) -> Layout:
    return Layout(name=name, suffix=suffix, make=lambda issue: printed(issue, style, encoding))


def _one(form: str) -> Callable[[int, ArticleText], Lines]:
    """A line for an article: `n`, `full`, `han`, `title`, `page`, `fullpage` may stand in it."""
    return lambda number, article: form.format(
        n=number,
        nn=f"{number:02}",
        full=full(number),
        han=han(number),
        title=article.title,
        page=article.page,
        fullpage=full(article.page),
    ).split("\n")


def _topic(form: str) -> Callable[[int, str], Lines]:
    return lambda number, topic: form.format(n=number, han=han(number), topic=topic).split("\n")


def _spaced_cover(issue: IssueText) -> Lines:
    """内部资料 above, letters of the title apart, number of the year and total in brackets."""
    number = (issue.date.year - 2008) * 24 + 2 * issue.date.month
    return [
        "内部资料  注意保存",
        *([issue.organization] if issue.organization else []),
        " ".join(issue.title),
        f"第{2 * issue.date.month}期（总第{number}期）",
        f"{issue.publisher}编　　　　　　　　{han_date(issue.date)}",
        issue.label,
    ]


def _line_cover(issue: IssueText) -> Lines:
    """All on one or two lines, with what each part is."""
    office = issue.organization or issue.publisher
    return [
        issue.title,
        f"{issue.date.year}年{issue.label}　　{dotted_date(issue.date)}",
        f"主办：{office}　　编辑：{issue.publisher}",
    ]


def _numbered_cover(issue: IssueText) -> Lines:
    """The number of the year, and nothing of the month's: the label can only be guessed."""
    number = 24 * (issue.date.year - 2008) + 2 * issue.date.month
    return [
        f"{issue.title}　（内部刊物）",
        f"第{2 * issue.date.month}期　总第{number}期",
        f"{issue.organization or issue.publisher}　　{plain_date(issue.date)}",
    ]


def _digit_cover(issue: IssueText) -> Lines:
    """`5月第1期` for 五月第一期, the date without years' and days' marks in brackets."""
    _, month, number = (int(part) for part in issue.id.split("-"))
    lines = [issue.title, f"{issue.date.year}年{month}月第{number}期", f"（{issue.date}）"]
    return [*lines, *([f"编印：{issue.organization}"] if issue.organization else [])]


def _imprint(issue: IssueText) -> Lines:
    """At the end: who made it, who is sent it."""
    return [
        "主编：某某　　编辑：某某　某某　　电话：（0000）1234567",
        f"主办单位：{issue.organization or issue.publisher}　　出版日期：{plain_date(issue.date)}",
    ]


def _distribution(issue: IssueText) -> Lines:
    return [
        "报：市委、市政府领导，市人大、市政协办公室。",
        "送：市直各部门，各县（区）人民政府。",
        "发：本单位各科室。",
        f"{issue.publisher}　　　　　　{plain_date(issue.date)}印发　　共印120份",
    ]


def _with_note(issue: IssueText) -> Lines:
    return ["编者按：本期选登近期各地的一些做法，供参考。文中的观点不代表本刊。"]


def _running_head(issue: IssueText, page: int) -> Lines:
    return [f"{issue.title}　{issue.date.year}年{issue.label}", ""]


def _two_lines(title: str, at: int = 14) -> Lines:
    """A long title in two lines: at its space, else in the middle."""
    if len(title) <= at:
        return [title]
    head, space, tail = title.partition(" ")
    if space and len(head) > 5 and len(tail) > 3:
        return [head, tail]
    middle = len(title) // 2
    return [title[:middle], title[middle:]]


def _broken_heading(number: int, article: ArticleText) -> Lines:
    first, *rest = _two_lines(article.title)
    return [f"{number}、{first}", *(IDEM + line for line in rest)]


def _broken_entry(number: int, article: ArticleText) -> Lines:
    *rest, last = _two_lines(article.title)
    lines = [f"{number}、{rest[0]}", f"{IDEM}{last}"] if rest else [f"{number}、{last}"]
    lines[-1] += f"……………………{article.page}"
    return lines


FIRST_SEED = TextStyle(
    heading=_one("{n}、{title}"),
    entry=_one("- {n}、{title}.....{page}"),
)
SECOND_SEED = TextStyle(
    cover=lambda issue: [
        *([issue.organization] if issue.organization else []),
        f"# {issue.title}",
        plain_date(issue.date),
        issue.label,
        issue.publisher,
    ],
    contents_title="## 目 录",
    contents_topic=lambda *_: [],
    entry=_one("{n}. {title} .....\t{page}"),
    heading=lambda n, a: [f"## {n}. {a.title}" if n < 3 else f"### **{n}. {a.title}**"],
    subheading=lambda text: text if len(text) % 2 else f"#### {text}",
    source=lambda source: f"( {source} )" if len(source) == 3 else f"（{source}）",
    cell=" | ",
)
FULL_WIDTH = TextStyle(
    cover=_line_cover,
    contents_title="目　　录",
    contents_topic=_topic("■{topic}"),
    entry=_one("{full}．{title}·········{fullpage}"),
    heading=_one("{full}．{title}"),
    topic_heading=_topic("■{topic}"),
    indent=IDEM,
    between="\n",
    source=lambda source: f"（来源：{source}）",
)
HAN_NUMBERED = TextStyle(
    cover=_spaced_cover,
    contents_title="要　目",
    contents_topic=_topic("{han}、{topic}"),
    entry=_one("（{han}）{title}\t{page}"),
    topic_heading=_topic("{han}、{topic}"),
    heading=_one("（{han}）{title}"),
    indent=IDEM,
    between="\n",
    source_at="line",
    source=lambda source: f"　　　　　　　　　　　　　　（{source}）",
    end=_distribution,
)
SQUARE = TextStyle(
    contents_title="本期导读",
    contents_topic=_topic("〖{topic}〗"),
    entry=_one("【{n}】{title}（{page}）"),
    heading=_one("【{n}】{title}"),
    source_at="below-title",
    source=lambda source: f"来源：{source}　日期：见报当日　作者：佚名",
    before_articles=_with_note,
)
CHAPTERS = TextStyle(
    cover=_line_cover,
    contents_title="目  次",
    contents_topic=_topic("◆ {topic} ◆"),
    entry=_one("第{han}篇  {title} …………… 第{page}页"),
    heading=_one("第{han}篇\n{title}"),
    source_at="line",
    source=lambda source: f"——{source}",
    topic_heading=_topic("◆ {topic} ◆"),
    end=_imprint,
)
ENGLISH = TextStyle(
    contents_title="CONTENTS",
    contents_topic=_topic("[{topic}]"),
    entry=_one("{nn}  {title}  P{page}"),
    heading=_one("{nn}  {title}"),
    source_at="line",
    source=lambda source: f"【{source}】",
    indent="    ",
    between="\n",
    cell="    ",
)
SLASHED = TextStyle(
    contents_title="目录",
    contents_topic=_topic("{topic}："),
    entry=_one("{n}) {title} /{page}"),
    heading=_one("{n}) {title}"),
    source_at="line",
    source=lambda source: f"来源：{source}",
    between="\r\n\r\n",
    end=_imprint,
)
UNNUMBERED = TextStyle(
    contents_title="目录",
    contents_topic=_topic("★{topic}★"),
    entry=_one("{title}……{page}"),
    heading=_one("{title}"),
    indent=IDEM,
    between="\n",
    topic_heading=_topic("★{topic}★"),
    source_at="line",
    source=lambda source: f"(摘自 {source})",
)
BROKEN_TITLES = TextStyle(
    contents_topic=_topic("【{topic}】"),
    entry=_broken_entry,
    heading=_broken_heading,
    indent=IDEM,
)
PAGED = TextStyle(
    cover=_line_cover,
    contents_title="目    录",
    entry=_one("{n}. {title}...................{page}"),
    heading=_one("{n}. {title}"),
    indent=IDEM,
    pages="paged",
    page_foot=lambda _, page: ["", f"                         — {page} —"],
)
HEADED = TextStyle(
    contents_topic=_topic("●{topic}"),
    entry=_one("{n}、{title}\t{page}"),
    heading=_one("{n}、{title}"),
    topic_heading=_topic("●{topic}"),
    indent=IDEM,
    pages="paged",
    width=30,
    page_head=_running_head,
    page_foot=lambda _, page: ["", f"第 {page} 页"],
    source_at="line",
    source=lambda source: f"（{source}）".rjust(30, "\u3000"),
    form_feed=False,
)
NARROW = TextStyle(
    entry=_one("({n}){title} ┄┄┄┄ {page}"),
    heading=_one("({n}){title}"),
    contents_topic=_topic("＝{topic}＝"),
    indent="  ",
    pages="paged",
    width=24,
    page_foot=lambda _, page: ["", f"·{page}·", ""],
    cover=_spaced_cover,
    end=_distribution,
)
WITHOUT_CONTENTS = TextStyle(
    heading=_one("{n}、{title}"),
    topic_heading=_topic("【{topic}】"),
    indent=IDEM,
    between="\n",
)
WHOLE = TextStyle(
    heading=_one("{han}、{title}"),
    entry=_one("{han}、{title}（P{page}）"),
    contents_title="本期要目",
    contents_topic=_topic("[{topic}]"),
    pages="whole",
    indent=IDEM,
    between="\n",
    source=lambda source: f"（来源: {source}）",
)
COVER_LAST = TextStyle(
    cover=lambda issue: [issue.title],
    entry=_one("{n}、{title} {page}"),
    heading=_one("★{n}、{title}"),
    contents_topic=_topic("--{topic}--"),
    source=lambda source: f"（{source}供稿）",
    end=lambda issue: [*usual_cover(issue)[1:], *_imprint(issue)],
)
MARKDOWN = TextStyle(
    cover=lambda issue: [
        f"# {issue.title}",
        *(f"**{x}**" for x in usual_cover(issue) if x != issue.title),
    ],
    contents_title="## 目录",
    contents_topic=_topic("**{topic}**"),
    entry=_one("{n}. {title} ... {page}"),
    topic_heading=_topic("## {topic}"),
    heading=_one("### {n}. {title}"),
    subheading=lambda text: f"#### {text}",
    source_at="line",
    source=lambda source: f"*来源：{source}*",
    cell=" | ",
)
BARE_MARKDOWN = TextStyle(
    cover=lambda issue: [
        f"{issue.title}\n====",
        issue.label,
        dotted_date(issue.date),
        issue.publisher,
    ],
    contents_title="目录\n----",
    contents_topic=_topic("* {topic}"),
    entry=_one("    * {title} （第{page}页）"),
    heading=_one("{title}\n----"),
    subheading=lambda text: f"**{text}**",
    source=lambda source: f"（*{source}*）",
)


CIRCLED = TextStyle(
    cover=_numbered_cover,
    contents_title="◇ 本期内容 ◇",
    contents_topic=_topic("□ {topic}"),
    entry=lambda n, a: [f"{circled(n)} {a.title}　{a.page}"],
    heading=lambda n, a: [f"{circled(n)} {a.title}"],
    source_at="line",
    source=lambda source: f"（来源:{source}）",
    contents_columns=2,
    indent=IDEM,
    between="\n",
)
PAGE_FIRST = TextStyle(
    cover=_digit_cover,
    contents_title="目录",
    contents_topic=_topic("· {topic} ·"),
    entry=_one("{page}\t{title}"),
    heading=_one("\n{title}\n"),
    source=lambda source: f"［{source}］",
    indent="\t",
    between="\n",
)
COPIED = TextStyle(
    cover=_line_cover,
    entry=_one("{n}.{title} ……{page}"),
    heading=_one("{n}.{title}"),
    page_foot=lambda _, page: [f"- {page} -"],
    source=lambda source: f"（{source}）",
    end=_distribution,
)
SEPARATED = TextStyle(
    cover=_digit_cover,
    entry=_one("◎ {title} ({page})"),
    heading=_one("* * * * *\n◎ {title}\n□ 本刊编辑部"),
    contents_topic=_topic("{han}. {topic}"),
    indent=IDEM,
    source_at="line",
    source=lambda source: f"{IDEM}责任编辑：某某　稿源：{source}",
    contents_last=True,
    may_stay=("□ 本刊编辑部",),
    between="\n\n\n",
)
EXPORTED = TextStyle(
    entry=_one("{n}.\t{title}\t{page}"),
    heading=_one("{n}.\t{title}"),
    contents_topic=_topic("\t{topic}"),
    subheading=lambda text: f"◆\t{text}",
    indent="    ",
    between="\r\n",
    source_at="line",
    source=lambda source: f"（{source}）".rjust(36),
)
SCANNED = TextStyle(
    entry=_one("{title}\n\t—— {page}"),
    contents_title="目 次",
    contents_topic=_topic("[ {topic} ]"),
    heading=_one("{title}"),
    pages="paged",
    width=32,
    indent=IDEM,
    page_head=lambda _, page: [f"{page}"],
    source_at="line",
    source=lambda source: f"　　　　　——摘自{source}",
)
TRADITIONAL = replace(FIRST_SEED, contents_title="目 錄", indent=IDEM)


@cache
def _s2t() -> OpenCC:
    return OpenCC("s2tw")


def _traditional(issue: IssueText, encoding: str = "utf-8") -> Printed:
    """An edition in traditional characters, topics too: these an import must find among those of
    archive.yaml, or ask."""
    change = _s2t().convert
    truth = mapped(issue, change)
    articles = tuple(
        replace(article, topics=tuple(change(topic) for topic in article.topics))
        for article in truth.articles
    )
    sheet = printed(replace(truth, articles=articles), TRADITIONAL, encoding)
    return replace(sheet, truth=truth, unknown=(*sheet.unknown, Unknown(field="topics")))


def _in_big5(issue: IssueText) -> bool:
    """Most issues hold a character that Big5 has not."""
    try:
        _traditional(issue, "cp950")
    except UnicodeEncodeError:
        return False
    return True


def _contradicting(name: str) -> Layout:
    make = contradictions.ALL[name]
    return Layout(
        name=f"contents-{name}", suffix=".txt", make=lambda issue: make(issue, FIRST_SEED)
    )


LAYOUTS: tuple[Layout, ...] = (
    _layout("seed-first", FIRST_SEED),
    _layout("seed-second", SECOND_SEED, suffix=".md"),
    _layout("full-width", FULL_WIDTH),
    _layout("full-width-gb18030", FULL_WIDTH, encoding="gb18030"),
    _layout("han-numbered", HAN_NUMBERED),
    _layout("han-numbered-utf16", HAN_NUMBERED, encoding="utf-16"),
    _layout("square-brackets", SQUARE),
    _layout("chapters", CHAPTERS),
    _layout("english-contents", ENGLISH, encoding="utf-8-sig"),
    _layout("slashed-crlf", SLASHED, encoding="gb18030"),
    _layout("unnumbered", UNNUMBERED),
    _layout("titles-in-two-lines", BROKEN_TITLES),
    _layout("paged", PAGED),
    _layout("paged-running-heads", HEADED),
    _layout("paged-narrow", NARROW, encoding="gb18030"),
    _layout("without-contents", WITHOUT_CONTENTS),
    _layout("whole-paragraphs", WHOLE),
    _layout("cover-last", COVER_LAST),
    _layout("markdown", MARKDOWN, suffix=".md"),
    _layout("markdown-underlined", BARE_MARKDOWN, suffix=".md"),
    _layout("paged-tight", replace(PAGED, width=38, indent="", entry=_one("{title}({page})"))),
    _layout("circled-two-columns", CIRCLED),
    _layout("page-first", PAGE_FIRST, encoding="gb18030"),
    _layout("copied-page-numbers", COPIED),
    _layout("separated-contents-last", SEPARATED),
    _layout("exported-crlf", EXPORTED, encoding="utf-16"),
    _layout("scanned", SCANNED),
    Layout(name="traditional", suffix=".txt", make=_traditional),
    Layout(
        name="traditional-big5",
        suffix=".txt",
        make=lambda issue: _traditional(issue, "cp950"),
        suits=_in_big5,
    ),
    *(_contradicting(name) for name in contradictions.ALL),
)
