"""The search index: `search/index.json`, which stock lunr.js 2.3.9 loads as it is, and what the
search page needs beside it to show a hit.

Fields are given as lists of words, which pass lunr's tokenizer by on both sides, and both pipelines
are empty: lunr's trimmer, stop words and stemmer are made for English and would empty Chinese
words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lunr.builder import Builder

from bulletin_site.content.model import Archive, Article, Issue
from bulletin_site.pages import prose, urls
from bulletin_site.pages.parts import day
from bulletin_site.search.segment import Segmenter, segmenter

TITLE, BODY, SOURCE = "title", "body", "source"
_BOOSTS = {TITLE: 5, BODY: 1, SOURCE: 2}


def search_files(archive: Archive) -> dict[str, bytes]:
    """The index as JSON, and the same as a script with the articles' texts beside it: from
    `file://` a page may run scripts but not fetch."""
    index = _json(build_index(archive, segmenter(archive.dictionary)))
    articles = _json([_shown(issue, a) for issue in archive.issues for a in issue.articles])
    return {
        urls.SEARCH_INDEX: index.encode(),
        urls.SEARCH_INDEX_SCRIPT: _script("index", index),
        urls.SEARCH_ARTICLES_SCRIPT: _script("articles", articles),
    }


def build_index(archive: Archive, segmenter: Segmenter) -> dict[str, Any]:
    """lunr's serialized form: version, fields, fieldVectors, invertedIndex, pipeline."""
    builder = Builder()
    builder.ref("id")
    for field, boost in _BOOSTS.items():
        builder.field(field, boost=boost)
    for article in archive.articles:
        builder.add({"id": article.id, **_fields(article, segmenter)})
    serialized: dict[str, Any] = builder.build().serialize()
    # lunr.js compares terms by UTF-16 code units and throws on any other order; Python's order
    # differs where a character beyond the BMP meets one above the surrogates.
    serialized["invertedIndex"].sort(key=lambda entry: entry[0].encode("utf-16-be"))
    return serialized


def _fields(article: Article, segmenter: Segmenter) -> dict[str, list[str]]:
    return {
        TITLE: segmenter.words(article.title),
        BODY: segmenter.words(prose.plain_text(article.body).text),
        SOURCE: segmenter.words(article.source or ""),
    }


def _shown(issue: Issue, article: Article) -> dict[str, Any]:
    """What the search page shows of a hit; `at` counts UTF-16 units, as scripts do."""
    printed = prose.plain_text(article.body)
    address = urls.article(article.id)
    return {
        "id": article.id,
        "title": article.title,
        "href": urls.link(urls.SEARCH, address),
        "source": article.source or "",
        "issue": issue.name,
        "issueHref": urls.link(urls.SEARCH, urls.issue(issue.id)),
        "date": issue.date.isoformat(),
        "dateText": day(issue.date).text,
        "topics": [topic.name for topic in article.topics],
        "text": printed.text,
        "pages": [
            {
                "page": page,
                "at": len(printed.text[:start].encode("utf-16-le")) // 2,
                "href": urls.link(urls.SEARCH, address, urls.page_anchor(page)),
            }
            for page, start in _page_starts(article, printed)
        ],
    }


def _page_starts(article: Article, printed: prose.PlainText) -> Iterator[tuple[int, int]]:
    yield article.first_page, 0
    yield from printed.page_starts


def _json(value: object) -> str:
    """Compact, and safe inside a script: the two line separators end a line in older engines."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _script(name: str, value: str) -> bytes:
    return f'bulletin.receive("{name}",{value});\n'.encode()
