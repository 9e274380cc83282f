"""What stands before and after a page, and what an issue that is published changes of the past."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archives import BASE, ROOT, TWO_ISSUES, archive, only
from bulletin_site.batch import made
from bulletin_site.content.folder import read_folder
from bulletin_site.content.model import Archive
from bulletin_site.inputs import TEMPLATES
from bulletin_site.pages.render import page_batches
from bulletin_site.pages.site import derive
from bulletin_site.pages.templates import templates_of


def rendered(found: Archive) -> dict[str, bytes]:
    templates, problems = templates_of(read_folder(ROOT, TEMPLATES))
    assert problems == []
    return made(page_batches(derive(found), templates))


@pytest.fixture(scope="module")
def two_issues() -> dict[str, bytes]:
    return rendered(archive(TWO_ISSUES))


def neighbour(files: dict[str, bytes], page: str, side: str) -> tuple[str, str] | None:
    """Where the link leads, and what it says of the place."""
    text = files[f"issues/{page}.html"].decode()
    if f'class="{side}"' not in text:
        return None
    link = only(text, f".neighbours .{side}")
    return link.attributes["href"] or "", only(link, ".label").text()


@pytest.mark.parametrize(
    ("page", "previous", "following"),
    [
        ("2014-05-1/01", None, ("02.html", "下一篇")),
        ("2014-05-1/02", ("01.html", "上一篇"), ("03.html", "下一篇")),
        ("2014-05-1/03", ("02.html", "上一篇"), ("../2014-06-2/01.html", "下一期第一篇")),
        ("2014-06-2/01", ("../2014-05-1/03.html", "上一期最后一篇"), ("02.html", "下一篇")),
        ("2014-06-2/02", ("01.html", "上一篇"), None),
        ("2014-05-1/p2", ("index.html", "回到"), ("p3.html", "下一页")),
        ("2014-05-1/p3", ("p2.html", "上一页"), ("p4.html", "下一页")),
        ("2014-05-1/p4", ("p3.html", "上一页"), ("index.html", "回到")),
    ],
)
def test_a_page_leads_to_its_neighbours(
    two_issues: dict[str, bytes],
    page: str,
    previous: tuple[str, str] | None,
    following: tuple[str, str] | None,
) -> None:
    assert neighbour(two_issues, page, "previous") == previous
    assert neighbour(two_issues, page, "next") == following


def test_an_issue_that_is_published_rewrites_of_the_one_before_it_the_last_article_alone(
    two_issues: dict[str, bytes],
) -> None:
    before = rendered(archive(BASE))
    changed = {
        name
        for name, content in before.items()
        if name.startswith("issues/") and two_issues[name] != content
    }
    assert changed == {
        "issues/index.html",
        "issues/2014-05-1/index.html",
        "issues/2014-05-1/03.html",
    }


def test_the_page_of_corrections_changes_with_the_last_correction() -> None:
    found = replace(archive(TWO_ISSUES), base_url="https://www.example.gov.cn")
    sitemap = rendered(found)["sitemap.xml"].decode()
    entry = sitemap[sitemap.index("/corrections.html") :]
    assert entry.split("<lastmod>")[1].startswith("2014-06-20")
