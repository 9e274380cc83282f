"""Tiny archives as data, and the short ways from files to what the program makes of them."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bulletin_site.batch import made
from bulletin_site.build import Build, build
from bulletin_site.cache import Cache
from bulletin_site.content.archive import load
from bulletin_site.content.article import body_of
from bulletin_site.content.layout import ArticlePages, Layout, fingerprint, written
from bulletin_site.content.marks import without_marks
from bulletin_site.content.model import Archive, Body
from bulletin_site.content.source import SourceFile, SourceTree
from bulletin_site.inputs import read as read_inputs
from bulletin_site.pages.site import derive
from bulletin_site.pages.templates import Templates, templates_of
from bulletin_site.problems import Problem
from bulletin_site.search.collection import Collection, collect
from bulletin_site.search.index import search_batches
from bulletin_site.search.proof import silent_articles

ROOT = Path(__file__).resolve().parent.parent
"""The repository."""

Sources = Mapping[str, str]
"""Path relative to an archive's root → text."""

BASE: Sources = {
    "issues/archive.yaml": """\
title: 电子政务信息汇编
publisher: 秘书处
topics:
  - name: 政务云
    slug: government-cloud
    description: 云上的政务。
  - name: 大数据
    slug: big-data
    description: 数据的汇集与开放。
dictionary: [大数据, 云计算]
""",
    "issues/2014-05-1/issue.md": """\
---
date: 2014-05-09
---
""",
    "issues/2014-05-1/01.md": """\
---
title: 某省云计算规划出台
page: 2
topics: [政务云]
source: 文汇报
---

某省印发云计算规划。

规划提出三步走的总体目{p3}标，并明确主要任务。
""",
    "issues/2014-05-1/02.md": """\
---
title: 某市开通大数据平台
page: 3
topics: [大数据]
source: 人民网
---

平台已汇集数据近3亿条。
""",
    "issues/2014-05-1/03.md": """\
---
title: 某市会议无纸化
page: 4
---

会议不再印发文件。
""",
}
"""A correct archive: two topics, one issue, three articles, one paragraph cut by a page's end."""

TWO_ISSUES: Sources = {
    **BASE,
    "issues/archive.yaml": BASE["issues/archive.yaml"]
    + """\
moved:
  - from: issues/2014-05-3/
    to: issues/2014-05-1/
  - {from: topics/cloud.html, to: topics/government-cloud.html}
withdrawn:
  - address: [issues/2014-06-2/03.html, old/notice.html]
    date: 2026-01-02
    text: 应原作者要求撤回。
""",
    "issues/2014-06-2/issue.md": """\
---
date: 2014年6月13日
organization: 某实验室
topics_assigned: later
---

本期主题是后来补加的。
""",
    "issues/2014-06-2/01.md": """\
---
title: 云服务与“大数据”
page: 2
topics: [大数据, 政务云]
source: ZDNet 存储频道
keywords: [云服务]
corrections:
  - date: 2014-06-20
    text: 首段“割格”应为“价格”。
aliases: [old/cloud.html]
---

供应商的割格不断降低 <b>不是标签</b>。

## 市场的变化

*重点{p3}强调*之后：

- 第一项
- 第二项还没{p4}有说完

{p5}

另起一页。
""",
    "issues/2014-06-2/02.md": """\
---
title: 政务服务改革
page: 5
topics: [政务云]
source: 文汇报
---

网上办事大厅与实体大厅整合。
""",
}
"""`BASE` and a second issue that has nearly everything an editor may write."""

WITHDRAWN: Sources = {
    **{path: text for path, text in TWO_ISSUES.items() if path != "issues/2014-05-1/02.md"},
    "issues/archive.yaml": TWO_ISSUES["issues/archive.yaml"]
    + """\
  - address: issues/2014-05-1/02.html
    date: 2026-01-03
    text: 数据有误。
""",
    "issues/2014-05-1/03.md": BASE["issues/2014-05-1/03.md"].replace("page: 4", "page: 6"),
}
"""The same after the second of three articles was withdrawn, which had stood on pages 3 to 5."""


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put an archive on disk, with the project's own templates beside it."""
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    shutil.copytree(ROOT / "templates", root / "templates", dirs_exist_ok=True)
    return root


