"""The register names exactly the pages that are built, by the titles that they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from archives import (
    BASE,
    ROOT,
    TWO_ISSUES,
    WITHDRAWN,
    Sources,
    archive,
    collected,
    published,
    published_files,
    write,
)
from bulletin_site.build import build
from bulletin_site.cache import Cache
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages.moves import all_pages, redirects, withdrawn_addresses
from bulletin_site.pages.register import registered
from bulletin_site.pages.render import page_batches
from bulletin_site.pages.site import derive
from bulletin_site.pages.templates import templates_of
from bulletin_site.search.words import words
from pages.test_lists import long_archive


def titles(files: Mapping[str, bytes]) -> dict[str, str]:
    found = {}
    for address, content in files.items():
        if address.endswith(".html"):
            node = LexborHTMLParser(content).css_first("meta[property='og:title']")
            assert node is not None
            found[address] = node.attributes["content"] or ""
    return found


@pytest.mark.parametrize("sources", [BASE, TWO_ISSUES, WITHDRAWN])
def test_every_page_is_registered_by_its_title(
    sources: Sources, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = build(read_inputs(write(tmp_path_factory.mktemp("archive"), sources))).files
    assert files is not None
    site = derive(archive(sources))
    others = redirects(site).keys() | withdrawn_addresses(site)
    built = titles(files)
    assert registered(site) == {name: built[name] for name in built if name not in others}
    assert all_pages(site) == built.keys()


def test_the_two_printed_issues_are_registered() -> None:
    assert registered(derive(published().archive)) == titles(published_files())


@pytest.mark.parametrize(("years", "articles"), [(1, 1), (3, 4)])
def test_the_years_of_long_lists_are_registered(years: int, articles: int) -> None:
    held = archive(long_archive(years, articles))
    site = replace(derive(held), words=words(held, collected(held), Cache()))
    templates, _ = templates_of(read_inputs(ROOT).templates)
    keys = {address for batch in page_batches(site, templates) for address in batch.keys}
    assert {address for address in keys if address.endswith(".html")} == all_pages(site)
