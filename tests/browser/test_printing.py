"""On paper: what Chromium prints of the site, read back from its PDF."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from archives import TWO_ISSUES, published, write
from browser.sheets import COUNTED, Sheet, pictures_of, printed, sheets_of
from bulletin_site.build import build
from bulletin_site.checks.truth import truth_of
from bulletin_site.content.model import Article, Issue
from bulletin_site.content.pagination import begins_a_page, printed_pages
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages import urls

pytestmark = pytest.mark.browser

ISSUES = published().archive.issues
TRUTH = truth_of(published().archive, ())
LONG = "issues/2014-06-2/11.html"
KINDS = [
    *("index.html", "issues/index.html", "issues/2014-05-1/index.html"),
    *("issues/2014-06-2/index.html", "issues/2014-06-2/full.html", LONG),
    *("issues/2014-06-2/p8.html", "topics/index.html", "topics/big-data.html"),
    *("sources/index.html", "trends.html", "corrections.html", "search.html?q=大数据"),
]
NAVIGATION = (
    *("首页", "检索全文", "跳到正文", "打印本页", "字体", "订阅(", "帮助", "按页阅读", "相关文章"),
    *("上一篇", "下一篇", "上一页", "下一页", "上一期", "下一期", "下载", "整期", "本期目录"),
    *("继续阅读", "显示更多", "排序", "筛选"),
)
LEFT, RIGHT = 26.0, 185.0
"""What holds the text block, which is 156 mm wide, with what hangs out of it."""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def on_paper(page: Page, site: Path) -> Callable[[str], list[Sheet]]:
    """The sheets of a page, each printed once."""
    kept: dict[str, list[Sheet]] = {}

    def of(name: str) -> list[Sheet]:
        if name not in kept:
            page.goto(f"{site.as_uri()}/{name}")
            if name.startswith(urls.SEARCH):
                page.wait_for_selector(".results > li")
            kept[name] = sheets_of(printed(page))
        return kept[name]

    return of


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An archive whose first article has what the real ones lack, built."""
    folder = tmp_path_factory.mktemp("small")
    article = TWO_ISSUES["issues/2014-06-2/01.md"]
    rows = "".join(f"| 第{n}项 | {'说明，' * 30} |\n" for n in range(1, 40))
    text = (
        "\n见[办法](https://www.gov.cn/a?b=1)、[首页](../../index.html)、"
        f"[https://www.gov.cn/c](https://www.gov.cn/c)。\n\n| 项目 | 内容 |\n| --- | --- |\n{rows}"
    )
    files = {**TWO_ISSUES, "issues/2014-06-2/01.md": article + text}
    built = build(read_inputs(write(folder / "archive", files)))
    assert built.files is not None, built.problems
    for name, content in built.files.items():
        file = folder / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return (folder / "site").as_uri()


