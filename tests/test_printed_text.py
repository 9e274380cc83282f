"""Every word against print: a transcription of the two printed issues, made apart from `issues/`, is
read here by a parser of its own and held against the loaded archive and the built pages.

The tables below were typed from the printed tables of contents and read off the printed pages, so
that a mistake that both parsers share would still show.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

import pytest
from selectolax.lexbor import LexborHTMLParser

from archives import ROOT, only, published, published_files
from bulletin_site.content.model import Article, Issue
from bulletin_site.pages import prose

FIRST, SECOND = "2014-05-1", "2014-06-2"

Row = tuple[int, str, int, str | None]
"""Number, title, printed page, source."""

PRINTED: dict[str, list[Row]] = {
    FIRST: [
        (1, "广东省首部云计算发展规划出台", 2, "中华人民共和国工业和信息化部"),
        (2, "海南构建国内首个省级政务云计算中心", 3, "美通社"),
        (3, "黑龙江省工业云信息化服务平台启动", 4, "黑龙江省人民政府网站"),
        (4, "山东济南市食品药品监管系统“落户”政务云中心", 4, "山东卫生新闻网"),
        (5, "上海正式开通信用大数据平台", 5, "文汇报"),
        (6, "大数据时代的江苏策略", 5, "新华网江苏频道"),
        (7, "美国白宫 85 页报告详述大数据的机遇与挑战", 7, "ZDNet 存储频道"),
        (8, "山东加大政务公开 县级以上将设立新闻发言人", 8, "人民日报"),
        (9, "福建省启动行政执法与刑事司法衔接信息共享平台", 9, "正义网"),
        (10, "新版广东省网上信访大厅上线 一站式诉求表达平台开通", 10, "羊城晚报"),
        (11, "电子政务无线网络推动青岛政协会议无纸化", 10, "中国山东"),
        (12, "纽约计划淘汰付费公用电话亭 改建免费 wifi 信息亭", 11, "中国经济网"),
    ],
    SECOND: [
        (1, "互联网成中国公民发表言论重要渠道之一", 2, "新华网"),
        (2, "云服务落户政府采购", 3, "中国政府采购报"),
        (3, "《广东省信息化促进条例》9月开始实施", 4, "广州日报"),
        (4, "广西成立物联网标准化技术委员会", 5, "中国质量报"),
        (5, "打造政府基础数据库 成都将尝试大数据决策", 5, "四川新闻网"),
        (6, "Gartner 选出 2014 中国十大战略技术趋势", 6, "ZDNet CIO 与应用频道"),
        (7, "Gartner 发布报告称云服务市场竞争日趋激烈", 7, "中关村在线"),
        (8, "新西兰财政部长：大数据或重塑财政预算案", 8, "ZDNet 存储频道"),
        (9, "澳大利亚发布网络安全报告 涉及公共数据泄露", 9, "人民邮电报"),
        (10, "澳大利亚拟成立“云服务”政府采购督导机构", 10, "中国政府采购报"),
        (11, "上海：办理出入境证件“微信预约”只需 2 分钟", 11, "人民网"),
        (12, "海关总署：一季度无纸通关逾七成", 12, "国际商报"),
        (13, "政务服务改革将推“广州模式”", 14, None),
    ],
}

TOPICS_OF_THE_FIRST: list[tuple[str, list[int]]] = [
    ("政务云", [1, 2, 3, 4]),
    ("大数据", [5, 6, 7]),
    ("政务公开", [8]),
    ("政务信息化", [9, 10, 11, 12]),
]

Cut = tuple[int, str, str, int]
"""Article, the last characters above the page's end, the first below it, the page that begins."""

