"""What was withdrawn is gone from everywhere but from its address, where it is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest

from archives import WITHDRAWN, archive, only, write
from bulletin_site.build import build
from bulletin_site.cache import Cache
from bulletin_site.checks import check_site
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages import urls
from bulletin_site.pages.feeds import sitemap
from bulletin_site.pages.site import derive
from bulletin_site.pages.words import Related, Words

BASE_URL = "https://www.example.gov.cn/b"
NOTICE = "issues/2014-05-1/02.html"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    root = write(tmp_path_factory.mktemp("archive"), WITHDRAWN)
    built = build(read_inputs(root), base_url=BASE_URL).files
    assert built is not None
    return built


def test_its_page_says_when_and_why_and_where_to_read_on(files: Mapping[str, bytes]) -> None:
    page = files[NOTICE].decode()
    assert only(page, ".withdrawal time").attributes["datetime"] == "2026-01-03"
    assert only(page, ".withdrawal .reason").text() == "数据有误。"
    assert only(page, "meta[name=robots]").attributes["content"] == "noindex"
    for target in ("issues/2014-05-1/index.html", "index.html"):
        hrefs = [link.attributes["href"] or "" for link in only(page, "main").css("a")]
        assert target in [urljoin(NOTICE, href) for href in hrefs]


def test_it_is_in_no_index_no_feed_and_no_search(files: Mapping[str, bytes]) -> None:
    naming = {
        name
        for name, content in files.items()
        if name != NOTICE and (b"02.html" in content or b"2014-05-1/02" in content)
    }
    # The issue says that it was withdrawn; the other issue has a second article of its own; an
    # address that had moved leads on to the notice; the help has examples.
    elsewhere = {name for name in naming if not name.startswith(("issues/2014-06-2/", "sources/"))}
    assert elsewhere <= {
        *("issues/2014-05-1/index.html", "issues/2014-05-3/02.html", "SHA256SUMS"),
        *("topics/government-cloud.html", "feed.xml", "index.html", "sitemap.xml"),
        *("search/articles/2014-06-2/02.js", "search/index.json", "help/problems.html"),
    }
    assert b"2014-05-1/02" not in files["sitemap.xml"] + files["feed.xml"]
    assert "平台".encode() not in b"".join(
        content for name, content in files.items() if name.startswith("search/articles/")
    )


def test_the_pages_on_which_it_stood_alone_say_that_it_was_withdrawn(
    files: Mapping[str, bytes],
) -> None:
    for page in ("p4", "p5"):
        text = files[f"issues/2014-05-1/{page}.html"].decode()
        assert only(text, ".sheet .withdrawn-note").text() == "这一页的内容已撤回。"


def test_its_issue_names_its_number_and_the_day(files: Mapping[str, bytes]) -> None:
    text = files["issues/2014-05-1/index.html"].decode()
    line = only(text, ".withdrawn-articles > li")
    assert line.text() == "第2篇已于2026年1月3日撤回"
    assert only(line, "a").attributes["href"] == "02.html"


def test_its_neighbours_are_neighbours_now(files: Mapping[str, bytes]) -> None:
    for page, relation, neighbour in (("01", "next", "03"), ("03", "prev", "01")):
        text = files[f"issues/2014-05-1/{page}.html"].decode()
        link = only(text, f".neighbours a[rel={relation}]")
        assert link.attributes["href"] == f"{neighbour}.html"


def test_what_is_related_is_found_by_its_number() -> None:
    held = archive(WITHDRAWN)
    words = Words(related={"2014-06-2/01": (Related(article_id="2014-05-1/03", words=("会议",)),)})
    *_, issue = replace(derive(held), words=words).issue_sites()
    (found,) = issue.related["2014-06-2/01"]
    assert (found.article_id, found.title) == ("2014-05-1/03", "某市会议无纸化")


def test_a_check_finds_nothing_wrong(files: Mapping[str, bytes]) -> None:
    held = replace(archive(WITHDRAWN), base_url=BASE_URL)
    assert check_site(held, files, files, "site") == ()


def test_a_check_finds_a_search_that_counts_what_was_withdrawn(files: Mapping[str, bytes]) -> None:
    held = replace(archive(WITHDRAWN), base_url=BASE_URL)
    catalog = files[urls.SEARCH_CATALOG]
    assert catalog.count(b",2,[2]]") == 1
    wrong = {**files, urls.SEARCH_CATALOG: catalog.replace(b",2,[2]]", b",2]")}
    found = check_site(held, wrong, wrong, "site")
    assert ("index-slice", f"site/{urls.SEARCH_CATALOG}") in [(p.code, p.path) for p in found]


def test_what_is_remembered_of_an_issue_knows_what_was_withdrawn_of_it(tmp_path: Path) -> None:
    inputs = read_inputs(write(tmp_path, WITHDRAWN))
    cache = Cache()
    first = build(inputs, cache=cache).archive
    assert build(inputs, cache=Cache(cache.kept)).archive == first
    assert list(first.issues[0].withdrawn) == [2]


def test_its_issue_has_changed_on_the_day_of_the_withdrawal() -> None:
    held = replace(archive(WITHDRAWN), base_url=BASE_URL)
    view = sitemap(derive(held), ["issues/2014-05-1/index.html", NOTICE])
    assert view is not None
    assert [entry.modified for entry in view.entries] == ["2026-01-03"]
