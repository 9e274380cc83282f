"""What `<meta>` elements say, held against the archive: the page labels of 国办发〔2017〕47号,
Highwire's `citation_…` and OpenGraph. All that is known is there, and nothing that is invented."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bulletin_site.checks.built_site import REBUILD, Document, unspaced, words
from bulletin_site.checks.truth import PrintedArticle, Truth
from bulletin_site.content.model import Archive, Article, Issue
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

Labels = Mapping[str, tuple[str, ...]]
"""Contents by `name` or `property`, in the order of the page."""

Expected = dict[str, tuple[str, ...] | None]
"""What a label must say, in how many elements; `None`: one of any content."""

_SITE = ("SiteName", "SiteDomain", "SiteIDCode")
_COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
_ARTICLE = (
    *("ArticleTitle", "PubDate", "ContentSource"),
    *("Keywords", "Author", "Description", "Image", "Url"),
)
_PLAIN = ("description", "viewport", "color-scheme")
_JUDGED = (*_SITE, *_COLUMN, *_ARTICLE, *_PLAIN, "robots")
_CRAWLERS = ("googlebot", "bingbot", "baiduspider", "360spider", "sogou web spider")
"""To whom a page may speak alone, and say that it is not to be found."""
_JUDGED_PREFIXES = ("citation_", "og:", "article:")


def metadata_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Hold a page's labels against the archive."""
    labels = {name: found for name, found in _labels(document).items() if _is_judged(name)}
    expected = _expected(document.page.address, truth)
    for name, right in expected.items():
        fault = _fault(name, labels.get(name, ()), right)
        if fault:
            yield _problem(document, name, fault)
    for name in labels.keys() - expected.keys():
        yield _problem(
            document, name, f"不应有 {name}，{_reason(name, document.page.address, truth)}"
        )
    for name, fault in _disagreements(document, labels, truth):
        yield _problem(document, name, fault)


def _labels(document: Document) -> Labels:
    labels: dict[str, tuple[str, ...]] = {}
    for tag, attributes in document.elements:
        name = attributes.get("name") or attributes.get("property")
        if tag == "meta" and name:
            labels[name] = (*labels.get(name, ()), attributes.get("content") or "")
    return labels


def _is_judged(name: str) -> bool:
    return name in _JUDGED or name.startswith(_JUDGED_PREFIXES) or name.lower() in _CRAWLERS


def _fault(name: str, found: tuple[str, ...], right: tuple[str, ...] | None) -> str | None:
    if right is None:
        if len(found) > 1:
            return f"{name} 写了 {len(found)} 次"
        return None if "".join(found).strip() else f"缺少 {name}"
    if not "".join(found).strip():
        return f"缺少 {name}，应是“{'、'.join(right)}”"
    if len(found) > len(right) and set(found) == set(right):
        return f"{name} 写了 {len(found)} 次"
    return None if found == right else f"{name} 是“{'、'.join(found)}”，应是“{'、'.join(right)}”"


def _expected(address: str, truth: Truth) -> Expected:
    expected = dict.fromkeys(_PLAIN) | _site_labels(truth.archive) | _open_graph(address, truth)
    found = truth.articles.get(address)
    if found:
        return (
            expected
            | _issue_labels(found.issue)
            | _article_labels(found, truth.archive)
            | _citation(found, truth.archive)
        )
    if address in truth.issues:
        return expected | _issue_labels(truth.issues[address])
    if address in truth.aliases or address in truth.withdrawn:
        return expected | {"robots": ("noindex",)}
    if address == urls.NOT_FOUND:
        return expected
    columns: Expected = dict.fromkeys(_COLUMN)
    if address in truth.topics:
        columns["ColumnName"] = columns["ColumnKeywords"] = (truth.topics[address],)
    return expected | columns


def _site_labels(archive: Archive) -> Expected:
    labels: Expected = {"SiteName": (archive.title,)}
    if archive.base_url:
        labels["SiteDomain"] = (urlsplit(archive.base_url).netloc,)
    if archive.site_id_code:
        labels["SiteIDCode"] = (archive.site_id_code,)
    return labels


def _issue_labels(issue: Issue) -> Expected:
    topics = dict.fromkeys(topic.name for article in issue.articles for topic in article.topics)
    return dict.fromkeys(_COLUMN) | {
        "ColumnName": (issue.name,),
        "ColumnKeywords": (",".join(topics) or issue.name,),
    }


def _article_labels(found: PrintedArticle, archive: Archive) -> Expected:
    article = found.article
    labels: Expected = {
        "ArticleTitle": (article.title,),
        # The printed date has no time of day; the label's form wants one.
        "PubDate": (f"{found.issue.date.isoformat()} 00:00",),
        "ContentSource": (article.source or archive.title,),
        "Description": None,
    }
    if _keywords(article):
        labels["Keywords"] = (",".join(_keywords(article)),)
    if archive.base_url:
        labels["Url"] = (urls.absolute(archive.base_url, urls.article(article.id)),)
    return labels


