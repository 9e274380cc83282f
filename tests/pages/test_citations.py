"""How articles and issues are cited: for readers, and in files for other programs."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archives import (
    BASE,
    ROOT,
    TWO_ISSUES,
    WITHDRAWN,
    Sources,
    archive,
    only,
    project_templates,
    published,
    published_files,
    write,
)
from bulletin_site.__main__ import main
from bulletin_site.build import build
from bulletin_site.checks.bibliography import Record, bibtex_records, ris_records
from bulletin_site.content.model import Archive, PageRange
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages import bibtex, citation_files, citations, ris, urls
from bulletin_site.pages.references import Reference, initials, one_line, reference
from bulletin_site.pages.render import environment_of

BASE_URL = "https://example.gov.cn/a%20b"

FULL = Reference(
    key="dzzwxxhb-2014-06-2-01",
    title="云服务与“大数据”",
    journal="电子政务信息汇编",
    date=date(2014, 6, 13),
    number="6月第2期",
    pages=PageRange(first=2, last=5),
    publisher="秘书处",
    keywords=("云服务", "大数据"),
    source="ZDNet 存储频道",
    url=f"{BASE_URL}/issues/2014-06-2/01.html",
    pdf_url=None,
)


def references(files: Sources, base_url: str | None = None) -> list[Reference]:
    found = replace(archive(files), base_url=base_url)
    return [
        reference(found.publication, issue, article)
        for issue in found.issues
        for article in issue.articles
    ]


# For readers


@pytest.mark.parametrize(
    ("pages", "base_url", "text"),
    [
        (
            PageRange(first=3, last=4),
            None,
            "云服务与“大数据”[J]. 电子政务信息汇编，2014（6月第2期）：3-4.",
        ),
        (
            PageRange(first=3, last=3),
            None,
            "云服务与“大数据”[J]. 电子政务信息汇编，2014（6月第2期）：3.",
        ),
        (
            PageRange(first=3, last=4),
            "https://example.gov.cn/x.html",
            "云服务与“大数据”[J/OL]. 电子政务信息汇编，2014（6月第2期）：3-4. https://example.gov.cn/x.html",
        ),
    ],
)
def test_an_article_is_cited_as_the_standard_says(
    pages: PageRange, base_url: str | None, text: str
) -> None:
    assert citations.of_article(replace(FULL, pages=pages, url=base_url)).text == text


def test_an_issue_is_cited_as_a_whole_and_its_publisher_only_where_it_is_known() -> None:
    found = archive(BASE)
    (issue,) = found.issues
    said = [
        citations.of_issue(replace(found.publication, publisher=publisher, base_url=base), issue)
        for publisher, base in (("秘书处", None), (None, None), ("秘书处", "https://example.cn"))
    ]
    assert [citation.text for citation in said] == [
        "电子政务信息汇编[J]. 2014（5月第1期）. 秘书处，2014.",
        "电子政务信息汇编[J]. 2014（5月第1期）. 2014.",
        "电子政务信息汇编[J/OL]. 2014（5月第1期）. 秘书处，2014. https://example.cn/issues/2014-05-1/index.html",
    ]


def test_the_sample_of_the_field_notes() -> None:
    found = next(one for one in references(BASE, "https://example.cn") if one.pages.first == 3)
    text = citations.of_article(found).text
    assert text.startswith(
        "某市开通大数据平台[J/OL]. 电子政务信息汇编，2014（5月第1期）：3. https://"
    )


@pytest.mark.parametrize(
    ("title", "key"), [("电子政务信息汇编", "dzzwxxhb"), ("ABC 简报", "jb"), ("2014", "bulletin")]
)
def test_a_key_begins_with_the_initials_of_the_serial(title: str, key: str) -> None:
    assert initials(title) == key


# Files


def test_an_article_in_bibtex() -> None:
    assert bibtex.entry(FULL) == (
        "@article{dzzwxxhb-2014-06-2-01,\n"
        "  title = {云服务与“大数据”},\n"
        "  journal = {电子政务信息汇编},\n"
        "  year = {2014},\n"
        "  date = {2014-06-13},\n"
        "  number = {6月第2期},\n"
        "  pages = {2--5},\n"
        "  publisher = {秘书处},\n"
        "  langid = {chinese},\n"
        "  language = {zh-CN},\n"
        "  keywords = {云服务, 大数据},\n"
        "  annote = {来源：ZDNet 存储频道},\n"
        "  url = {https://example.gov.cn/a%20b/issues/2014-06-2/01.html}\n"
        "}\n"
    )


def test_an_article_in_ris() -> None:
    assert ris.record(FULL).split("\r\n") == [
        "TY  - JOUR",
        "ID  - dzzwxxhb-2014-06-2-01",
        "TI  - 云服务与“大数据”",
        "T2  - 电子政务信息汇编",
        "JF  - 电子政务信息汇编",
        "PY  - 2014",
        "DA  - 2014/06/13/",
        "IS  - 6月第2期",
        "SP  - 2",
        "EP  - 5",
        "PB  - 秘书处",
        "LA  - zh-CN",
        "KW  - 云服务",
        "KW  - 大数据",
        "N1  - 来源：ZDNet 存储频道",
        "UR  - https://example.gov.cn/a%20b/issues/2014-06-2/01.html",
        "ER  - ",
        "",
    ]


def test_nothing_is_said_that_is_not_known() -> None:
    bare = replace(
        FULL,
        pages=PageRange(first=2, last=2),
        publisher=None,
        keywords=(),
        source=None,
        url=None,
    )
    (entry,) = bibtex_records(bibtex.entry(bare))
    (record,) = ris_records(ris.record(bare))
    assert entry.fields.keys() == {
        *("title", "journal", "year", "date", "number", "pages", "langid", "language"),
    }
    assert record.fields.keys() == {"TI", "T2", "JF", "PY", "DA", "IS", "SP", "LA"}


def test_each_article_has_its_files_and_each_issue_the_same_together() -> None:
    files = published_files()
    for issue in published().archive.issues:
        for address, between in ((urls.bibtex, b"\n"), (urls.ris, b"\r\n")):
            own = [files[address(article.id)] for article in issue.articles]
            assert files[address(issue.id)] == between.join(own)


def test_the_files_of_an_issue_depend_on_nothing_but_the_issue_and_the_bulletin() -> None:
    assert files_of_first_issue(BASE) == files_of_first_issue(TWO_ISSUES)


def files_of_first_issue(files: Sources) -> dict[str, bytes]:
    found = archive(files)
    environment = environment_of(project_templates())
    made = citation_files.files(found.publication, found.issues[0], environment)
    return {address: make() for address, make in made}


def test_what_was_withdrawn_is_in_no_file() -> None:
    made = files_of_first_issue(WITHDRAWN)
    assert [name for name in made if "/02." in name] == []
    assert "平台".encode() not in b"".join(made.values())


# What must come back as it was

HOSTILE = (
    "{", "}", "}{", "{a}", "{{b}", "100%", "A & B", "#1 _x_ $5 ~^", "C:\\网\\", "\\\\", '“"直"”', "--", "---", "``a''", "?`", "!`", ",,",
    "<b>&amp;", "a|b", "@article{x,", "@", "ER  - ", "TI  - x", "a\nER  - \nb", "a\u2028b", "A and B", "\\textbf{x}", "a % b", "一\u3000二",
    "%", "\\", "~", "$x$", "x_{1}", "=", "a = {b},", "（）「」", "𠮷🏛", "no", "#",
)  # fmt: skip

texts = (
    st.text(
        st.one_of(
            st.sampled_from("{}\\%#&_$~^\"'`,-<>|@= "),
            st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]),
        ),
        min_size=1,
    )
    .map(str.strip)
    .filter(bool)
)


def spaced(text: str) -> str:
    """Text as TeX and the readers of RIS see white space: each run of it is one space."""
    return " ".join(text.split())


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_come_back_from_both_formats(title: str) -> None:
    (entry,) = bibtex_records(bibtex.entry(replace(FULL, title=f"政{title}务")))
    (record,) = ris_records(ris.record(replace(FULL, title=f"政{title}务")))
    assert entry.fields["title"] == (spaced(f"政{title}务"),)
    assert record.fields["TI"] == (one_line(f"政{title}务"),)


@given(texts, texts)
def test_any_text_comes_back_from_bibtex(title: str, source: str) -> None:
    (entry,) = bibtex_records(bibtex.entry(replace(FULL, title=title, source=source)))
    assert entry.fields["title"] == (spaced(title),)
    assert entry.fields["annote"] == (spaced(f"来源：{source}"),)
    assert entry.fields["journal"] == (FULL.journal,)


@given(texts, texts)
def test_any_text_comes_back_from_ris(title: str, word: str) -> None:
    text = ris.record(replace(FULL, title=title, keywords=(word, "云")))
    (record,) = ris_records(text)
    assert record.fields["TI"] == (one_line(title),)
    assert record.fields["KW"] == (one_line(word), "云")


@given(texts)
def test_braces_are_in_pairs_as_bibtex_counts_them(title: str) -> None:
    depth = 0
    for character in bibtex.escaped(title):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
    assert depth == 0


# Citation.js, which knows nothing of us


def read_by_citation_js(files: Sequence[tuple[str, str]]) -> list[list[dict[str, Any]]]:
    node = shutil.which("node")
    assert node, "找不到 node：请运行 python3 .ci/test.py，它会装好测试所需的程序。"
    run = subprocess.run(
        [node, ROOT / "tests" / "web" / "references.mjs"],
        input=json.dumps(files),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: list[list[dict[str, Any]]] = json.loads(run.stdout)
    return found


def said(item: dict[str, Any]) -> tuple[object, ...]:
    names = ("id", "type", "title", "container-title", "issue", "page", "URL")
    return tuple(item.get(name) for name in names)


def told(one: Reference, title: str) -> tuple[object, ...]:
    pages = citations.page_numbers(one.pages)
    return (one.key, "article-journal", title, one.journal, one.number, pages, one.url)


def test_another_program_reads_every_file_of_the_published_archive() -> None:
    found = published().archive
    files = published_files()
    right = {}
    for issue in found.issues:
        all_of_it = [reference(found.publication, issue, article) for article in issue.articles]
        right[issue.id] = all_of_it
        right |= {a.id: [one] for a, one in zip(issue.articles, all_of_it, strict=True)}
    formats = (
        ("@bibtex/text", urls.bibtex),
        ("@biblatex/text", urls.bibtex),
        ("@ris/file", urls.ris),
    )
    for form, address in formats:
        read = read_by_citation_js([(form, files[address(id_)].decode()) for id_ in right])
        for items, references_ in zip(read, right.values(), strict=True):
            assert [said(item) for item in items] == [told(one, one.title) for one in references_]
            for item, one in zip(items, references_, strict=True):
                day = [one.date.year, one.date.month, one.date.day]
                parts = day[:1] if form == "@bibtex/text" else day
                assert item["issued"] == {"date-parts": [parts]}
                if form == "@ris/file":
                    assert item["keyword"].split(",") == list(one.keywords)


@settings(max_examples=5, deadline=None)
@given(st.lists(texts, min_size=40, max_size=40))
def test_another_program_reads_hostile_titles(drawn: list[str]) -> None:
    titles = [*HOSTILE, *drawn]
    ours = [
        replace(FULL, title=f"政{title}务", key=f"k-{number}")
        for number, title in enumerate(titles)
    ]
    files = [
        ("@biblatex/text", "\n".join(map(bibtex.entry, ours))),
        ("@ris/file", "\r\n".join(map(ris.record, ours))),
    ]
    entries, records = read_by_citation_js(files)
    assert [said(one) for one in entries] == [told(one, spaced(one.title)) for one in ours]
    assert [said(one) for one in records] == [told(one, one_line(one.title)) for one in ours]


# Zotero, whose translators are its own: facts read in zotero/translators in November 2026

ZOTERO_TYPES = {"JOUR": "journalArticle", "article": "journalArticle"}
"""RIS.js and BibTeX.js; Embedded Metadata.js takes a page that has `citation_journal_title` for one too."""

ZOTERO_RIS = {
    "TI": "title", "T2": "publicationTitle", "JF": "publicationTitle", "DA": "date", "PY": "year", "IS": "issue", "SP": "first",
    "EP": "last", "PB": "publisher", "LA": "language", "KW": "tags", "N1": "notes", "UR": "url",
}  # fmt: skip
"""JO would be `journalAbbreviation`. DA, `2014/05/09/`, becomes `2014-05-09`; PY counts only without it. The first value of a field
stays. SP and EP are joined by a hyphen, also where they are the same."""

ZOTERO_BIBTEX = {
    "title": "title", "journal": "publicationTitle", "year": "year", "date": "date", "number": "issue", "pages": "pages",
    "publisher": "publisher", "language": "language", "keywords": "tags", "annote": "notes", "url": "url",
}  # fmt: skip
"""`date` takes the place of `year`, if it comes after it; `--` between pages becomes `-`; keywords part at commas."""

ZOTERO_HIGHWIRE = {
    "citation_title": "title", "citation_journal_title": "publicationTitle", "citation_publication_date": "date", "citation_issue": "issue",
    "citation_firstpage": "first", "citation_lastpage": "last", "citation_publisher": "publisher", "citation_language": "language",
    "citation_public_url": "url", "citation_keywords": "tags",
}  # fmt: skip
"""Joined by a hyphen as in RIS. Without `citation_author` it looks for authors in elements of the classes `byline`, `bylines`, `vcard` and
`article-byline`."""

Item = dict[str, object]


def as_zotero(fields: Iterator[tuple[str, tuple[str, ...]]], names: dict[str, str]) -> Item:
    item: Item = {}
    for name, values in fields:
        field = names.get(name)
        if field in ("tags", "notes"):
            item[field] = list(values)
        elif field:
            item.setdefault(field, values[0])
    if "first" in item:
        first, last = item.pop("first"), item.pop("last", None)
        item["pages"] = f"{first}-{last}" if last else first
    item.setdefault("date", item.get("year"))
    item.pop("year", None)
    item["date"] = str(item["date"]).strip("/").replace("/", "-")
    return item


def from_bibtex(record: Record) -> Item:
    item = as_zotero(iter(record.fields.items()), ZOTERO_BIBTEX)
    # The reader of our check has made a dash of the two hyphens.
    item["pages"] = str(item["pages"]).replace("–", "-")
    item["tags"] = str(record.fields.get("keywords", ("",))[0]).split(", ")
    return item | {"itemType": ZOTERO_TYPES[record.kind]}


def from_ris(record: Record) -> Item:
    return as_zotero(iter(record.fields.items()), ZOTERO_RIS) | {
        "itemType": ZOTERO_TYPES[record.kind]
    }


def from_page(page: bytes) -> Item:
    labels: dict[str, tuple[str, ...]] = {}
    tree = LexborHTMLParser(page.decode())
    for node in tree.css("meta[name]"):
        name = node.attributes["name"] or ""
        labels[name] = (*labels.get(name, ()), node.attributes.get("content") or "")
    assert not {"citation_author", "citation_authors", "author"} & labels.keys()
    assert not tree.css(".byline, .bylines, .vcard, .article-byline")
    item = as_zotero(iter(labels.items()), ZOTERO_HIGHWIRE)
    # Of one page it makes `2-2`.
    first, last = str(item["pages"]).split("-")
    item["pages"] = first if first == last else item["pages"]
    return item | {"itemType": "journalArticle"}


def test_zotero_reads_the_same_from_bibtex_from_ris_and_from_the_page(
    with_address: tuple[Archive, dict[str, bytes]],
) -> None:
    found, files = with_address
    for issue in found.issues:
        for article in issue.articles:
            one = reference(found.publication, issue, article)
            right: Item = {
                "itemType": "journalArticle",
                "title": article.title,
                "publicationTitle": "电子政务信息汇编",
                "date": issue.date.isoformat(),
                "issue": one.number,
                "pages": citations.page_numbers(article.pages),
                "publisher": "秘书处",
                "language": "zh-CN",
                "tags": list(one.keywords),
                "url": f"{BASE_URL}/{urls.article(article.id)}",
            }
            notes = {"notes": [f"来源：{article.source}"]} if article.source else {}
            (entry,) = bibtex_records(files[urls.bibtex(article.id)].decode())
            (record,) = ris_records(files[urls.ris(article.id)].decode())
            assert from_bibtex(entry) == right | notes
            assert from_ris(record) == right | notes
            assert from_page(files[urls.article(article.id)]) == right


@pytest.fixture(scope="module")
def with_address() -> tuple[Archive, dict[str, bytes]]:
    """The published archive on a site that knows its address."""
    built = build(read_inputs(ROOT), base_url=BASE_URL)
    assert built.files is not None
    return built.archive, dict(built.files)


def test_the_page_shows_the_citation_outside_of_the_text(
    with_address: tuple[Archive, dict[str, bytes]],
) -> None:
    found, files = with_address
    for issue in found.issues:
        for article in issue.articles:
            page = LexborHTMLParser(files[urls.article(article.id)].decode())
            right = citations.of_article(reference(found.publication, issue, article)).text
            assert only(page, ".citation-text").text() == right
            assert not page.css("article .citation")


def test_a_title_with_a_blank_of_full_width_is_no_fault(tmp_path: Path) -> None:
    path = "issues/2014-05-1/01.md"
    text = re.sub("title: .*", "title: 第一章　总则", BASE[path])
    root = write(tmp_path / "archive", {**BASE, path: text})
    assert main(["build", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 0