CUTS: dict[str, list[Cut]] = {
    FIRST: [
        (4, "与市政务云平台的整合和", "开发利用，逐步完成", 5),
        (6, "规划，组织当地重", "点企业或科研机构", 6),
        (6, "为大数据创业企业提供资", "金支持；在省级专项", 7),
        (7, "对这个项目的研究过程进", "行更多的解释，他提到", 8),
        (8, "新闻发布制度，使政府信息", "发布成为制度性安排。", 9),
    ],
    SECOND: [
        (1, "被网民发表出来。据统计，中", "国网民每天发布和转发", 3),
        (2, "如果政策引导得力，", "凭借广阔的市场空间，", 4),
        (5, "法人单位基础信息库，包含40", "多个政府部门所掌握", 6),
        (6, "最新的研究报告，遴选出中国", "十大战略技术趋势，包括：", 7),
        (7, "AWS 和其他供应商之间的差", "距会随时间缩小，", 8),
        (9, "数据泄密事件发生时，勇", "于公开揭露；政府应", 10),
        (10, "“云服务采购一体化政府采", "购项目”的专业机构的督导下", 11),
        (11, "平衡了窗口资源。最终给", "群众带来实实在在的好处", 12),
        (12, "无纸化通关报关单 1124 万份，", "占同期报关单总数的近 73%。", 13),
        (12, "联网核查、简化报关单随", "附单证、优化完善配套", 14),
        (13, "政务服务改革的广州", "经验、12345 热线的民意分析", 15),
    ],
}

SUBHEADINGS: list[tuple[int, str]] = [
    (5, "搭建政府基础数据库 已积累数据资源超50TB"),
    (5, "挖掘数据资源 尝试“大数据决策”"),
    (11, "既便捷又省时的微信预约申请"),
    (11, "集多种功能于一体的综合服务平台"),
]

EVERY_ARTICLE = [f"{issue}/{number:02}" for issue, rows in PRINTED.items() for number, *_ in rows]
EVERY_CUT = [(issue, *cut) for issue, cuts in CUTS.items() for cut in cuts]


# The transcription, read by rules of its own.


@dataclass
class Transcribed:
    """An article as the transcription has it; a page's end still cuts `paragraphs` in two."""

    number: int
    title: str
    paragraphs: list[str] = field(default_factory=list)
    source: str | None = None


@dataclass
class TranscribedIssue:
    contents: list[tuple[int, str, int, str | None]] = field(default_factory=list)
    """Number, title, page, topic."""
    articles: list[Transcribed] = field(default_factory=list)


CONTENTS_LINE = re.compile(r"(?:- )?(\d+)[、.] ?(.+?) ?\.{5}\s*(\d+)")
TOPIC_LINE = re.compile(r"【(.+)】")
ARTICLE_LINE = re.compile(r"(?:#+ )?(?:\*\*)?(\d+)[、.] ?(.+?)(?:\*\*)?")
LAST_BRACKET = re.compile(r"(.*)[（(] ?([^（）()]+?) ?[）)]", re.DOTALL)


@cache
def transcription(issue_id: str) -> TranscribedIssue:
    text = (ROOT / "tests/data/printed" / f"{issue_id}.txt").read_text("utf-8")
    issue = TranscribedIssue()
    topic: str | None = None
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if listed := CONTENTS_LINE.fullmatch(line):
            issue.contents.append((int(listed[1]), listed[2], int(listed[3]), topic))
        elif heading := TOPIC_LINE.fullmatch(line):
            topic = heading[1]
        elif heading := ARTICLE_LINE.fullmatch(line):
            issue.articles.append(Transcribed(int(heading[1]), heading[2]))
        elif issue.articles:
            issue.articles[-1].paragraphs.append(line.lstrip("# "))
    for article in issue.articles:
        if signed := LAST_BRACKET.fullmatch(article.paragraphs[-1]):
            article.paragraphs[-1], article.source = signed[1], signed[2]
    return issue


def transcribed(article_id: str) -> Transcribed:
    issue_id, number = article_id.split("/")
    (found,) = (a for a in transcription(issue_id).articles if a.number == int(number))
    return found


