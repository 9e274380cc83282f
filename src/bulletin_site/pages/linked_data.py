"""What a page is about, in schema.org's words as JSON-LD: an Article of a PublicationIssue of a
Periodical, and the way to the page.

Names of things (`@id`, `url`) are full URLs, so they are left out where the site does not know its
address; so is all else that the archive does not know."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from markupsafe import Markup

from bulletin_site.content.model import Article, Issue, Publication
from bulletin_site.pages import urls
from bulletin_site.pages.metadata import last_correction
from bulletin_site.pages.references import LANGUAGE, keywords

Node = dict[str, object]

CONTEXT = "https://schema.org"

# Nothing in a title may end the block that holds it, or begin a comment or a tag in it.
_UNSAFE = re.compile("[<>&\u2028\u2029]")


def block(node: Node) -> Markup:
    """The text of a data block; it says the same in HTML as in JSON."""
    text = msgspec.json.encode({"@context": CONTEXT} | node).decode()
    return Markup(_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def article_node(publication: Publication, issue: Issue, article: Article) -> Node:
    """An article within its issue. Its source is credited as it was printed; no author was."""
    node = _part(publication, article) | {
        "inLanguage": LANGUAGE,
        "datePublished": issue.date.isoformat(),
    }
    changed = last_correction(article)
    if changed:
        node["dateModified"] = changed
    if article.topics:
        node["articleSection"] = [topic.name for topic in article.topics]
    words = keywords(article)
    if words:
        node["keywords"] = list(words)
    if article.source:
        node["creditText"] = article.source
    if article.corrections:
        node["correction"] = [
            {
                "@type": "CorrectionComment",
                "datePublished": correction.date.isoformat(),
                "text": correction.text,
            }
            for correction in article.corrections
        ]
    return node | {"isPartOf": issue_node(publication, issue)}


def issue_node(publication: Publication, issue: Issue) -> Node:
    """An issue within the bulletin."""
    pages = issue.pages
    node = {"@type": "PublicationIssue"} | _identity(publication, urls.issue(issue.id))
    node |= {
        "name": issue.name,
        "issueNumber": issue.number,
        "datePublished": issue.date.isoformat(),
        "pageStart": pages.first,
        "pageEnd": pages.last,
    }
    if issue.publisher:
        node["publisher"] = _organization(issue.publisher)
    return node | {"isPartOf": periodical_node(publication)}


def contents_node(publication: Publication, issue: Issue) -> Node:
    """An issue with the articles in it."""
    parts = [_part(publication, article) for article in issue.articles]
    return issue_node(publication, issue) | {"hasPart": parts}


def periodical_node(publication: Publication) -> Node:
    """The bulletin itself."""
    node = {"@type": "Periodical"} | _identity(publication, urls.HOME)
    node |= {"name": publication.title, "inLanguage": LANGUAGE}
    if publication.publisher:
        node["publisher"] = _organization(publication.publisher)
    return node


def site_nodes(publication: Publication) -> list[Node]:
    """What the home page is about: the bulletin, and where its site is searched."""
    nodes = [periodical_node(publication)]
    base = publication.base_url
    if base:
        nodes.append(
            {
                "@type": "WebSite",
                "name": publication.title,
                "url": urls.absolute(base, urls.HOME),
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": {
                        "@type": "EntryPoint",
                        "urlTemplate": urls.search_template(base, "search_term_string"),
                    },
                    "query-input": "required name=search_term_string",
                },
            }
        )
    return nodes


def trail_node(publication: Publication, trail: Sequence[tuple[str, str]]) -> Node:
    """The way from the home page to this one: titles and addresses."""
    base = publication.base_url
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": " ".join(title.split())}
            | ({"item": urls.absolute(base, address)} if base else {})
            for position, (title, address) in enumerate(trail, 1)
        ],
    }


def _part(publication: Publication, article: Article) -> Node:
    """An article as its issue's table of contents knows it."""
    identity = _identity(publication, urls.article(article.id))
    pages = article.pages
    return {
        "@type": "Article",
        **identity,
        "headline": article.title,
        "position": article.number,
        "pageStart": pages.first,
        "pageEnd": pages.last,
    }


def _identity(publication: Publication, address: str) -> Node:
    if not publication.base_url:
        return {}
    url = urls.absolute(publication.base_url, address)
    return {"@id": url, "url": url}


def _organization(name: str) -> Node:
    return {"@type": "Organization", "name": name}
