"""The visual guide: every component of the pages on one page, cut out of pages that the real
templates made, so that what it shows is what readers see."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import escape
from itertools import count

from jinja2 import DictLoader, Environment, StrictUndefined
from selectolax.lexbor import LexborHTMLParser, LexborNode

from archives import ROOT, TWO_ISSUES, published_files, write
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages.charts import chart
from bulletin_site.pages.parts import Link
from bulletin_site.pages.timeline import Point, Timeline

GUIDE = ROOT / "docs" / "visual-guide" / "index.html"
STYLE = "../../templates/assets/site.css"
SITE = "../../site/"

ARTICLE = "issues/2014-06-2/05.html"
PUBLISHED = [
    # heading, caption, page, selector, how many of what it finds
    ("报头", "每页最上面：刊名、栏目、检索。当前栏目的红线压在报头的底线上。", ARTICLE, ".masthead", 1),
    ("位置", "从首页到这一页的路。手机上篇名只露开头。", ARTICLE, ".breadcrumb", 1),
    ("刊头", "只在首页：刊名、编印者、日期和总数，如报纸的第一版。", "index.html", ".nameplate, .nameplate-facts", 2),
    ("首篇", "首页上，最新一期印在最前面的一篇和它的开头。", "index.html", ".first", 1),
    ("封面", "每期目录和整期阅读的开头，照印刷的封面。", "issues/2014-05-1/index.html", ".cover", 1),
    ("目录", "栏目、序号、篇名、点线、页码。篇名折行时，点线从末行接起。", "issues/2014-05-1/index.html", ".toc-group", 2),
    ("编者说明", "编者的话，用楷体，与印刷的文字分开。", "issues/2014-06-2/index.html", ".note", 1),
    ("篇首", "篇名居中，下面是期次、日期、来源、主题、印刷页；再下是字体和打印。", ARTICLE, ".article > header", 1),
    ("按页阅读", "一期的全部印刷页，当前页是实心的。", "issues/2014-05-1/p5.html", ".page-list", 1),
    ("印刷页", "一页纸：每行 28 字，每页 22 行，转页处注明“接”“转”。", "issues/2014-05-1/p5.html", ".sheet", 1),
    ("引用", "按 GB/T 7714 写好的引文，和给文献管理软件的文件；有脚本时可以复制。", ARTICLE, ".citation", 1),
    ("相关文章", "与这一篇谈到同样的词的文章。", "issues/2014-05-1/01.html", ".related", 1),
    ("前后文章", "上一篇、下一篇；← 和 → 键也是。", ARTICLE, ".neighbours", 1),
    ("列表", "主题和来源的文章：左边期次，右边篇名、来源、页码。", "topics/government-cloud.html", ".listing-issue", 1),
    ("几期的篇数", "期数少的时候，一期一行。", "topics/government-cloud.html", ".timeline-lines", 1),
    ("热词", "上期（灰）与本期（红）所占比例；右边是篇数。", "trends.html", ".trend-columns", 1),
    ("检索框", "检索页的大框；报头里是小的。", "search.html", ".search-form", 1),
]  # fmt: skip

HIT = """<ol class="results"><li class="hit"><h2 class="hit-title"><a href="{site}issues/2014-05-1/02.html">海南构建国内首个省级<mark>政务云</mark>计算中心</a></h2>
<p class="hit-facts"><a class="issue" href="{site}issues/2014-05-1/index.html">2014年五月第一期</a> <time datetime="2014-05-09">2014年5月9日</time></p>
<p class="excerpt">近日，海南省正式宣布构建省级<mark>政务云</mark>计算中心。</p></li></ol>
<p class="partial-note">以下只含有一部分检索词。</p>"""
BAR = """<div class="marks-bar" role="group" aria-label="检索到的文字"><span>检索词 3 处</span><button type="button">上一处</button><button type="button">下一处</button></div>"""
BODY = {
    "light": "正文：宋体，每行 36 字，首行缩进两字；印刷页的起点是一道细红线，页码在页边。",
    "dark": "深色：跟随读者的系统；字仍是宋体，红色换浅。",
}
COLOURS = {
    "paper": "纸",
    "sheet": "报头、印刷页",
    "ink": "正文",
    "ink-soft": "说明",
    "rule": "细线",
    "rule-strong": "粗线",
    "bar": "图中从前的量",
    "accent": "链接",
    "accent-soft": "说明的底色",
    "seal": "粗红线、按钮、图中现在的量",
    "mark": "检索到的字",
}
SIZES = [
    ("nameplate", "刊名"),
    ("cover-title", "封面刊名"),
    ("hit-title", "检索结果的篇名"),
    ("excerpt", "摘录"),
    ("label", "小字"),
]

PAGE = """<!DOCTYPE html>
<html lang="zh-CN" data-size="medium">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>版式一览</title>
<link rel="stylesheet" href="{style}">
<style>
.guide > section {{ margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--rule-strong); }}
.guide-name {{ font-size: 1.25rem; }}
.guide-what {{ margin-bottom: 1.25rem; color: var(--ink-soft); }}
.guide .marks-bar {{ position: static; display: inline-flex; }}
.guide-scheme {{ padding: 1.5rem 7rem; margin-bottom: 1.5rem; color: var(--ink); background: var(--paper); }}
.guide-scheme td, .guide-scheme th {{ padding: 0.125rem 1rem 0.125rem 0; font-weight: 400; text-align: left; }}
.guide-scheme .nameplate, .guide-scheme .cover-title {{ font-family: var(--title); font-weight: 700; text-align: left; text-indent: 0; }}
.guide-scheme rect {{ stroke: var(--rule-strong); }}
@media (max-width: 54rem) {{ .guide-scheme {{ padding: 1rem; }} }}
{schemes}
</style>
</head>
<body class="page-guide">
<main class="wrap guide">
<h1>版式一览</h1>
<p class="lead">各种网页的零件，都由 templates/ 里的模板生成。这一页由 tests/visual_guide.py 写成；改了模板以后重写：UPDATE_EXPECTED=1 python -m pytest tests/test_visual_guide.py</p>
{sections}</main>
</body>
</html>
"""


def guide(folder_files: Mapping[str, bytes]) -> str:
    """The page; `folder_files` are those of the small archive that has corrections."""
    numbers = count(1)
    sections = []

    def add(name: str, what: str, html: str) -> None:
        sections.append(
            f'<section>\n<h2 class="guide-name">{name}</h2>\n'
            f'<p class="guide-what">{what}</p>\n{html}\n</section>\n'
        )

    files = published_files()
    for name, what, page, selector, most in PUBLISHED:
        html = _cut(files, page, selector, most, next(numbers))
        add(
            name,
            what,
            f'<div class="article">{html}</div>' if page == ARTICLE and name == "篇首" else html,
        )
    small = "issues/2014-06-2/01.html"
    add(
        "勘误",
        "正文不改动，错处列在文后。",
        _cut(folder_files, small, ".corrections", 1, next(numbers)),
    )
    add(
        "撤回",
        "撤回的文章，本期目录后面写明；它的网址上写明日期和原因。",
        _cut(folder_files, "issues/2014-06-2/index.html", ".withdrawn-articles", 1, next(numbers))
        + "\n"
        + _cut(folder_files, "issues/2014-06-2/03.html", "h1, .withdrawal", 2, next(numbers))
        .replace("<h1", "<h3")
        .replace("</h1", "</h3"),
    )
    add("多年的篇数", "期数多的时候，一年一柱，末一年是红的。", _timeline())
    add("检索结果", "篇名、期次和日期、摘录；只含一部分检索词的列在后面。", HIT.format(site=SITE))
    add("检索词所在", "从结果打开的文章，右下角有它，逐处去看。", BAR)
    for scheme, colours in _schemes().items():
        body = _cut(files, ARTICLE, ".body", 1, next(numbers))
        add(
            {"light": "浅色", "dark": "深色"}[scheme],
            BODY[scheme],
            f'<div class="guide-scheme guide-{scheme}">\n{_swatches(colours)}\n{_scale()}\n'
            f'<article class="article">{body}</article>\n</div>',
        )
    rules = "\n".join(
        f".guide-{scheme} {{ " + " ".join(f"--{k}: {v};" for k, v in colours.items()) + " }"
        for scheme, colours in _schemes().items()
    )
    return PAGE.format(style=STYLE, schemes=rules, sections="".join(sections))


def small_archive(folder: str) -> Mapping[str, bytes]:
    """The pages of the archive that has all that an article may have, built in `folder`."""
    files = build(read_inputs(write(ROOT / folder, TWO_ISSUES))).files
    assert files is not None
    return files


def _cut(files: Mapping[str, bytes], page: str, selector: str, most: int, number: int) -> str:
    """Parts of a page; addresses lead to the published site, ids are told from one another."""
    found = LexborHTMLParser(files[page].decode()).css(selector)[:most]
    assert found, f"{page}: {selector}"
    return "\n".join(_moved(node, page, number) for node in found)


def _moved(node: LexborNode, page: str, number: int) -> str:
    for inside in node.css("*"):
        for name, value in list(inside.attributes.items()):
            if value is None:
                continue
            if name in ("id", "for", "aria-labelledby"):
                inside.attrs[name] = f"g{number}-{value}"
            elif name in ("href", "action"):
                path = posixpath.normpath(posixpath.join(posixpath.dirname(page), value))
                own = value.startswith("#")
                inside.attrs[name] = f"#g{number}-{value[1:]}" if own else SITE + path
    return str(node.html)


def _timeline() -> str:
    """Nineteen years, as a large archive has."""
    counts = [38, 41, 43, 45, 39, 48, 47, 49, 46, 46, 46, 45, 43, 39, 44, 41, 51, 40, 42]
    points = tuple(
        Point(
            period=Link(text=f"{1994 + number}年", href=f"{SITE}issues/index.html"),
            count=of_year,
            level=None,
        )
        for number, of_year in enumerate(counts)
    )
    source = (ROOT / "templates" / "_charts.html").read_text(encoding="utf-8")
    environment = Environment(
        loader=DictLoader({"_charts.html": source}),
        autoescape=True, trim_blocks=True, undefined=StrictUndefined,
    )  # fmt: skip
    macros = environment.get_template("_charts.html").make_module()
    line = Timeline(unit="年", points=points, chart=chart(counts))
    return str(vars(macros)["timeline"](line)).strip()


def _schemes() -> dict[str, dict[str, str]]:
    """The colours of light and dark, as the stylesheet sets them first and second."""
    style = (ROOT / "templates" / "assets" / "site.css").read_text(encoding="utf-8")
    first, second = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
    light, dark = (dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in (first, second))
    return {"light": light, "dark": {**light, **dark}}


def _swatches(colours: Mapping[str, str]) -> str:
    rows = "\n".join(
        f'<tr><td><svg width="48" height="20" aria-hidden="true"><rect width="48" height="20" fill="{colours[name]}"/></svg></td>'
        f'<th scope="row">{what}</th><td>--{name}</td><td>{colours[name]}</td></tr>'
        for name, what in COLOURS.items()
    )
    return f"<table>\n{rows}\n</table>"


def _scale() -> str:
    return "\n".join(
        f'<p><span class="{escape(name)}">{escape(what)}：电子政务 2014</span></p>'
        for name, what in SIZES
    )