def rejoined(article_id: str) -> list[str]:
    """The paragraphs of the transcription, those that a page's end had cut in one piece again."""
    issue_id, number = article_id.split("/")
    cuts = [cut for cut in CUTS[issue_id] if cut[0] == int(number)]
    whole: list[str] = []
    for paragraph in transcribed(article_id).paragraphs:
        goes_on = whole and any(
            whole[-1].endswith(above) and paragraph.startswith(below) for _, above, below, _ in cuts
        )
        if goes_on:
            whole[-1] += paragraph
        else:
            whole.append(paragraph)
    return whole


def ink(text: str) -> str:
    """Text, white space aside."""
    return re.sub(r"\s+", "", text)


# The other side: the loaded archive and the built pages.


def loaded_issue(issue_id: str) -> Issue:
    (issue,) = (issue for issue in published().archive.issues if issue.id == issue_id)
    return issue


def loaded(article_id: str) -> Article:
    (article,) = (a for a in published().archive.articles if a.id == article_id)
    return article


@cache
def page(address: str) -> LexborHTMLParser:
    return LexborHTMLParser(published_files()[address].decode())


def article_page(article_id: str) -> LexborHTMLParser:
    return page(f"issues/{article_id}.html")


def issue_page(issue_id: str) -> LexborHTMLParser:
    return page(f"issues/{issue_id}/index.html")


# The transcription against the tables.


@pytest.mark.parametrize("issue_id", PRINTED)
def test_the_transcription_lists_the_titles_and_pages_of_the_table(issue_id: str) -> None:
    listed = [(number, title, page) for number, title, page, _ in transcription(issue_id).contents]
    assert listed == [(number, title, page) for number, title, page, _ in PRINTED[issue_id]]


@pytest.mark.parametrize("issue_id", PRINTED)
def test_the_transcription_heads_and_signs_its_articles_as_the_table_says(issue_id: str) -> None:
    found = [(a.number, a.title, a.source) for a in transcription(issue_id).articles]
    assert found == [(number, title, source) for number, title, _, source in PRINTED[issue_id]]


def test_twelve_articles_of_each_issue_are_signed() -> None:
    signed = [a.source for issue in PRINTED for a in transcription(issue).articles if a.source]
    assert len(signed) == 12 + 12


@pytest.mark.parametrize(("issue_id", "count"), [(FIRST, 5), (SECOND, 11)])
def test_every_paragraph_without_an_end_is_a_known_cut_or_a_subheading(
    issue_id: str, count: int
) -> None:
    open_ended = [
        (article.number, paragraph)
        for article in transcription(issue_id).articles
        for paragraph in article.paragraphs
        if not paragraph.endswith(("。", "：", "”", "？"))
    ]
    subheadings = SUBHEADINGS if issue_id == SECOND else []
    cuts = [entry for entry in open_ended if entry not in subheadings]
    assert len(cuts) == len(CUTS[issue_id]) == count
    for (number, paragraph), (in_article, above, _, _) in zip(cuts, CUTS[issue_id], strict=True):
        assert number == in_article
        assert paragraph.endswith(above)


# The archive against the transcription.


@pytest.mark.parametrize("issue_id", PRINTED)
def test_titles_pages_and_sources_are_those_in_print(issue_id: str) -> None:
    found: list[Row] = [
        (a.number, a.title, a.first_page, a.source) for a in loaded_issue(issue_id).articles
    ]
    assert found == PRINTED[issue_id]


@pytest.mark.parametrize("article_id", EVERY_ARTICLE)
def test_the_text_of_an_article_is_the_printed_text(article_id: str) -> None:
    text = prose.plain_text(loaded(article_id).body).text
    assert ink(text) == ink("".join(transcribed(article_id).paragraphs))


@pytest.mark.parametrize("article_id", EVERY_ARTICLE)
def test_the_paragraphs_of_an_article_are_the_printed_ones(article_id: str) -> None:
    assert prose.plain_text(loaded(article_id).body).text.split("\n") == rejoined(article_id)


