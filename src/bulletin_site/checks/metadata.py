"""The page labels of 国办发〔2017〕47号, and the full URL that a page names as its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bulletin_site.checks.built_site import REBUILD, Document
from bulletin_site.checks.truth import PrintedArticle, Truth
from bulletin_site.content.model import Archive
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

Labels = Mapping[str, tuple[str, ...]]
"""`<meta name content>`: the contents by name."""

_ONCE = (
    *("SiteName", "SiteDomain", "SiteIDCode"),
    *("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"),
    *("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Image", "Url"),
    *("Description", "description", "viewport", "color-scheme"),
)
_FILLED = None
"""Stands for a label that must be there, whatever it says."""


def metadata_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Hold a page's labels against the archive."""
    labels = _labels(document)
    for name in _ONCE:
        if len(labels.get(name, ())) > 1:
            yield _problem(document, name, f"{name} 写了 {len(labels[name])} 次")
    for name, value in _required(document.page.address, truth).items():
        found = labels.get(name, ("",))[0]
        if not found.strip():
            yield _problem(document, name, f"缺少 {name}" + (f"，应是“{value}”" if value else ""))
        elif value is not _FILLED and found != value:
            yield _problem(document, name, f"{name} 是“{found}”，应是“{value}”")
    for name, reason in _forbidden(document.page.address, truth).items():
        if name in labels:
            yield _problem(document, name, f"{reason}，不应有 {name}")
    yield from _canonical_problems(document, truth)


def _labels(document: Document) -> Labels:
    labels: dict[str, tuple[str, ...]] = {}
    for tag, attributes in document.elements:
        name = attributes.get("name")
        if tag == "meta" and name:
            labels[name] = (*labels.get(name, ()), attributes.get("content") or "")
    return labels


def _required(address: str, truth: Truth) -> dict[str, str | None]:
    required = {"description": _FILLED} | _site_labels(truth.archive)
    article = truth.articles.get(address)
    if article:
        return required | _article_labels(article, truth.archive)
    if address == urls.NOT_FOUND or address in truth.aliases:
        return required
    issue = truth.issues.get(address)
    column = issue.name if issue else truth.topics.get(address, _FILLED)
    return required | {"ColumnName": column, "ColumnDescription": _FILLED, "ColumnType": _FILLED}


def _site_labels(archive: Archive) -> dict[str, str | None]:
    labels: dict[str, str | None] = {"SiteName": archive.title}
    if archive.base_url:
        labels["SiteDomain"] = urlsplit(archive.base_url).netloc
    if archive.site_id_code:
        labels["SiteIDCode"] = archive.site_id_code
    return labels


def _article_labels(found: PrintedArticle, archive: Archive) -> dict[str, str | None]:
    labels = {
        "ColumnName": found.issue.name,
        "ColumnType": _FILLED,
        "ArticleTitle": found.article.title,
        # The printed date has no time of day; the label's form wants one.
        "PubDate": f"{found.issue.date.isoformat()} 00:00",
        "ContentSource": found.article.source or _FILLED,
    }
    if archive.base_url:
        labels["Url"] = urls.absolute(archive.base_url, urls.article(found.article.id))
    return labels


def _forbidden(address: str, truth: Truth) -> dict[str, str]:
    """Labels that would be invented, with the reason."""
    forbidden = {}
    if not truth.archive.site_id_code:
        forbidden["SiteIDCode"] = "archive.yaml 没有写 site_id_code"
    if not truth.archive.base_url:
        forbidden |= dict.fromkeys(("SiteDomain", "Url"), "archive.yaml 没有写 base_url")
    if address not in truth.articles:
        forbidden |= dict.fromkeys(("ArticleTitle", "PubDate", "ContentSource"), "本页不是文章")
    return forbidden


def _canonical_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    page = document.page
    base_url = truth.archive.base_url
    found = [link.value for link in page.links if link.canonical]
    if base_url and page.address not in truth.aliases:
        right = urls.absolute(base_url, page.address)
        if found != [right]:
            said = "、".join(found) or "没有写"
            yield _problem(
                document, "canonical", f"规范网址（canonical）应是“{right}”，现在：{said}"
            )
    elif found and not base_url:
        what = f"archive.yaml 没有写 base_url，不应有规范网址（canonical）“{found[0]}”"
        yield _problem(document, "canonical", what)


def _problem(document: Document, name: str, fault: str) -> Problem:
    return Problem(
        path=document.page.path,
        line=document.line(f'name="{name}"', f'rel="{name}"', "<head"),
        code="metadata",
        message=f"网页的标签信息不对：{fault}",
        hint=REBUILD,
    )
