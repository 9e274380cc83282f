"""The archive's own words: for spellings in pinyin, for a wrong character, for words that are
written otherwise in traditional characters."""

from __future__ import annotations

from collections.abc import Container, Mapping
from itertools import islice

import numpy as np
from opencc import OpenCC
from pypinyin import lazy_pinyin

from bulletin_site.content.model import Archive
from bulletin_site.pages import urls
from bulletin_site.search.collection import Collection
from bulletin_site.search.columns import distinct
from bulletin_site.search.documents import BODY, FIELDS, TITLE
from bulletin_site.search.script import script
from bulletin_site.search.segment import comparable, simplified, traditional_pairs

MOST_WORDS = 3000
_LONGEST = 8


def lexicon_files(archive: Archive, collection: Collection) -> dict[str, bytes]:
    """`lexicon.js` and `variants.js`."""
    words = _words(archive, collection)
    entries = [[word, " ".join(lazy_pinyin(word)), count] for word, count in words.items()]
    others = _other_words(words, frozenset(collection.terms))
    return {
        urls.SEARCH_LEXICON: script("lexicon", entries),
        urls.SEARCH_VARIANTS: script(
            "variants", {"characters": traditional_pairs(), "words": others}
        ),
    }


def _words(archive: Archive, collection: Collection) -> dict[str, int]:
    """Words of Han characters, those in most articles first: what the archive names itself, then
    the words of titles, then the commonest words that are not in every other article."""
    own = [comparable(word) for word in (*archive.dictionary, *(t.name for t in archive.topics))]
    terms, postings = collection.terms, collection.postings
    in_title = distinct(postings.term[postings.field == FIELDS.index(TITLE)])
    in_body = postings.term[postings.field == FIELDS.index(BODY)]
    articles = np.bincount(in_body, minlength=len(terms)).tolist()
    counted = dict(zip(terms, articles, strict=True))
    titles = (terms[number] for number in in_title)
    telling = sorted(
        (word for word, count in counted.items() if 1 < count < len(collection.ids) / 2),
        key=lambda word: (-counted[word], word),
    )
    chosen = dict.fromkeys(word for word in (*own, *titles, *telling) if _is_word(word))
    kept = islice((word for word in chosen if word in counted), MOST_WORDS)
    return {word: counted[word] for word in sorted(kept, key=lambda w: (-counted[w], w))}


def _is_word(word: str) -> bool:
    return 2 <= len(word) <= _LONGEST and all(
        "\u4e00" <= character <= "\u9fff" for character in word
    )


def _other_words(words: Mapping[str, int], terms: Container[str]) -> list[list[str]]:
    """What is called otherwise in Taiwan (資訊化 for 信息化), unless it is a word here itself."""
    if not words:
        return []
    elsewhere = simplified(OpenCC("s2twp").convert("\n".join(words))).split("\n")
    pairs = ([other, word] for other, word in zip(elsewhere, words, strict=True))
    return [pair for pair in pairs if pair[0] != pair[1] and pair[0] not in terms]
