"""JSON-LD in schema.org's words: what a page says it is about is what the archive knows of it, no
less and no more; and the way to the page is the one that readers see."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bulletin_site.checks.built_site import REBUILD, Document, words
from bulletin_site.checks.policy import DATA_BLOCK
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import PrintedArticle, Truth
from bulletin_site.content.model import Archive, Article, Correction, Issue
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

Node = dict[str, object]

_CONTEXT = "https://schema.org"


def linked_data_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge the data blocks of one page."""
    found: list[Node] = []
    for script in document.tree.css(DATA_BLOCK):
        node = _read(script.text())
        if node is None:
            yield _problem(document, script.text().strip(), "不是 schema.org 的 JSON-LD")
        else:
            found.append(node)
    expected = [*_about(document.page.address, truth), *_trail(document, truth)]
    kinds = [str(node["@type"]) for node in expected]
    there = [str(node.get("@type")) for node in found]
    if there != kinds:
        what = f"应依次说明 {'、'.join(kinds) or '（无）'}，现在：{'、'.join(there) or '（无）'}"
        yield _problem(document, DATA_BLOCK, what)
        return
    for right, node in zip(expected, found, strict=True):
        for fault in _differences(node, right, str(right["@type"])):
            yield _problem(document, f'"@type":"{right["@type"]}"', fault)


def _read(text: str) -> Node | None:
    """A node of schema.org without its context."""
    try:
        node = json.loads(text)
    except ValueError:
        return None
    if not isinstance(node, dict) or node.pop("@context", None) != _CONTEXT:
        return None
    return node


def _differences(found: object, right: object, place: str) -> Iterator[str]:
    """Where two values part, named by the way to the place: `Article.isPartOf.name`."""
    if isinstance(found, dict) and isinstance(right, dict):
        for key in (*right, *(key for key in found if key not in right)):
            if key not in found:
                yield f"{place} 缺少 {key}"
            elif key not in right:
                yield f"{place} 不应有 {key}"
            else:
                yield from _differences(found[key], right[key], f"{place}.{key}")
    elif isinstance(found, list) and isinstance(right, list) and len(found) == len(right):
        for number, (one, other) in enumerate(zip(found, right, strict=True), 1):
            yield from _differences(one, other, f"{place}[{number}]")
    elif found != right or type(found) is not type(right):
        yield f"{place} 是“{_shown(found)}”，应是“{_shown(right)}”"


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _about(address: str, truth: Truth) -> Iterator[Node]:
    archive = truth.archive
    if address in truth.articles:
        yield _article(truth.articles[address], archive)
    elif address in truth.issues:
        issue = truth.issues[address]
        parts = [_part(article, archive) for article in issue.articles]
        yield _issue(issue, archive) | {"hasPart": parts}
    elif address == urls.HOME:
        yield _periodical(archive)
        if archive.base_url:
            yield _web_site(archive, archive.base_url)


def _trail(document: Document, truth: Truth) -> Iterator[Node]:
    """The breadcrumb as readers see it; its last entry is the page itself."""
    base_url = truth.archive.base_url
    crumbs = document.tree.css("nav.breadcrumb li")
    items: list[Node] = []
    for position, crumb in enumerate(crumbs, 1):
        link = crumb.css_first("a")
        href = link.attributes.get("href") or "" if link else ""
        address = target(href, document.page, base_url).address
        item: Node = {"@type": "ListItem", "position": position, "name": words(crumb.text())}
        items.append(item | ({"item": urls.absolute(base_url, address)} if base_url else {}))
    if items:
        yield {"@type": "BreadcrumbList", "itemListElement": items}


def _article(found: PrintedArticle, archive: Archive) -> Node:
    article = found.article
    corrected = sorted(correction.date.isoformat() for correction in article.corrections)
    topics = [topic.name for topic in article.topics]
    said = {
        "inLanguage": "zh-CN",
        "datePublished": found.issue.date.isoformat(),
        "dateModified": "".join(corrected[-1:]),
        "articleSection": topics,
        "keywords": list(article.keywords) or topics,
        "creditText": article.source,
        "correction": [_correction(correction) for correction in article.corrections],
        "isPartOf": _issue(found.issue, archive),
    }
    return _part(article, archive) | {name: value for name, value in said.items() if value}


def _part(article: Article, archive: Archive) -> Node:
    return {
        "@type": "Article",
        **_names(urls.article(article.id), archive),
        "headline": article.title,
        "position": article.number,
        "pageStart": article.pages.first,
        "pageEnd": article.pages.last,
    }


def _correction(correction: Correction) -> Node:
    return {
        "@type": "CorrectionComment",
        "datePublished": correction.date.isoformat(),
        "text": correction.text,
    }


def _issue(issue: Issue, archive: Archive) -> Node:
    return {
        "@type": "PublicationIssue",
        **_names(urls.issue(issue.id), archive),
        "name": issue.name,
        "issueNumber": issue.number,
        "datePublished": issue.date.isoformat(),
        "pageStart": issue.pages.first,
        "pageEnd": issue.pages.last,
        **_published_by(issue.publisher),
        "isPartOf": _periodical(archive),
    }


def _periodical(archive: Archive) -> Node:
    return {
        "@type": "Periodical",
        **_names(urls.HOME, archive),
        "name": archive.title,
        "inLanguage": "zh-CN",
        **_published_by(archive.publisher),
    }


def _web_site(archive: Archive, base_url: str) -> Node:
    """Its name for what is sought is the same in both places."""
    return {
        "@type": "WebSite",
        "name": archive.title,
        "url": urls.absolute(base_url, urls.HOME),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{base_url}/{urls.SEARCH}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def _published_by(name: str | None) -> Node:
    return {"publisher": {"@type": "Organization", "name": name}} if name else {}


def _names(address: str, archive: Archive) -> Node:
    if not archive.base_url:
        return {}
    url = urls.absolute(archive.base_url, address)
    return {"@id": url, "url": url}


def _problem(document: Document, place: str, fault: str) -> Problem:
    return Problem(
        path=document.page.path,
        line=document.line(place, "application/ld+json", "<head"),
        code="linked-data",
        message=f"网页的结构化数据（JSON-LD）不对：{fault}",
        hint=REBUILD,
    )
