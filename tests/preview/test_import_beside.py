"""A page of an imported file lies beside the page that it became."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from archives import BASE, archive, only, write
from bulletin_site.build import build
from bulletin_site.importing.formats import read_manuscript
from bulletin_site.importing.kept_pages import ImportedFile, keep_pages
from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.inputs import read
from bulletin_site.originals import Original, Sheet, keep_original, picture_name
from bulletin_site.preview.answers import Answer, answer, news
from bulletin_site.preview.imports import Imports
from bulletin_site.preview.markup import Quote, element, marked, moved
from bulletin_site.preview.matching import match
from bulletin_site.preview.session import Session, State

BESIDE = "/.preview/import/2014-05-1/"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8) + (100).to_bytes(4, "big") + (141).to_bytes(4, "big")
TEXT = """\
电子政务信息汇编
2014年5月9日
目 录
1、某省云计算规划出台.....2
2、某市开通大数据平台.....3
3、某市会议无纸化.....4
一、某省云计算规划出台
某省印发云计算规划。
规划提出三步走的总体目
标，并明确主要任务。（文汇报）
二、某市开通大数据平台
平台已汇集数据近3亿条。（人民网）
三、某市会议无纸化
会议不再印发文件。
""".encode()
RECORD = f"""\
file: 五月第一期.txt
sha256: {sha256(TEXT).hexdigest()}
doubts:
  - in: 01.md
    text: 三步走的总体目标
    doubt: 第 3 页从这附近开始
    hint: 请看原件。
    place: 第 9 行
  - in: 01.md
    key: source
    doubt: 不知道是不是来源
    hint: 请看原件。
  - in: 03.md
    key: title
    doubt: 题名与目录不同
    hint: 请看原件。
  - in: issue.md
    doubt: 目录里有一行没有看懂
    hint: 请看原件。
aside:
  - place: 第 1 行
    reason: 封面
    text: 电子政务<b>信息</b>汇编
"""
IMPORTED = {**BASE, "issues/2014-05-1/import.yaml": RECORD}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An archive whose one issue was imported from `TEXT`."""
    root = write(tmp_path / "archive", IMPORTED)
    manuscript = read_manuscript(TEXT, "五月第一期.txt")
    assert isinstance(manuscript, Manuscript)
    file = ImportedFile(
        issue_id="2014-05-1",
        path=tmp_path / "五月第一期.txt",
        data=TEXT,
        manuscript=manuscript,
        sha256=sha256(TEXT).hexdigest(),
    )
    assert keep_pages(root, file).pages == 1
    return root


@pytest.fixture
def state(root: Path) -> Callable[[], State]:
    """What the preview knows of the archive as it is now."""
    session = Session(lambda: build(read(root)), Imports(root))
    return session.rebuild


def shown(answered: Answer) -> LexborHTMLParser:
    assert (answered.status, answered.kind) == (HTTPStatus.OK, "text/html; charset=utf-8")
    return LexborHTMLParser(answered.content.decode())


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return ["".join(node.text().split()) for node in page.css(selector)]


