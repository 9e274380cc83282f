"""What pages draw on: the archive with the indexes that are derived from it once; for the pages of
one issue only what they show of it, so that a change elsewhere leaves them as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pypinyin import lazy_pinyin

from bulletin_site.content.address import RESERVED_NAMES
from bulletin_site.content.model import Archive, Article, Issue, Publication, Topic
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

    @property
    def publication(self) -> Publication:
        return self.archive

    @property
    def has_trends(self) -> bool:
        """Whether there is a page of words that rise and fall."""
        return bool(self.words.trends.periods)

    def issue_sites(self) -> Iterator[IssueSite]:
        """The site as each issue sees it, oldest first."""
        publication, issues = self.archive.publication, self.archive.issues
        around = zip((None, *issues), issues, (*issues[1:], None), strict=False)
        for earlier, issue, later in around:
            sources = {article.source for article in issue.articles if article.source}
            yield IssueSite(
                publication=publication,
                has_trends=self.has_trends,
                issue=issue,
                earlier=_beside(earlier, earlier.articles[-1]) if earlier else None,
                later=_beside(later, later.articles[0]) if later else None,
                source_slugs={name: self.sources[name].slug for name in sorted(sources)},
                related={article.id: tuple(self._related(article)) for article in issue.articles},
            )

    def _related(self, article: Article) -> Iterator[RelatedArticle]:
        for related in self.words.related.get(article.id, ()):
            issue = self.issues[related.article_id.partition("/")[0]]
            other = next(one for one in issue.articles if one.id == related.article_id)
            yield RelatedArticle(
                article_id=other.id, title=other.title, issue=issue.name, words=related.words
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueBeside:
    """The issue before or after another, and the article at their border."""

    id: str
    name: str
    article_id: str
    article_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedArticle:
    """An article to which another is related, by the name of its `issue`."""

    article_id: str
    title: str
    issue: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSite:
    """The site as one issue sees it: all that its pages show, and nothing else. `source_slugs` are
    by the names of its sources, `related` by the ids of its articles."""

    publication: Publication
    has_trends: bool
    issue: Issue
    earlier: IssueBeside | None
    later: IssueBeside | None
    source_slugs: Mapping[str, str]
    related: Mapping[str, tuple[RelatedArticle, ...]]


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


def _beside(issue: Issue, article: Article) -> IssueBeside:
    return IssueBeside(
        id=issue.id, name=issue.name, article_id=article.id, article_title=article.title
    )


def _sources(archive: Archive, newest_first: list[Article]) -> dict[str, Source]:
    """Every source by name, the one with the most articles first.

    Addresses never change: names are seen in printed order, so that of two names with the same
    romanization the one that was printed first keeps the plain slug."""
    slugs: dict[str, str] = {}
    taken = {"index", *RESERVED_NAMES}
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
