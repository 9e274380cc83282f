"""What `<meta>` elements say on each kind of page, for programs of three kinds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archives import BASE, BASE_PAGES, PDF, TWO_ISSUES, laid_out, write
from bulletin_site.build import build
from bulletin_site.checks import check_site
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages import urls
from bulletin_site.pages.metadata import lines

BASE_URL = "https://example.gov.cn/bulletin"
FULL = "issues/2014-06-2/01.html"
BARE = "issues/2014-05-1/03.html"

Labels = Mapping[str, list[str]]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Labels]:
    return labels(tmp_path_factory.mktemp("here"), None)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Labels]:
    return labels(tmp_path_factory.mktemp("there"), BASE_URL)


def labels(root: Path, base_url: str | None) -> Mapping[str, Labels]:
    files = build(read_inputs(write(root, TWO_ISSUES)), base_url=base_url).files
    assert files is not None
    return {name: read(text) for name, text in files.items() if name.endswith(".html")}


def read(page: bytes) -> Labels:
    found: dict[str, list[str]] = {}
    for node in LexborHTMLParser(page.decode()).css("meta"):
        name = node.attributes.get("name") or node.attributes.get("property")
        if name:
            found.setdefault(name, []).append(node.attributes.get("content") or "")
    return found


def beginning(labels: Labels, *prefixes: str) -> dict[str, list[str]]:
    return {name: said for name, said in labels.items() if name.startswith(prefixes)}


def test_an_article_has_the_labels_of_site_column_and_content(here: Mapping[str, Labels]) -> None:
    found = {name: said for name, said in here[FULL].items() if name[0].isupper()}
    assert found == {
        "SiteName": ["电子政务信息汇编"],
        "ColumnName": ["2014年六月第二期"],
        "ColumnDescription": ["2014年六月第二期，2014年6月13日出版，2 篇。"],
        "ColumnKeywords": ["大数据,政务云"],
        "ColumnType": ["期刊目录"],
        "ArticleTitle": ["云服务与“大数据”"],
        "PubDate": ["2014-06-13 00:00"],
        "ContentSource": ["ZDNet 存储频道"],
        "Keywords": ["云服务"],
        "Description": here[FULL]["description"],
    }


def test_an_article_is_cited_with_its_issue_and_pages(here: Mapping[str, Labels]) -> None:
    assert beginning(here[FULL], "citation_") == {
        "citation_title": ["云服务与“大数据”"],
        "citation_journal_title": ["电子政务信息汇编"],
        "citation_publication_date": ["2014/06/13"],
        "citation_issue": ["6月第2期"],
        "citation_firstpage": ["2"],
        "citation_lastpage": ["5"],
        "citation_language": ["zh-CN"],
        "citation_publisher": ["秘书处"],
        "citation_keywords": ["云服务"],
    }


def test_an_article_names_the_pdf_of_its_issue_where_there_is_one(tmp_path: Path) -> None:
    pdf = {urls.pdf("2014-05-1"): PDF}
    record = laid_out(BASE, auto=False, pages=BASE_PAGES)
    root = write(tmp_path, {**BASE, **record, **pdf})
    known = build(read_inputs(root), base_url=BASE_URL)
    assert known.files is not None
    url = f"{BASE_URL}/issues/2014-05-1/2014-05-1.pdf"
    assert read(known.files[BARE])["citation_pdf_url"] == [url]
    found = check_site(known.archive, known.files, known.files, "site")
    assert {problem.code for problem in found} <= {"pdf-page"}, "it only stands for a PDF"
    unknown = build(read_inputs(root)).files
    assert unknown is not None
    assert "citation_pdf_url" not in read(unknown[BARE])


def test_an_article_is_shared_with_its_days_section_and_tags(here: Mapping[str, Labels]) -> None:
    assert beginning(here[FULL], "og:", "article:") == {
        "og:title": ["云服务与“大数据”"],
        "og:type": ["article"],
        "og:site_name": ["电子政务信息汇编"],
        "og:locale": ["zh_CN"],
        "og:description": here[FULL]["description"],
        "article:published_time": ["2014-06-13"],
        "article:modified_time": ["2014-06-20"],
        "article:section": ["大数据"],
        "article:tag": ["云服务"],
    }


def test_what_an_article_does_not_say_is_not_said_of_it(here: Mapping[str, Labels]) -> None:
    """Neither source, topics, keywords nor corrections; its source is the bulletin itself."""
    assert here[BARE]["ContentSource"] == ["电子政务信息汇编"]
    unsaid = {"Keywords", "Author", "Image", "citation_keywords", "citation_author"}
    unsaid |= {"citation_volume", "article:section", "article:tag", "article:modified_time"}
    assert here[BARE].keys() & unsaid == set()


def test_full_urls_are_named_only_where_they_are_known(
    here: Mapping[str, Labels], there: Mapping[str, Labels]
) -> None:
    url = f"{BASE_URL}/{FULL}"
    added = {
        "SiteDomain": ["example.gov.cn"],
        "Url": [url],
        "citation_public_url": [url],
        "citation_abstract_html_url": [url],
        "og:url": [url],
    }
    assert there[FULL] == {**here[FULL], **added}


@pytest.mark.parametrize(
    ("address", "name", "keywords", "kind"),
    [
        ("index.html", "首页", "政务云,大数据", "首页"),
        ("issues/2014-05-1/index.html", "2014年五月第一期", "政务云,大数据", "期刊目录"),
        ("issues/2014-05-1/p3.html", "2014年五月第一期 第3页", "2014年五月第一期 第3页", "印刷页"),
        ("topics/index.html", "主题", "政务云,大数据", "栏目索引"),
        ("topics/big-data.html", "大数据", "大数据", "主题"),
        ("sources/index.html", "来源", "来源", "来源索引"),
        ("sources/wenhuibao.html", "文汇报", "文汇报", "来源"),
        ("search.html", "检索", "检索", "检索"),
    ],
)
def test_a_page_that_is_a_column_has_all_four_labels(
    here: Mapping[str, Labels], address: str, name: str, keywords: str, kind: str
) -> None:
    assert beginning(here[address], "Column") == {
        "ColumnName": [name],
        "ColumnDescription": here[address]["description"],
        "ColumnKeywords": [keywords],
        "ColumnType": [kind],
    }
    assert beginning(here[address], "citation_", "article:", "Article") == {}
    assert here[address]["og:type"] == ["website"]


@pytest.mark.parametrize("address", ["404.html", "old/cloud.html"])
def test_a_page_that_only_leads_on_is_no_column(
    here: Mapping[str, Labels], there: Mapping[str, Labels], address: str
) -> None:
    assert beginning(here[address], "Column", "Article", "citation_") == {}
    assert here[address]["SiteName"] == ["电子政务信息汇编"]
    assert there["old/cloud.html"]["og:url"] == [f"{BASE_URL}/{FULL}"]


def test_an_issue_of_another_publisher_is_cited_as_its(tmp_path: Path) -> None:
    files = {**BASE, "issues/2014-05-1/issue.md": "---\ndate: 2014-05-09\npublisher: 某厅\n---\n"}
    built = build(read_inputs(write(tmp_path, files))).files
    assert built is not None
    assert read(built[BARE])["citation_publisher"] == ["某厅"]


TEXTS = st.text(st.sampled_from("a汉 <>&\"'%s\n")) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r")
)


@given(st.lists(st.tuples(st.sampled_from(["SiteName", "og:title"]), TEXTS), min_size=1))
def test_labels_come_out_of_a_page_as_they_went_in(labels: list[tuple[str, str]]) -> None:
    html = lines(tuple(labels), '<meta name="%s" content="%s">')
    found = [node.attributes for node in LexborHTMLParser(str(html)).css("meta")]
    assert [(one["name"], one["content"] or "") for one in found] == labels
