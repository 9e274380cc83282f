"""The Atom feed and the sitemap."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest

from archives import BASE, TWO_ISSUES, archive, published, published_files, write
from bulletin_site.batch import Files
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages.feeds import FEED_ISSUES, feed, search_description, sitemap
from bulletin_site.pages.identity import identifier
from bulletin_site.pages.site import Site, derive

ATOM = "{http://www.w3.org/2005/Atom}"
BASE_URL = "https://example.gov.cn/bulletin"


def site(base_url: str | None = None) -> Site:
    return derive(replace(archive(TWO_ISSUES), base_url=base_url))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("archive"), TWO_ISSUES)


@pytest.fixture(scope="module")
def here(root: Path) -> Files:
    """The site of an archive that does not know its address."""
    return built(root, None)


@pytest.fixture(scope="module")
def there(root: Path) -> Files:
    """The site as published at `BASE_URL`."""
    return built(root, BASE_URL)


def built(root: Path, base_url: str | None) -> Files:
    files = build(read_inputs(root), base_url=base_url).files
    assert files is not None
    return files


def test_entries_are_the_articles_newest_issue_first_in_printed_order() -> None:
    assert [entry.href for entry in feed(site()).entries] == [
        "issues/2014-06-2/01.html",
        "issues/2014-06-2/02.html",
        "issues/2014-05-1/01.html",
        "issues/2014-05-1/02.html",
        "issues/2014-05-1/03.html",
    ]


def test_ids_do_not_change_with_the_place_of_the_site() -> None:
    here, there = feed(site()), feed(site(BASE_URL))
    assert here.id == there.id
    assert [entry.id for entry in here.entries] == [entry.id for entry in there.entries]
    assert here.entries[0].href != there.entries[0].href


def test_ids_are_urns_that_differ() -> None:
    found = feed(site())
    ids = [found.id, *(entry.id for entry in found.entries)]
    assert len(set(ids)) == len(ids)
    assert all(id.startswith("urn:uuid:") for id in ids)


def test_the_ids_of_published_articles_are_these_for_ever() -> None:
    """A feed reader shows an entry again whose id has changed."""
    published_site = derive(published().archive)
    assert (
        identifier(published_site.publication, "")
        == "urn:uuid:859bfac8-0c15-5bc3-a1fc-9f127073de81"
    )
    assert (
        identifier(published_site.publication, "2014-05-1/01")
        == "urn:uuid:0753a094-6ee7-58c6-8ea7-a397a5b63239"
    )


def test_only_the_latest_issues_are_in_the_feed() -> None:
    files = dict(BASE)
    for number in range(2, FEED_ISSUES + 3):
        files[f"issues/2014-05-{number}/issue.md"] = f"---\ndate: 2014-05-{10 + number}\n---\n"
        files[f"issues/2014-05-{number}/01.md"] = BASE["issues/2014-05-1/03.md"]
    hrefs = [entry.href for entry in feed(derive(archive(files))).entries]
    assert hrefs == [f"issues/2014-05-{number}/01.html" for number in range(FEED_ISSUES + 2, 2, -1)]


def test_an_entry_is_updated_by_the_latest_correction() -> None:
    corrected, plain, *_ = feed(site()).entries
    assert corrected.published == "2014-06-13T00:00:00+08:00"
    assert corrected.updated == "2014-06-20T00:00:00+08:00"
    assert plain.updated == plain.published
    assert feed(site()).updated == corrected.updated


def test_the_feed_is_xml_with_all_that_atom_requires(here: Files, there: Files) -> None:
    for files in (here, there):
        root = ET.fromstring(files["feed.xml"])
        assert root.tag == f"{ATOM}feed"
        for element in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                assert (element.findtext(f"{ATOM}{name}") or "").strip()
        author = root.find(f"{ATOM}author/{ATOM}name")
        assert author is not None
        assert author.text == "秘书处"


def test_links_of_the_feed_lead_to_files_of_the_site(here: Files) -> None:
    root = ET.fromstring(here["feed.xml"])
    hrefs = [link.attrib["href"] for link in root.iter(f"{ATOM}link")]
    assert {urljoin("feed.xml", href) for href in hrefs} <= here.keys()


def test_markup_of_an_article_is_escaped_once_in_the_feed(here: Files) -> None:
    root = ET.fromstring(here["feed.xml"])
    content = root.findtext(f"{ATOM}entry/{ATOM}content") or ""
    assert "<p>供应商的割格不断降低 &lt;b&gt;不是标签&lt;/b&gt;。</p>" in content


ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = {"author", "published", "content"}
ANY = {"link", "category"}


def test_elements_of_the_feed_come_as_often_as_the_rfc_allows(here: Files, there: Files) -> None:
    """RFC 4287, 4.1.1 and 4.1.2; one `alternate` link of a type and language."""
    for files in (here, there):
        root = ET.fromstring(files["feed.xml"])
        for element in (root, *root.findall(f"{ATOM}entry")):
            counts = Counter(child.tag.removeprefix(ATOM) for child in element)
            del counts["entry"]
            assert all(counts[name] == 1 for name in ONCE)
            assert all(counts[name] <= 1 for name in AT_MOST_ONCE)
            assert counts.keys() <= ONCE | AT_MOST_ONCE | ANY
            links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
            assert len(set(links)) == len(links)


def test_an_entry_is_the_text_its_source_and_its_corrections(here: Files) -> None:
    corrected, plain, *_ = [
        content.text or "" for content in ET.fromstring(here["feed.xml"]).iter(f"{ATOM}content")
    ]
    assert corrected.endswith(
        "<p>另起一页。</p>\n<p>（ZDNet 存储频道）</p>\n<h2>勘误</h2>\n<ul>\n"
        "<li>2014年6月20日：首段“割格”应为“价格”。</li>\n</ul>\n"
    )
    assert plain == "<p>网上办事大厅与实体大厅整合。</p>\n<p>（文汇报）</p>\n"


def test_without_a_base_address_there_is_no_sitemap(here: Files, there: Files) -> None:
    assert sitemap(site(), ["index.html"]) is None
    assert "sitemap.xml" not in here
    assert "sitemap.xml" in there


def test_the_sitemap_lists_every_page_a_reader_may_come_to(there: Files) -> None:
    root = ET.fromstring(there["sitemap.xml"])
    namespace = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    locations = [loc.text or "" for loc in root.iter(f"{namespace}loc")]
    pages = {name for name in there if name.endswith(".html")}
    listed = {location.removeprefix(f"{BASE_URL}/") for location in locations}
    others = {"404.html", "old/cloud.html", "topics/cloud.html", "old/notice.html"}
    others |= {"issues/2014-06-2/03.html"}
    assert listed == {
        page for page in pages if not page.startswith("issues/2014-05-3/") and page not in others
    }


def test_pages_of_an_issue_change_with_its_corrections_and_indexes_with_the_latest_issue() -> None:
    view = sitemap(
        derive(replace(archive(TWO_ISSUES), base_url=BASE_URL, withdrawn=())),
        ["index.html", "issues/2014-05-1/p2.html", "issues/2014-06-2/01.html"],
    )
    assert view is not None
    assert [(e.location.removeprefix(BASE_URL), e.modified) for e in view.entries] == [
        ("/index.html", "2014-06-13"),
        ("/issues/2014-05-1/p2.html", "2014-05-09"),
        ("/issues/2014-06-2/01.html", "2014-06-20"),
    ]


OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_a_browser_learns_how_to_search_the_published_site(here: Files, there: Files) -> None:
    assert "opensearch.xml" not in here
    root = ET.fromstring(there["opensearch.xml"])
    assert root.tag == f"{OPEN_SEARCH}OpenSearchDescription"
    assert root.findtext(f"{OPEN_SEARCH}ShortName") == "电子政务信息汇编"
    searched, itself = root.findall(f"{OPEN_SEARCH}Url")
    assert searched.attrib == {
        "type": "text/html",
        "template": f"{BASE_URL}/search.html?q={{searchTerms}}",
    }
    assert itself.get("rel") == "self"
    assert itself.get("template") == f"{BASE_URL}/opensearch.xml"
    known = "ShortName Description Url Contact Tags LongName Image Query Developer Attribution"
    known += " SyndicationRight AdultContent Language InputEncoding OutputEncoding"
    names = Counter(child.tag.removeprefix(OPEN_SEARCH) for child in root)
    assert names.keys() <= set(known.split())
    assert all(count == 1 for name, count in names.items() if name != "Url")


def test_a_long_title_is_cut_to_what_opensearch_allows() -> None:
    found = site(BASE_URL)
    title = "某某省电子政务信息汇编及有关文件资料选编（内部资料）" * 2
    view = search_description(replace(found, archive=replace(found.archive, title=title)))
    assert view is not None
    assert (len(view.short_name), len(view.long_name)) == (16, 48)


def test_robots_are_told_where_the_sitemap_is(here: Files, there: Files) -> None:
    assert "robots.txt" not in here
    assert there["robots.txt"].decode() == (
        f"User-agent: *\nDisallow:\n\nSitemap: {BASE_URL}/sitemap.xml\n"
    )


def test_no_file_of_the_published_site_names_a_host() -> None:
    assert published().archive.base_url is None
    page = published_files()["index.html"]
    # The name of schema.org's vocabulary is no address that anything is fetched from.
    assert b"://" not in page.replace(b'"@context":"https://schema.org"', b"")