@pytest.mark.parametrize("issue_id", PRINTED)
def test_page_marks_stand_where_a_page_end_cut_the_text_and_nowhere_else(issue_id: str) -> None:
    found = []
    for article in loaded_issue(issue_id).articles:
        printed = prose.plain_text(article.body)
        cuts = [cut for cut in CUTS[issue_id] if cut[0] == article.number]
        assert len(printed.page_starts) == len(cuts), article.id
        for (begins, at), (number, above, below, _) in zip(printed.page_starts, cuts, strict=True):
            around = (printed.text[:at][-len(above) :], printed.text[at:][: len(below)])
            found.append((number, *around, begins))
    assert found == CUTS[issue_id]


def test_the_topics_of_the_first_issue_are_those_in_print() -> None:
    printed = {(n, topic) for n, _, _, topic in transcription(FIRST).contents}
    assert printed == {(n, topic) for topic, numbers in TOPICS_OF_THE_FIRST for n in numbers}
    for article in loaded_issue(FIRST).articles:
        assert [(article.number, topic.name) for topic in article.topics] == [
            entry for entry in printed if entry[0] == article.number
        ]


def test_the_second_issue_has_no_topics_in_print_and_says_that_its_own_came_later() -> None:
    assert {topic for _, _, _, topic in transcription(SECOND).contents} == {None}
    front_matter = (ROOT / "issues" / SECOND / "issue.md").read_text("utf-8").split("---")[1]
    assert "topics_assigned: later" in front_matter.splitlines()
    assert not loaded_issue(SECOND).topics_printed
    assert all(article.topics for article in loaded_issue(SECOND).articles)


def test_the_first_issue_says_nothing_of_topics_assigned_later() -> None:
    assert "topics_assigned" not in (ROOT / "issues" / FIRST / "issue.md").read_text("utf-8")
    assert loaded_issue(FIRST).topics_printed


def test_the_subheadings_of_the_second_issue_are_headings() -> None:
    found = [
        (article.number, article.body.tokens[position + 1].content)
        for article in loaded_issue(SECOND).articles
        for position, token in enumerate(article.body.tokens)
        if token.type == "heading_open"
    ]
    assert found == SUBHEADINGS


def test_the_first_issue_has_no_subheadings() -> None:
    for article in loaded_issue(FIRST).articles:
        assert {token.type for token in article.body.tokens} == {
            "paragraph_open",
            "inline",
            "paragraph_close",
        }


@pytest.mark.parametrize(
    ("article_id", "slip"),
    [
        (f"{FIRST}/01", "云服务应用先行区，云平台 and 软件集聚区。"),
        (f"{FIRST}/07", "损害公民权利，甚至侵犯公民隐私等”。因此"),
        (f"{SECOND}/07", "商品资源竞争对手的割格采取了"),
        (f"{SECOND}/10", "政府 IT（信息工程）“云优先”政策采购之后不久"),
        (f"{SECOND}/11", "短短几秒钟都不得利用起来"),
    ],
)
def test_slips_stay_as_they_were_printed(article_id: str, slip: str) -> None:
    assert slip in prose.plain_text(loaded(article_id).body).text


def test_the_quotation_mark_without_a_partner_stays_alone() -> None:
    text = prose.plain_text(loaded(f"{FIRST}/07").body).text
    assert text.count("”") == text.count("“") + 1


@pytest.mark.parametrize(
    ("issue_id", "day", "label", "organization"),
    [
        (FIRST, (2014, 5, 9), "五月第一期", None),
        (SECOND, (2014, 6, 13), "六月第二期", "电子政务云计算应用技术国家工程实验室"),
    ],
)
def test_the_cover_is_the_printed_one(
    issue_id: str, day: tuple[int, int, int], label: str, organization: str | None
) -> None:
    issue = loaded_issue(issue_id)
    assert (issue.date.year, issue.date.month, issue.date.day) == day
    assert issue.label == label
    assert issue.organization == organization
    text = ink(only(issue_page(issue_id), "main").text())
    for line in ("电子政务信息汇编", "{}年{}月{}日".format(*day), label, "秘书处", organization):
        assert line is None or line in text


