"""What every page draws on: the archive, and the indexes that are derived from it once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pypinyin import lazy_pinyin

from bulletin_site.content.model import Archive, Article, Issue, Topic
from bulletin_site.pages.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where articles were taken from (来源); `slug` is its name in addresses."""

    name: str
    slug: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The archive seen from the reader's side. `newest_first` are its issues; articles in indexes
    keep their printed order within an issue, the newest issue first; `words` is counted from the
    texts and comes later."""

    archive: Archive
    newest_first: tuple[Issue, ...]
    issues: Mapping[str, Issue]
    by_topic: Mapping[Topic, tuple[Article, ...]]
    sources: Mapping[str, Source]
    words: Words = field(default_factory=Words)


def derive(archive: Archive) -> Site:
    """Derive the indexes."""
    newest_first = archive.issues[::-1]
    articles = [article for issue in newest_first for article in issue.articles]
    return Site(
        archive=archive,
        newest_first=newest_first,
        issues={issue.id: issue for issue in archive.issues},
        by_topic={
            topic: tuple(article for article in articles if topic in article.topics)
            for topic in archive.topics
        },
        sources=_sources(archive, articles),
    )


def _sources(archive: Archive, newest_first: list[Article]) -> dict[str, Source]:
    """Every source by name, the one with the most articles first.

    Addresses never change: names are seen in printed order, so that of two names with the same
    romanization the one that was printed first keeps the plain slug."""
    slugs: dict[str, str] = {}
    taken = {"index"}
    for article in archive.articles:
        if article.source and article.source not in slugs:
            slug = _free(romanized(article.source), taken)
            slugs[article.source] = slug
            taken.add(slug)
    found: dict[str, list[Article]] = {}
    for article in newest_first:
        if article.source:
            found.setdefault(article.source, []).append(article)
    ranked = sorted(found, key=lambda name: (-len(found[name]), slugs[name]))
    return {
        name: Source(name=name, slug=slugs[name], articles=tuple(found[name])) for name in ranked
    }


def romanized(name: str) -> str:
    """A name for addresses: 文汇报 → `wenhuibao`, ZDNet 存储频道 → `zdnet-cunchupindao`."""
    spelled = "".join(lazy_pinyin(name, errors=lambda rest: f" {rest} "))
    return "-".join(re.findall(r"[a-z0-9]+", spelled.lower()))[:80].strip("-") or "source"


def _free(slug: str, taken: set[str]) -> str:
    number = 2
    candidate = slug
    while candidate in taken:
        candidate = f"{slug}-{number}"
        number += 1
    return candidate