def told(held: State, path: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(news(held, path))
    return found


def keep_picture(root: Path, content: bytes = PNG) -> str:
    digest = sha256(TEXT).hexdigest()
    name = picture_name(digest, 1)
    sheet = Sheet(number=1, printed=2, picture=name, width=100, height=141)
    original = Original(file="五月第一期.pdf", sha256=digest, sheets=(sheet,))
    assert keep_original(root, "2014-05-1", original, {name: content})
    return name


# The page.


def test_every_printed_page_has_the_file_on_one_side_and_the_site_on_the_other(
    state: Callable[[], State],
) -> None:
    page = shown(answer(state(), BESIDE))
    assert texts(page, ".beside-row > h2") == ["封面和目录", "第2页", "第3页", "第4页"]
    sides = [
        (only(row, ".beside-printed").text(), only(row, ".beside-text").text())
        for row in page.css(".beside-row")
    ]
    both = [
        ("目 录", "目录"),
        ("三步走的总体目", "三步走的总体目"),
        ("标，并明确主要任务", "标，并明确主要任务"),
        ("会议不再印发文件", "会议不再印发文件"),
    ]
    for (printed, text), (one, other) in zip(sides, both, strict=True):
        assert one in printed
        assert other in text
    assert texts(page, ".beside-row:nth-of-type(4) .beside-number") == ["10", "11", "12"]


def test_a_doubt_stands_at_the_page_that_it_concerns_and_its_words_are_marked(
    state: Callable[[], State],
) -> None:
    page = shown(answer(state(), BESIDE))
    rows = {row.id: texts_of(row, ".beside-doubts li strong") for row in page.css(".beside-row")}
    assert rows == {
        "cover": ["目录里有一行没有看懂"],
        "p2": ["第 3 页从这附近开始（原件第 9 行）"],
        "p3": ["不知道是不是来源"],
        "p4": ["题名与目录不同"],
    }
    assert texts(page, "mark") == ["三步走的总体目"]
    assert only(page, "mark").id == "m2"
    first = only(page, "#d2")
    assert "issues/2014-05-1/01.md:10" in first.text()
    assert "核对后删去 issues/2014-05-1/import.yaml 第 4 行起的这一条" in first.text()
    assert [link.attributes["href"] for link in page.css("#d2 a")] == [
        "/issues/2014-05-1/01.html",
        "#m2",
    ]
    listed = page.css(".beside-list a")
    assert [link.attributes["href"] for link in listed] == ["#d1", "#d2", "#d3", "#d4"]


def texts_of(node: Any, selector: str) -> list[str]:
    return [found.text() for found in node.css(selector)]


def test_what_is_in_no_article_is_told_as_text(state: Callable[[], State]) -> None:
    aside = only(answer(state(), BESIDE).content.decode(), ".beside-aside")
    assert "没有放进文章的文字（1 段）" in aside.text()
    assert "电子政务<b>信息</b>汇编" in aside.text()


def test_links_of_the_text_lead_where_they_lead_on_the_site(state: Callable[[], State]) -> None:
    held = state()
    page = shown(answer(held, BESIDE))
    links = {link.attributes["href"] or "" for link in page.css(".beside-text a")}
    assert len(links) > 5
    for link in links:
        assert answer(held, link.partition("#")[0]).status == HTTPStatus.OK, link
    ids = [node.id for node in page.css("[id]")]
    assert len(ids) == len(set(ids))


def test_a_doubt_that_is_settled_is_gone_and_its_page_is_told_so(
    root: Path, state: Callable[[], State]
) -> None:
    before = told(state(), BESIDE)["version"]
    record = root / "issues/2014-05-1/import.yaml"
    start, end = RECORD.index("  - in: 03.md"), RECORD.index("  - in: issue.md")
    record.write_text(RECORD[:start] + RECORD[end:], "utf-8")
    held = state()
    assert told(held, BESIDE)["version"] != before
    page = shown(answer(held, BESIDE))
    assert len(page.css(".beside-doubts li")) == 3
    assert "题名与目录不同" not in only(page, "main").text()
    record.write_text(RECORD[: RECORD.index("doubts:")], "utf-8")
    page = shown(answer(state(), BESIDE))
    assert "没有把握的地方都核对过了" in only(page, ".beside-list").text()


def test_a_page_of_an_imported_issue_leads_to_its_place_beside_the_file(
    state: Callable[[], State],
) -> None:
    held = state()
    leads = {
        path: told(held, path)["beside"]
        for path in ("/", BESIDE, *(f"/issues/2014-05-1/{n}" for n in ("", "p3.html", "03.html")))
    }
    assert list(leads.values()) == [None, None, BESIDE, f"{BESIDE}#p3", f"{BESIDE}#p4"]


def test_text_with_mistakes_stays_beside_the_file_as_it_was(
    root: Path, state: Callable[[], State]
) -> None:
    state()
    article = root / "issues/2014-05-1/03.md"
    article.write_text(article.read_text("utf-8").replace("page: 4", "page: 四"), "utf-8")
    page = shown(answer(state(), BESIDE))
    assert "会议不再印发文件" in only(page, "#p4 .beside-text").text()


def test_an_issue_that_could_never_be_built_shows_its_file_and_its_doubts(root: Path) -> None:
    article = root / "issues/2014-05-1/03.md"
    article.write_text(article.read_text("utf-8").replace("page: 4", "page: 四"), "utf-8")
    page = shown(answer(Session(lambda: build(read(root)), Imports(root)).rebuild(), BESIDE))
    assert "会议不再印发文件" in only(page, "#others").text()
    assert "现在没有这一页的网页" in only(page, "#cover").text()
    assert len(page.css(".beside-doubts li")) == 4


# Whose pages, and nobody else's.


def test_a_picture_is_shown_and_only_pictures_that_were_kept(
    root: Path, state: Callable[[], State]
) -> None:
    name = keep_picture(root)
    held = state()
    page = shown(answer(held, BESIDE))
    assert only(page, "#p2 img").attributes["src"] == f"{BESIDE}{name}"
    answered = answer(held, f"{BESIDE}{name}")
    assert (answered.status, answered.kind) == (HTTPStatus.OK, "image/png")
    assert answered.content == PNG
    for path in (
        *(
            f"{BESIDE}{other}"
            for other in ("original.json", "../results", f"../{name}", f"x/{name}")
        ),
        *(f"{BESIDE}{other}" for other in ("0123456789ab-001.png", "%2e%2e/results", f"{name}/")),
        *(
            f"/.preview/import/{issue}/{name}"
            for issue in ("2014-06-2", "..", ".", "", "2014-05-1/.")
        ),
        "/.preview/import/../../issues/archive.yaml",
        "/.preview/import/",
        "/.preview/import/2014-06-2/",
    ):
        assert answer(held, path).status == HTTPStatus.NOT_FOUND, path
    assert answer(held, BESIDE.removesuffix("/")).location == BESIDE


def test_what_is_no_picture_or_lies_elsewhere_is_not_shown(
    root: Path, state: Callable[[], State]
) -> None:
    name = keep_picture(root, b"no picture")
    held = state()
    assert answer(held, f"{BESIDE}{name}").status == HTTPStatus.NOT_FOUND
    elsewhere = root / "elsewhere.png"
    elsewhere.write_bytes(PNG)
    kept = root / ".cache/imports/2014-05-1" / name
    kept.unlink()
    kept.symlink_to(elsewhere)
    assert answer(held, f"{BESIDE}{name}").status == HTTPStatus.NOT_FOUND


def test_pages_of_one_file_are_never_shown_for_another(
    root: Path, state: Callable[[], State]
) -> None:
    keep_picture(root)
    record = root / "issues/2014-05-1/import.yaml"
    record.write_text(RECORD.replace("sha256: ", "sha256: 0"), "utf-8")
    page = shown(answer(state(), BESIDE))
    assert page.css("img, .beside-lines") == []
    assert "没有留下原件的样子" in only(page, ".beside-head").text()


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"file":"a","sha256":1,"sheets":[]}'])
def test_a_damaged_index_is_as_good_as_none(
    root: Path, state: Callable[[], State], content: bytes
) -> None:
    (root / ".cache/imports/2014-05-1/original.json").write_bytes(content)
    assert shown(answer(state(), BESIDE)).css("img, .beside-lines") == []


