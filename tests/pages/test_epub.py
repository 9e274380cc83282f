"""An issue as an EPUB: what is in it depends on the issue alone, and says what was printed."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from archives import (
    BASE,
    TWO_ISSUES,
    WITHDRAWN,
    archive,
    project_templates,
    published_files,
    with_body,
    write,
)
from bulletin_site.build import build
from bulletin_site.checks import check_site
from bulletin_site.content.model import Archive
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages import urls
from bulletin_site.pages.book import book_of_all, book_of_issue
from bulletin_site.pages.epub import entries
from bulletin_site.pages.render import environment_of, page_batches
from bulletin_site.pages.site import derive
from bulletin_site.pages.xhtml import is_address, without_forbidden
from rich_archive import TITLE, publishable, rich

ENVIRONMENT = environment_of(project_templates())
XHTML = "{http://www.w3.org/1999/xhtml}"
FIRST, SECOND = "2014-05-1", "2014-06-2"
BASE_URL = "https://www.example.gov.cn/bulletin"


def inside(found: Archive, issue_id: str = FIRST) -> dict[str, bytes]:
    issue = next(issue for issue in found.issues if issue.id == issue_id)
    return dict(entries(book_of_issue(found.publication, issue), ENVIRONMENT))


def parsed(files: Mapping[str, bytes], place: str) -> etree._Element:
    return etree.fromstring(files[place])


def links(files: Mapping[str, bytes], place: str, inside_of: str = "body") -> dict[str, str]:
    """Words and addresses of the links in an element of that name or class."""
    root = parsed(files, place)
    nodes = [one for one in root.iter("{*}*") if inside_of in (one.get("class"), one.get("id"))]
    return {
        "".join(map(str, link.itertext())): link.get("href", "")
        for node in nodes
        for link in node.iter(f"{XHTML}a")
    }


@cache
def keys(*changes: tuple[str, str, str]) -> dict[str, str]:
    files = dict(TWO_ISSUES)
    for path, old, new in changes:
        files[path] = files[path].replace(old, new)
    batches = page_batches(derive(archive(files)), project_templates())
    return {address: key for batch in batches for address, key in batch.keys.items()}


# The file.


def test_the_site_has_an_epub_of_every_issue() -> None:
    found = [name for name in published_files() if name.endswith(".epub")]
    assert (
        found
        == [urls.epub(FIRST), urls.epub(SECOND)]
        == [
            "issues/2014-05-1/2014-05-1.epub",
            "issues/2014-06-2/2014-06-2.epub",
        ]
    )


def test_its_bytes_come_from_nothing_but_its_files() -> None:
    with ZipFile(io.BytesIO(published_files()[urls.epub(FIRST)])) as file:
        assert file.testzip() is None
        infos = file.infolist()
    assert infos[0].filename == "mimetype"
    assert {info.compress_type for info in infos} == {ZIP_STORED}
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.create_system for info in infos} == {3}


def test_it_is_made_anew_when_its_own_issue_changes() -> None:
    changed = keys((f"issues/{FIRST}/03.md", "不再印发", "不印发"))
    address = urls.epub(FIRST)
    assert changed[address] != keys()[address]
    assert changed[urls.epub(SECOND)] == keys()[urls.epub(SECOND)]


def test_it_stays_when_only_pages_around_it_change() -> None:
    """The last article's page names the first one of the next issue."""
    changed = keys((f"issues/{SECOND}/01.md", "云服务与", "云和"))
    assert changed[urls.article(f"{FIRST}/03")] != keys()[urls.article(f"{FIRST}/03")]
    assert changed[urls.epub(FIRST)] == keys()[urls.epub(FIRST)]


# What is in it.


def test_everything_that_a_text_may_hold_is_proved_by_the_check(tmp_path: Path) -> None:
    result = build(read_inputs(write(tmp_path, publishable())))
    assert result.files
    found = check_site(result.archive, result.files, result.files, "site")
    assert [problem for problem in found if problem.code == "epub"] == []


