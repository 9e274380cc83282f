"""Issues that get their page numbers from the layout."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from archives import AUTO, project_templates
from bulletin_site.checks.pdf_editions import edition_faults
from bulletin_site.content.article import body_of
from bulletin_site.content.layout import pages_of
from bulletin_site.content.marks import with_marks, without_marks
from bulletin_site.content.model import Issue
from bulletin_site.content.pagination import page_problems
from bulletin_site.problems import Problem
from bulletin_site.typeset.editions import Typeset, lay_out
from typeset.conftest import ISSUES, Made, laid_out_of, with_article

Edition = Callable[..., Made]
LINE = 28
"""Characters a line of the standard's grid."""


def numbered(made: Made) -> Issue:
    """The issue as the record of its layout has it."""
    return replace(
        made.issue,
        articles=tuple(
            replace(
                article,
                first_page=pages.first_page,
                body=body_of(
                    with_marks(without_marks(article.body.markdown), pages.breaks),
                    article.body.line,
                ),
            )
            for article, pages in zip(made.issue.articles, made.typeset.pages, strict=True)
        ),
    )


def han(count: int, seed: int = 1) -> str:
    """So many Han characters with a full stop here and there."""
    chosen = random.Random(seed)
    text = "".join(chosen.choice("政务公开数据平台服务信息化建设规划") for _ in range(count))
    return "，".join(text[start : start + 19] for start in range(0, count, 20))[:count]


@pytest.mark.parametrize("issue_id", ISSUES)
def test_the_numbers_read_back_are_those_of_the_contents_and_contradict_nothing(
    edition: Edition, issue_id: str
) -> None:
    made = edition(issue_id, auto=True)
    issue = numbered(made)
    assert list(page_problems(issue.articles)) == []
    assert list(edition_faults(made.archive, issue, made.read())) == []
    assert made.typeset.grid.name == "28×22"


@pytest.mark.parametrize("issue_id", ISSUES)
def test_poppler_agrees_with_each_page_end_that_was_read_back(
    edition: Edition, issue_id: str
) -> None:
    made = edition(issue_id, auto=True)
    ends = 0
    for article, pages in zip(made.issue.articles, made.typeset.pages, strict=True):
        bare = without_marks(article.body.markdown)
        for page, at in pages.breaks:
            following = "".join(bare[at:].replace("#", "").split())[:10]
            assert made.page(page).startswith(following)
            ends += 1
    assert ends > 5


@pytest.mark.parametrize("issue_id", ISSUES)
def test_pages_are_filled_and_no_line_stands_alone(edition: Edition, issue_id: str) -> None:
    made = edition(issue_id, auto=True)
    pages = made.read().pages
    assert [page.text[:2] for page in pages[1:2]] == ["1、"]
    assert all(len(page.text) > 15 * LINE for page in pages[1:-1])
    for article, found in zip(made.issue.articles, made.typeset.pages, strict=True):
        for _, at in found.breaks:
            before, after = (
                part.rpartition("\n")[2] if part is first else part.partition("\n")[0]
                for first in [without_marks(article.body.markdown)[:at]]
                for part in (first, without_marks(article.body.markdown)[at:])
            )
            if before.strip() and after.strip():
                assert len(before) > LINE or not before
                assert len(after) > LINE - 8


def test_what_was_numbered_before_is_laid_out_the_same(edition: Edition) -> None:
    made = edition("2014-05-1", auto=True)
    again = lay_out(made.archive.publication, numbered(made), project_templates(), auto=True)
    assert isinstance(again, Typeset)
    assert again.pdf == made.typeset.pdf
    assert again.pages == made.typeset.pages


def test_a_short_issue_has_its_articles_on_one_page_after_the_contents() -> None:
    made = laid_out_of(AUTO, auto=True)
    assert isinstance(made, Typeset)
    assert [(one.number, one.first_page, one.breaks) for one in made.pages] == [
        (1, 2, ()),
        (2, 2, ()),
        (3, 2, ()),
    ]