def files_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones too, by their path in it."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def project_templates() -> Templates:
    """The project's own templates, with which nothing is wrong."""
    templates, problems = templates_of(read_inputs(ROOT).templates)
    assert problems == []
    return templates


def read(files: Sources) -> tuple[Archive, list[Problem]]:
    """The archive that such files make, without a disk."""
    return load(
        SourceTree(
            files={path: SourceFile(path=path, text=text) for path, text in sorted(files.items())},
        )
    )


def archive(files: Sources) -> Archive:
    """The same where nothing is wrong with the files."""
    found, problems = read(files)
    assert problems == []
    return found


def searched(held: Archive, cache: Cache | None = None) -> dict[str, bytes]:
    """The files of the search of an archive, which answer for all its articles."""
    cache = cache or Cache()
    collection = collect(held, cache)
    found = made(search_batches(derive(held), collection, cache))
    assert list(silent_articles(found.__getitem__, collection)) == []
    return found


def collected(held: Archive, cache: Cache | None = None) -> Collection:
    """What the search counts of an archive."""
    return collect(held, cache or Cache())


def body(markdown: str) -> Body:
    """The body of an article whose text begins on line 1 of its file."""
    return body_of(markdown, 1)


def with_body(markdown: str, *, page: int = 2, more: str = "") -> Archive:
    """An archive of one article with this text, whatever is wrong with its page marks; `more` are
    further lines of its front matter."""
    found, _ = read(
        {
            "issues/archive.yaml": BASE["issues/archive.yaml"],
            "issues/2014-05-1/issue.md": BASE["issues/2014-05-1/issue.md"],
            "issues/2014-05-1/01.md": f"---\ntitle: 题名\npage: {page}\n{more}---\n{markdown}",
        }
    )
    return found


@cache
def published() -> Build:
    """The project's own issues, built in memory once."""
    return build(read_inputs(ROOT))


def published_files() -> Mapping[str, bytes]:
    """The files of `published`, which has no error."""
    files = published().files
    assert files is not None
    return files


def only(html: str | LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The one element of a page that a selector finds."""
    tree = LexborHTMLParser(html) if isinstance(html, str) else html
    (node,) = tree.css(selector)
    return node


AUTO: Sources = {
    **BASE,
    **{
        f"issues/2014-05-1/0{number}.md": re.sub(
            r"page: \d+", "page: auto", without_marks(BASE[f"issues/2014-05-1/0{number}.md"])
        )
        for number in (1, 2, 3)
    },
}
"""The same issue before it has page numbers: its layout gives them."""

PDF = b"%PDF-1.7 stands for one"


def laid_out(files: Sources, *, auto: bool, pages: tuple[ArticlePages, ...]) -> dict[str, str]:
    """The record of a layout of the one issue of an archive, as `bulletin pdf` leaves it beside a
    PDF with the content `PDF`."""
    held, _ = read(files)
    (issue,) = held.issues
    layout = Layout(
        text=fingerprint(held, issue),
        size=len(PDF),
        sha256=hashlib.sha256(PDF).hexdigest(),
        grid="28×22",
        fonts=("Noto Serif CJK SC",),
        auto=auto,
        pages=pages,
    )
    bodies = {article.number: article.body.markdown for article in issue.articles}
    return {f"issues/{issue.id}/pdf.yaml": written(layout, bodies)}


BASE_PAGES = (
    ArticlePages(number=1, first_page=2, breaks=((3, 24),)),
    ArticlePages(number=2, first_page=3),
    ArticlePages(number=3, first_page=4),
)
"""Where the pages of `BASE` begin."""
