"""`page: auto`: the layout's numbers are those of the site, and no others are published."""

from __future__ import annotations

from pathlib import Path

from archives import AUTO, BASE, BASE_PAGES, PDF, laid_out, write
from bulletin_site.build import build
from bulletin_site.content.layout import pages_of
from bulletin_site.inputs import read
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

FOLDER = "issues/2014-05-1"
RECORD = laid_out(AUTO, auto=True, pages=BASE_PAGES)
LAID_OUT: dict[str, str | bytes] = {**AUTO, **RECORD, f"{FOLDER}/2014-05-1.pdf": PDF}


def test_a_layout_gives_the_site_the_pages_that_an_editor_would_have_written(
    tmp_path: Path,
) -> None:
    by_hand = build(read(write(tmp_path / "by-hand", BASE))).files
    laid_out_ = build(read(write(tmp_path / "laid-out", LAID_OUT)))
    assert laid_out_.problems == ()
    assert pages_of(laid_out_.archive.issues[0]) == BASE_PAGES
    files = dict(laid_out_.files or {})
    assert files.pop(urls.pdf("2014-05-1")) == PDF
    changed = {name for name in by_hand or {} if (by_hand or {})[name] != files.get(name)}
    # What lists the files, and the pages that offer the PDF.
    assert changed <= {"SHA256SUMS", "issues/2014-05-1/index.html", "issues/2014-05-1/full.html"}


def test_an_issue_without_numbers_is_not_published(tmp_path: Path) -> None:
    result = build(read(write(tmp_path, AUTO)))
    assert [problem.code for problem in result.problems] == ["page-auto"]
    assert result.batches is None


def test_a_preview_shows_it_with_a_page_an_article(tmp_path: Path) -> None:
    result = build(read(write(tmp_path, AUTO)), draft=True)
    (problem,) = result.problems
    assert problem == Problem(
        path=f"{FOLDER}/01.md",
        line=3,
        text="auto",
        code="page-draft",
        message="这一期的页码还没有排出来，预览里暂且一篇一页",
        hint="发布以前请运行 bulletin pdf 2014-05-1：排出 PDF，页码就从它得来。",
    )
    assert {f"{FOLDER}/p{page}.html" for page in (2, 3, 4)} <= (result.files or {}).keys()


def test_a_pdf_of_another_text_is_not_in_the_site(tmp_path: Path) -> None:
    record = laid_out(BASE, auto=False, pages=BASE_PAGES)
    files: dict[str, str | bytes] = {**BASE, **record, f"{FOLDER}/2014-05-1.pdf": PDF}
    assert urls.pdf("2014-05-1") in (build(read(write(tmp_path, files))).files or {})
    (tmp_path / FOLDER / "03.md").write_text(BASE[f"{FOLDER}/03.md"] + "\n另有一段。\n", "utf-8")
    result = build(read(tmp_path))
    assert [problem.code for problem in result.problems] == ["pdf-stale"]
    assert urls.pdf("2014-05-1") not in (result.files or {})


def test_other_wrong_things_of_an_unread_article_are_all_that_is_said(tmp_path: Path) -> None:
    files = {**AUTO, f"{FOLDER}/02.md": "---\npage: auto\n---\n正文。\n"}
    result = build(read(write(tmp_path, files)))
    assert [problem.code for problem in result.problems] == ["missing-key"]
