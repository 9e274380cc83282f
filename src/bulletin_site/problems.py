"""What is wrong with an editor's file or with the built site, as a value.

Every rule that finds something yields a `Problem`; nothing here prints or raises.
`RULES` is the one list of codes: how grave each is and, in one line, what it stands for.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum


class Severity(Enum):
    """`ERROR` stops publishing; `WARNING` is said and published (`--strict` stops it too)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise that is checked: its gravity and what breaking it means, for the documentation:
    for editors in Chinese, for developers in English."""

    severity: Severity
    summary: str
    english: str


def _error(summary: str, english: str) -> Rule:
    return Rule(Severity.ERROR, summary, english)


def _warning(summary: str, english: str) -> Rule:
    return Rule(Severity.WARNING, summary, english)


RULES: dict[str, Rule] = {
    # What the editor's files are
    "missing-folder": _error(
        "缺少 issues/ 或 templates/ 文件夹", "the folder issues/ or templates/ is missing"
    ),
    "missing-file": _error("缺少必须有的文件", "a file that must be there is missing"),
    "unreadable-file": _error("文件读不出来", "a file cannot be read"),
    "symlink": _error(
        "放的是链接，不是文件本身", "a link that points elsewhere, instead of the file itself"
    ),
    "file-size": _error("文件太大，不像是稿件", "a file too large to be a text of the bulletin"),
    "encoding": _error("文件不是 UTF-8 编码", "a file is not UTF-8"),
    "conflict-mark": _error(
        "git 合并时没有选定用哪一种写法", "a merge of git that was not finished"
    ),
    "control-character": _error(
        "有不能发布的控制字符", "a control character, which cannot be published"
    ),
    "invisible-character": _warning("有看不见的字符", "a character that nobody sees"),
    "lost-character": _warning(
        "有显示不出来的字", "a character that others cannot see or that a conversion has lost"
    ),
    "issue-name": _error(
        "期的文件夹名不是“年-月-序号”", "an issue's folder is not named YEAR-MONTH-NUMBER"
    ),
    "article-name": _error(
        "文章的文件名不是两位数字", "an article's file is not named by two digits"
    ),
    "stray-file": _warning(
        "issues/ 里有程序不认识的文件", "a file in issues/ that the program does not know"
    ),
    # How they are written
    "front-matter": _error(
        "文章开头没有用 --- 围起来的说明",
        "an article does not begin with front matter between lines of ---",
    ),
    "yaml-syntax": _error("说明部分写法有误", "front matter that cannot be read"),
    "full-width-colon": _error("键名后面用了全角冒号", "a full-width colon after a key"),
    "full-width-space": _error("键名前后用了全角空格", "a full-width space around a key"),
    "duplicate-key": _error("同一个键写了两次", "the same key twice"),
    "unknown-key": _error("不认识的键", "a key that is not known"),
    "missing-key": _error("缺少必须写的键", "a key that must be there is missing"),
    "wrong-kind": _error(
        "该写文字的地方写了列表，或者相反", "a list where text belongs, or the reverse"
    ),
    "list-comma": _warning(
        "几个词没有用半角逗号分开", "several words that no half-width comma parts"
    ),
    # What they say
    "bad-date": _error("日期写法不对或没有这一天", "not a date, or a day that does not exist"),
    "bad-page": _error("页码不是正整数", "a page number that is no positive integer"),
    "bad-choice": _error("只能从规定的几个值里选", "a value outside the few that are allowed"),
    "bad-address": _error("网址或别名写法不对", "an address or alias in a wrong form"),
    "bad-slug": _error("网址用名写法不对", "a slug in a wrong form"),
    "duplicate-name": _error("两个主题同名或同网址", "two topics of one name or one slug"),
    "unknown-topic": _error(
        "archive.yaml 里没有这个主题", "a topic that archive.yaml does not list"
    ),
    "repeated-topic": _error("一篇文章里同一主题写了两次", "the same topic twice in one article"),
    "source-like": _warning(
        "来源与另一个来源只差一个字", "a source that differs from another by a slip of the keyboard"
    ),
    "empty-body": _error("只有说明，没有正文", "front matter without a text"),
    "empty-issue": _error("一期里没有文章", "an issue without articles"),
    "empty-archive": _error("issues/ 里没有任何一期", "no issue in issues/"),
    "article-gap": _error("文章编号不连续", "a gap in the numbers of articles"),
    "issue-date": _error(
        "出版日期与文件夹的年月不符", "a date outside the month that the folder's name says"
    ),
    "issue-label": _warning(
        "期名与文件夹名不符", "a label with another month or number than the folder's name"
    ),
    "issue-order": _error(
        "后一期的日期早于前一期", "an issue dated before the one that precedes it"
    ),
    "address-taken": _error("旧网址与现有网页重复", "an old address that a present page has"),
    "address-unknown": _error("要移到的网址不存在", "moved to an address that does not exist"),
    "address-circle": _error("移动绕成了一圈", "moves that lead in a circle"),
    "address-lost": _error("已经发布的网址会消失", "a published address would vanish"),
    # Printed pages
    "page-mark": _error("分页记号写法不对", "a page mark in a wrong form"),
    "page-mark-like": _warning(
        "看来是想写分页记号，但括号不对", "seems to be meant as a page mark, but has other brackets"
    ),
    "page-mark-order": _error(
        "分页记号的页码没有接着上一页", "a page mark that does not follow the page before it"
    ),
    "page-mark-end": _error("分页记号后面没有正文", "a page mark with no text after it"),
    "page-order": _error(
        "文章的起始页早于上一篇的末页",
        "an article begins before the last page of the one before it",
    ),
    "page-skip": _error("两篇文章之间缺页", "a page is missing between two articles"),
    "page-auto": _error(
        "page: auto 的一期，页码还没有由排版定下来",
        "an issue with page: auto whose layout has not given the numbers yet",
    ),
    "page-draft": _warning(
        "预览里的页码还不是排版定下来的", "page numbers of a preview that no layout has given yet"
    ),
    "page-mixed": _error(
        "一期里有的文章写页码，有的写 page: auto",
        "an issue with page numbers in some articles and page: auto in others",
    ),
    "pdf-stale": _warning(
        "PDF 不是由现在的文字排出来的", "a PDF that was not made of the present text"
    ),
    "pdf-changed": _error("PDF 排出来以后被改动过", "a PDF that was altered after it was made"),
    "pdf-tool": _error(
        "排版程序没有装好", "the program that lays out PDF editions is not installed"
    ),
    "pdf-layout": _error(
        "排不成 PDF，或者排出的 PDF 与原文不符", "no PDF could be laid out, or not of the text"
    ),
    "pdf-glyph": _error("字体里没有要印的字", "a character that no font has"),
    # How texts are typed; slips that were printed: said, never mended
    "joined-lines": _warning(
        "两行之间没有空行，会并成一段",
        "two lines without a blank line between them become one paragraph",
    ),
    "heading-like": _warning(
        "看来是想写小标题，但写法不对",
        "seems to be meant as a subheading, but is written otherwise",
    ),
    "literal-mark": _warning("星号会照原样显示", "asterisks that will be shown as they are"),
    "code-block": _warning("几行会当作程序代码显示", "lines that will be shown as program code"),
    "table-cell": _error(
        "表格的一行比表头多出几格", "a row of a table with more cells than the head"
    ),
    "bad-link": _error(
        "链接写的不是网址，或者指向没有的地方",
        "a link to what is no address, or to what does not exist",
    ),
    "picture": _error("正文里写了图片", "a picture in the text"),
    "unbalanced-quote": _warning(
        "引号、括号不成对", "a quotation mark or bracket without its counterpart"
    ),
    "stray-latin": _warning(
        "汉字之间夹着英文虚词", "an English function word between Han characters"
    ),
    # From a Word, PDF or text file
    "import-file": _error("要导入的文件读不出来", "a file to be imported cannot be read"),
    "import-doubt": _warning(
        "导入时没有把握，还没有核对", "the import was not sure, and nobody has checked it yet"
    ),
    # Rendering and writing
    "template": _error("网页模板缺失或写法有误", "a page template is missing or wrong"),
    "output-refused": _error(
        "要写入的地方有不是本程序生成的东西", "where the site is to be written lies something else"
    ),
    "output-failed": _error("写不到磁盘上", "writing to the disk failed"),
    "output-busy": _error(
        "另一个 build 正在生成同一个网站", "another build is making the same site"
    ),
    # The built site
    "site-missing": _error("还没有生成网站", "the site has not been built"),
    "site-stale": _error(
        "网站文件与 issues/ 的内容不一致", "a file of the site is not what issues/ gives"
    ),
    "site-extra": _error("网站里多出不是生成的文件", "a file in the site that no build made"),
    "broken-link": _error("链接指向不存在的文件", "a link to a file that does not exist"),
    "broken-anchor": _error("链接指向不存在的位置", "a link to a place that does not exist"),
    "absolute-link": _error("站内链接不是相对路径", "a link within the site that is not relative"),
    "link-scheme": _error(
        "链接的开头不是 http、https 或 mailto",
        "a link with a scheme other than http, https or mailto",
    ),
    "external-request": _error(
        "网页会向别的主机取文件", "a page would fetch something from another host"
    ),
    "duplicate-id": _error("一个网页里有两个相同的 id", "the same id twice on a page"),
    "page-structure": _error("网页缺少必须有的部分", "a page lacks a part that it must have"),
    "page-frame": _error(
        "网页的页首、页脚与其他网页不一样", "the frame of a page is not that of the other pages"
    ),
    "page-facts": _error(
        "网页上列的题名、期次、日期、来源等与原文不符",
        "titles, issues, days, sources that a page shows are not those of the archive",
    ),
    "page-unreachable": _error(
        "从首页走不到这个网页", "a page to which no links lead from the home page"
    ),
    "content-policy": _error(
        "网页的内容安全策略缺失或被放宽", "a page's Content-Security-Policy is missing or loosened"
    ),
    "inline-code": _error("网页里有行内脚本或样式", "an inline script or style"),
    "toc-entry": _error(
        "目录的题名、页码与文章不符", "a table of contents whose title or page is not the article's"
    ),
    "toc-page": _error(
        "目录页码没有通到这一页", "a page number in the table of contents that leads elsewhere"
    ),
    "page-break": _error(
        "文章里的页码标记与分页不符",
        "page breaks of an article page that are not those of the article",
    ),
    "printed-text": _error(
        "网页上的正文与原文不符", "text of a page that is not that of the article"
    ),
    "paragraph-place": _error(
        "段落的网址与原文的段落不符", "addresses of paragraphs that are not those of the text"
    ),
    "correction": _error(
        "勘误页或文章里的勘误与原文不符", "a correction that is not shown as it was written"
    ),
    "withdrawal": _error(
        "撤回的网页与 archive.yaml 不符", "pages of what was withdrawn are not as archive.yaml says"
    ),
    "download": _error("供下载的文件缺失或不符", "a file offered for download is missing or wrong"),
    "pdf-page": _error("PDF 里的页与原文不符", "a page of a PDF that is not as the text says"),
    "feed-entry": _error("订阅源的条目不对", "a wrong entry in the feed"),
    "sitemap-entry": _error("网站地图的条目不对", "a wrong entry in the sitemap"),
    "index-unreadable": _error("检索索引读不出来", "the search index cannot be read"),
    "index-slice": _error(
        "检索用的切片与索引或原文不符",
        "slices of the search index that are not those of index or text",
    ),
    "index-answer": _error(
        "检索索引用题名查不到文章", "the search index does not find an article by its title"
    ),
    "index-article": _error(
        "检索页用的文章资料与原文不符", "what search shows of an article is not what it says"
    ),
    "metadata": _error("网页的标签信息缺失或不符", "labels of a page are missing or wrong"),
    "linked-data": _error(
        "网页的结构化数据（JSON-LD）缺失或不符", "structured data (JSON-LD) missing or wrong"
    ),
    "citation": _error("引文缺失或不符", "a citation is missing or wrong"),
    "search-description": _error(
        "检索说明（OpenSearch）缺失或不符", "the OpenSearch description is missing or wrong"
    ),
    "robots": _error("robots.txt 缺失或不符", "robots.txt is missing or wrong"),
    "epub": _error("一期的电子书（EPUB）缺失或不符", "an issue's EPUB is missing or wrong"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """What a problem's line says, as far as it can be shown: `text`, which begins in `first` of the
    line's columns and goes on after it if it is `cut`. `column` to `end` is what is wrong, `end`
    not included; both are 0 where that is not known. Columns are characters and count from 1."""

    text: str
    first: int = 1
    cut: bool = False
    column: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend. `path` has `/` on every system and is relative to the root, but for a
    folder named with `--out`; `line` counts from 1, 0 means the file as a whole. `text` is what is
    wrong as it stands in that line, `column` where it begins, from 1; 0: where it first stands.
    `excerpt` is how that looks in the file that was read: added at the end, see `excerpts.py`."""

    path: str
    line: int = 0
    code: str
    message: str
    hint: str
    text: str = ""
    column: int = 0
    excerpt: Excerpt | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.code not in RULES:
            raise KeyError(f"no such rule: {self.code}")

    @property
    def severity(self) -> Severity:
        return RULES[self.code].severity


