"""Typing: the text files of `issues/` become an `Archive`, with every mistake noted on the way.

    issues/archive.yaml       → the archive's own values and its topics
    issues/2014-05-1/issue.md → an issue
    issues/2014-05-1/01.md    → an article
    issues/2014-05-1/import.yaml → what the import was not sure of, as problems
    issues/2014-05-1/pdf.yaml → what the layout of its PDF gave

What cannot be typed is left out of the archive, so that the rest can still be judged; a caller that
publishes looks at the problems first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise

import msgspec

from bulletin_site.batch import key
from bulletin_site.cache import Cache
from bulletin_site.content.address import base_url_of
from bulletin_site.content.article import ARTICLE_NAME
from bulletin_site.content.characters import character_problems
from bulletin_site.content.doubts import IMPORT_FILE
from bulletin_site.content.fields import Fields
from bulletin_site.content.issue import ISSUE_FILE, ISSUE_NAME, issue_name_meant, load_issue
from bulletin_site.content.layout import LAYOUT_FILE
from bulletin_site.content.likeness import source_problems
from bulletin_site.content.model import Archive, Issue, Masthead, Topic, Withdrawal
from bulletin_site.content.moves import load_moves, load_withdrawals, withdrawn_articles
from bulletin_site.content.numbering import pdf_path
from bulletin_site.content.source import FOLDER, SourceFile, SourceTree, is_text
from bulletin_site.content.topics import load_topics
from bulletin_site.content.yaml_nodes import Mapping as YamlMapping
from bulletin_site.content.yaml_nodes import compose, escaped_problems
from bulletin_site.problems import Problem, offered

ARCHIVE_FILE = f"{FOLDER}/archive.yaml"
ARCHIVE_KEYS = (
    "title",
    "publisher",
    "organization",
    "base_url",
    "site_id_code",
    "topics",
    "dictionary",
    "moved",
    "withdrawn",
)

_EMPTY = Archive(
    title="",
    publisher=None,
    organization=None,
    base_url=None,
    site_id_code=None,
    topics=(),
    dictionary=(),
    moved=(),
    withdrawn=(),
    issues=(),
    lines={},
)
# An article in a wrong kind of file must not stay unpublished with a mere warning.
_LOOKS_LIKE_ARTICLE = re.compile(
    r"^\d{1,4}\..*(?:md|markdown|txt|doc|docx|wps|pdf|rtf|odt|html?)$", re.IGNORECASE
)
_OF_AN_ISSUE = (ISSUE_FILE, IMPORT_FILE, LAYOUT_FILE)


def load(tree: SourceTree | None, cache: Cache | None = None) -> tuple[Archive, list[Problem]]:
    """Type the whole tree and judge it. The archive holds what could be typed; the problems say
    what could not, and what contradicts itself. The cache knows the issues that an earlier run has
    typed."""
    if tree is None:
        return _EMPTY, []
    problems: list[Problem] = []
    mapping = _archive_mapping(tree, problems)
    # The one problem is said; that each key of a missing file is missing too need not be.
    unsaid: list[Problem] = []
    nothing = YamlMapping(entries={}, key_lines={}, line=0)
    root = Fields(ARCHIVE_FILE, mapping or nothing, ARCHIVE_KEYS, problems if mapping else unsaid)
    said = len(problems)
    topics = load_topics(root)
    # What is wrong with the topics is not said once more of each article.
    sure = (
        mapping and mapping.entries and len(problems) == said and not root.seems_misspelt("topics")
    )
    known = topics if sure else None
    withdrawn = tuple(load_withdrawals(root))
    gone = withdrawn_articles(withdrawn)
    folders = _issue_folders(tree, problems)
    cache = cache or Cache()
    masthead = Masthead(
        title=root.phrase("title", required=True, example="title: 电子政务信息汇编") or "",
        publisher=root.phrase("publisher"),
        organization=root.phrase("organization"),
    )
    loaded = [
        _load_issue(
            name, files, known, gone.get(name, {}), masthead, tree.others.get(pdf_path(name)), cache
        )
        for name, files in folders.items()
    ]
    for _, found in loaded:
        problems += found
    issues = sorted((issue for issue, _ in loaded if issue), key=chronological)
    if not folders:
        problems.append(
            Problem(
                path=FOLDER,
                code="empty-archive",
                message="还没有任何一期",
                hint="每期一个文件夹，例如 issues/2014-05-1/。",
            )
        )
    problems += order_problems(issues)
    archive = Archive(
        title=masthead.title,
        publisher=masthead.publisher,
        organization=masthead.organization,
        base_url=_base_url(root),
        site_id_code=root.text("site_id_code"),
        topics=tuple(topics.values()),
        dictionary=root.words("dictionary"),
        moved=tuple(load_moves(root)),
        withdrawn=withdrawn,
        issues=tuple(issues),
        lines=root.mapping.key_lines,
    )
    problems += source_problems(archive.articles, archive.dictionary)
    return archive, problems


_Typed = tuple[Issue | None, list[Problem]]
_TYPED: msgspec.msgpack.Decoder[_Typed] = msgspec.msgpack.Decoder(_Typed)


def _load_issue(
    name: str,
    files: Mapping[str, SourceFile | None],
    topics: Mapping[str, Topic] | None,
    withdrawn: Mapping[int, Withdrawal],
    masthead: Masthead,
    pdf_size: int | None,
    cache: Cache,
) -> _Typed:
    """`load_issue`, unless its answer is known."""
    asked = key("issue", name, files, topics, withdrawn, masthead, pdf_size)
    known = cache.get(asked)
    if known is not None:
        with suppress(msgspec.DecodeError):
            return _TYPED.decode(known)
    problems: list[Problem] = []
    typed = (
        load_issue(name, files, topics, withdrawn, masthead, pdf_size, problems),
        problems,
    )
    cache.put(asked, msgspec.msgpack.encode(typed))
    return typed


def _archive_mapping(tree: SourceTree, problems: list[Problem]) -> YamlMapping | None:
    """What archive.yaml says, if it can be read."""
    file = tree.files.get(ARCHIVE_FILE)
    if file:
        mapping, found = compose(file.path, file.text, 1)
        problems += found
        problems += character_problems(file.path, file.text)
        problems += escaped_problems(file.path, file.text, mapping)
        return mapping
    if ARCHIVE_FILE not in tree.unreadable:
        problems.append(
            Problem(
                path=ARCHIVE_FILE,
                code="missing-file",
                message="缺少 archive.yaml",
                hint="它写明刊名和主题，放在 issues/ 里。",
            )
        )
    return None


def _base_url(root: Fields) -> str | None:
    written = root.text("base_url")
    base_url = base_url_of(written) if written else None
    if written and not base_url:
        root.note_value(
            "base_url",
            "bad-address",
            f"网址“{written}”写法不对",
            "请写完整，以 http:// 或 https:// 开头，不带问号和井号。",
        )
    return base_url


def _issue_folders(
    tree: SourceTree, problems: list[Problem]
) -> Mapping[str, Mapping[str, SourceFile | None]]:
    """The files of each issue by name, `None` for one that cannot be read. Folders and files with
    other names are reported."""
    folders: dict[str, dict[str, SourceFile | None]] = {}
    strays = [path for path in tree.others if path != pdf_path(path.split("/")[-2])]
    for path in (*tree.files, *tree.unreadable):
        if path in (FOLDER, ARCHIVE_FILE):
            continue
        _, *inside, name = path.split("/")
        if len(inside) == 1 and (name in _OF_AN_ISSUE or ARTICLE_NAME.match(name)):
            folders.setdefault(inside[0], {})[name] = tree.files.get(path)
        elif path in tree.files or is_text(name):
            strays.append(path)
    problems += (_stray_problem(path) for path in strays)
    for path in strays:
        # An article under another name is not missing: what is wrong is its name.
        *_, issue, name = path.split("/")
        files, meant = folders.get(issue, {}), f"{_number_meant(name):02}.md"
        if meant != "00.md" and meant < max(filter(ARTICLE_NAME.match, files), default=""):
            files.setdefault(meant, None)
    problems += (_empty_folder(path) for path in tree.empty if path != FOLDER)
    for name in [name for name in folders if not ISSUE_NAME.match(name)]:
        del folders[name]
        problems.append(
            Problem(
                path=f"{FOLDER}/{name}",
                code="issue-name",
                message=f"文件夹名“{name}”不是“年-月-序号”",
                hint=issue_name_meant(name, folders)
                + "例如 2014年5月第一期的文件夹名是 2014-05-1。",
            )
        )
    return folders


def _stray_problem(path: str) -> Problem:
    _, *inside, name = path.split("/")
    written = name.lower().endswith(".md") or _LOOKS_LIKE_ARTICLE.match(name)
    if inside and ISSUE_NAME.match(inside[0]) and written:
        # A text that would silently stay unpublished is graver than a picture left lying about.
        return Problem(
            path=path,
            code="article-name",
            message=f"文件名“{name}”不对，这篇文章不会发布",
            hint=_better_name(name, deeper=len(inside) > 1)
            + "文章依次存为 01.md、02.md……，本期说明存为 issue.md。",
        )
    return Problem(
        path=path,
        code="stray-file",
        message="不认识这个文件，没有使用它",
        hint=_meant_for(name)
        + "每期只放 issue.md 和 01.md、02.md……；archive.yaml 放在 issues/ 里。",
    )


def _empty_folder(path: str) -> Problem:
    """That nothing is in a folder: where an issue is announced, its texts may have been lost."""
    is_issue = ISSUE_NAME.match(path.removeprefix(f"{FOLDER}/"))
    return Problem(
        path=path,
        code="empty-issue" if is_issue else "stray-file",
        message="这个文件夹是空的",
        hint="请把这一期的 issue.md 和 01.md、02.md……放进去，或删去这个文件夹。",
    )


def _meant_for(name: str) -> str:
    """The name that was meant where only capitals are wrong: Windows shows no difference."""
    known = (ARCHIVE_FILE.rpartition("/")[2], IMPORT_FILE, LAYOUT_FILE)
    return offered(name, name.lower()) if name not in known and name.lower() in known else ""


def _better_name(name: str, *, deeper: bool) -> str:
    if deeper:
        return "请移到上一级，直接放在这一期的文件夹里。"
    if name.lower().endswith((".doc", ".docx", ".wps", ".pdf", ".rtf")):
        return "请先另存为纯文本，编码选 UTF-8。"
    if name.lower() == "issue.md":
        return offered(name, "issue.md")
    if name[:-3].isdecimal() and int(name[:-3]) > 999:
        return "一期最多 999 篇。"
    number = _number_meant(name)
    return offered(name, f"{number:02}.md") if number else ""


def _number_meant(name: str) -> int:
    """The number of an article that may have been meant by the name of a file, 0 if none."""
    found = re.match(r"\s*第?(\d{1,3})(?!\d)", unicodedata.normalize("NFKC", name))
    return int(found[1]) if found else 0


def chronological(issue: Issue) -> tuple[int, ...]:
    """By the numbers in the folder's name: `2014-05-10` comes after `2014-05-9`."""
    return tuple(int(part) for part in issue.id.split("-"))


def _dated_as_named(issue: Issue) -> bool:
    """Is an issue of the month that its folder says? If not, that is what is wrong with it."""
    return f"{issue.date:%Y-%m}" == issue.id[:7]


def order_problems(issues: Sequence[Issue]) -> Iterator[Problem]:
    """Of issues in the order of their ids, those that are dated before the one before them."""
    for earlier, later in pairwise(issues):
        if later.date < earlier.date and all(_dated_as_named(one) for one in (earlier, later)):
            yield Problem(
                path=later.path,
                line=later.lines.get("date", 0),
                text="date",
                code="issue-order",
                message=f"{later.id} 的日期 {later.date} 早于前一期 {earlier.id}（{earlier.date}）",
                hint="请核对两期的日期和文件夹的序号。",
            )
