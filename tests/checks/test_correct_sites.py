"""On a correct site a check says nothing, whatever a correct site may contain."""

import re
from pathlib import Path

import pytest

from archives import BASE, TWO_ISSUES, WITHDRAWN, Sources, write
from bulletin_site.batch import checksums_of
from bulletin_site.build import build
from bulletin_site.checks import check_site
from bulletin_site.inputs import read
from checks.planting import BASE_URL, FOLDER, Site, added, replaced
from rich_archive import publishable

HOME = "index.html"


def test_the_archive_as_it_is_has_no_problems(plain: Site) -> None:
    assert check_site(plain.archive, plain.files, plain.files, FOLDER) == ()


def test_the_published_archive_has_no_problems(published: Site) -> None:
    assert check_site(published.archive, published.files, published.files, FOLDER) == ()


@pytest.mark.parametrize(
    "sources", [BASE, TWO_ISSUES, WITHDRAWN, publishable()], ids=["one", "two", "withdrawn", "rich"]
)
@pytest.mark.parametrize("base_url", [None, BASE_URL])
def test_other_archives_have_no_problems(
    sources: Sources, base_url: str | None, tmp_path: Path
) -> None:
    result = build(read(write(tmp_path, sources)), base_url=base_url)
    assert result.files is not None
    assert check_site(result.archive, result.files, result.files, FOLDER) == ()


def test_templates_may_use_other_words(tmp_path: Path) -> None:
    root = write(tmp_path, publishable())
    for name in ("article", "home", "issue", "whole_issue", "printed_page", "_listing", "sources"):
        file = root / f"templates/{name}.html"
        # Not in the heading of a page, which is its name elsewhere, too.
        parts = re.split(r"(<h1.*?</h1>|{[{%#].*?[}%#]})", file.read_text("utf-8"), flags=re.DOTALL)
        words = [re.sub("[\u4e00-\u9fff]{2,}", r"另说\g<0>", part) for part in parts[::2]]
        parts[::2] = words
        file.write_text("".join(parts), "utf-8")
    result = build(read(root), base_url=BASE_URL)
    assert result.files is not None
    assert "另说整期" in result.files["issues/2014-05-1/01.html"].decode()
    assert check_site(result.archive, result.files, result.files, FOLDER) == ()


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="https://www.gov.cn/zhengce?a=1&amp;b=2#c">国务院</a>',
        '<a href="http://www.gov.cn">国务院</a>',
        '<a href="mailto:mishuchu@example.gov.cn">来信</a>',
        '<a href="#">回到开头</a>',
        '<a href="#TOP">回到开头</a>',
        '<a href="">本页</a>',
        '<a href="./topics/../search.html?q=%E4%BA%91#q">检索</a>',
        '<a href="se%61rch.html">检索</a>',
        '<a href=" search.html\n">检索</a>',
        '<h2 id="第一节">一</h2><a href="#%E7%AC%AC%E4%B8%80%E8%8A%82">见第一节</a>',
        '<h2 id="第一节">一</h2><a href="#第一节">见第一节</a>',
        '<h2 id="50%">一</h2><a href="#50%25">见此</a>',
        '<h2 id="a%20b">一</h2><a href="#a%20b">见此</a>',
        '<a name="old"></a><h2>一</h2><a href="#old">见此</a>'.replace("<a name", "<a title='旧' name"),
        '<a href="search.html#:~:text=检索">检索</a>',
        '<a href="search.html"><img src="assets/icon.svg" alt="检索"></a>',
        '<label>又一处 <input name="r"></label>',
        '<input name="r" aria-label="又一处">',
        '<input type="hidden" name="r">',
    ],
)  # fmt: skip
def test_a_page_may_contain(plain: Site, markup: str) -> None:
    assert plain.caused(added("broken-link", "nothing is wrong", HOME, markup)) == set()


def test_comments_in_a_style_sheet_are_no_links(plain: Site) -> None:
    comment = "/* url(https://example.com/a.png) @import 'b.css'; */"
    change = replaced("broken-link", "nothing is wrong", "assets/site.css", "", comment)
    assert plain.caused(change) == set()


def test_files_that_are_read_are_not_changed(plain: Site) -> None:
    before = checksums_of(plain.files)
    plain.problems()
    assert checksums_of(plain.files) == before
