"""Layouts of bulletins, as Word files (and one OpenDocument file, for its footnote)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from docx.enum.text import WD_TAB_LEADER

from archives import ROOT
from bulletin_site.content.archive import load
from bulletin_site.content.model import Archive
from bulletin_site.content.source import tree_of
from bulletin_site.inputs import read
from importing.printed_files import LEFT, RIGHT, WordFile, odd_and_even, printed_by_libreoffice

PARAGRAPHS = (
    "近日，某省人民政府正式印发《云计算发展规划》，该规划作为首部云计算发展规划，明确提出到二〇二〇年"
    "建成云计算数据中心，全球云基础设施和云终端核心制造基地，全国云计算技术创新高地。",
    "截至 2013 年底，网民规模达 6.18 亿，互联网普及率为 45.8%。域名总数为 1844 万个，网站总数为 320 "
    "万个，网页数量为 1500 亿个。",
    "规划提出三步走的总体目标和具体发展目标，预计到二〇二〇年，云计算产业核心竞争力显著提升，云服务产业"
    "规模和云终端制造产业规模都有增长，在各领域广泛应用。",
)
"""Three, of more than one line each."""


@cache
def real_archive() -> Archive:
    return load(tree_of(read(ROOT).issues)[0])[0]


def printed_paragraphs(issue_id: str) -> list[str]:
    """What is printed of an issue of this repository: titles, paragraphs, sources."""
    issue = next(issue for issue in real_archive().issues if issue.id == issue_id)
    texts = []
    for article in issue.articles:
        texts.append(f"{article.number}、{article.title}")
        body = re.sub(r"\{p\d+\}|^#+ ", "", article.body.markdown, flags=re.MULTILINE)
        texts += [text.strip() for text in body.split("\n\n") if text.strip()]
        texts += [f"（{article.source}）"] if article.source else []
    return texts


def _issue(issue_id: str, path: Path) -> None:
    file = WordFile()
    file.page_number("— ", " —")
    for text in printed_paragraphs(issue_id):
        if re.match(r"\d+、", text):
            file.heading(text)
        elif re.fullmatch("（.*）", text):
            file.paragraph(text, alignment=RIGHT)
        else:
            file.paragraph(text)
    file.save(path)


def _may(path: Path) -> None:
    _issue("2014-05-1", path)


def _june(path: Path) -> None:
    _issue("2014-06-2", path)


def _two_sides(path: Path) -> None:
    """Running heads, page numbers outside, a title over two lines, headings at the left margin."""
    file = WordFile()
    odd_and_even(file, "电子政务信息汇编")
    for number in range(1, 8):
        file.heading(f"{number}、某省召开会议部署政务信息资源共享工作", size=18)
        file.heading("并对全年工作提出要求", size=18)
        file.paragraph("一、总体情况", bold=True, alignment=LEFT, indent=0)
        for text in PARAGRAPHS:
            file.paragraph(text)
        file.paragraph("（一）下一步打算", alignment=LEFT)
        file.paragraph(PARAGRAPHS[0])
        file.paragraph("（新华网）", alignment=RIGHT)
    file.save(path)


def _contents(path: Path) -> None:
    """A table of contents with leaders, with tabs alone, and in two columns."""
    file = WordFile()
    file.heading("目　录", size=22)
    for number in range(1, 7):
        file.contents_line(
            f"{number}、某省云计算发展规划第{'一二三四五六'[number - 1]}部分出台", number + 1
        )
    file.paragraph("【大数据】", bold=True, alignment=LEFT, indent=0)
    for number in range(7, 12):
        file.contents_line(f"{number}、大数据平台开通", number + 1, leader=WD_TAB_LEADER.SPACES)
    file.new_section(2)
    for number in range(12, 24):
        file.contents_line(f"{number}、政务公开", number + 1)
    file.save(path)


def _columns(path: Path) -> None:
    """Text in two columns, over several pages."""
    file = WordFile()
    file.heading("1、两栏排的文章")
    file.new_section(2)
    for _ in range(9):
        for text in PARAGRAPHS:
            file.paragraph(text, size=12, pitch=20)
    file.save(path)


def _spaced(path: Path) -> None:
    """No indents; paragraphs stand apart."""
    file = WordFile()
    for _ in range(6):
        for text in PARAGRAPHS:
            file.paragraph(text, indent=0, after=14)
    file.save(path)


def _dense(path: Path) -> None:
    """Neither indents nor distances."""
    file = WordFile()
    for _ in range(2):
        for text in PARAGRAPHS:
            file.paragraph(text, indent=0)
    file.paragraph("正" * 26 + "。", indent=0)
    file.paragraph("后一段从这里开始。", indent=0)
    file.save(path)


def _mixed(path: Path) -> None:
    """Tables, a picture, spaces, rare characters, English, a number at the end of a page."""
    file = WordFile()
    file.paragraph(PARAGRAPHS[0])
    file.table(
        [["地区", "平台", "数据量"], ["广东", "云平台", "3000"], ["海南", "政务云计算中心", "85"]]
    )
    file.paragraph("二〇一四年五月九日    秘书处", alignment=LEFT, indent=0)
    file.paragraph("电子政务\t第 1 期\t2014年", alignment=LEFT, indent=0)
    file.paragraph("𠮷野家与㐂字、①②、ﬁ 以外的字都在。")
    file.picture()
    file.paragraph(
        "The government has published a white paper on e-government and open data, which says that "
        "the use of data analysis will change the way in which budgets are made."
    )
    file.paragraph("正" * 25)
    file.paragraph("这一段在满行的一段之后。")
    file.paragraph("7", alignment=LEFT)
    file.save(path)


_NOTES = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
 <office:styles><style:style style:name="P" style:family="paragraph">
  <style:paragraph-properties fo:text-indent="32pt" fo:line-height="29pt"/>
  <style:text-properties fo:font-size="16pt" style:font-size-asian="16pt"
   style:font-name-asian="Noto Serif CJK SC"/></style:style></office:styles>
 <office:body><office:text>
  <text:p text:style-name="P">{first}<text:note text:id="n1" text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p>数据来自工业和信息化部的公报，其中不含港澳台地区的数字；
单位为亿元人民币，以当年价格计算，四舍五入。</text:p></text:note-body></text:note></text:p>
  <text:p text:style-name="P">{second}<text:note text:id="n2" text:note-class="footnote">
<text:note-citation>2</text:note-citation><text:note-body><text:p>见白皮书。</text:p></text:note-body></text:note></text:p>
  <text:p text:style-name="P">{third}</text:p>
 </office:text></office:body></office:document>
"""


def _notes(path: Path) -> None:
    first, second, third = PARAGRAPHS
    path.write_text(_NOTES.format(first=first, second=second, third=third), "utf-8")


LAYOUTS: Mapping[str, Callable[[Path], None]] = {
    "may.docx": _may,
    "june.docx": _june,
    "two-sides.docx": _two_sides,
    "contents.docx": _contents,
    "columns.docx": _columns,
    "spaced.docx": _spaced,
    "dense.docx": _dense,
    "mixed.docx": _mixed,
    "notes.fodt": _notes,
}
"""The file's name, and what writes it."""


def printed_layouts(folder: Path) -> dict[str, bytes]:
    """The PDF of every layout, by its name without the ending."""
    files = folder / "files"
    files.mkdir()
    for name, write in LAYOUTS.items():
        write(files / name)
    return printed_by_libreoffice(files)