def plain(text: str) -> str:
    """Text as it is read back."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def body_of(sheets: list[Sheet]) -> list[tuple[int, float, str]]:
    """The lines of the text block: sheet, height, text; without the count of the sheets."""
    return [
        (number, line, text)
        for number, sheet in enumerate(sheets)
        for line, text in sheet.lines(LEFT, RIGHT)
        if not COUNTED.match(text)
    ]


def text_of(issue: Issue, article: Article) -> tuple[str, list[tuple[int, int]]]:
    """An article as the whole issue shows it, and where in it printed pages begin."""
    one = TRUTH.articles[urls.article(article.id)].printed
    heading = plain(f"{article.number}、{article.title}")
    source = f"({plain(article.source)})" if article.source else ""
    starts = [
        (page, len(heading) + len(plain(one.text[:start]))) for page, start in one.page_starts[1:]
    ]
    if begins_a_page(issue, article):
        starts.insert(0, (article.first_page, 0))
    return heading + plain(one.text) + source, starts


@pytest.mark.parametrize("name", KINDS)
def test_a_page_on_paper_is_what_one_came_for(
    name: str, on_paper: Callable[[str], list[Sheet]]
) -> None:
    """Nothing to click, nothing cut, no sheet for nothing; A4; the publication named."""
    sheets = on_paper(name)
    assert "电子政务信息汇编" in sheets[0].text
    for number, sheet in enumerate(sheets, start=1):
        assert (round(sheet.width), round(sheet.height)) == (210, 297)
        lines = [text for _, text in sheet.lines(LEFT, RIGHT)]
        assert [text for text in lines if not COUNTED.match(text)], f"sheet {number} is blank"
        assert [word for word in NAVIGATION if word in sheet.text] == []
        # Below the text nothing but the count of the sheets.
        foot = "".join(one.text for one in sheet.glyphs if one.line > 280)
        assert not foot or COUNTED.fullmatch(foot)
        text = [one for one in sheet.glyphs if one.line < 280]
        assert [one for one in text if one.top < 24.5 or one.bottom > 275.5] == []
        assert [one for one in text if one.left < 12 or one.right > 198] == []


@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.id)
def test_the_whole_issue_on_paper_is_its_text_with_every_printed_page_marked_at_its_line(
    issue: Issue, on_paper: Callable[[str], list[Sheet]]
) -> None:
    sheets = on_paper(urls.whole_issue(issue.id))
    expected, starts = "", []
    for article in issue.articles:
        text, begun = text_of(issue, article)
        starts += [(page, len(expected) + offset) for page, offset in begun]
        expected += text
    found, marks = "", []
    for number, sheet in enumerate(sheets[1:], start=1):
        beside = sheet.lines(0, LEFT)
        for at, line, text in body_of(sheets):
            if at == number:
                near = [mark for height, mark in beside if abs(height - line) < 3]
                marks += [(mark, len(found), len(found) + len(text)) for mark in near]
                found += text
    assert found == expected
    assert [mark for mark, _, _ in marks] == [f"第{page}页" for page, _ in starts]
    for (mark, first, end), (_, start) in zip(marks, starts, strict=True):
        assert first <= start < end, mark


@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.id)
def test_the_whole_issue_begins_with_its_contents_on_a_sheet_of_their_own(
    issue: Issue, on_paper: Callable[[str], list[Sheet]]
) -> None:
    sheets = on_paper(urls.whole_issue(issue.id))
    lines = [text for _, text in sheets[0].lines(LEFT, RIGHT)]
    for article in issue.articles:
        assert plain(f"{article.number}、{article.title}{article.first_page}") in lines
    assert body_of(sheets[1:])[0][2].startswith("1、")


@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.id)
def test_no_title_stands_alone_at_the_foot_of_a_sheet(
    issue: Issue, on_paper: Callable[[str], list[Sheet]]
) -> None:
    headings = {plain(f"{one.number}、{one.title}") for one in issue.articles}
    for article in issue.articles:
        tokens = article.body.tokens
        headings |= {
            plain(tokens[at + 1].content)
            for at, token in enumerate(tokens)
            if token.type == "heading_open"
        }
    for sheet in on_paper(urls.whole_issue(issue.id))[1:]:
        assert body_of([sheet])[-1][2] not in headings


def test_a_printed_page_is_one_sheet_that_names_publication_issue_and_page(
    on_paper: Callable[[str], list[Sheet]],
) -> None:
    for issue in ISSUES:
        for one in printed_pages(issue):
            sheets = on_paper(urls.printed_page(issue.id, one.number))
            assert len(sheets) == 1
            lines = [text for _, text in sheets[0].lines(LEFT, RIGHT)]
            assert lines[0] == plain(f"电子政务信息汇编{issue.name}第{one.number}页")
            assert lines[-1] == f"—{one.number}—"
            for piece in one.pieces:
                text = TRUTH.articles[urls.article(piece.article.id)].printed.on_page(one.number)
                assert plain(text) in "".join(lines)


def test_an_article_on_paper_names_publication_issue_and_pages_and_keeps_its_source(
    on_paper: Callable[[str], list[Sheet]],
) -> None:
    lines = [text for _, _, text in body_of(on_paper(LONG))]
    assert lines[0] == "电子政务信息汇编2014年六月第二期第11—12页"
    assert lines[1] == plain("上海：办理出入境证件“微信预约”只需 2 分钟")
    article = next(one for issue in ISSUES for one in issue.articles if one.id == "2014-06-2/11")
    assert f"({article.source})" in lines
    assert lines.index(f"({article.source})") < lines.index("引用") == len(lines) - 3
    assert lines[-1].endswith("11-12.")


def test_a_search_on_paper_says_what_was_searched_for(
    on_paper: Callable[[str], list[Sheet]],
) -> None:
    lines = [text for _, _, text in body_of(on_paper("search.html?q=大数据"))]
    assert lines[:3] == ["电子政务信息汇编", "检索", "大数据"]


def test_a_search_on_paper_says_among_what_was_searched(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{urls.SEARCH}?q=大数据&topic=政务云")
    page.wait_for_selector(".results > li")
    lines = [text for _, _, text in body_of(sheets_of(printed(page)))]
    assert any(line.startswith("主题政务云") for line in lines)


@pytest.mark.parametrize("name", [LONG, "issues/2014-06-2/p8.html", "issues/2014-05-1/index.html"])
def test_paper_is_the_same_for_who_reads_large_type_on_a_dark_screen(
    name: str, browser: Browser, site: Path
) -> None:
    pictures = []
    for scheme, size, width in (("light", "medium", 1280), ("dark", "large", 2560)):
        context = browser.new_context(
            color_scheme="dark" if scheme == "dark" else "light",
            viewport={"width": width, "height": 900},
        )
        context.add_init_script(f"localStorage.setItem('bulletin.size', '{size}')")
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{name}")
        assert page.locator("html").get_attribute("data-size") in (size, None)
        pictures.append(pictures_of(printed(page)))
        context.close()
    assert pictures[0] == pictures[1]
    assert all(picture[:3] == b"\xff\xff\xff" for picture in pictures[0])


def test_addresses_outside_of_the_site_are_spelled_out_and_no_others(
    page: Page, small: str
) -> None:
    page.goto(f"{small}/issues/2014-06-2/01.html")
    text = "".join(line for _, _, line in body_of(sheets_of(printed(page))))
    assert "见办法(https://www.gov.cn/a?b=1)、首页、https://www.gov.cn/c。" in text


def test_corrections_stay_and_rows_of_a_table_are_not_cut(page: Page, small: str) -> None:
    page.goto(f"{small}/issues/2014-06-2/01.html")
    sheets = sheets_of(printed(page))
    lines = body_of(sheets)
    text = "".join(line for _, _, line in lines)
    assert "勘误2014年6月20日首段“割格”应为“价格”。" in text
    assert text.index("(ZDNet存储频道)") < text.index("勘误2014年")
    of_table = [sheet for sheet, _, line in lines if "说明" in line]
    heads = [sheet for sheet, _, line in lines if "内容" in line]
    # A row has three lines: on no sheet is one divided, and each has the head of the table.
    assert len(of_table) == 3 * 39
    assert {of_table.count(sheet) % 3 for sheet in of_table} == {0}
    assert heads == sorted(set(of_table))
    assert len(heads) > 1
