"""The judge, judged: what it says of imports that are wrong in one known way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from importing.layouts.content import ArticleText, Block, IssueText, truth, truths
from importing.layouts.judge import Doubt, Imported, Verdict, judge, table
from importing.layouts.layouts import LAYOUTS
from importing.layouts.sheet import Printed

FIRST = truth("2014-05-1")
SHEETS = {layout.name: layout for layout in LAYOUTS}


def sheet(name: str = "seed-first", issue: IssueText = FIRST) -> Printed:
    return SHEETS[name].make(issue)


def verdict(issue: IssueText | None, *doubts: Doubt, layout: str = "seed-first") -> Verdict:
    return judge(layout, sheet(layout), Imported(issue=issue, doubts=doubts))


def with_article(number: int, change: Callable[[ArticleText], ArticleText]) -> IssueText:
    articles = list(FIRST.articles)
    articles[number - 1] = change(articles[number - 1])
    return replace(FIRST, articles=tuple(articles))


def test_the_truth_is_right_in_all_and_silent_in_nothing() -> None:
    for issue in truths():
        found = judge(issue.id, sheet("seed-first", issue), Imported(issue=issue))
        assert (found.wrong, found.silent, found.extra, found.lost) == ((), 0, 0, "")
        assert found.tallies["paragraph"].right == found.tallies["paragraph"].total


def test_a_wrong_page_is_silent_without_a_doubt_and_announced_with_one() -> None:
    wrong = with_article(3, lambda article: replace(article, page=5))
    assert verdict(wrong).tallies["page"].silent == 1
    told = verdict(wrong, ("issues/2014-05-1/03.md", "page", "页码与目录不同"))
    assert (told.tallies["page"].silent, told.tallies["page"].announced) == (0, 1)


def test_a_doubt_about_another_article_announces_nothing() -> None:
    wrong = with_article(3, lambda article: replace(article, page=5))
    told = verdict(wrong, ("issues/2014-05-1/04.md", "page", "页码与目录不同"))
    assert told.tallies["page"].silent == 1
    assert told.needless == 1


def test_the_truth_chosen_from_two_without_a_word_is_counted() -> None:
    assert verdict(FIRST, layout="contents-wrong-page").tallies["page"].unasked == 1
    asked = verdict(FIRST, ("03.md", "page", "目录上是第 11 页"), layout="contents-wrong-page")
    assert asked.tallies["page"].unasked == 0
    assert asked.needless == 0


def test_a_missing_article_is_wrong_in_all_that_it_had_and_its_text_is_lost() -> None:
    found = verdict(replace(FIRST, articles=FIRST.articles[:4] + FIRST.articles[5:]))
    assert found.tallies["article"].silent == 1
    assert found.tallies["title"].silent == 1
    assert sorted(found.lost)[:1] != []


def test_text_that_was_set_aside_is_not_lost() -> None:
    kept = replace(FIRST, articles=FIRST.articles[:-1])
    last = FIRST.articles[-1]
    asides = [last.title, last.source or "", last.text]
    found = judge("aside", sheet(), Imported(issue=kept, asides=asides))
    assert found.lost == ""


def test_a_page_number_in_the_text_is_extra() -> None:
    wrong = with_article(
        4,
        lambda article: replace(
            article, blocks=(*article.blocks, Block(kind="paragraph", text="— 4 —"))
        ),
    )
    assert verdict(wrong).extra == 1


def test_a_break_in_another_place_is_wrong_and_one_too_many_is_too() -> None:
    moved = with_article(4, lambda article: replace(article, blocks=_moved(article.blocks)))
    assert verdict(moved).tallies["break"].silent == 1
    more = with_article(
        1,
        lambda article: replace(
            article, blocks=(*article.blocks[:-1], replace(article.blocks[-1], text="{p3}字"))
        ),
    )
    assert verdict(more).tallies["break"].silent == 1


def _moved(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    bare = [replace(block, text=block.plain) for block in blocks]
    return (*bare[:-1], replace(bare[-1], text="{p5}" + bare[-1].text))


def test_a_paragraph_cut_in_two_is_wrong_though_nothing_is_lost() -> None:
    def cut(article: ArticleText) -> ArticleText:
        first, *rest = article.blocks
        halves = (replace(first, text=first.text[:20]), replace(first, text=first.text[20:]))
        return replace(article, blocks=(*halves, *rest))

    found = verdict(with_article(1, cut))
    assert found.tallies["paragraph"].silent == 1
    assert (found.lost, found.extra) == ("", 0)


def test_spaces_alone_make_nothing_wrong_but_are_counted() -> None:
    found = verdict(with_article(7, lambda a: replace(a, title=a.title.replace(" ", ""))))
    assert found.silent == 0
    assert found.spacing == 1


def test_nothing_imported_is_wrong_in_everything() -> None:
    found = verdict(None)
    assert found.tallies["article"].silent == len(FIRST.articles)
    assert found.tallies["date"].silent == 1


def test_the_table_has_a_line_a_file_and_one_for_all() -> None:
    lines = table([verdict(FIRST), verdict(None)]).splitlines()
    assert len(lines) == 4
    assert lines[-1].startswith("all 2")
