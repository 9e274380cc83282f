"""Topics for an article that has none: those whose articles in the archive, and whose descriptions,
use the same words. A suggestion for the editor, never a fact.

Weights are tf-idf over the words that jieba finds (Salton and Buckley, 1988), likeness is the
cosine between an article and the sum of a topic's articles.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bulletin_site.content.markdown import inline_children
from bulletin_site.content.model import Archive, Article
from bulletin_site.search.segment import comparable, is_telling, segmenter

_TITLE = 3
_LEAST = 0.08
_SECOND = 0.85
_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A topic's name and the words that speak most for it."""

    topic: str
    words: tuple[str, ...]


class Topics:
    """What the archive's topics are about."""

    def __init__(self, archive: Archive, *, without: str) -> None:
        """`without`: the issue that is to be imported, should the archive have it already."""
        self._segmenter = segmenter(archive.dictionary)
        articles = [
            (a, self._words(a.title, body_text(a)))
            for a in archive.articles
            if a.issue_id != without
        ]
        self._rarity = _rarity([words for _, words in articles])
        self._topics: dict[str, Mapping[str, float]] = {}
        for topic in archive.topics:
            total: dict[str, float] = {}
            for article, words in articles:
                if topic in article.topics:
                    _add(total, _unit(self._weighed(words)), 1.0)
            described = self._words(topic.name, topic.description)
            weight = max(1.0, 0.3 * sum(topic in article.topics for article, _ in articles))
            _add(total, _unit(self._weighed(described)), weight)
            self._topics[topic.name] = _unit(total)

    def suggestions(self, title: str, text: str) -> Iterator[Suggestion]:
        """The most alike topic, and a second one that is nearly as alike; none where hardly any
        word is shared."""
        mine = _unit(self._weighed(self._words(title, text)))
        scored = sorted(
            ((_dot(mine, words), name) for name, words in self._topics.items()), reverse=True
        )
        for score, name in scored[:2]:
            if score >= _LEAST and score >= _SECOND * scored[0][0]:
                words = self._topics[name]
                shared = sorted(mine, key=lambda word: -mine[word] * words.get(word, 0.0))
                told = _whole([word for word in shared[: 3 * _SHOWN] if words.get(word)])
                yield Suggestion(topic=name, words=told)

    def _words(self, title: str, text: str) -> Counter[str]:
        words: Counter[str] = Counter()
        for weight, part in ((_TITLE, title), (1, text)):
            for word in self._segmenter.words(comparable(part)):
                if is_telling(word):
                    words[word] += weight
        return words

    def _weighed(self, words: Mapping[str, int]) -> dict[str, float]:
        return {
            word: (1 + math.log(count)) * self._rarity.get(word, self._rarity[""])
            for word, count in words.items()
        }


def body_text(article: Article) -> str:
    """An article's text without markup."""
    return "\n".join(token.content for token in inline_children(article.body.tokens))


def _rarity(documents: Sequence[Iterable[str]]) -> dict[str, float]:
    """Inverse document frequency by word; under the empty word that of one that is in none."""
    seen = Counter(word for words in documents for word in set(words))
    count = len(documents) + 1
    rarity = {word: math.log(1 + count / number) for word, number in seen.items()}
    rarity[""] = math.log(1 + count)
    return rarity


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in weights.values()))
    return {word: value / length for word, value in weights.items()} if length else {}


def _add(total: dict[str, float], weights: Mapping[str, float], factor: float) -> None:
    for word, value in weights.items():
        total[word] = total.get(word, 0.0) + factor * value


def _dot(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(value * other.get(word, 0.0) for word, value in one.items())


def _whole(words: Sequence[str]) -> tuple[str, ...]:
    """The first words that are not only parts of others."""
    whole = [word for word in words if not any(word in other and word != other for other in words)]
    return tuple(whole[:_SHOWN])