_OF_THE_SYSTEM = {
    errno.EACCES: "没有权限，或者正被别的程序使用",
    errno.EPERM: "没有权限",
    errno.EROFS: "这里只能读，不能写",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EFBIG: "文件太大，磁盘放不下",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "正被别的程序使用",
    errno.ENOENT: "找不到",
    errno.ENOTDIR: "路径中间是一个文件，不是文件夹",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.EEXIST: "已经有同名的文件",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
    errno.ENOTEMPTY: "文件夹里还有东西",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "系统里打开的文件太多",
    errno.EAGAIN: "系统一时顾不过来，运行的程序太多",
    errno.ENOMEM: "内存不够",
    errno.ETIMEDOUT: "等了很久也没有回应",
    errno.ESTALE: "网络盘断开过",
    errno.ENOLCK: "系统没有给锁",
    errno.EXDEV: "不在同一个磁盘上",
    errno.ENOTSUP: "这里的磁盘不支持",
}


def said_by_system(reason: OSError | RuntimeError) -> str:
    """Why the system did not do something: in Chinese, or in its own words."""
    if isinstance(reason, OSError):
        return _OF_THE_SYSTEM.get(reason.errno or 0, reason.strerror or str(reason))
    return _OF_THE_SYSTEM[errno.ELOOP]  # what `Path.resolve` raises


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and code: the order in which they are shown."""
    return tuple(
        sorted(
            set(problems),
            key=lambda p: (p.path, p.line, p.code, p.message, p.hint, p.column, p.text),
        )
    )


def errors(problems: Iterable[Problem], *, strict: bool = False) -> tuple[Problem, ...]:
    """Those that stop publishing; with `strict` the warnings too."""
    return tuple(p for p in problems if strict or p.severity is Severity.ERROR)


_LONGEST = 200
"""Characters of a value that may be a choice, misspelt: to compare a whole file takes minutes."""


def offered(value: str, choice: str) -> str:
    """A half sentence that offers a valid choice in the place of a value."""
    return f"是不是“{choice}”？（{value} → {choice}）"


def most_similar(value: str, choices: Sequence[str]) -> str:
    """The choice that may have been meant by a value, empty if none is similar."""
    compared = value if len(value) <= _LONGEST else ""
    return next(iter(difflib.get_close_matches(compared, choices, n=1, cutoff=0.5)), "")


def nearest(value: str, choices: Iterable[str], *, otherwise: str | None = None) -> str:
    """A half sentence offering the most similar valid choice; if none is similar, `otherwise`, or
    without it a list of all of them."""
    known = list(choices)
    close = most_similar(value, known)
    if close:
        return offered(value, close)
    if otherwise is not None:
        return otherwise
    return f"可用的有：{'、'.join(known)}。" if known else ""