def _citation(found: PrintedArticle, archive: Archive) -> Expected:
    article, issue = found.article, found.issue
    day = issue.date
    publisher = issue.publisher or archive.publisher
    citation: dict[str, tuple[str, ...]] = {
        "title": (article.title,),
        "journal_title": (archive.title,),
        "publication_date": (f"{day.year:04}/{day.month:02}/{day.day:02}",),
        "issue": (issue.number,),
        "firstpage": (str(article.pages.first),),
        "lastpage": (str(article.pages.last),),
        "language": ("zh-CN",),
        "publisher": (publisher,) if publisher else (),
        "keywords": _keywords(article),
    }
    if archive.base_url:
        url = urls.absolute(archive.base_url, urls.article(article.id))
        citation |= {"public_url": (url,), "abstract_html_url": (url,)}
        if issue.pdf:
            citation["pdf_url"] = (urls.absolute(archive.base_url, urls.pdf(issue.id)),)
    return {f"citation_{name}": right for name, right in citation.items() if right}


def _open_graph(address: str, truth: Truth) -> Expected:
    found = truth.articles.get(address)
    base = truth.archive.base_url
    properties: Expected = {
        "og:title": (found.article.title,) if found else None,
        "og:type": ("article" if found else "website",),
        "og:site_name": (truth.archive.title,),
        "og:locale": ("zh_CN",),
        "og:description": None,
    }
    if base:
        properties["og:url"] = (urls.absolute(base, truth.aliases.get(address, address)),)
    if not found:
        return properties
    article = found.article
    corrected = sorted(correction.date.isoformat() for correction in article.corrections)
    of_article = {
        "published_time": (found.issue.date.isoformat(),),
        "modified_time": tuple(corrected[-1:]),
        "section": tuple(topic.name for topic in article.topics[:1]),
        "tag": _keywords(article),
    }
    return properties | {f"article:{name}": right for name, right in of_article.items() if right}


def _keywords(article: Article) -> tuple[str, ...]:
    return article.keywords or tuple(topic.name for topic in article.topics)


def _reason(name: str, address: str, truth: Truth) -> str:
    """Why a label would be invented."""
    if name == "SiteIDCode":
        return "archive.yaml 没有写 site_id_code"
    if name == "robots" or name.lower() in _CRAWLERS:
        return "搜索引擎应当收录这一页"
    of_article = name in _ARTICLE or name.startswith(("citation_", "article:"))
    if of_article and address not in truth.articles:
        return "本页不是文章"
    if not truth.archive.base_url and name.lower().endswith(("url", "domain")):
        return "archive.yaml 没有写 base_url"
    return "原文没有"


def _disagreements(document: Document, labels: Labels, truth: Truth) -> Iterator[tuple[str, str]]:
    """Labels that say something else than the page does, where the archive has no word on it."""
    titles = Counter(words(node.text()) for node in document.tree.css("head > title"))
    title = "".join(labels.get("og:title", ()))
    if title and not {words(title), words(f"{title} - {truth.archive.title}")} & titles.keys():
        yield "og:title", f"og:title 是“{title}”，与网页的 <title> 不符"
    summary = labels.get("description", ())
    for name in ("Description", "ColumnDescription", "og:description"):
        of_issue = document.page.address in truth.articles and name.startswith("Column")
        if name in labels and labels[name] != summary and not of_issue:
            yield name, f"{name} 与 description 不符"
    column = "".join(labels.get("ColumnName", ()))
    if document.page.address not in {*truth.articles, urls.HOME} and column not in ("", title):
        yield "ColumnName", f"ColumnName 是“{column}”，与 og:title“{title}”不符"
    heading = document.tree.css_first("main h1")
    leads_on = document.page.address in truth.aliases
    if (
        heading
        and not leads_on
        and unspaced(title.removesuffix("（整期）")) not in unspaced(heading.text())
    ):
        yield "og:title", f"og:title 是“{title}”，网页的标题是“{words(heading.text())}”"
    found = truth.articles.get(document.page.address)
    said = unspaced("".join(summary)).removesuffix("…")
    if found and not found.printed.text.startswith(said):
        yield "description", "description 不是正文的开头"


def _problem(document: Document, name: str, fault: str) -> Problem:
    return Problem(
        path=document.page.path,
        line=document.line(f'name="{name}"', f'property="{name}"', "<head"),
        code="metadata",
        message=f"网页的标签信息不对：{fault}",
        hint=REBUILD,
    )
