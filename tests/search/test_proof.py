"""A build knows its own index: one that does not answer is not published."""

from __future__ import annotations

from archives import TWO_ISSUES, archive, collected, searched
from bulletin_site.search.proof import silent_articles


def test_an_index_that_answers_is_not_complained_of() -> None:
    held = archive(TWO_ISSUES)
    files = searched(held)
    assert list(silent_articles(files.__getitem__, collected(held))) == []


def test_an_index_without_its_postings_is_refused_for_every_article() -> None:
    held = archive(TWO_ISSUES)
    files = searched(held)
    emptied = {
        name: content.split(b",")[0] + b",{});\n" if name.startswith("search/terms/") else content
        for name, content in files.items()
    }
    found = list(silent_articles(emptied.__getitem__, collected(held)))
    assert {problem.code for problem in found} == {"index-answer"}
    assert all(any(article.id in p.message for p in found) for article in held.articles)
