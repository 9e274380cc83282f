"""What an earlier build has left in the cache changes nothing but the time that a build takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from archives import BASE, Sources, archive
from bulletin_site.batch import made
from bulletin_site.cache import Cache
from bulletin_site.pages.site import derive
from bulletin_site.search import index
from bulletin_site.search.collection import collect
from bulletin_site.search.index import search_batches
from bulletin_site.search.proof import silent_articles
from bulletin_site.search.words import words

MONTHS = [f"{year}-{month:02}" for year in (2014, 2015, 2016) for month in (2, 5, 11)]
PHRASES = ["大数据平台", "云计算", "渔船出海", "煤矿", "资訊化", "Gartner", "a-1", "𠮷", "，"]
TEXTS = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=6).map("".join)
SOURCES = st.sampled_from(["", "文汇报", "ZDNet 存储频道"])
CHANGES = ["edit", "add article", "drop article", "add issue", "drop issue", "rename issue"]


@dataclass(frozen=True)
class Held:
    """An archive: of each issue by its month the articles, each of a title, a text and a source."""

    issues: dict[str, tuple[tuple[str, str, str], ...]]
    dictionary: tuple[str, ...] = ("大数据",)

    def files(self) -> Sources:
        listed = ", ".join(self.dictionary)
        files = {
            "issues/archive.yaml": BASE["issues/archive.yaml"].replace("大数据, 云计算", listed)
        }
        for month, articles in self.issues.items():
            files[f"issues/{month}-1/issue.md"] = f"---\ndate: {month}-09\n---\n"
            for number, (title, text, source) in enumerate(articles, start=1):
                more = f"source: {source}\n" if source else ""
                files[f"issues/{month}-1/{number:02}.md"] = (
                    f"---\ntitle: 题{title}\npage: {number + 1}\n{more}---\n\n{text}文。\n"
                )
        return files


ARTICLES = st.tuples(TEXTS, TEXTS, SOURCES)
ISSUES = st.lists(ARTICLES, min_size=1, max_size=3).map(tuple)
ARCHIVES = st.dictionaries(st.sampled_from(MONTHS), ISSUES, min_size=1, max_size=4).map(Held)


@st.composite
def histories(draw: st.DrawFn) -> list[Held]:
    """An archive, and what becomes of it."""
    held = draw(ARCHIVES)
    history = [held]
    for change in draw(st.lists(st.sampled_from([*CHANGES, "dictionary"]), max_size=4)):
        held = replace(held, issues=dict(sorted(held.issues.items())))
        month = draw(st.sampled_from(list(held.issues)))
        articles = list(held.issues[month])
        at = draw(st.integers(0, len(articles) - 1))
        if change == "edit":
            articles[at] = draw(ARTICLES)
        elif change == "add article":
            articles.insert(at, draw(ARTICLES))
        elif change == "drop article" and len(articles) > 1:
            del articles[at]
        held.issues[month] = tuple(articles)
        if change == "add issue":
            held.issues[draw(st.sampled_from(MONTHS))] = draw(ISSUES)
        elif change == "drop issue" and len(held.issues) > 1:
            del held.issues[month]
        elif change == "rename issue":
            held.issues[draw(st.sampled_from(MONTHS))] = held.issues.pop(month)
        elif change == "dictionary":
            held = replace(held, dictionary=(*held.dictionary, draw(st.sampled_from(PHRASES[:4]))))
        history.append(held)
    return history


@dataclass
class Kept:
    """A cache that is carried along, and every file that was promised under a key."""

    cache: Cache = field(default_factory=Cache)
    promised: dict[tuple[str, str], bytes] = field(default_factory=dict)


def check(histories: Sequence[Held]) -> None:
    kept = Kept()
    for held in histories:
        now = archive(held.files())
        collections = [collect(now, kept.cache), collect(now, clean := Cache())]
        said = [
            words(now, each, cache)
            for each, cache in zip(collections, (kept.cache, clean), strict=True)
        ]
        assert said[0] == said[1]
        batches = [
            search_batches(derive(now), each, cache)
            for each, cache in zip(collections, (kept.cache, clean), strict=True)
        ]
        files = made(batches[0])
        assert files == made(batches[1])
        keys = [dict(item for batch in each for item in batch.keys.items()) for each in batches]
        assert keys[0] == keys[1]
        assert keys[0].keys() == files.keys()
        for address, key in keys[0].items():
            assert kept.promised.setdefault((address, key), files[address]) == files[address]
        assert list(silent_articles(files.__getitem__, collections[0])) == []
        kept.cache = Cache(kept.cache.kept)


@given(histories())
@settings(max_examples=30)
def test_the_search_of_any_archive_is_the_same_whatever_was_known_of_it(
    history: list[Held],
) -> None:
    check(history)


@given(histories())
@settings(max_examples=15)
def test_so_is_the_search_of_a_large_archive_with_an_index_a_year(history: list[Held]) -> None:
    most = index.MOST_IN_ONE_FILE
    index.MOST_IN_ONE_FILE = 0
    try:
        check(history)
    finally:
        index.MOST_IN_ONE_FILE = most
