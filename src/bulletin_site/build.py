"""The whole of building on one page: what was read becomes files, or problems.

inputs.py: read → type and judge → render and index → output.py: write
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from bulletin_site.batch import Batch, Files, Proof, checksums_of, made
from bulletin_site.cache import Cache
from bulletin_site.content.archive import load
from bulletin_site.content.article import ARTICLE_NAME
from bulletin_site.content.model import Archive
from bulletin_site.content.numbering import forgiven
from bulletin_site.content.source import SourceTree, tree_of
from bulletin_site.excerpts import with_excerpts
from bulletin_site.inputs import Inputs, texts_of
from bulletin_site.pages import urls
from bulletin_site.pages.dead_links import text_link_problems
from bulletin_site.pages.lost_addresses import lost_addresses
from bulletin_site.pages.moves import address_problems, all_pages
from bulletin_site.pages.pdf_copies import pdf_batch
from bulletin_site.pages.render import page_batches
from bulletin_site.pages.site import derive
from bulletin_site.pages.templates import templates_of
from bulletin_site.problems import Problem, errors, ordered
from bulletin_site.search.collection import collect
from bulletin_site.search.index import search_batches
from bulletin_site.search.proof import silent_articles
from bulletin_site.search.words import words


@dataclass(frozen=True, kw_only=True)
class Build:
    """The outcome: an archive, all problems, and where no error stands in the way the site in
    batches, not made yet, with the proof that its files have to pass before they are published."""

    archive: Archive
    problems: tuple[Problem, ...]
    batches: tuple[Batch, ...] | None = None
    proof: Proof = lambda _: ()

    @cached_property
    def files(self) -> Files | None:
        """The whole site in memory. Raises Unmade where a template is wrong."""
        if self.batches is None:
            return None
        files = made(self.batches)
        files[urls.CHECKSUMS] = checksums_of(files)
        return files


def build(
    inputs: Inputs,
    *,
    base_url: str | None = None,
    strict: bool = False,
    cache: Cache | None = None,
    published: Collection[str] = (),
    draft: bool = False,
) -> Build:
    """Build a site. `base_url`, without a slash at its end, takes the place of the archive's own;
    `strict` lets warnings stop the build too; `cache` spares it what an earlier build has done;
    `published` are the addresses of the site that this one takes the place of. In a
    `draft`, which nobody publishes, pages need no numbers yet."""
    cache = cache or Cache()
    tree, unreadable = tree_of(inputs.issues)
    text_of = texts_of(tree, inputs.templates)
    templates, missing = templates_of(inputs.templates)
    archive, mistakes = load(tree, cache)
    if base_url:
        archive = replace(archive, base_url=base_url)
    site = derive(archive)
    if draft:
        mistakes = [forgiven(mistake) for mistake in mistakes]
    unread = _unread(tree, archive)
    addresses = (*address_problems(site, unread), *text_link_problems(site, unread))
    found = ordered([*unreadable, *missing, *mistakes, *addresses])
    problems = with_excerpts(found, text_of)
    if errors(problems, strict=strict):
        return Build(archive=archive, problems=problems)
    lost = tuple(lost_addresses(published, all_pages(site), site))
    if lost:
        return Build(archive=archive, problems=ordered([*problems, *lost]))
    collection = collect(archive, cache)
    site = replace(site, words=words(archive, collection, cache))
    return Build(
        archive=archive,
        problems=problems,
        batches=(
            *page_batches(site, templates),
            pdf_batch(archive.issues, inputs.attachment),
            *search_batches(site, collection, cache),
        ),
        proof=lambda read: silent_articles(read, collection),
    )


def _unread(tree: SourceTree | None, archive: Archive) -> tuple[str, ...]:
    """The folders of issues of which an article could not be read or lacks what it must have: which
    pages will stand there is not known."""
    read = {article.path for article in archive.articles}
    paths = (*tree.files, *tree.unreadable) if tree else ()
    missing = [path.split("/") for path in paths if path not in read]
    issues = {parts[-2] for parts in missing if ARTICLE_NAME.match(parts[-1])}
    return tuple(urls.folder(urls.issue(issue_id)) for issue_id in sorted(issues))
