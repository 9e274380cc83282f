"""A build asks its own index before it is published: strings from the middle of articles have to
lead back to them, in the very files that readers load.

The commonest fault of a search is silent: an index that is complete, well formed and answers
nothing. So nothing of the builder is used here but the address of a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

from bulletin_site.pages import urls
from bulletin_site.problems import Problem
from bulletin_site.search.collection import Collection
from bulletin_site.search.script import handed
from bulletin_site.search.slices import hashed

_ASKED = 200
"""How many articles are asked for; in a larger archive those that many steps apart."""
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
        return set(accumulate(entry[position])) if entry else set()

    step = max(1, len(collection.ids) // _ASKED)
    for number in range(0, len(collection.ids), step):
        for position, literals in enumerate(collection.literals):
            text = literals[number]
            middle = text[len(text) // 2 :][:_LENGTH] or text
            pairs = [middle[at : at + 2] for at in range(max(1, len(middle) - 1))] if text else []
            if not all(number in having(pair, position) for pair in pairs):
                yield Problem(
                    path=urls.SEARCH_CATALOG,
                    code="index-answer",
                    message=f"检索索引用“{middle}”查不到文章 {collection.ids[number]}",
                    hint="没有发布。请再运行一次；如果还有这一条，请告诉维护人员。",
                )
