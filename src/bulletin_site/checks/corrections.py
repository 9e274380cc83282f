"""Every correction (勘误) of the archive stands at its article, in the whole issue, and on the page
of all corrections; and none that the archive does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from selectolax.lexbor import LexborNode

from bulletin_site.checks.built_site import REBUILD, BuiltSite, Document, words
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Article
from bulletin_site.pages import urls
from bulletin_site.problems import Problem


def correction_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge the pages on which corrections must stand."""
    address = document.page.address
    found = truth.articles.get(address)
    issue = truth.whole_issues.get(address)
    if found:
        yield from _article_problems(document, document.tree.css(".corrections"), found.article)
    elif issue:
        for article in issue.articles:
            node = document.tree.css_first(f'article[data-article="{article.id}"]')
            yield from _article_problems(
                document, node.css(".corrections") if node else [], article
            )
    elif address == urls.CORRECTIONS:
        yield from _list_problems(document, truth)


def missing_corrections(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """There is a page of all corrections, even while there are none."""
    if urls.CORRECTIONS not in site.pages and truth.archive.issues:
        yield Problem(
            path=site.path(urls.CORRECTIONS),
            code="correction",
            message="勘误与文章不符：没有勘误页",
            hint=REBUILD,
        )


def _article_problems(
    document: Document, sections: Sequence[LexborNode], article: Article
) -> Iterator[Problem]:
    days = [day for section in sections for day in _days(section)]
    texts = [words(text.text()) for section in sections for text in section.css("dd")]
    right = [(one.date.isoformat(), words(one.text)) for one in article.corrections]
    once = len(sections) == (1 if right else 0)
    if not once or days != [day for day, _ in right] or texts != [text for _, text in right]:
        shown = _told(list(zip(days, texts, strict=False)))
        yield _problem(document, f"“{article.title}”应有 {_told(right)}，网页上是 {shown}")


def _list_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """The newest first; those of one day from the newest issue on, in printed order."""
    corrected = [
        (one.date, article, one.text)
        for issue in reversed(truth.archive.issues)
        for article in issue.articles
        for one in article.corrections
    ]
    right = [
        (day.isoformat(), urls.article(article.id), words(article.title), words(text))
        for day, article, text in sorted(corrected, key=_newest_first)
    ]
    nodes = document.tree.css(".correction-list > li")
    shown = [_entry(document, node) for node in nodes]
    for node, (_, address, *_) in zip(nodes, right, strict=False):
        for link in node.css("a:not(.title)"):
            issue = urls.issue(urls.issue_of(address) or "")
            if target(link.attributes.get("href") or "", document.page, None).address != issue:
                yield _problem(document, f"“{words(link.text())}”不是有错的那一期")
    if shown != right:
        told = [(day, text) for day, _, _, text in shown]
        expected = [(day, text) for day, _, _, text in right]
        if told == expected:
            yield _problem(document, "有一条的文章、题名或链接不对")
        else:
            yield _problem(document, f"应依次有 {_told(expected)}，网页上是 {_told(told)}")


def _newest_first(entry: tuple[date, Article, str]) -> int:
    return -entry[0].toordinal()


def _entry(document: Document, node: LexborNode) -> tuple[str, str, str, str]:
    title = node.css_first("a.title")
    text = node.css_first(".correction")
    aim = target((title.attributes.get("href") or "") if title else "", document.page, None)
    at_corrections = title and aim.fragment == urls.corrections_anchor()
    return (
        "".join(_days(node)),
        aim.address if at_corrections else "",
        words(title.text()) if title else "",
        words(text.text()) if text else "",
    )


def _days(node: LexborNode) -> list[str]:
    return [time.attributes.get("datetime") or "" for time in node.css("time")]


def _told(corrections: Sequence[tuple[str, str]]) -> str:
    return "、".join(f"“{day} {text}”" for day, text in corrections) or "（无）"


def _problem(document: Document, fault: str) -> Problem:
    return Problem(
        path=document.page.path,
        line=document.line('class="correction', "<main"),
        code="correction",
        message=f"勘误与文章不符：{fault}",
        hint="如果勘误录错了，请改 issues/ 里的文章；否则" + REBUILD,
    )