# Which page is which.


def pages(original: Original) -> tuple[dict[int, list[int]], list[int], list[int]]:
    found = match(original, archive(BASE).issues[0])
    return (
        {page: [sheet.number for sheet in sheets] for page, sheets in found.pages.items()},
        [sheet.number for sheet in found.before],
        [sheet.number for sheet in found.others],
    )


def original(*sheets: Sheet, by_office: bool = False) -> Original:
    return Original(file="a.pdf", sha256="0", sheets=sheets, by_office=by_office)


def test_the_number_printed_on_a_sheet_says_which_page_it_is() -> None:
    sheets = [
        Sheet(number=n, printed=p) for n, p in ((1, 0), (2, 0), (3, 2), (4, 0), (5, 4), (6, 0))
    ]
    assert pages(original(*sheets)) == ({2: [3], 3: [4], 4: [5]}, [1, 2], [6])


def test_where_no_number_is_printed_the_words_say_it() -> None:
    cover, first, second = (
        Sheet(number=1, lines=("目录", "某市会议无纸化")),
        Sheet(number=2, lines=("某省云计算规划出台", "规划提出三步走的总体目标，并明确主要任务。")),
        Sheet(
            number=3,
            lines=("平台已汇集数据近3亿条。", "某市会议无纸化", "会议不再印发文件。（全文）"),
        ),
    )
    found, before, others = pages(original(cover, first, second))
    assert (found[2], before, others) == ([2], [1], [])
    assert 3 in found[3]
    numbered = Sheet(number=2, printed=9, lines=first.lines)
    assert pages(original(cover, numbered, second, by_office=True))[0][2] == [2]
    # Numbers that fit no page of the issue say nothing.
    assert pages(original(numbered, by_office=False))[0][2] == [2]


def test_sheets_that_nothing_speaks_of_are_shown_all_the_same() -> None:
    assert pages(original(Sheet(number=1), Sheet(number=2))) == ({}, [], [1, 2])


# Pieces of pages.


def test_words_are_found_across_markup_and_spaces() -> None:
    piece = '<section class="piece" id="a01"><p>共&amp;<b>三步 走</b>，的</p><p>目标</p></section>'
    html, found = marked(piece, [Quote(number=7, anchor="a01", text="三步走的目")])
    assert found == {7}
    assert html == (
        '<section class="piece" id="a01"><p>共&amp;<b>'
        '<mark class="doubtful" id="m7" data-doubt="7">三步 走</mark></b>，'
        '<mark class="doubtful" data-doubt="7">的</mark></p><p>'
        '<mark class="doubtful" data-doubt="7">目</mark>标</p></section>'
    )
    assert marked(piece, [Quote(number=7, anchor="a02", text="三步走的目")]) == (piece, frozenset())


def test_a_piece_is_cut_out_and_its_links_still_lead_there() -> None:
    page = '<main id="main"><div class="sheet"><div id="a01"><a href="02.html">二</a></div></div></main>'
    piece = element(page, r'<div class="sheet">')
    assert moved(piece, "issues/2014-05-1/p2.html") == (
        '<div class="sheet"><div><a href="/issues/2014-05-1/02.html">二</a></div></div>'
    )
    assert element(page, "<nav>") == ""


def test_links_to_other_sites_stay_as_they_are() -> None:
    for href in ("https://www.gov.cn/a", "http://[x/", "mailto:a@gov.cn"):
        piece = f'<p><a href="{href}">去</a></p>'
        assert moved(piece, "issues/2014-05-1/p2.html") == piece
