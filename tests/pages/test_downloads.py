"""What pages offer of an issue besides themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archives import BASE, TWO_ISSUES, archive, only, project_templates
from bulletin_site.batch import Batch
from bulletin_site.content.model import Archive, PdfFile
from bulletin_site.pages import urls
from bulletin_site.pages.downloads import size_text
from bulletin_site.pages.render import page_batches
from bulletin_site.pages.site import Site, derive
from bulletin_site.pages.words import Related, Words

ID = "2014-05-1"
PAGES = [urls.issue(ID), urls.whole_issue(ID)]
"""The pages that offer files."""


def batches_of(site: Site) -> list[Batch]:
    return page_batches(site, project_templates())


def keys_of(site: Site) -> dict[str, str]:
    return {at: key for batch in batches_of(site) for at, key in batch.keys.items()}


def made(site: Site, *addresses: str) -> dict[str, bytes]:
    """The files at some addresses, each made when nothing else is wanted."""
    return {
        at: content
        for wanted in addresses
        for batch in batches_of(site)
        if wanted in batch.keys
        for at, content in batch.make({wanted})
    }


def with_pdf(held: Archive) -> Archive:
    pdf = PdfFile(path=f"issues/{ID}/{ID}.pdf", size=421_000, sha256="0" * 64, auto=False)
    return replace(held, issues=(replace(held.issues[0], pdf=pdf), *held.issues[1:]))


def links(page: bytes) -> dict[str, tuple[str, str | None, str | None]]:
    """What a page offers: by address what is seen, what is heard, the media type."""
    list_ = only(page.decode(), ".downloads")
    return {
        node.attributes["href"] or "": (
            node.text(),
            node.attributes["aria-label"],
            node.attributes["type"],
        )
        for node in list_.css("a[download]")
    }


@pytest.mark.parametrize("address", PAGES)
def test_every_file_that_was_made_is_offered_with_its_size(address: str) -> None:
    site = derive(archive(BASE))
    text = made(site, urls.plain_text_file(ID))[urls.plain_text_file(ID)]
    offered = links(made(site, address)[address])
    said = size_text(len(text))
    assert offered[f"{ID}.txt"] == (f"纯文本（{said}）", f"下载 纯文本，{said}", "text/plain")
    assert set(offered) >= {f"{ID}.txt", f"{ID}.md"}


@pytest.mark.parametrize("address", PAGES)
def test_without_a_pdf_nothing_is_said_of_one(address: str) -> None:
    page = made(derive(archive(BASE)), address)[address].decode()
    assert "PDF" not in page
    assert "application/pdf" not in page


@pytest.mark.parametrize("address", PAGES)
def test_a_pdf_comes_first_with_the_size_of_its_record(address: str) -> None:
    page = made(derive(with_pdf(archive(BASE))), address)[address]
    offered = links(page)
    assert next(iter(offered)) == f"{ID}.pdf"
    assert offered[f"{ID}.pdf"] == ("PDF（412 KB）", "下载 PDF，412 KB", "application/pdf")
    link = only(page.decode(), 'head > link[type="application/pdf"]')
    assert (link.attributes["rel"], link.attributes["href"]) == ("alternate", f"{ID}.pdf")


def test_a_page_alone_says_the_same_as_one_made_with_its_files() -> None:
    site = derive(archive(TWO_ISSUES))
    for batch in batches_of(site):
        together = dict(batch.make(batch.keys))
        for address in set(PAGES) & set(batch.keys):
            assert dict(batch.make({address})) == {address: together[address]}


def test_related_articles_of_other_issues_leave_the_files_and_their_pages_as_they_are() -> None:
    """So a build after a change makes no file only to see how large it is."""
    site = derive(archive(TWO_ISSUES))
    related = {f"{ID}/01": (Related(article_id="2014-06-2/01", words=("云",)),)}
    before, after = keys_of(site), keys_of(replace(site, words=Words(related=related)))
    changed = {address for address in before if before[address] != after[address]}
    assert urls.article(f"{ID}/01") in changed
    assert not changed & {*PAGES, urls.plain_text_file(ID), urls.markdown_file(ID)}


def test_a_change_within_an_issue_changes_what_is_offered_of_it_and_of_no_other() -> None:
    before = keys_of(derive(archive(BASE)))
    article = "issues/2014-05-1/02.md"
    after = keys_of(derive(archive({**BASE, article: BASE[article] + "\n又有一段。\n"})))
    changed = {address for address in before if before[address] != after[address]}
    assert {*PAGES, urls.plain_text_file(ID), urls.markdown_file(ID)} <= changed


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 KB"),
        (1, "1 KB"),
        (1024, "1 KB"),
        (1025, "2 KB"),
        (421_000, "412 KB"),
        (1023 * 1024, "1023 KB"),
        (1023 * 1024 + 1, "1.0 MB"),
        (5_400_000, "5.1 MB"),
    ],
)
def test_sizes_are_said_as_file_managers_say_them(size: int, said: str) -> None:
    assert size_text(size) == said