@pytest.mark.parametrize(
    "markdown",
    [
        han(3000),
        "\n\n".join(han(60, n) for n in range(40)),
        "\n".join(f"- {han(30, n)}" for n in range(60)),
        "\n".join(f"{n}. {han(45, n)}" for n in range(1, 60)),
        "| 项目 | 说明 |\n|---|---|\n" + "\n".join(f"| 甲{n} | {han(30, n)} |" for n in range(60)),
        "\n\n".join(f"## {han(12, n)}\n\n{han(130, n)}" for n in range(15)),
        "\n\n".join(f"> {han(150, n)}" for n in range(15)),
        f"前面 {'government cloud services '.join(han(20, n) for n in range(60))}",
        "".join(f"{han(18, n)}**{han(9, n)}**" for n in range(70)),
        "https://www.example.gov.cn/" + "abcdefghij" * 250,
        "\n\n".join(f"```\n{han(20, n)}\n{han(20, n + 1)}\n```" for n in range(30)),
        "\\\n".join(han(20, n) for n in range(60)),
        "".join(f"{han(18, n)}“{han(3, n)}”（注{n}）①②③Ⅳ㎡℃—……" for n in range(70)),
    ],
    ids=[
        *("one-paragraph", "paragraphs", "list", "numbers", "table", "subheadings", "quotations"),
        *("english", "emphasis", "one-long-word", "code", "line-breaks", "signs"),
    ],
)
def test_any_long_text_is_cut_into_pages_that_are_found_again(
    made_of: Callable[..., Made], markdown: str
) -> None:
    made = made_of(with_article(markdown, page="auto"), auto=True)
    (pages,) = made.typeset.pages
    assert len(pages.breaks) >= 2
    issue = numbered(made)
    assert list(edition_faults(made.archive, issue, made.read())) == []
    assert pages_of(issue) == made.typeset.pages


def test_a_page_end_does_not_fall_into_a_link(made_of: Callable[..., Made]) -> None:
    links = "".join(
        f"[{han(40, n)}](https://www.example.gov.cn/{n}.html)，{han(3, n)}" for n in range(12)
    )
    text = "\n\n".join(links for _ in range(3))
    made = made_of(with_article(text, page="auto"), auto=True)
    assert made.typeset.pages[0].breaks


def test_a_link_that_is_longer_than_a_page_is_a_problem() -> None:
    text = f"[{han(2000)}](https://www.example.gov.cn/)"
    problem = laid_out_of(with_article(text, page="auto"), auto=True)
    assert isinstance(problem, Problem)
    assert problem.code == "pdf-layout"
    assert problem.path == "issues/2014-05-1/01.md"
    assert "中间又不能分页" in problem.message


def test_the_source_stands_with_the_end_of_the_text(made_of: Callable[..., Made]) -> None:
    """Wherever the text ends on its page."""
    for lines in (15, 16, 17):
        text = "\n\n".join(han(26, n) for n in range(lines))
        made = made_of(with_article(text, page="auto"), auto=True)
        last = made.read().pages[-1].text
        assert last.endswith("（文汇报）")
        assert len(last) > len("（文汇报）") + 20


def test_contents_go_on_on_another_page_between_two_entries() -> None:
    files = {name: text for name, text in AUTO.items() if name.count("/") < 2}
    files["issues/2014-05-1/issue.md"] = AUTO["issues/2014-05-1/issue.md"]
    for number in range(1, 31):
        title = han(20 + number % 7 * 5, seed=number)
        files[f"issues/2014-05-1/{number:02}.md"] = (
            f"---\ntitle: {title}\npage: auto\n---\n\n{han(30)}。\n"
        )
    made = laid_out_of(files, auto=True)
    assert isinstance(made, Typeset), made
    assert made.pages[0].first_page > 2


def test_characters_that_fonts_draw_alike_are_read_as_one() -> None:
    # A PDF knows only one character of those that share a glyph, and none of what selects a form.
    text = "长⻓、民⺠、…⋯、·•‧・、–‒、葛\U000e0100城、☎\ufe0f、①➀。"
    assert isinstance(laid_out_of(with_article(text * 40, page="auto"), auto=True), Typeset)


def test_what_is_read_otherwise_than_it_was_written_is_shown() -> None:
    result = laid_out_of(with_article("前面的字 السلام עברית 后面的字。", page="auto"), auto=True)
    assert isinstance(result, Problem)
    assert result.code == "pdf-layout"
    assert "السلام" in result.message


@pytest.mark.parametrize("mark", ["- ", "> "])
def test_a_list_or_quotation_over_a_page_is_cut_between_its_paragraphs(mark: str) -> None:
    between = "\n" if mark == "- " else "\n>\n"
    text = between.join(
        f"{mark}{han(30, seed)}[{han(60, seed)}](https://example.org)。" for seed in range(20)
    )
    assert isinstance(laid_out_of(with_article(text, page="auto"), auto=True), Typeset)
