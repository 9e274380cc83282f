"""The files by which other programs cite: each article's own, and one with all of an issue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from jinja2 import Environment

from bulletin_site.content.model import Article, Issue, Publication
from bulletin_site.pages import bibtex, ris, urls
from bulletin_site.pages.references import Reference, reference

_FORMATS: tuple[tuple[Callable[[str], str], Callable[[Reference], str], str], ...] = (
    (urls.bibtex, bibtex.entry, "\n"),
    (urls.ris, ris.record, "\r\n"),
)
"""The address of a file by an id, what writes one article, and what stands between two."""


def files(
    publication: Publication,
    issue: Issue,
    environment: Environment,  # noqa: ARG001 - no template: these are thousands of small files
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The address of each file, and what makes it."""
    for address, write, between in _FORMATS:
        written = partial(_written, publication, issue, write, between)
        yield address(issue.id), partial(written, issue.articles)
        for article in issue.articles:
            yield address(article.id), partial(written, (article,))


def _written(
    publication: Publication,
    issue: Issue,
    write: Callable[[Reference], str],
    between: str,
    articles: Sequence[Article],
) -> bytes:
    references = (reference(publication, issue, article) for article in articles)
    return between.join(map(write, references)).encode()