# The built pages against the transcription.


@pytest.mark.parametrize("article_id", EVERY_ARTICLE)
def test_the_page_of_an_article_shows_the_printed_text_and_nothing_else(article_id: str) -> None:
    body = only(article_page(article_id), f'article[data-article="{article_id}"] .body')
    assert ink(body.text()) == ink("".join(transcribed(article_id).paragraphs))


@pytest.mark.parametrize("article_id", EVERY_ARTICLE)
def test_the_page_of_an_article_shows_the_printed_title_and_source(article_id: str) -> None:
    built = article_page(article_id)
    printed = transcribed(article_id)
    assert only(built, "h1").text() == printed.title
    assert [node.text() for node in built.css(".source")] == (
        [printed.source] if printed.source else []
    )
    assert built.css(".body .source") == []


@pytest.mark.parametrize(
    ("issue_id", "number", "above", "below", "begins"),
    EVERY_CUT,
    ids=lambda value: str(value) if isinstance(value, int) else None,
)
def test_the_page_of_an_article_marks_the_place_where_a_printed_page_begins(
    issue_id: str, number: int, above: str, below: str, begins: int
) -> None:
    body = only(article_page(f"{issue_id}/{number:02}"), ".body")
    mark = only(body, f"#p{begins}")
    assert mark.attributes["role"] == "doc-pagebreak"
    # The text in front of the mark, and the mark itself, which has none.
    html = body.html or ""
    before, after = html.split(mark.html or "", 1)
    assert ink(LexborHTMLParser(before).text()).endswith(ink(above))
    assert ink(LexborHTMLParser(after).text()).startswith(ink(below))


@pytest.mark.parametrize("issue_id", PRINTED)
def test_the_table_of_contents_of_an_issue_is_the_printed_one(issue_id: str) -> None:
    entries = issue_page(issue_id).css("ol.toc > li")
    shown = [
        (entry.css("a:not(.page)")[0].text(), entry.css("a.page")[0].text()) for entry in entries
    ]
    assert shown == [(title, str(page)) for _, title, page, _ in transcription(issue_id).contents]


def test_the_table_of_contents_of_the_first_issue_is_grouped_as_in_print() -> None:
    groups = []
    for toc in issue_page(FIRST).css("ol.toc"):
        heading = toc.parent.css_first("h2, h3") if toc.parent else None
        entries = [entry.css("a:not(.page)")[0].text() for entry in toc.css("li")]
        groups.append((heading.text() if heading else None, entries))
    titles = {number: title for number, title, _, _ in transcription(FIRST).contents}
    assert groups == [(t, [titles[n] for n in numbers]) for t, numbers in TOPICS_OF_THE_FIRST]


def test_the_table_of_contents_of_the_second_issue_has_no_groups() -> None:
    (toc,) = issue_page(SECOND).css("ol.toc")
    assert len(toc.css("li")) == 13


def test_the_page_of_the_second_issue_says_that_its_topics_were_assigned_later() -> None:
    note = ink(prose.plain_text(loaded_issue(SECOND).note).text)
    assert "后补加" in note
    assert note in ink(only(issue_page(SECOND), "main").text())


def test_the_page_of_the_first_issue_says_nothing_of_later_topics() -> None:
    assert "补加" not in only(issue_page(FIRST), "main").text()


@pytest.mark.parametrize("issue_id", PRINTED)
def test_printed_pages_one_after_the_other_hold_the_whole_issue(issue_id: str) -> None:
    issue = loaded_issue(issue_id)
    shown = "".join(
        ink(piece.text())
        for number in issue.pages
        for piece in page(f"issues/{issue_id}/p{number}.html").css(".prose")
    )
    printed = "".join("".join(a.paragraphs) for a in transcription(issue_id).articles)
    assert shown == ink(printed)
    assert (issue.pages.first, issue.pages.last) == ((2, 11) if issue_id == FIRST else (2, 15))
