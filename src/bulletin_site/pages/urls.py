"""The one place that knows addresses: a noun's place in the site, and the way from one to another.

An *address* is a path inside the site, `issues/2014-05-1/p5.html`; it is also the name of the file.
Links between pages are relative and name the file, so that the same site works at `/`, under
`/a/b/` and from a folder that somebody opened with a double click.
"""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote, unquote

HOME = "index.html"
SEARCH = "search.html"
ISSUES = "issues/index.html"
TOPICS = "topics/index.html"
SOURCES = "sources/index.html"
TRENDS = "trends.html"
CORRECTIONS = "corrections.html"
HELP = "help/index.html"
HANDBOOK = "help/editors.html"
PROBLEM_CODES = "help/problems.html"
NOT_FOUND = "404.html"
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
SEARCH_DESCRIPTION = "opensearch.xml"
ROBOTS = "robots.txt"
CHECKSUMS = "SHA256SUMS"

LAUNCHER = "index.html"
"""The page at the top of a packed site; the site itself stands in a folder beside it. It has the
name that everybody looks for, and servers show it for the folder."""

BOOK_TYPE = "mimetype"
BOOK_CONTAINER = "META-INF/container.xml"
BOOK_PACKAGE = "EPUB/package.opf"
BOOK_NAVIGATION = "EPUB/nav.xhtml"
BOOK_STYLE = "EPUB/book.css"
BOOK_TITLE_PAGE = "EPUB/index.xhtml"
"""Places inside an EPUB, the first two set by OCF 3.2; the last only in one of several issues."""

_TEXT_ANCHOR = re.compile(r"[ps][1-9][0-9]*", re.ASCII)
_PRINTED_PAGE = re.compile(r"^issues/[^/]+/p([1-9][0-9]*)\.html$", re.ASCII)

SEARCH_INDEX = "search/index.json"
SEARCH_CATALOG = "search/catalog.js"
SEARCH_FACETS = "search/facets.js"
SEARCH_LEXICON = "search/lexicon.js"
SEARCH_VARIANTS = "search/variants.js"


def issue(issue_id: str) -> str:
    return f"issues/{issue_id}/index.html"


def issue_of(address: str) -> str | None:
    """The id of the issue to which a page belongs."""
    parts = address.split("/")
    return parts[1] if parts[0] == "issues" and len(parts) == 3 else None


def folder(address: str) -> str:
    """`issues/2014-05-1/p5.html` → `issues/2014-05-1/`; empty at the top of the site."""
    return address[: address.rfind("/") + 1]


def article(article_id: str) -> str:
    return f"issues/{article_id}.html"


def printed_page(issue_id: str, page: int) -> str:
    return f"issues/{issue_id}/p{page}.html"


def printed_page_of(address: str) -> int | None:
    """The number of the printed page that stands there: `issues/2014-05-1/p5.html` → 5."""
    found = _PRINTED_PAGE.match(address)
    return int(found[1]) if found else None


def whole_issue(issue_id: str) -> str:
    return f"issues/{issue_id}/full.html"


def epub(issue_id: str) -> str:
    """`issues/2014-05-1/2014-05-1.epub`: what is downloaded has a name that tells the issue."""
    return _download(issue_id, "epub")


def book_issue(issue_id: str) -> str:
    """Where inside an EPUB the title page and the contents of an issue stand."""
    return f"EPUB/{issue_id}/index.xhtml"


def book_article(article_id: str) -> str:
    return f"EPUB/{article_id}.xhtml"


def pdf(issue_id: str) -> str:
    return _download(issue_id, "pdf")


def plain_text_file(issue_id: str) -> str:
    return _download(issue_id, "txt")


def markdown_file(issue_id: str) -> str:
    return _download(issue_id, "md")


def bibtex(id_: str) -> str:
    """The citation of an issue (`2014-05-1`) or of an article (`2014-05-1/06`)."""
    return _citation(id_, "bib")


def ris(id_: str) -> str:
    """The same in RIS."""
    return _citation(id_, "ris")


def _download(issue_id: str, ending: str) -> str:
    return f"issues/{issue_id}/{issue_id}.{ending}"


