"""JSON-LD: what a page is about, in schema.org's words, safe to stand in a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archives import TWO_ISSUES, write
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages.linked_data import block

BASE_URL = "https://example.gov.cn/bulletin"
ARTICLE = "issues/2014-06-2/01.html"

Pages = Mapping[str, list[Any]]

_WORK = "url inLanguage datePublished dateModified keywords creditText correction isPartOf hasPart"
_WORK += " headline position publisher text"
VOCABULARY = {
    "Article": f"{_WORK} articleSection pageStart pageEnd",
    "PublicationIssue": f"{_WORK} issueNumber pageStart pageEnd",
    "Periodical": f"{_WORK} issn",
    "WebSite": _WORK,
    "CorrectionComment": _WORK,
    "BreadcrumbList": "itemListElement",
    "ListItem": "position item",
    "Organization": "url",
    "SearchAction": "target query-input",
    "EntryPoint": "urlTemplate",
}
"""The properties that schema.org has for a type, of those that may be used here; all things have
a name. `query-input` is SearchAction's annotation of `query` (schema.org/docs/actions.html)."""

RANGES = {
    "isPartOf": {"PublicationIssue", "Periodical"},
    "hasPart": {"Article"},
    "publisher": {"Organization"},
    "correction": {"CorrectionComment"},
    "itemListElement": {"ListItem"},
    "potentialAction": {"SearchAction"},
    "target": {"EntryPoint"},
}
"""The types of things that a property may have as its value."""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return data(tmp_path_factory.mktemp("here"), None)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return data(tmp_path_factory.mktemp("there"), BASE_URL)


def data(root: Path, base_url: str | None) -> Pages:
    files = build(read_inputs(write(root, TWO_ISSUES)), base_url=base_url).files
    assert files is not None
    return {
        name: [
            json.loads(script.text())
            for script in LexborHTMLParser(text.decode()).css("script[type='application/ld+json']")
        ]
        for name, text in files.items()
        if name.endswith(".html")
    }


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def test_an_article_is_part_of_its_issue_and_the_issue_of_the_bulletin(here: Pages) -> None:
    article, trail = here[ARTICLE]
    assert article == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "云服务与“大数据”",
        "position": 1,
        "pageStart": 2,
        "pageEnd": 5,
        "inLanguage": "zh-CN",
        "datePublished": "2014-06-13",
        "dateModified": "2014-06-20",
        "articleSection": ["大数据", "政务云"],
        "keywords": ["云服务"],
        "creditText": "ZDNet 存储频道",
        "correction": [
            {
                "@type": "CorrectionComment",
                "datePublished": "2014-06-20",
                "text": "首段“割格”应为“价格”。",
            }
        ],
        "isPartOf": {
            "@type": "PublicationIssue",
            "name": "2014年六月第二期",
            "issueNumber": "6月第2期",
            "datePublished": "2014-06-13",
            "pageStart": 2,
            "pageEnd": 5,
            "isPartOf": {
                "@type": "Periodical",
                "name": "电子政务信息汇编",
                "inLanguage": "zh-CN",
                "publisher": {"@type": "Organization", "name": "秘书处"},
            },
        },
    }
    names = [step["name"] for step in trail["itemListElement"]]
    assert names == ["首页", "2014年六月第二期", "云服务与“大数据”"]


def test_an_issue_has_its_articles_in_printed_order(here: Pages) -> None:
    issue, _ = here["issues/2014-05-1/index.html"]
    assert [
        (part["position"], part["headline"], part["pageStart"], part["pageEnd"])
        for part in issue["hasPart"]
    ] == [
        (1, "某省云计算规划出台", 2, 3),
        (2, "某市开通大数据平台", 3, 3),
        (3, "某市会议无纸化", 4, 4),
    ]


def test_the_home_page_is_the_bulletins_and_where_known_the_searched_sites(
    here: Pages, there: Pages
) -> None:
    assert [node["@type"] for node in here["index.html"]] == ["Periodical"]
    periodical, site = there["index.html"]
    assert periodical["url"] == site["url"] == f"{BASE_URL}/index.html"
    action = site["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{BASE_URL}/search.html?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


def test_things_have_one_name_on_all_pages(there: Pages) -> None:
    article, trail = there[ARTICLE]
    issue, _ = there["issues/2014-06-2/index.html"]
    home, _ = there["index.html"]
    assert article["@id"] == article["url"] == f"{BASE_URL}/{ARTICLE}" == issue["hasPart"][0]["@id"]
    assert article["isPartOf"]["@id"] == issue["@id"]
    assert article["isPartOf"]["isPartOf"]["@id"] == home["@id"]
    assert [step["item"] for step in trail["itemListElement"]] == [
        home["@id"],
        issue["@id"],
        article["@id"],
    ]


def test_nothing_is_named_by_a_url_that_is_not_known(here: Pages) -> None:
    for page in here.values():
        for node in nodes(page):
            assert node.keys() & {"@id", "url", "item"} == set()


def test_every_page_with_a_breadcrumb_says_the_way_to_it(here: Pages) -> None:
    without = {name for name, said in here.items() if "BreadcrumbList" not in str(said)}
    moved = {name for name in here if name.startswith("issues/2014-05-3/")}
    assert without == {"index.html", "404.html", "old/cloud.html", "topics/cloud.html"} | moved


def test_only_words_of_the_vocabulary_are_used(here: Pages, there: Pages) -> None:
    for page in (*here.values(), *there.values()):
        for node in nodes(page):
            known = {"name", "potentialAction", *VOCABULARY[node["@type"]].split()}
            assert {key for key in node if not key.startswith("@")} <= known
            for key, value in node.items():
                for inner in value if isinstance(value, list) else [value]:
                    if isinstance(inner, dict):
                        assert inner["@type"] in RANGES[key]


@given(st.text())
def test_a_title_stays_in_its_block_and_says_the_same(title: str) -> None:
    text = str(block({"@type": "Article", "headline": title}))
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["headline"] == title


@pytest.mark.parametrize(
    "title", ["</script><b>", "<!--<script>", "&lt;", "a\u2028b", '"}', "\\u003c"]
)
def test_a_title_like_markup_comes_out_of_the_page_as_it_went_in(title: str) -> None:
    page = f'<script type="application/ld+json">{block({"headline": title})}</script><p>正文</p>'
    tree = LexborHTMLParser(page)
    (script,) = tree.css("script")
    assert json.loads(script.text())["headline"] == title
    assert [node.text() for node in tree.css("body > p")] == ["正文"]
