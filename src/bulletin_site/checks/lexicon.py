"""What the search page knows of words for hints: the archive's own words, how many articles have
them, how they are spelled, and what is written otherwise in traditional characters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bulletin_site.checks.built_site import BuiltSite
from bulletin_site.checks.index import Scores, UnreadableError, received, unreadable, wrong_data
from bulletin_site.checks.truth import Truth
from bulletin_site.pages import urls
from bulletin_site.problems import Problem
from bulletin_site.search.documents import BODY, TITLE
from bulletin_site.search.lexicon import MOST_WORDS
from bulletin_site.search.segment import comparable, simplified, traditional_pairs

_LONGEST = 8
_MALFORMED = (LookupError, TypeError, ValueError, AttributeError)


def lexicon_problems(site: BuiltSite, truth: Truth, indexed: Scores) -> Iterator[Problem]:
    """Judge `search/lexicon.js` and `search/variants.js`; `indexed` is what the index says."""
    counts = {term: len(fields.get(BODY, ())) for term, fields in indexed.items()}
    if not counts:
        return
    try:
        entries = received(site, urls.SEARCH_LEXICON, "lexicon")
        words = {str(word): count for word, _, count in entries}
        yield from _word_problems(site, truth, entries, words, indexed, counts)
    except (UnreadableError, *_MALFORMED) as reason:
        yield unreadable(site, urls.SEARCH_LEXICON, str(reason))
        return
    try:
        yield from _variant_problems(site, words, counts)
    except (UnreadableError, *_MALFORMED) as reason:
        yield unreadable(site, urls.SEARCH_VARIANTS, str(reason))


def _word_problems(
    site: BuiltSite, truth: Truth, entries: Any, words: dict[str, Any], indexed: Any, counts: Any
) -> Iterator[Problem]:
    """Words of titles and the archive's own come first, then those that tell articles apart."""
    archive = truth.archive
    own = {
        comparable(word) for word in (*archive.dictionary, *(one.name for one in archive.topics))
    }
    half = len(archive.articles) / 2
    first = {term for term in counts if term in own or TITLE in indexed[term]}
    right = {term for term in counts if term in first or 1 < counts[term] < half}
    right = {term for term in right if 2 <= len(term) <= _LONGEST and _is_han(term)}
    whole = len(right) <= MOST_WORDS
    if len(words) != len(entries) or not (
        words.keys() == right if whole else words.keys() <= right
    ):
        wrong = sorted(words.keys() ^ right if whole else words.keys() - right)[:3]
        yield wrong_data(site, urls.SEARCH_LEXICON, f"所收的词不对：{'、'.join(wrong)}")
    for word, spelled, count in entries:
        if count != counts.get(word) or spelled != _pinyin(word):
            yield wrong_data(site, urls.SEARCH_LEXICON, f"“{word}”的拼音或篇数不对")
    if entries != sorted(entries, key=lambda entry: (-entry[2], entry[0])):
        yield wrong_data(site, urls.SEARCH_LEXICON, "词没有按篇数排列")


def _variant_problems(site: BuiltSite, words: Any, counts: Any) -> Iterator[Problem]:
    from opencc import OpenCC

    said = received(site, urls.SEARCH_VARIANTS, "variants")
    if said.keys() != {"characters", "words"} or said["characters"] != traditional_pairs():
        yield wrong_data(site, urls.SEARCH_VARIANTS, "繁体字的对照不全或不对")
    convert = OpenCC("s2twp").convert
    elsewhere = simplified(convert("\n".join(words))).split("\n")
    pairs = zip(elsewhere, words, strict=True)
    if said["words"] != [[one, word] for one, word in pairs if one != word and one not in counts]:
        yield wrong_data(site, urls.SEARCH_VARIANTS, "别处的说法（如资讯、信息）对照不全或不对")


def _pinyin(word: str) -> str:
    from pypinyin import lazy_pinyin

    return " ".join(lazy_pinyin(word))


def _is_han(word: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in word)
