"""Related articles: near ones, from the past only, with the words that say why."""

from __future__ import annotations

from archives import BASE, TWO_ISSUES, Sources, archive, collected, published
from bulletin_site.cache import Cache
from bulletin_site.search.words import words

NEW_ISSUE: Sources = {
    "issues/2014-07-1/issue.md": "---\ndate: 2014-07-04\n---\n",
    "issues/2014-07-1/01.md": (
        "---\ntitle: 云计算规划的大数据平台\npage: 2\n---\n\n某省云计算规划的大数据平台。\n"
    ),
}


def related(files: Sources) -> dict[str, list[str]]:
    held = archive(files)
    found = words(held, collected(held), Cache()).related
    return {id_: [each.article_id for each in lines] for id_, lines in found.items()}


def test_articles_about_the_same_thing_are_related_and_say_by_which_words() -> None:
    held = published().archive
    found = words(held, collected(held), Cache()).related
    first = found["2014-05-1/02"][0]
    assert first.article_id == "2014-05-1/04"
    assert "政务云" in first.words
    assert "澳大利亚" in {word for each in found["2014-06-2/10"] for word in each.words}


def test_an_article_is_not_related_to_itself_nor_to_what_was_printed_in_later_issues() -> None:
    held = published().archive
    for id_, lines in words(held, collected(held), Cache()).related.items():
        issue = id_.rpartition("/")[0]
        assert all(each.article_id != id_ for each in lines)
        assert all(each.article_id.rpartition("/")[0] <= issue for each in lines)
        assert len(lines) <= 4
        assert all(1 <= len(each.words) <= 3 for each in lines)


def test_an_issue_that_is_published_changes_nothing_that_is_said_of_the_past() -> None:
    before, after = related(TWO_ISSUES), related({**TWO_ISSUES, **NEW_ISSUE})
    assert {id_: after[id_] for id_ in before} == before
    assert after["2014-07-1/01"]


def test_of_words_inside_of_one_another_the_longer_is_named() -> None:
    held = published().archive
    for lines in words(held, collected(held), Cache()).related.values():
        for each in lines:
            assert not any(a != b and a in b for a in each.words for b in each.words)


def test_articles_that_share_only_numbers_and_single_characters_are_not_related() -> None:
    files = {
        **BASE,
        "issues/2014-05-1/02.md": "---\ntitle: 甲乙\npage: 3\n---\n\n2014年3亿，12%。\n",
        "issues/2014-05-1/03.md": "---\ntitle: 丙丁\npage: 4\n---\n\n2014年3亿，12%。\n",
    }
    found = related(files)
    assert "2014-05-1/03" not in found["2014-05-1/02"]
