"""A build asks its own index before it is published: strings from the middle of articles have to
lead back to them, in the very files that readers load.

The commonest fault of a search is silent: an index that is complete, well formed and answers
nothing. So nothing of the builder is used here but the address of a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from bulletin_site.pages import urls
from bulletin_site.problems import Problem
from bulletin_site.search.collection import Collection
from bulletin_site.search.documents import FIELDS
from bulletin_site.search.keys import hashed
from bulletin_site.search.reading import documents_of
from bulletin_site.search.script import handed

_ASKED = 200
"""So many articles at most are asked for."""
_SAMPLED = 50
"""So many that an earlier build has asked for are asked for again, where there are new ones."""
_LENGTH = 4


def silent_articles(read_file: Callable[[str], bytes], collection: Collection) -> Iterator[Problem]:
    """The articles to which a string from the middle of their text or title does not lead, in the
    files that `read_file` gives by their addresses."""
    shards = handed(read_file(urls.SEARCH_CATALOG), "catalog")["shards"]
    read: dict[str, Any] = {}

    def having(key: str, position: int) -> set[int]:
        shard = f"{hashed(key) & (shards - 1):x}"
        if shard not in read:
            read[shard] = handed(read_file(urls.search_terms(shard)), f"t:{shard}")
        entry = read[shard].get(key)
        return set(documents_of(entry)[position]) if entry else set()

    for number in _asked(collection):
        for position in range(len(FIELDS)):
            text = collection.literal(number, position)
            middle = text[len(text) // 2 :][:_LENGTH] or text
            pairs = [middle[at : at + 2] for at in range(max(1, len(middle) - 1))] if text else []
            if not all(number in having(pair, position) for pair in pairs):
                yield Problem(
                    path=urls.SEARCH_CATALOG,
                    code="index-answer",
                    message=f"检索索引用“{middle}”查不到文章 {collection.ids[number]}",
                    hint="没有发布。请再运行一次；如果还有这一条，请告诉维护人员。",
                )


def _asked(collection: Collection) -> list[int]:
    """Articles that no build has asked for yet, and some of the others; as many steps apart as it
    takes."""
    new = _spread(collection.new, _ASKED - _SAMPLED)
    rest = sorted(set(range(len(collection.ids))).difference(collection.new))
    return sorted([*new, *_spread(rest, _SAMPLED if new else _ASKED)])


def _spread(numbers: Sequence[int], most: int) -> Sequence[int]:
    return numbers[:: -(-len(numbers) // most) or 1]