def test_content_stays_content() -> None:
    """Tags, template syntax and entities that an editor wrote are words in the book."""
    files = inside(rich())
    root = parsed(files, urls.book_article(f"{FIRST}/01"))
    assert {etree.QName(one).localname for one in root.iter("{*}*")}.isdisjoint(
        {"script", "b", "y"}
    )
    (heading,) = root.iter(f"{XHTML}h1")
    assert "".join(map(str, heading.itertext())) == f"1、{TITLE}"
    text = "".join(map(str, root.itertext()))
    for words in ("<script>alert(1)</script>", "&copy;", "{{ view.title }}", '{% include "x" %}'):
        assert words in text


def test_links_lead_where_they_do_from_the_book() -> None:
    found = links(inside(rich(base_url=BASE_URL)), urls.book_article(f"{FIRST}/01"))
    assert found == {
        "网上": "https://www.gov.cn/a?b=1&c=%E4%BA%91#d",
        "来信": "mailto:mishuchu@example.gov.cn",
        "下一篇": "02.xhtml",
        "另一期": f"{BASE_URL}/issues/2014-06-2/01.html#p3",
        "印刷页": "#p4",
        "本期": "index.xhtml",
        "本篇": "#p3",
        "没有的位置": "01.xhtml",
        "主题": f"{BASE_URL}/topics/big-data.html",
        "没有的网页": f"{BASE_URL}/x/y%20z.html#%E7%94%B2",
    }


def test_links_that_lead_nowhere_leave_their_words() -> None:
    files = inside(rich())
    place = urls.book_article(f"{FIRST}/01")
    assert set(links(files, place)) == {
        "网上",
        "来信",
        "下一篇",
        "印刷页",
        "本期",
        "本篇",
        "没有的位置",
    }
    text = "".join(map(str, parsed(files, place).itertext()))
    assert "另一期、印刷页、本期、本篇、没有的位置" in text
    assert "上面、坏端口" in text


ODD_LINKS = {
    "站外": "//www.example.com/",
    "根": "/a.html",
    "坏网址": "http://",
    "脚本": "javascript:alert(1)",
    "数据": "data:text/html,x",
    "电话": "tel:110",
    "方括号": "http://[x/",
    "篇外": "",
}


def unjudged() -> Archive:
    """A text with links, a language and characters that no loader lets pass."""
    links_of_text = "".join(f"[{words}](https://www.gov.cn/)" for words in ODD_LINKS)
    found = with_body(f"开头。\n\n{links_of_text}\n\n```text\n代码\n```\n")
    targets = iter(ODD_LINKS.values())
    for token in found.articles[0].body.tokens:
        token.info = "x/<y>\x0b&" if token.type == "fence" else token.info
        for child in token.children or ():
            if child.type == "link_open":
                child.attrs["href"] = next(targets)
            elif child.content == "开头。":
                child.content = "开\x1b头\x0b\0\ufffe。"
    return found


def test_what_the_loader_would_refuse_spoils_no_book() -> None:
    files, place = inside(unjudged()), urls.book_article(f"{FIRST}/01")
    assert links(files, place) == {"篇外": "01.xhtml"}
    root = parsed(files, place)
    assert "".join(map(str, root.itertext())).split()[-3:] == ["开头。", "".join(ODD_LINKS), "代码"]
    assert [dict(one.attrib) for one in root.iter(f"{XHTML}code")] == [{}]