def _citation(id_: str, ending: str) -> str:
    return f"issues/{id_}.{ending}" if "/" in id_ else _download(id_, ending)


def topic(slug: str) -> str:
    return f"topics/{slug}.html"


def list_of(folder: str) -> str:
    """The list whose years stand in a folder: `topics/big-data/` → `topics/big-data.html`."""
    return f"{folder.removesuffix('/')}.html"


def of_year(address: str, year: int) -> str:
    """One year of a long list: `topics/big-data.html` → `topics/big-data/2014.html`."""
    return f"{address.removesuffix('.html')}/{year}.html"


def source(slug: str) -> str:
    return f"sources/{slug}.html"


def asset(name: str) -> str:
    return f"assets/{name}"


def packed(address: str) -> str:
    """Where a page of the site, or the site itself (""), stands in a packed one."""
    return f"site/{address}"


def search_index_of(year: int) -> str:
    """The index of a year, where one file for all would be too large to open."""
    return f"search/index-{year}.json"


def search_terms(shard: str) -> str:
    return f"search/terms/{shard}.js"


def search_article(article_id: str) -> str:
    return f"search/articles/{article_id}.js"


def loaded_by(page: str) -> tuple[str, ...]:
    """How the addresses begin of what a page may load besides itself."""
    return (asset(""), "search/") if page == SEARCH else (asset(""),)


def page_anchor(page: int) -> str:
    """Where printed page 6 begins within an article: `p6`."""
    return f"p{page}"


def article_anchor(number: int) -> str:
    """Where an article stands on a printed page and in the whole issue: `a05`."""
    return f"a{number:02}"


def paragraph_anchor(number: int, article: int | None = None) -> str:
    """The third paragraph of an article: `s3`; of the fifth article of a whole issue: `a05-s3`."""
    return f"{article_anchor(article)}-s{number}" if article else f"s{number}"


def corrections_anchor(article: int | None = None) -> str:
    """Where the corrections of an article stand: `corrections`, `a05-corrections`."""
    return f"{article_anchor(article)}-corrections" if article else "corrections"


def is_text_anchor(anchor: str) -> bool:
    """Is this the place of a page or a paragraph within an article: `p6`, `s3`?"""
    return _TEXT_ANCHOR.fullmatch(anchor) is not None


def year_anchor(year: int) -> str:
    return f"y{year}"


def link(start: str, target: str, anchor: str = "") -> str:
    """The relative link from the page at one address to another, or to a place on it."""
    if anchor:
        return f"#{anchor}" if start == target else f"{link(start, target)}#{anchor}"
    here, _, _ = start.rpartition("/")
    there, _, name = target.rpartition("/")
    return _way(here, there) + name


@lru_cache(maxsize=1024)
def _way(start: str, target: str) -> str:
    """The relative path from one folder to another, with a slash at the end unless it is empty. The
    pages of a folder share their ways."""
    here, there = (folder.split("/") if folder else [] for folder in (start, target))
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "".join(f"{name}/" for name in there[shared:])


def from_page(start: str, href: str) -> tuple[str, str] | None:
    """Where a link without a scheme leads from the page at `start`, an address and an anchor; none
    outside of the site."""
    path, _, anchor = href.partition("#")
    path = unquote(path.partition("?")[0])
    address = posixpath.normpath(posixpath.join(folder(start), path)) if path else start
    return None if address.startswith(("/", "..")) else (address, unquote(anchor))


def quoted(address: str, anchor: str) -> str:
    """An address and an anchor as they stand in a full URL."""
    return quote(address) + (f"#{quote(anchor)}" if anchor else "")


def query(target: str, words: str) -> str:
    """The link to a search for some words."""
    return f"{target}?q={quote(words)}"


def search_template(base_url: str, parameter: str) -> str:
    """The full URL of a search, with a parameter in braces for what is searched for."""
    return f"{absolute(base_url, SEARCH)}?q={{{parameter}}}"


def absolute(base_url: str, address: str) -> str:
    """The full URL under which a page is published."""
    return f"{base_url}/{address}"
