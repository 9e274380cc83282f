"""What stands inside `<main>` on each kind of page, word for word, for a tiny archive.

`UPDATE_EXPECTED=1` writes the expected pages anew, and removes those that nothing asks for.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from archives import TWO_ISSUES, write
from bulletin_site.batch import Files
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs

GOLDEN = Path(__file__).parent / "golden"

KINDS = {
    "home": "index.html",
    "issue": "issues/2014-05-1/index.html",
    "issue-with-later-topics": "issues/2014-06-2/index.html",
    "whole-issue": "issues/2014-06-2/full.html",
    "article": "issues/2014-05-1/01.html",
    "article-with-everything": "issues/2014-06-2/01.html",
    "printed-page": "issues/2014-05-1/p3.html",
    "printed-page-of-a-piece": "issues/2014-06-2/p4.html",
    "topics": "topics/index.html",
    "topic": "topics/government-cloud.html",
    "sources": "sources/index.html",
    "source": "sources/wenhuibao.html",
    "corrections": "corrections.html",
    "search": "search.html",
    "not-found": "404.html",
    "alias": "old/cloud.html",
    "moved-issue": "issues/2014-05-3/index.html",
    "moved-printed-page": "issues/2014-05-3/p3.html",
    "withdrawn-article": "issues/2014-06-2/03.html",
    "withdrawn-page": "old/notice.html",
    "feed": "feed.xml",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Files:
    files = build(read_inputs(write(tmp_path_factory.mktemp("archive"), TWO_ISSUES))).files
    assert files is not None
    return files


def inside(address: str, text: str) -> str:
    """What of a file is compared: of a page the inside of `<main>`, else the whole."""
    if not address.endswith(".html"):
        return text
    (found,) = re.findall(r"<main[^>]*>\n(.*)</main>", text, re.DOTALL)
    return str(found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_as_expected(kind: str, built: Files) -> None:
    address = KINDS[kind]
    found = inside(address, built[address].decode())
    expected = GOLDEN / address
    if os.environ.get("UPDATE_EXPECTED"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_bytes(found.encode())
    assert found == expected.read_bytes().decode()


def test_no_expected_page_is_left_over() -> None:
    expected = {file for file in GOLDEN.rglob("*") if file.is_file()}
    left_over = expected - {GOLDEN / address for address in KINDS.values()}
    if os.environ.get("UPDATE_EXPECTED"):
        for file in left_over:
            file.unlink()
        left_over = set()
    assert left_over == set()
