"""What is asked, what a whole answer is, and how near to it an answer comes."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.corpus import Printed, literal

_TRIES = 100_000


@dataclass(frozen=True, kw_only=True)
class Query:
    """`known`: the id of the article it was taken from."""

    text: str
    known: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Ids, best first; `partial` are said not to have all that was asked for and follow."""

    full: Sequence[str]
    partial: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Means over queries. `recall`: of the articles that have the string, those among the full
    results; `precision`: of the first ten full results, those that have it; `none`: share of
    queries without a result; `misplaced`: share of queries where, among the first ten of all, one
    that lacks it stands before one that has it; `rank`: MRR@10 of the known article; `wanting`: the
    queries whose recall or precision is not whole."""

    recall: float
    precision: float
    none: float
    misplaced: float
    rank: float
    wanting: Sequence[str] = ()


def literals(articles: Sequence[Printed], count: int, seed: int) -> list[Query]:
    """Strings of 2-6 letters and digits from anywhere in titles, texts and sources."""
    rng = Random(f"literals {seed}")
    found: dict[str, Query] = {}
    for _ in range(_TRIES):
        article = rng.choice(articles)
        title, body, source = article.literals
        field = rng.choices((title, body, source), weights=(2, 7, 1))[0]
        text = _piece(rng, field, rng.randint(2, 6))
        if text.isalnum():
            found[text] = Query(text=text, known=article.id)
            if len(found) == count:
                break
    return list(found.values())


def anything(articles: Sequence[Printed], count: int, seed: int) -> list[Query]:
    """Strings of 1-12 characters, punctuation included, half of them across a page break."""
    rng = Random(f"anything {seed}")
    broken = [article for article in articles if article.breaks]
    found: dict[str, Query] = {}
    for _ in range(_TRIES):
        if len(found) % 2 and broken:
            article = rng.choice(broken)
            at = len(literal(article.body[: rng.choice(article.breaks)]))
            length = rng.randint(2, 12)
            start = max(0, at - rng.randint(1, length - 1))
            text = article.literals[1][start : start + length]
        else:
            article = rng.choice(articles)
            field = rng.choices(article.literals, weights=(2, 7, 1))[0]
            text = _piece(rng, field, rng.randint(1, 12))
        if any(character.isalnum() for character in text):
            found[text] = Query(text=text, known=article.id)
            if len(found) == count:
                break
    return list(found.values())


def titles(articles: Sequence[Printed], count: int, seed: int) -> list[Query]:
    """Pieces of 4-8 characters of titles, as readers remember them."""
    rng = Random(f"titles {seed}")
    found: dict[str, Query] = {}
    for _ in range(_TRIES):
        article = rng.choice(articles)
        text = _piece(rng, article.literals[0], rng.randint(4, 8))
        if text.isalnum():
            found[text] = Query(text=text, known=article.id)
            if len(found) == count:
                break
    return list(found.values())


def _piece(rng: Random, text: str, length: int) -> str:
    if len(text) < length:
        return ""
    start = rng.randint(0, len(text) - length)
    return text[start : start + length]


def judge(
    articles: Sequence[Printed], queries: Sequence[Query], answers: Sequence[Answer]
) -> Figures:
    """Compare with the articles' own texts, one by one."""
    judged = []
    for query, answer in zip(queries, answers, strict=True):
        right = {article.id for article in articles if query.text in article.all}
        shown = [*answer.full[:10], *answer.partial[: max(0, 10 - len(answer.full))]]
        hits = [id in right for id in shown]
        first = [id in right for id in answer.full[:10]]
        # Only of those that are left can one be missing from the first ten.
        expected = min(10, len(right))
        judged.append(
            Figures(
                recall=len(right.intersection(answer.full)) / len(right),
                precision=sum(first) / len(first) if first else 0.0,
                none=float(not answer.full),
                misplaced=float(sum(hits[:expected]) < expected),
                rank=1 / (shown.index(query.known) + 1) if query.known in shown else 0.0,
            )
        )
    return Figures(
        recall=statistics.fmean(each.recall for each in judged),
        precision=statistics.fmean(each.precision for each in judged),
        none=statistics.fmean(each.none for each in judged),
        misplaced=statistics.fmean(each.misplaced for each in judged),
        rank=statistics.fmean(each.rank for each in judged),
        wanting=[
            query.text
            for query, each in zip(queries, judged, strict=True)
            if each.recall < 1 or each.precision < 1
        ],
    )
