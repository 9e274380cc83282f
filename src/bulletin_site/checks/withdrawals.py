"""What was withdrawn: its page says when and why, and its issue says so too."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from bulletin_site.checks.built_site import REBUILD, BuiltSite, Document, words
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import Truth
from bulletin_site.content.model import Issue, Withdrawal
from bulletin_site.problems import Problem


def withdrawal_problems(document: Document, truth: Truth) -> Iterator[Problem]:
    """Judge the page of something that was withdrawn, and the page of an issue of which something
    was."""
    address = document.page.address
    if address in truth.withdrawn:
        yield from _notice_problems(document, truth.withdrawn[address])
    elif address in truth.issues:
        yield from _issue_problems(document, truth.issues[address])


def missing_withdrawals(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Where something was withdrawn there is a page."""
    for address in truth.withdrawn:
        if address not in site.pages:
            yield _problem(site.path(address), 0, "没有这个网页")


def _notice_problems(document: Document, one: Withdrawal) -> Iterator[Problem]:
    days = [node.attributes.get("datetime") for node in document.tree.css(".withdrawal time")]
    reasons = [words(node.text()) for node in document.tree.css(".withdrawal .reason")]
    line = document.line('class="withdrawal"', "<main")
    if days != [one.date.isoformat()]:
        yield _problem(document.page.path, line, f"应写明于 {one.date.isoformat()} 撤回")
    if reasons != [words(one.text)]:
        yield _problem(document.page.path, line, f"原因应是“{one.text}”")
    main = document.tree.css_first("main")
    beside = [node for node in main.iter() if not _is_of_notice(node)] if main else []
    if beside or document.tree.css("article, .prose, .body"):
        yield _problem(document.page.path, line, "网页上还有正文")


def _is_of_notice(node: LexborNode) -> bool:
    classes = (node.attributes.get("class") or "").split()
    return node.tag == "h1" or bool({"withdrawal", "lead"} & set(classes))


def _issue_problems(document: Document, issue: Issue) -> Iterator[Problem]:
    found = [
        target(link.attributes.get("href") or "", document.page, None).address
        for link in document.tree.css(".withdrawn-articles a")
    ]
    right = [one.address for one in issue.withdrawn.values()]
    if found != right:
        what = f"目录后面应列出撤回的 {'、'.join(right) or '（无）'}"
        line = document.line("withdrawn-articles", "<main")
        yield _problem(document.page.path, line, what)


def _problem(path: str, line: int, fault: str) -> Problem:
    return Problem(
        path=path,
        line=line,
        code="withdrawal",
        message=f"撤回的网页不对：{fault}",
        hint=REBUILD,
    )
