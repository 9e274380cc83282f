"""The archive's own words: for spellings in pinyin, for a wrong character, for words that are
written otherwise in traditional characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from opencc import OpenCC
from pypinyin import lazy_pinyin

from bulletin_site.content.model import Archive
from bulletin_site.pages import urls
from bulletin_site.search.documents import FIELDS, TITLE, Document
from bulletin_site.search.lunr_index import ScoredTerm
from bulletin_site.search.script import script
from bulletin_site.search.segment import comparable, simplified, traditional_pairs

MOST_WORDS = 3000
_LONGEST = 8


def lexicon_files(
    archive: Archive, documents: Sequence[Document], terms: Mapping[str, ScoredTerm]
) -> dict[str, bytes]:
    """`lexicon.js` and `variants.js`."""
    words = _words(archive, documents, terms)
    entries = [[word, " ".join(lazy_pinyin(word)), count] for word, count in words.items()]
    variants = {"characters": traditional_pairs(), "words": _other_words(words, terms)}
    return {
        urls.SEARCH_LEXICON: script("lexicon", entries),
        urls.SEARCH_VARIANTS: script("variants", variants),
    }


def _words(
    archive: Archive, documents: Sequence[Document], terms: Mapping[str, ScoredTerm]
) -> dict[str, int]:
    """Words of Han characters, those in most articles first: what the archive names itself, then
    the words of titles, then the commonest words that are not in every other article."""
    own = [comparable(word) for word in (*archive.dictionary, *(t.name for t in archive.topics))]
    position = FIELDS.index(TITLE)
    titles = (word for document in documents for word in document.fields[position].counts)
    counted = {word: len(term.postings[0][0]) for word, term in terms.items()}
    telling = sorted(
        (word for word, count in counted.items() if 1 < count < len(documents) / 2),
        key=lambda word: (-counted[word], word),
    )
    chosen = dict.fromkeys(word for word in (*own, *titles, *telling) if _is_word(word))
    kept = islice((word for word in chosen if word in counted), MOST_WORDS)
    return {word: counted[word] for word in sorted(kept, key=lambda w: (-counted[w], w))}


def _is_word(word: str) -> bool:
    return 2 <= len(word) <= _LONGEST and all(
        "\u4e00" <= character <= "\u9fff" for character in word
    )


def _other_words(words: Mapping[str, int], terms: Mapping[str, ScoredTerm]) -> list[list[str]]:
    """What is called otherwise in Taiwan (資訊化 for 信息化), unless it is a word here itself."""
    elsewhere = simplified(OpenCC("s2twp").convert("\n".join(words))).split("\n")
    pairs = ([other, word] for other, word in zip(elsewhere, words, strict=True))
    return [pair for pair in pairs if pair[0] != pair[1] and pair[0] not in terms]
