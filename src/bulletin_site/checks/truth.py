"""What the editor's files promise, arranged by the addresses where the site must keep it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from bulletin_site.checks.built_site import unspaced
from bulletin_site.checks.listed import Listed, lists_of
from bulletin_site.content.model import Archive, Article, Issue, Withdrawal
from bulletin_site.content.pagination import PrintedPage, printed_pages
from bulletin_site.pages import urls
from bulletin_site.pages.prose import paragraphs_of, plain_text
from bulletin_site.pages.site import derive


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedText:
    """The text of an article without its white space, and where in it its printed pages begin:
    the page and the number of characters before it, the first page at 0."""

    text: str
    page_starts: tuple[tuple[int, int], ...]

    def on_page(self, page: int) -> str:
        """What of the text stands on one printed page."""
        starts = dict(self.page_starts)
        return self.text[starts[page] : starts.get(page + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedArticle:
    """An article with its issue, its text, and what of it stands in each paragraph."""

    issue: Issue
    article: Article
    printed: PrintedText
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Truth:
    """`articles`, `issues` and `topics` (names of topics) are keyed by the address of their pages,
    `whole_issues` by that of the page that shows all of an issue, `aliases` by an old address: the
    one to which it leads on; `withdrawn` by that of a page that was withdrawn; `sources` (names)
    and `lists` of articles by those of their pages. `places` of issues by id are their order."""

    archive: Archive
    places: Mapping[str, int]
    articles: Mapping[str, PrintedArticle]
    issues: Mapping[str, Issue]
    whole_issues: Mapping[str, Issue]
    topics: Mapping[str, str]
    aliases: Mapping[str, str]
    withdrawn: Mapping[str, Withdrawal]
    sources: Mapping[str, str]
    lists: Mapping[str, Listed]

    @cached_property
    def names(self) -> frozenset[str]:
        """What articles, issues, topics and sources are called, white space apart."""
        return frozenset(
            unspaced(name)
            for name in (
                *(found.article.title for found in self.articles.values()),
                *(name for issue in self.issues.values() for name in (issue.name, issue.label)),
                *(listed.name for listed in self.lists.values()),
            )
        )

    @cached_property
    def printed_pages(self) -> Mapping[str, PrintedPage]:
        """What stands on each printed page, by its address."""
        return {
            urls.printed_page(issue.id, page.number): page
            for issue in self.archive.issues
            for page in printed_pages(issue)
        }

    def beside(self, issue: Issue) -> tuple[Issue | None, Issue | None]:
        """The issues before and after another."""
        issues = self.archive.issues
        at = self.places[issue.id]
        return issues[at - 1] if at else None, issues[at + 1] if at + 1 < len(issues) else None


def truth_of(archive: Archive, pages: Collection[str]) -> Truth:
    """What must be true of a site that has these `pages`: what is said of a folder that has moved
    is said of every page there is in it."""
    articles = {
        urls.article(article.id): PrintedArticle(
            issue=issue,
            article=article,
            printed=_printed(article),
            paragraphs=tuple(map(unspaced, paragraphs_of(article.body))),
        )
        for issue in archive.issues
        for article in issue.articles
    }
    sources = {urls.source(one.slug): one.name for one in derive(archive).sources.values()}
    return Truth(
        archive=archive,
        places={issue.id: place for place, issue in enumerate(archive.issues)},
        articles=articles,
        issues={urls.issue(issue.id): issue for issue in archive.issues},
        whole_issues={urls.whole_issue(issue.id): issue for issue in archive.issues},
        topics={urls.topic(topic.slug): topic.name for topic in archive.topics},
        aliases=_aliases(archive, pages),
        withdrawn={one.address: one for one in archive.withdrawn},
        sources=sources,
        lists=lists_of(archive, sources),
    )


def _aliases(archive: Archive, pages: Collection[str]) -> dict[str, str]:
    """The old addresses that must be there, each with the one to which it leads on in the end."""
    moved = {move.old: move.new for move in archive.moved}
    moved |= {alias: urls.article(one.id) for one in archive.articles for alias in one.aliases}
    withdrawn = {one.address for one in archive.withdrawn}

    def next_of(address: str) -> str | None:
        """What is said of the page itself, else of the innermost folder."""
        end = len(address)
        while end > 0 and address not in withdrawn:
            if address[:end] in moved:
                return moved[address[:end]] + address[end:]
            end = address.rfind("/", 0, end - 1) + 1
        return None

    def last_of(address: str) -> str:
        following = next_of(address)
        return last_of(following) if following else address

    old = {address for address in moved if not address.endswith("/")}
    for move in archive.moved:
        if move.old.endswith("/"):
            old |= {
                move.old + page.removeprefix(move.new)
                for page in pages
                if page.startswith(move.new)
            }
    return {address: last_of(address) for address in sorted(old - withdrawn)}


def _printed(article: Article) -> PrintedText:
    plain = plain_text(article.body)
    starts = ((page, len(unspaced(plain.text[:start]))) for page, start in plain.page_starts)
    return PrintedText(text=unspaced(plain.text), page_starts=((article.first_page, 0), *starts))
