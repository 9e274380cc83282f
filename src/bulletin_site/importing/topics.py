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
from functools import cached_property

from bulletin_site.content.markdown import inline_children
from bulletin_site.content.model import Archive, Article
from bulletin_site.search.segment import Segmenter, comparable, is_telling, segmenter

_TITLE = 3
_DESCRIPTION = 0.3
_LEAST = 0.08
_SECOND = 0.85
_SHOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A topic's name and the words that speak most for it."""

    topic: str
    words: tuple[str, ...]


class Topics:
    """What an archive's topics are about. Nothing is counted before the first question."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

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

    @cached_property
    def _segmenter(self) -> Segmenter:
        return segmenter(self._archive.dictionary)

    @cached_property
    def _articles(self) -> Sequence[tuple[Article, Counter[str]]]:
        """The words of every article."""
        return [(a, self._words(a.title, body_text(a))) for a in self._archive.articles]

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        return _rarity([words for _, words in self._articles])

    @cached_property
    def _topics(self) -> Mapping[str, Mapping[str, float]]:
        """Each topic's words by their weight: of its articles, and of its description."""
        topics: dict[str, Mapping[str, float]] = {}
        for topic in self._archive.topics:
            total: dict[str, float] = {}
            own = [words for article, words in self._articles if topic in article.topics]
            for words in own:
                _add(total, _unit(self._weighed(words)), 1.0)
            described = self._words(topic.name, topic.description)
            _add(total, _unit(self._weighed(described)), max(1.0, _DESCRIPTION * len(own)))
            topics[topic.name] = _unit(total)
        return topics

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
