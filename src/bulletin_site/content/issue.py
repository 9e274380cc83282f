"""Typing an issue: the folder `2014-05-1/` with `issue.md` and its articles becomes an `Issue`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from bulletin_site.content.article import ARTICLE_NAME, body_of, load_articles
from bulletin_site.content.characters import character_problems
from bulletin_site.content.doubts import doubt_problems
from bulletin_site.content.fields import Fields
from bulletin_site.content.front_matter import split
from bulletin_site.content.layout import LAYOUT_FILE
from bulletin_site.content.markup import markup_problems
from bulletin_site.content.model import Article, Issue, Masthead, Topic, Withdrawal
from bulletin_site.content.numbering import numbered
from bulletin_site.content.numerals import number_of, plain
from bulletin_site.content.pagination import misplaced_marks, page_problems
from bulletin_site.content.proofreading import joined_lines, mark_like, slips
from bulletin_site.content.source import FOLDER, SourceFile
from bulletin_site.problems import Problem, offered

ISSUE_FILE = "issue.md"
ISSUE_NAME = re.compile(r"^[12]\d{3}-(0[1-9]|1[0-2])-[1-9]\d?\Z", re.ASCII)
ISSUE_KEYS = ("date", "label", "organization", "publisher", "topics_assigned")

_PUBLISHED = ".md"  # what an import or a layout has noted besides is not
_DIGITS = "零一二三四五六七八九十"
_LABEL = re.compile(r"(?:(\w{4})年)?(\w{1,3})月(?:份|号)?第?(\w{1,3})期")
_NAME_LIKE = re.compile(
    r"\s*(\d{4})\s*[年._—–-]\s*0?(\d{1,2})\s*[月._—–-]\s*第?0?(\d{1,2})(?!\d)", re.ASCII
)


def load_issue(
    issue_id: str,
    files: Mapping[str, SourceFile | None],
    topics: Mapping[str, Topic] | None,
    withdrawn: Mapping[int, Withdrawal],
    masthead: Masthead,
    pdf_size: int | None,
    problems: list[Problem],
) -> Issue | None:
    """The issue, or nothing where its date or all of its articles are missing. A file that is
    there but could not be read is `None`; so are topics where nothing is known of them.
    `withdrawn` are articles of it by their numbers, `pdf_size` is that of its PDF in bytes."""
    for file in files.values():
        if file and file.path.endswith(_PUBLISHED):
            problems += character_problems(file.path, file.text)
    loaded = tuple(load_articles(issue_id, files, topics, withdrawn, problems))
    articles = tuple(article for article, is_whole in loaded if is_whole)
    partial = tuple(article for article, is_whole in loaded if not is_whole)
    issue = _typed(issue_id, files, articles, withdrawn, problems)
    if issue and len(articles) == sum(bool(ARTICLE_NAME.match(name)) for name in files):
        issue, found = numbered(issue, masthead, files.get(LAYOUT_FILE), pdf_size)
        problems += found
        articles = issue.articles
    problems += page_problems(articles)
    for article in partial:
        problems += misplaced_marks(article)
    articles += partial
    problems += slips(articles)
    problems += mark_like(articles)
    problems += joined_lines(articles)
    for article in articles:
        problems += markup_problems(article.path, article.body)
    problems += doubt_problems(issue_id, files, problems)
    return issue


def _typed(
    issue_id: str,
    files: Mapping[str, SourceFile | None],
    articles: tuple[Article, ...],
    withdrawn: Mapping[int, Withdrawal],
    problems: list[Problem],
) -> Issue | None:
    """The issue as its files say it."""
    folder = f"{FOLDER}/{issue_id}"
    if not any(ARTICLE_NAME.match(name) for name in files):
        problems.append(
            Problem(
                path=folder,
                code="empty-issue",
                message="这一期没有文章",
                hint="文章依次存为 01.md、02.md……",
            )
        )
    if ISSUE_FILE not in files:
        problems.append(
            Problem(
                path=f"{folder}/{ISSUE_FILE}",
                code="missing-file",
                message=f"这一期缺少 {ISSUE_FILE}",
                hint="它写明出版日期，例如：date: 2014-05-09，前后各有一行 ---。",
            )
        )
    file = files.get(ISSUE_FILE)
    document, found = split(file) if file else (None, [])
    problems += found
    if not document:
        return None
    fields = Fields(document.path, document.front_matter, ISSUE_KEYS, problems)
    day = fields.date("date")
    if day and f"{day:%Y-%m}" != issue_id[:7]:
        fields.note_value(
            "date",
            "issue-date",
            f"出版日期 {day} 不在文件夹名所说的 {issue_id[:7]}",
            "请改日期，或改文件夹名。",
        )
    label = fields.phrase("label") or default_label(issue_id)
    if not _is_label_of(label, issue_id):
        fields.note_value(
            "label",
            "issue-label",
            f"期名“{label}”与文件夹名 {issue_id} 不符",
            f"请核对两处；按文件夹名是“{default_label(issue_id)}”，期名可以不写。",
        )
    organization, publisher = fields.phrase("organization"), fields.phrase("publisher")
    assigned_later = fields.choice(
        "topics_assigned",
        ("later",),
        "写 later 表示主题是后来补加的；目录上本来就有，就删去这一行。",
    )
    note = body_of(document.body, document.body_line)
    problems += markup_problems(document.path, note)
    for mark in note.page_breaks:
        fields.note(
            mark.line,
            "page-mark",
            f"编者说明里不能写分页记号 {{p{mark.page}}}",
            "分页记号只写在文章的正文里，请删去。",
            text=f"{{p{mark.page}}}",
        )
    if not day or not articles:
        return None
    return Issue(
        id=issue_id,
        date=day,
        label=label,
        organization=organization,
        publisher=publisher,
        note=note,
        topics_printed=assigned_later is None,
        articles=articles,
        withdrawn=withdrawn,
        pdf=None,
        path=document.path,
        lines=document.front_matter.key_lines,
    )


def default_label(issue_id: str) -> str:
    """`2014-05-1` → 五月第一期, as the cover of such an issue says."""
    _, month, number = (int(part) for part in issue_id.split("-"))
    return f"{_numeral(month)}月第{_numeral(number)}期"


def _is_label_of(label: str, issue_id: str) -> bool:
    """Does a label name the month and number of the folder, or neither (创刊号)?"""
    said = _LABEL.fullmatch(plain(label))
    numbers = [number_of(part) for part in said.groups() if part] if said else []
    named = [int(part) for part in issue_id.split("-")]
    return None in numbers or numbers in ([], named, named[1:])


def issue_name_meant(name: str, others: Collection[str]) -> str:
    """The name of a folder that may have been meant, offered where none of the others has it."""
    found = _NAME_LIKE.match(plain(name))
    meant = f"{found[1]}-{found[2]:0>2}-{found[3]}" if found else ""
    return offered(name, meant) if ISSUE_NAME.match(meant) and meant not in others else ""


def _numeral(value: int) -> str:
    """A Chinese numeral from 1 to 99."""
    if value <= 10:
        return _DIGITS[value]
    tens, units = divmod(value, 10)
    return (_DIGITS[tens] if tens > 1 else "") + "十" + (_DIGITS[units] if units else "")
