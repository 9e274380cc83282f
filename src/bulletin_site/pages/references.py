"""What an article is cited by: one place makes the values, and the text of a citation, its files,
Highwire's labels and JSON-LD all say them.

No author was printed, so none is named. The issue is called by its label in Arabic numerals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from bulletin_site.content.model import Article, Issue, PageRange, Publication
from bulletin_site.pages import urls

LANGUAGE = "zh-CN"

_SPACE = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """`key` names the article among all that somebody cites and never changes; `number` is the
    issue's; `source` is where the text was taken from, as printed; `pdf_url` is that of the issue,
    if it has a PDF. Both URLs are missing where the site does not know its address."""

    key: str
    title: str
    journal: str
    date: date
    number: str
    pages: PageRange
    publisher: str | None
    keywords: tuple[str, ...]
    source: str | None
    url: str | None
    pdf_url: str | None


def reference(publication: Publication, issue: Issue, article: Article) -> Reference:
    base = publication.base_url
    return Reference(
        key=f"{initials(publication.title)}-{issue.id}-{article.number:02}",
        title=article.title,
        journal=publication.title,
        date=issue.date,
        number=issue.number,
        pages=article.pages,
        publisher=publisher(publication, issue),
        keywords=keywords(article),
        source=article.source,
        url=urls.absolute(base, urls.article(article.id)) if base else None,
        pdf_url=urls.absolute(base, urls.pdf(issue.id)) if base and issue.pdf else None,
    )


def one_line(text: str) -> str:
    """Text without line ends, of all kinds that some program takes for one, and with one space
    where there are several: two before a dash end a tag of RIS."""
    return _SPACE.sub(" ", text)


def publisher(publication: Publication, issue: Issue) -> str | None:
    """The issue's own, else that of all issues."""
    return issue.publisher or publication.publisher


def keywords(article: Article) -> tuple[str, ...]:
    """Its own keywords, else its topics."""
    return article.keywords or tuple(topic.name for topic in article.topics)


@lru_cache(maxsize=16)
def initials(title: str) -> str:
    """电子政务信息汇编 → `dzzwxxhb`: what a key begins with may hold nothing but ASCII letters, and
    should not begin with a digit."""
    spelled = "".join(lazy_pinyin(title, style=Style.FIRST_LETTER, errors="ignore"))
    return "".join(one for one in spelled.lower() if "a" <= one <= "z") or "bulletin"