def test_links_lead_to_other_issues_in_the_same_book() -> None:
    found = rich()
    files = dict(entries(book_of_all(found.publication, found.issues), ENVIRONMENT))
    there = links(files, urls.book_article(f"{FIRST}/01"))
    assert there["另一期"] == "../2014-06-2/01.xhtml#p3"


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("https://www.gov.cn", True),
        ("http://localhost:8000/", True),
        ("http://[::1]/", True),
        ("HTTP://WWW.GOV.CN/", True),
        ("mailto:a@b", True),
        ("mailto:", False),
        ("http://", False),
        ("http://a b/", False),
        ("http://a:0/", False),
        ("http://a:99999/", False),
        ("http://[x/", False),
        ("ftp://www.gov.cn/", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_the_web_and_mail_are_outside(href: str, leads: bool) -> None:
    assert is_address(href) is leads


def test_the_contents_stand_under_the_printed_topics() -> None:
    nav = parsed(inside(archive(BASE)), urls.BOOK_NAVIGATION)
    toc = next(one for one in nav.iter(f"{XHTML}nav") if one.get("id") == "toc")
    lines = [" ".join("".join(map(str, one.itertext())).split()) for one in toc.iter(f"{XHTML}li")]
    assert lines == [
        "封面、目录",
        "政务云 1、某省云计算规划出台",
        "1、某省云计算规划出台",
        "大数据 2、某市开通大数据平台",
        "2、某市开通大数据平台",
        "3、某市会议无纸化",
    ]


def test_the_page_list_leads_to_where_each_printed_page_begins() -> None:
    found = links(inside(rich()), urls.BOOK_NAVIGATION, "pages")
    places = {str(page): f"{FIRST}/01.xhtml#p{page}" for page in range(2, 9)}
    assert found == {**places, "9": f"{FIRST}/03.xhtml#p9"}


def test_a_page_of_which_nothing_is_left_is_in_no_list() -> None:
    found = links(inside(archive(WITHDRAWN)), urls.BOOK_NAVIGATION, "pages")
    assert list(found) == ["2", "3", "6"]


def test_pages_of_several_issues_are_told_apart() -> None:
    found = archive(TWO_ISSUES)
    files = dict(entries(book_of_all(found.publication, found.issues), ENVIRONMENT))
    pages = links(files, urls.BOOK_NAVIGATION, "pages")
    assert pages["2014-05-1 第4页"] == "2014-05-1/03.xhtml#p4"
    assert pages["2014-06-2 第4页"] == "2014-06-2/01.xhtml#p4"
    mark = 'aria-label="2014-06-2 第4页"'
    assert mark in files[urls.book_article(f"{SECOND}/01")].decode()


def test_what_was_withdrawn_is_said_on_the_cover() -> None:
    text = inside(rich())[urls.book_issue(FIRST)].decode()
    assert "第4篇，2026年1月4日撤回：数据 &amp; 来源有误。" in text


def test_a_correction_is_the_day_of_the_last_change() -> None:
    package = inside(archive(TWO_ISSUES), SECOND)[urls.BOOK_PACKAGE].decode()
    assert '<meta property="dcterms:modified">2026-01-02T00:00:00Z</meta>' in package
    first = inside(archive(TWO_ISSUES))[urls.BOOK_PACKAGE].decode()
    assert '<meta property="dcterms:modified">2014-05-09T00:00:00Z</meta>' in first


def test_its_name_holds_wherever_the_site_is_put() -> None:
    here, there = (
        inside(found)[urls.BOOK_PACKAGE].decode() for found in (rich(), rich(base_url=BASE_URL))
    )
    own = re.findall(r"<dc:identifier id=.*</dc:identifier>", here)
    assert own == re.findall(r"<dc:identifier id=.*</dc:identifier>", there)
    assert f"<dc:identifier>{BASE_URL}/{urls.epub(FIRST)}</dc:identifier>" in there


def test_colours_and_the_size_of_letters_are_the_readers() -> None:
    style = re.sub(r"/\*.*?\*/", "", project_templates().sources["epub/book.css"], flags=re.DOTALL)
    assert not re.search(r"color: (?!inherit)|background|url|@|size: [^;]*(px|pt)", style)
    body = style[style.index("body {") : style.index("}")]
    assert "font-size" not in body


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_xml_cannot_hold_is_left_out_and_nothing_else(text: str) -> None:
    kept = without_forbidden(text)
    root = etree.Element("a")
    root.text = kept  # refuses what it cannot write
    assert (etree.fromstring(etree.tostring(root)).text or "") == kept
    assert all(ord(one) < 32 or one in "\ufffe\uffff" for one in set(text) - set(kept))
