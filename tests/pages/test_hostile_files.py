"""What is not HTML holds hostile texts as text too: books, feed, citations; and `check` finds
nothing wrong with a site of them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from zipfile import ZipFile

import pytest
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from archives import write
from bulletin_site.build import Build, build
from bulletin_site.checks import check_site
from bulletin_site.inputs import read as read_inputs
from bulletin_site.problems import errors
from hostile_archive import ISSUE, RAW, hostile, innocent
from hostile_texts import ALL

Files = Mapping[str, bytes]
_XML = (".xhtml", ".opf", ".xml")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return build(read_inputs(write(tmp_path_factory.mktemp("hostile"), hostile())))


@pytest.fixture(scope="module")
def files(built: Build) -> Files:
    assert built.files is not None, built.problems
    return built.files


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Files:
    found = build(read_inputs(write(tmp_path_factory.mktemp("harmless"), innocent()))).files
    assert found is not None
    return found


def in_book(files: Files, issue_id: str) -> Iterator[etree._Element]:
    """The documents of an issue's EPUB, as strictly as a reader may take them."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False)
    with ZipFile(io.BytesIO(files[f"issues/{issue_id}/{issue_id}.epub"])) as book:
        for name in book.namelist():
            if name.endswith(_XML):
                yield etree.fromstring(book.read(name), parser)


def shapes(root: etree._Element) -> set[str]:
    """Its elements, each with the names of its attributes."""
    return {f"{one.tag} {sorted(one.attrib)}" for one in root.iter()}


@pytest.mark.parametrize("issue_id", [ISSUE, RAW])
def test_a_book_has_the_elements_of_a_book_without_harm(
    files: Files, harmless: Files, issue_id: str
) -> None:
    allowed = {"{http://www.w3.org/1999/xhtml}span ['lang']"}
    for book in (ISSUE, RAW):
        for document in in_book(harmless, book):
            allowed |= shapes(document)
    texts = ""
    for document in in_book(files, issue_id):
        assert shapes(document) - allowed == set()
        texts += "".join(map(str, document.itertext()))
    if issue_id == ISSUE:
        bare = "".join(texts.split())
        assert [text for text in ALL if "".join(text.split()) not in bare] == []


def test_the_feed_has_the_elements_of_a_feed_without_harm(files: Files, harmless: Files) -> None:
    feed, allowed = (etree.fromstring(one["feed.xml"]) for one in (files, harmless))
    assert shapes(feed) <= shapes(allowed)

    def inside(root: etree._Element) -> set[str]:
        return {
            f"{tag.tag} {sorted(tag.attributes)}"
            for content in root.iter("{*}content")
            for tag in LexborHTMLParser(content.text or "").css("*")
        }

    assert inside(feed) <= inside(allowed) | {"span ['lang']"}


@pytest.mark.parametrize(
    ("ending", "field"), [("ris", r"^([A-Z0-9]{2})  - "), ("bib", r"^(@\w+|  \w+ = |\}$)")]
)
def test_a_citation_has_no_fields_but_its_own(
    files: Files, harmless: Files, ending: str, field: str
) -> None:
    for number in range(1, len(ALL) + 1):
        name = f"issues/{ISSUE}/{number:02}.{ending}"
        lines, others = (one[name].decode().splitlines() for one in (files, harmless))
        assert len(lines) == len(others), name
        kinds, allowed = ([re.findall(field, line) for line in each] for each in (lines, others))
        assert kinds == allowed, name


def test_the_check_finds_nothing_wrong(built: Build, files: Files) -> None:
    assert errors(check_site(built.archive, files, files, "site")) == ()
