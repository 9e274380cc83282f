"""Old addresses lead on to the articles that have moved."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest

from archives import BASE, TWO_ISSUES, archive, only, write
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages.moves import address_problems
from bulletin_site.pages.site import derive

SECOND, THIRD = "issues/2014-05-1/02.md", "issues/2014-05-1/03.md"


def with_aliases(second: str, third: str) -> dict[str, str]:
    return {
        **BASE,
        SECOND: BASE[SECOND].replace("page: 3", f"page: 3\naliases: {second}"),
        THIRD: BASE[THIRD].replace("page: 4", f"page: 4\naliases: {third}"),
    }


def test_the_page_at_an_old_address_leads_to_the_article_without_scripts(tmp_path: Path) -> None:
    files = build(read_inputs(write(tmp_path, TWO_ISSUES))).files
    assert files is not None
    page = files["old/cloud.html"].decode()
    refresh = only(page, "meta[http-equiv=refresh]").attributes["content"] or ""
    delay, _, href = refresh.partition("; url=")
    assert delay == "0"
    assert urljoin("old/cloud.html", href) == "issues/2014-06-2/01.html"
    assert only(page, f'main a[href="{href}"]').text() == "云服务与“大数据”"
    assert only(page, "meta[name=robots]").attributes["content"] == "noindex"


@pytest.mark.parametrize(
    "alias",
    [
        "index.html",
        "Index.html",
        "search.html",
        "404.html",
        "topics/index.html",
        "topics/big-data.html",
        "sources/index.html",
        "sources/wenhuibao.html",
        "issues/2014-05-1/index.html",
        "issues/2014-05-1/03.html",
        "issues/2014-05-1/p4.html",
        "issues/2014-05-1/full.html",
        "issues/index.html",
        "trends.html",
        "topics/big-data/2014.html",
        "sources/wenhuibao/2014.html",
        "corrections.html",
    ],
)
def test_an_address_that_is_in_use_cannot_be_an_old_one(alias: str) -> None:
    (found,) = address_problems(derive(archive(with_aliases("[]", alias))))
    assert (found.path, found.line, found.code) == (THIRD, 4, "address-taken")


@pytest.mark.parametrize(("second", "third"), [("a.html", "a.html"), ("a.html", "A.html")])
def test_two_articles_cannot_have_the_same_old_address(second: str, third: str) -> None:
    (found,) = address_problems(derive(archive(with_aliases(second, third))))
    assert found.path == THIRD


def test_different_old_addresses_are_no_problem() -> None:
    found = address_problems(derive(archive(with_aliases("[a.html, a/b.html]", "b/a.html"))))
    assert list(found) == []
