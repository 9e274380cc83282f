"""The files of an issue that are there are offered, and what is offered is there, of the size
that is said; the text and the Markdown of an issue hold all that was printed, each printed page at
its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bulletin_site.checks.article_pages import difference
from bulletin_site.checks.built_site import REBUILD, BuiltSite, Offer, unspaced, words
from bulletin_site.checks.targets import target
from bulletin_site.checks.truth import PrintedText, Truth
from bulletin_site.content.markdown import PAGE_BREAK, inline_children, parse
from bulletin_site.content.model import Article, Issue
from bulletin_site.content.pagination import begins_a_page
from bulletin_site.pages import urls
from bulletin_site.pages.downloads import FORMATS, Download, download
from bulletin_site.pages.parts import day
from bulletin_site.pages.prose import plain_text
from bulletin_site.problems import Problem

_MARK = "〔第%d页〕"
_SHOWN = 20
_BOM = b"\xef\xbb\xbf"


def download_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge what the pages of every issue offer, and its text files."""
    for address, issue in truth.issues.items():
        for page in (address, urls.whole_issue(issue.id)):
            if page in site.pages:
                yield from _offer_problems(site, issue, page)
        yield from _text_problems(site, truth, issue)


def _offer_problems(site: BuiltSite, issue: Issue, address: str) -> Iterator[Problem]:
    """The list for readers, and the links in the head for programs."""
    there = {form.address(issue.id): form for form in FORMATS}
    right = [
        download(form, len(site.files[at]), urls.link(address, at))
        for at, form in there.items()
        if at in site.files
    ]
    page = site.pages[address]
    shown = [one for one in page.offers if one.element == "a"]
    for one in shown:
        aim = target(one.href, page, None).address
        if aim not in site.files:
            yield _problem(site, address, one.href, f"“{one.text}”通到的文件不存在：{aim}")
    for file in right:
        yield from _shown_problems(site, address, file, shown)
    known = {one.href for one in right}
    for one in shown:
        if one.href not in known and target(one.href, page, None).address in site.files:
            yield _problem(site, address, one.href, f"“{one.text}”不是这一期的文件")
    heads = [(one.href, one.media_type) for one in page.offers if one.element == "link"]
    if heads != [(one.href, one.media_type) for one in right]:
        yield _problem(site, address, "<head", "网页开头没有照样列出本期的各种文件")


def _shown_problems(
    site: BuiltSite, address: str, right: Download, shown: Iterable[Offer]
) -> Iterator[Problem]:
    found = [one for one in shown if one.href == right.href]
    if len(found) != 1:
        times = f"列了 {len(found)} 次" if found else "没有列出"
        yield _problem(
            site, address, 'class="downloads', f"“{right.text}”应列出一次，网页上{times}"
        )
        return
    one = found[0]
    if (words(one.text), one.label) != (right.text, right.label):
        said = f"应写“{right.text}”，网页上是“{words(one.text)}”（{one.label or '没有名称'}）"
        yield _problem(site, address, one.href, said)
    if one.media_type != right.media_type:
        said = f"{right.name} 的类型应是 {right.media_type}，网页上是 {one.media_type or '（无）'}"
        yield _problem(site, address, one.href, said)


def _text_problems(site: BuiltSite, truth: Truth, issue: Issue) -> Iterator[Problem]:
    """Both files hold titles, text, marks and sources in the order of print."""
    for address, read in (
        (urls.plain_text_file(issue.id), _of_text),
        (urls.markdown_file(issue.id), _of_markdown),
    ):
        if address not in site.files:
            yield _problem(site, address, "", "没有这个文件")
            continue
        try:
            found = read(site.files[address])
        except ValueError as reason:
            yield _problem(site, address, "", str(reason))
            continue
        yield from _order_problems(site, truth, issue, address, found)


def _order_problems(
    site: BuiltSite, truth: Truth, issue: Issue, address: str, found: str
) -> Iterator[Problem]:
    """The first part that is not as it should be; nothing stands between, before or after them."""
    position = 0
    for what, text in _parts(truth, issue):
        sought = unspaced(text)
        if not found.startswith(sought, position):
            shown = difference(found[position : position + len(sought)], sought, "文件里")
            yield _problem(site, address, "", f"{what}与原文不符：{shown}")
            return
        position += len(sought)
    if position < len(found):
        yield _problem(site, address, "", f"末尾多出“{found[position:][:_SHOWN]}”")


def _parts(truth: Truth, issue: Issue) -> Iterator[tuple[str, str]]:
    """What both files say, part by part, with the marks of pages."""
    archive = truth.archive
    yield "编制单位", issue.organization or archive.organization or ""
    yield "报头", f"{archive.title}{day(issue.date).text}{issue.label}"
    yield "编印单位", issue.publisher or archive.publisher or ""
    yield "目录", "目录"
    for topics, articles in groupby(issue.articles, key=lambda one: one.topics[:1]):
        if issue.topics_printed:
            yield "目录", "".join(f"【{topic.name}】" for topic in topics)
        for one in articles:
            yield f"目录里“{one.title}”", f"{one.number}、{one.title}……{one.first_page}"
    for number, withdrawal in issue.withdrawn.items():
        yield "撤回的说明", f"（第{number}篇已于{day(withdrawal.date).text}撤回。）"
    note = plain_text(issue.note).text
    if note.strip():
        yield "编者说明", f"编者说明{note}"
    for article in issue.articles:
        printed = truth.articles[urls.article(article.id)].printed
        yield f"“{article.title}”的题名", _heading(issue, article)
        topics = "、".join(topic.name for topic in article.topics)
        if topics and (not issue.topics_printed or len(article.topics) > 1):
            yield f"“{article.title}”的主题", f"主题：{topics}"
        yield f"“{article.title}”的正文", _text(printed, article)
        for said in article.corrections:
            yield f"“{article.title}”的勘误", f"勘误（{day(said.date).text}）：{said.text}"


def _heading(issue: Issue, article: Article) -> str:
    """With the mark of the page that begins with it, if one does."""
    mark = _MARK % article.first_page if begins_a_page(issue, article) else ""
    return f"{mark}{article.number}、{article.title}"


def _text(printed: PrintedText, article: Article) -> str:
    """With the marks of the pages that begin in it, and the source below it."""
    text = printed.text
    for page, start in reversed(printed.page_starts[1:]):
        text = text[:start] + _MARK % page + text[start:]
    return text + (f"（{article.source}）" if article.source else "")


def _of_text(content: bytes) -> str:
    """Raises ValueError where old Windows would not show it right."""
    if not content.startswith(_BOM):
        raise ValueError("开头没有 UTF-8 的记号（BOM），旧的记事本会显示乱码")
    if content.count(b"\n") != content.count(b"\r\n"):
        raise ValueError("有的行末不是 CR LF，旧的记事本不换行")
    return unspaced(content.decode("utf-8-sig"))


def _of_markdown(content: bytes) -> str:
    """What is printed, and the marks of pages. Raises ValueError where it is no UTF-8."""
    pieces = [
        _MARK % token.meta["page"] if token.type == PAGE_BREAK else token.content
        for token in inline_children(parse(content.decode()))
    ]
    return unspaced("".join(pieces))


def _problem(site: BuiltSite, address: str, place: str, fault: str) -> Problem:
    return Problem(
        path=site.path(address),
        line=site.line(address, place) if place else 0,
        code="download",
        message=f"下载的文件不对：{fault}",
        hint=REBUILD,
    )
