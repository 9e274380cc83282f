"""The reader's copy of the index scores as the complete index does in stock lunr.js."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser

from archives import published, published_files
from bulletin_site.pages.prose import plain_text
from bulletin_site.search.segment import Segmenter

pytestmark = pytest.mark.browser

QUERIES = 400


def clauses() -> list[list[str]]:
    """One to five words of the texts, titles and sources, together."""
    rng = Random("scores")
    held = published().archive
    words = Segmenter(held.dictionary).words
    texts = [
        text
        for article in held.articles
        for text in (plain_text(article.body).text, article.title, article.source or "云")
    ]
    known = [word for text in texts for word in words(text)]
    return [sorted({*rng.choices(known, k=rng.randint(1, 5))}) for _ in range(QUERIES)]


def test_for_the_same_clauses_articles_and_scores_are_those_of_the_whole_index(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}/search.html")
    found: list[list[Any]] = page.evaluate(
        """async ([whole, queries]) => {
            const index = lunr.Index.load(whole);
            const archive = await bulletin.data.open();
            const found = [];
            for (const clauses of queries) {
                const entries = await bulletin.data.entries(clauses.map(bulletin.text.key));
                const cut = bulletin.matching.scores(clauses, entries, archive);
                const stock = index.query((query) => {
                    for (const term of clauses) query.clause({term, usePipeline: false});
                });
                found.push([
                    cut.map(({ref, score}) => [archive.ids[ref], score]),
                    stock.map(({ref, score}) => [ref, score]),
                ]);
            }
            return found;
        }""",
        [json.loads(published_files()["search/index.json"]), clauses()],
    )
    page.close()
    assert len(found) == QUERIES
    for cut, stock in found:
        assert stock
        assert dict(cut) == pytest.approx(dict(stock), rel=1e-12)
