"""What is wrong with an editor's file or with the built site, as a value.

Every rule that finds something yields a `Problem`; nothing here prints or raises.
`RULES` is the one list of codes: how grave each is and, in one line, what it stands for.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """`ERROR` stops publishing; `WARNING` is said and published (`--strict` stops it too)."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise that is checked: its gravity and what breaking it means, for the documentation."""

    severity: Severity
    summary: str


def _error(summary: str) -> Rule:
    return Rule(Severity.ERROR, summary)


def _warning(summary: str) -> Rule:
    return Rule(Severity.WARNING, summary)


RULES: dict[str, Rule] = {
    # What the editor's files are
    "missing-folder": _error("缺少 issues/ 或 templates/ 文件夹"),
    "missing-file": _error("缺少必须有的文件"),
    "unreadable-file": _error("文件读不出来"),
    "symlink": _error("放的是链接，不是文件本身"),
    "file-size": _error("文件太大，不像是稿件"),
    "encoding": _error("文件不是 UTF-8 编码"),
    "control-character": _error("有不能发布的控制字符"),
    "invisible-character": _warning("有看不见的字符"),
    "lost-character": _warning("有显示不出来的字"),
    "issue-name": _error("期的文件夹名不是“年-月-序号”"),
    "article-name": _error("文章的文件名不是两位数字"),
    "stray-file": _warning("issues/ 里有程序不认识的文件"),
    # How they are written
    "front-matter": _error("文章开头没有用 --- 围起来的说明"),
    "yaml-syntax": _error("说明部分写法有误"),
    "full-width-colon": _error("键名后面用了全角冒号"),
    "full-width-space": _error("键名前后用了全角空格"),
    "duplicate-key": _error("同一个键写了两次"),
    "unknown-key": _error("不认识的键"),
    "missing-key": _error("缺少必须写的键"),
    "wrong-kind": _error("该写文字的地方写了列表，或者相反"),
    "list-comma": _warning("几个词没有用半角逗号分开"),
    # What they say
    "bad-date": _error("日期写法不对或没有这一天"),
    "bad-page": _error("页码不是正整数"),
    "bad-choice": _error("只能从规定的几个值里选"),
    "bad-address": _error("网址或别名写法不对"),
    "bad-slug": _error("网址用名写法不对"),
    "duplicate-name": _error("两个主题同名或同网址"),
    "unknown-topic": _error("archive.yaml 里没有这个主题"),
    "repeated-topic": _error("一篇文章里同一主题写了两次"),
    "source-like": _warning("来源与另一个来源只差一个字"),
    "empty-body": _error("只有说明，没有正文"),
    "empty-issue": _error("一期里没有文章"),
    "empty-archive": _error("issues/ 里没有任何一期"),
    "article-gap": _error("文章编号不连续"),
    "issue-date": _error("出版日期与文件夹的年月不符"),
    "issue-order": _error("后一期的日期早于前一期"),
    "address-taken": _error("旧网址与现有网页重复"),
    "address-unknown": _error("要移到的网址不存在"),
    "address-circle": _error("移动绕成了一圈"),
    "address-lost": _error("已经发布的网址会消失"),
    # Printed pages
    "page-mark": _error("分页记号写法不对"),
    "page-mark-like": _warning("看来是想写分页记号，但括号不对"),
    "page-mark-order": _error("分页记号的页码没有接着上一页"),
    "page-mark-end": _error("分页记号后面没有正文"),
    "page-order": _error("文章的起始页早于上一篇的末页"),
    "page-skip": _error("两篇文章之间缺页"),
    "page-auto": _error("page: auto 的一期，页码还没有由排版定下来"),
    "page-draft": _warning("预览里的页码还不是排版定下来的"),
    "page-mixed": _error("一期里有的文章写页码，有的写 page: auto"),
    "pdf-stale": _warning("PDF 不是由现在的文字排出来的"),
    "pdf-changed": _error("PDF 排出来以后被改动过"),
    "pdf-tool": _error("排版程序没有装好"),
    "pdf-layout": _error("排不成 PDF，或者排出的 PDF 与原文不符"),
    "pdf-glyph": _error("字体里没有要印的字"),
    # How texts are typed; slips that were printed: said, never mended
    "joined-lines": _warning("两行之间没有空行，会并成一段"),
    "heading-like": _warning("看来是想写小标题，但写法不对"),
    "literal-mark": _warning("星号会照原样显示"),
    "code-block": _warning("几行会当作程序代码显示"),
    "table-cell": _error("表格的一行比表头多出几格"),
    "bad-link": _error("链接写的不是网址"),
    "picture": _error("正文里写了图片"),
    "unbalanced-quote": _warning("引号、括号不成对"),
    "stray-latin": _warning("汉字之间夹着英文虚词"),
    # From a Word, PDF or text file
    "import-file": _error("要导入的文件读不出来"),
    "import-doubt": _warning("导入时没有把握，还没有核对"),
    # Rendering and writing
    "template": _error("网页模板缺失或写法有误"),
    "output-refused": _error("要写入的地方有不是本程序生成的东西"),
    "output-failed": _error("写不到磁盘上"),
    "output-busy": _error("另一个 build 正在生成同一个网站"),
    # The built site
    "site-missing": _error("还没有生成网站"),
    "site-stale": _error("网站文件与 issues/ 的内容不一致"),
    "site-extra": _error("网站里多出不是生成的文件"),
    "broken-link": _error("链接指向不存在的文件"),
    "broken-anchor": _error("链接指向不存在的位置"),
    "absolute-link": _error("站内链接不是相对路径"),
    "link-scheme": _error("链接的开头不是 http、https 或 mailto"),
    "external-request": _error("网页会向别的主机取文件"),
    "duplicate-id": _error("一个网页里有两个相同的 id"),
    "page-structure": _error("网页缺少必须有的部分"),
    "content-policy": _error("网页的内容安全策略缺失或被放宽"),
    "inline-code": _error("网页里有行内脚本或样式"),
    "toc-entry": _error("目录的题名、页码与文章不符"),
    "toc-page": _error("目录页码没有通到这一页"),
    "page-break": _error("文章里的页码标记与分页不符"),
    "printed-text": _error("网页上的正文与原文不符"),
    "paragraph-place": _error("段落的网址与原文的段落不符"),
    "correction": _error("勘误页或文章里的勘误与原文不符"),
    "withdrawal": _error("撤回的网页与 archive.yaml 不符"),
    "download": _error("供下载的文件缺失或不符"),
    "pdf-page": _error("PDF 里的页与原文不符"),
    "feed-entry": _error("订阅源的条目不对"),
    "sitemap-entry": _error("网站地图的条目不对"),
    "index-unreadable": _error("检索索引读不出来"),
    "index-slice": _error("检索用的切片与索引或原文不符"),
    "index-answer": _error("检索索引用题名查不到文章"),
    "index-article": _error("检索页用的文章资料与原文不符"),
    "metadata": _error("网页的标签信息缺失或不符"),
    "linked-data": _error("网页的结构化数据（JSON-LD）缺失或不符"),
    "citation": _error("引文缺失或不符"),
    "search-description": _error("检索说明（OpenSearch）缺失或不符"),
    "robots": _error("robots.txt 缺失或不符"),
    "epub": _error("一期的电子书（EPUB）缺失或不符"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend. `path` has `/` on every system and is relative to the root, but for a
    folder named with `--out`; `line` counts from 1, 0 means the file as a whole."""

    path: str
    line: int = 0
    code: str
    message: str
    hint: str

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
}


def said_by_system(reason: OSError | RuntimeError) -> str:
    """Why the system did not do something: in Chinese, or in its own words."""
    if isinstance(reason, OSError):
        return _OF_THE_SYSTEM.get(reason.errno or 0, reason.strerror or str(reason))
    return _OF_THE_SYSTEM[errno.ELOOP]  # what `Path.resolve` raises


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and code: the order in which they are shown."""
    return tuple(sorted(set(problems), key=lambda p: (p.path, p.line, p.code, p.message, p.hint)))


def errors(problems: Iterable[Problem], *, strict: bool = False) -> tuple[Problem, ...]:
    """Those that stop publishing; with `strict` the warnings too."""
    return tuple(p for p in problems if strict or p.severity is Severity.ERROR)


def nearest(value: str, choices: Iterable[str], *, otherwise: str | None = None) -> str:
    """A half sentence offering the most similar valid choice; if none is similar, `otherwise`, or
    without it a list of all of them."""
    known = list(choices)
    close = difflib.get_close_matches(value, known, n=1, cutoff=0.5)
    if close:
        return f"是不是“{close[0]}”？"
    if otherwise is not None:
        return otherwise
    return f"可用的有：{'、'.join(known)}。" if known else ""
