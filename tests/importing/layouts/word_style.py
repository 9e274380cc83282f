"""Word files as an office makes them: what a `WordStyle` says of each part, put into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as factory
from typing import Any, Literal
from xml.sax.saxutils import escape

from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from importing.layouts.content import (
    MARK,
    ArticleText,
    Block,
    IssueText,
    topic_groups,
)
from importing.layouts.sheet import Printed, Unknown
from importing.layouts.text_style import Lines, bracketed, filled, nothing, usual_cover
from importing.layouts.word_file import (
    Element,
    add_footnotes,
    add_numbering,
    field,
    new_document,
    picture,
    saved,
    set_page,
    text_box,
    xml,
)

CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
Pages = Literal["rendered", "rendered-and-forced", "articles", "forced", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordStyle:
    """The parts of a layout.

    `number`: what is typed before a title, or the form of the list that counts (`counted`).
    `headings`: by style, by their looks (bold, centred), or not at all different from text.
    `pages`: `rendered`, the marks Word leaves of its last layout; with page breaks before articles
    where a page begins (`rendered-and-forced`), those alone (`articles`), a forced page at every
    printed one, paragraphs cut in two (`forced`, for PDF), none.
    `runs`: Word's; those of WPS, cut where Han and Latin meet; or with changes tracked, of which
    what was deleted is no text any more.
    """

    number: Callable[[int], str]
    counted: str = ""
    counted_shape: str = "decimal"
    headings: Literal["style", "looks", "plain"] = "style"
    heading_break: Literal["none", "soft"] = "none"
    topic: Callable[[int, str], str] | None = None
    contents: Literal["tabs", "field", "table", "columns", "none"] = "tabs"
    contents_title: str = "目  录"
    contents_topic: Callable[[int, str], str] | None = lambda _, topic: f"【{topic}】"
    cover: Callable[[IssueText], Lines] = usual_cover
    cover_box: bool = False
    cover_table: bool = False
    before_articles: Callable[[IssueText], Lines] = nothing
    end: Callable[[IssueText], Lines] = nothing
    source: Callable[[str], str] = bracketed
    source_at: Literal["inline", "right", "below-title"] = "inline"
    indent: Literal["style", "typed", "none"] = "style"
    pages: Pages = "rendered"
    header: Callable[[IssueText], str] | None = None
    footer: tuple[str, str] | None = ("— ", " —")
    tables: bool = True
    footnotes: bool = True
    pictures: bool = False
    one_paragraph: bool = False
    body_columns: int = 1
    runs: Literal["word", "wps", "revised"] = "word"
    size: float = 15
    line: float = 24
    width: int = 29


def printed(issue: IssueText, style: WordStyle) -> Printed:
    writer = _Writer(issue, style)
    writer.write()
    add_footnotes(writer.document, writer.notes)
    return Printed(
        data=saved(writer.document),
        truth=issue,
        text="\n".join(writer.seen),
        unknown=tuple(_unknown(issue, style)),
    )


def _unknown(issue: IssueText, style: WordStyle) -> Iterator[Unknown]:
    in_contents = style.contents != "none" and style.contents_topic
    if not issue.topics_printed or not (in_contents or style.topic):
        yield Unknown(field="topics")
    paged = style.pages in ("rendered", "rendered-and-forced", "forced")
    if style.contents == "none" and not (paged and style.footer):
        yield Unknown(field="page")
    for number, article in enumerate(issue.articles, start=1):
        if not paged and any(MARK.search(block.text) for block in article.blocks):
            yield Unknown(field="break", article=number)


@dataclass
class _Writer:
    """A document on its way; `seen` is all text put in, `fresh` says that the next run is the first
    on a page that Word began by itself."""

    issue: IssueText
    style: WordStyle
    seen: list[str] = factory(default_factory=list)
    notes: list[str] = factory(default_factory=list)
    fresh: bool = False

    def __post_init__(self) -> None:
        self.document = new_document(self.style.size, self.style.line)
        self.list_id = 0
        if self.style.counted:
            self.list_id = add_numbering(
                self.document, self.style.counted, self.style.counted_shape
            )

    def write(self) -> None:
        self._cover()
        self._contents()
        self._open_body()
        for line in self.style.before_articles(self.issue):
            self._paragraph(line)
        page = self.issue.articles[0].page
        topics = {
            articles[0][0]: (count, topic)
            for count, (topic, articles) in enumerate(topic_groups(self.issue), start=1)
            if topic
        }
        for number, article in enumerate(self.issue.articles, start=1):
            if article.page > page:
                self._begin_page(forced=self.style.pages != "rendered")
            if self.style.topic and number in topics:
                self._heading(self.style.topic(*topics[number]), level=1, centred=False)
            self._article(number, article)
            marks = [int(m[1]) for block in article.blocks for m in MARK.finditer(block.text)]
            page = marks[-1] if marks else article.page
        for line in self.style.end(self.issue):
            self._paragraph(line)

    # Before the articles.

    def _cover(self) -> None:
        if self.style.cover_table:
            lines = self.style.cover(self.issue)
            table = self.document.add_table(rows=len(lines), cols=1)
            for row, line in zip(table.rows, lines, strict=True):
                row.cells[0].text = line
                self.seen.append(line)
        else:
            self._cover_lines()
        if self.issue.articles[0].page > 2:
            self._page_break()

    def _cover_lines(self) -> None:
        for line in self.style.cover(self.issue):
            paragraph = self._paragraph(
                "" if line == self.issue.title and self.style.cover_box else line
            )
            paragraph.alignment = CENTRE
            if line == self.issue.title:
                for run in paragraph.runs:
                    run.font.size, run.font.bold = Pt(26), True
                    run.font.name = "黑体"
                paragraph.paragraph_format.line_spacing = None
                if self.style.cover_box:
                    paragraph._p.append(text_box(line))
                    self.seen.append(line)

    def _entries(self) -> Iterator[tuple[str, int | None, int]]:
        """The lines of the contents: text, page, number of the article (0: a topic)."""
        for count, (topic, articles) in enumerate(topic_groups(self.issue), start=1):
            if topic and self.style.contents_topic:
                own = articles[0][1].page if self.style.contents == "field" else None
                yield self.style.contents_topic(count, topic), own, 0
            for number, article in articles:
                yield self._number(number) + article.title, article.page, number

    def _number(self, number: int) -> str:
        if not self.style.counted:
            return self.style.number(number)
        return self.style.counted.replace("%1", self.style.number(number))

    def _contents(self) -> None:
        kind = self.style.contents
        if kind == "none":
            return
        if kind == "columns":
            self._paragraph(self.style.contents_title).alignment = CENTRE
            section = self.document.add_section(WD_SECTION.CONTINUOUS)
            section._sectPr.append(xml('<w:cols w:num="2" w:space="400"/>'))
        elif kind != "field":
            self._paragraph(self.style.contents_title).alignment = CENTRE
        if kind == "table":
            self._contents_table()
        elif kind == "field":
            self._contents_field()
        else:
            for text, page, _ in self._entries():
                paragraph = self._paragraph(text if page is None else f"{text}\t{page}")
                place = Mm(70 if kind == "columns" else 156)
                if page is not None:
                    paragraph.paragraph_format.tab_stops.add_tab_stop(
                        place, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
                    )

    def _contents_table(self) -> None:
        entries = list(self._entries())
        table = self.document.add_table(rows=len(entries), cols=2)
        for row, (text, page, _) in zip(table.rows, entries, strict=True):
            row.cells[0].text = text
            row.cells[1].text = "" if page is None else str(page)
            self.seen += [text, "" if page is None else str(page)]
        table.columns[0].width, table.columns[1].width = Mm(136), Mm(20)
        for row in table.rows:
            row.cells[0].width, row.cells[1].width = Mm(136), Mm(20)

    def _contents_field(self) -> None:
        """Word's own contents, with the numbers it had when the file was saved."""
        box = xml(
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
            "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
        )
        content = box[-1]
        content.append(xml(f"<w:p><w:r><w:t>{self.style.contents_title}</w:t></w:r></w:p>"))
        self.seen.append(self.style.contents_title)
        for position, (text, page, number) in enumerate(self._entries()):
            line = xml(
                "<w:p><w:pPr><w:tabs><w:tab w:val='right' w:leader='dot' w:pos='8844'/></w:tabs>"
                "</w:pPr></w:p>"
            )
            if position == 0:
                line.extend(field('TOC \\o "1-3" \\h \\z \\u', "")[:3])
            link = xml(f"<w:hyperlink w:anchor='_Toc{number:06}' w:history='1'></w:hyperlink>")
            link.append(xml(f"<w:r><w:t>{escape(text)}</w:t></w:r>"))
            link.append(xml("<w:r><w:tab/></w:r>"))
            link.extend(field(f"PAGEREF _Toc{number:06} \\h", str(page)))
            line.append(link)
            content.append(line)
            self.seen.append(f"{text}\t{page}")
        content.append(xml("<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"))
        self.document.element.body.insert(len(self.document.element.body) - 1, box)

    def _open_body(self) -> None:
        """A section of its own, whose pages are counted as the contents say."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        set_page(section)
        for columns in section._sectPr.findall(qn("w:cols")):
            section._sectPr.remove(columns)
        if self.style.body_columns > 1:
            section._sectPr.append(
                xml(f'<w:cols w:num="{self.style.body_columns}" w:space="420"/>')
            )
        section._sectPr.append(xml(f'<w:pgNumType w:start="{self.issue.articles[0].page}"/>'))
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        if self.style.header:
            text = self.style.header(self.issue)
            section.header.paragraphs[0].text = text
            self.seen.append(text)
        if self.style.footer:
            before, after = self.style.footer
            foot = section.footer.paragraphs[0]
            foot.alignment = CENTRE
            foot.add_run(before)
            foot._p.extend(field("PAGE", str(self.issue.articles[0].page)))
            foot.add_run(after)
            self.seen.append(before + after)
        self.fresh = self.style.pages.startswith("rendered")

    # The articles.

    def _article(self, number: int, article: ArticleText) -> None:
        text = article.title if self.style.counted else self.style.number(number) + article.title
        heading = self._heading(text, level=2 if self.style.topic else 1, centred=True)
        if self.list_id:
            heading._p.get_or_add_pPr().append(
                xml(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self.list_id}"/></w:numPr>')
            )
        heading._p.append(xml(f'<w:bookmarkStart w:id="{number}" w:name="_Toc{number:06}"/>'))
        heading._p.append(xml(f'<w:bookmarkEnd w:id="{number}"/>'))
        if article.source and self.style.source_at == "below-title":
            self._paragraph(self.style.source(article.source)).alignment = CENTRE
        if self.style.one_paragraph:
            self._lines(article)
        else:
            last: Paragraph | None = None
            for block in article.blocks:
                last = self._block(block)
            if self.style.pictures and number % 3 == 1:
                self.document.add_paragraph().add_run().add_picture(picture(), width=Mm(40))
                last = None
            self._sign(article, last)

    def _sign(self, article: ArticleText, last: Paragraph | None) -> None:
        if not article.source or self.style.source_at == "below-title":
            return
        text = self.style.source(article.source)
        if self.style.source_at == "inline" and last is not None:
            self._put(last, text)
        else:
            self._paragraph(text).alignment = RIGHT

    def _lines(self, article: ArticleText) -> None:
        """All paragraphs of an article as one with soft line breaks, as text copied from a web page
        comes into Word."""
        whole = self.document.add_paragraph()
        for position, block in enumerate(article.blocks):
            if position:
                whole.add_run().add_break()
            self._put(whole, block.text.replace("\t", " "))
        if article.source and self.style.source_at != "below-title":
            if self.style.source_at == "right":
                whole.add_run().add_break()
            self._put(whole, self.style.source(article.source))

    def _block(self, block: Block) -> Paragraph | None:
        """A block of an article; the paragraph that a source may be put into, if it is one."""
        if block.kind == "table" and self.style.tables:
            self._table(block)
            return None
        if block.kind == "subheading":
            return self._subheading(block)
        if block.kind == "note" and self.style.footnotes:
            # Its mark is put in the paragraph that refers to it; Word numbers it.
            self.notes.append(escape(block.plain[1:].lstrip()))
            self.seen.append(block.plain)
            return None
        if self.style.pages == "forced":
            return self._cut(block.text)
        return self._paragraph(block.text, indented=True)

    def _cut(self, text: str) -> Paragraph:
        """A paragraph and, after a forced page, its second half without indent. The line above the
        page's end is full, as it was when the text ran on: it is justified because a line break,
        not the paragraph, ends it."""
        parts = MARK.split(text)[::2]
        paragraph: Paragraph | None = None
        for position, part in enumerate(parts):
            if position:
                self._begin_page(forced=True)
            if not part:
                continue
            indented = paragraph is None
            if position + 1 < len(parts):
                lines = filled(("\u3000\u3000" if indented else "") + part, self.style.width)
                paragraph = self._paragraph(
                    "".join(f"{line}\n" for line in lines).lstrip("\u3000"), indented=indented
                )
            else:
                paragraph = self._paragraph(part, indented=indented)
        assert paragraph is not None
        return paragraph

    def _table(self, block: Block) -> None:
        rows = [row.split("\t") for row in block.plain.split("\n")]
        table = self.document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
                self.seen.append(text)

    def _subheading(self, block: Block) -> Paragraph | None:
        if self.style.headings == "style":
            self._heading(block.text, level=3, centred=False)
        else:
            paragraph = self._paragraph(block.text, indented=self.style.headings == "looks")
            if self.style.headings == "looks":
                for run in paragraph.runs:
                    run.font.bold = True
        return None

    def _heading(self, text: str, *, level: int, centred: bool) -> Paragraph:
        if self.style.heading_break == "soft" and centred and len(text) > 16:
            head, _, tail = text.partition(" ")
            text = f"{head}\n{tail}" if tail and len(head) > 6 else f"{text[:14]}\n{text[14:]}"
        if self.style.headings == "style":
            paragraph = self.document.add_paragraph(style=f"Heading {level}")
            self._put(paragraph, text)
            paragraph.paragraph_format.space_before = Pt(0)
            return paragraph
        paragraph = self._paragraph(text)
        if self.style.headings == "looks":
            if centred:
                paragraph.alignment = CENTRE
            for run in paragraph.runs:
                run.font.bold, run.font.size = True, Pt(self.style.size + 1)
        return paragraph

    # Paragraphs, runs and pages.

    def _paragraph(self, text: str, *, indented: bool = False) -> Paragraph:
        paragraph = self.document.add_paragraph()
        if indented and self.style.indent == "style":
            properties = paragraph._p.get_or_add_pPr()
            points = int(self.style.size * 40)
            properties.append(xml(f'<w:ind w:firstLineChars="200" w:firstLine="{points}"/>'))
        if indented and self.style.indent == "typed":
            marks = re.match(r"(?:\{p\d+\})*", text)
            at = marks.end() if marks else 0
            text = f"{text[:at]}\u3000\u3000{text[at:]}"
        self._put(paragraph, text)
        return paragraph

    def _put(self, paragraph: Paragraph, text: str) -> None:
        """Text into runs, with `{p6}` as the style shows pages, `\\n` as a soft line break, and the
        mark of a footnote as Word's own."""
        for position, part in enumerate(MARK.split(text)):
            if position % 2:
                self.fresh = self.style.pages.startswith("rendered") or self.fresh
                if self.style.pages == "forced":
                    self._begin_page(forced=True)
                continue
            for piece in re.split("([\n\t①])", part):
                if piece == "①" and self.style.footnotes:
                    number = len(self.notes) + 1
                    paragraph._p.append(xml(f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'))
                elif piece == "\n":
                    paragraph.add_run().add_break()
                elif piece:
                    self._runs(paragraph, piece)
        self.seen.append(MARK.sub("", text))

    def _runs(self, paragraph: Paragraph, text: str) -> None:
        parts = [text]
        if self.style.runs == "wps":
            parts = re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]{1,17}", text)
        if self.style.runs == "revised":
            parts = [text[:9], text[9:14], text[14:]] if len(text) > 20 else [text]
        for position, part in enumerate(parts):
            run = paragraph.add_run(part)
            if self.fresh:
                run._r.insert(0, xml("<w:lastRenderedPageBreak/>"))
                self.fresh = False
            if self.style.runs == "wps":
                _as_wps(run._r, part)
            if position == 1 and self.style.runs == "revised":
                _as_inserted(run._r)

    def _begin_page(self, *, forced: bool) -> None:
        if forced and self.style.pages != "none":
            self._page_break()
        self.fresh = self.style.pages.startswith("rendered")

    def _page_break(self) -> None:
        body = self.document.element.body
        last = body[-2]
        if last.tag == qn("w:p") and last.find(qn("w:pPr") + "/" + qn("w:sectPr")) is None:
            last.append(xml('<w:r><w:br w:type="page"/></w:r>'))
        else:
            self.document.add_paragraph()._p.append(xml('<w:r><w:br w:type="page"/></w:r>'))


def _as_inserted(run: Element) -> None:
    """The run as a tracked change, with what it took the place of."""
    by = 'w:author="编辑" w:date="2014-01-01T00:00:00Z"'
    run.addprevious(
        xml(f'<w:del w:id="7001" {by}><w:r><w:delText>删去了的旧字句</w:delText></w:r></w:del>')
    )
    inserted = xml(f'<w:ins w:id="7002" {by}></w:ins>')
    run.addprevious(inserted)
    inserted.append(run)


def _as_wps(run: Element, text: str) -> None:
    """What WPS writes of a run that Word would not: hints, languages, a kerning."""
    hint = "default" if text.isascii() else "eastAsia"
    properties: Any = run.get_or_add_rPr()
    properties.insert(
        0, xml(f'<w:rFonts w:hint="{hint}" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/>')
    )
    properties.append(xml('<w:kern w:val="0"/>'))
    language = "en-US" if text.isascii() else "zh-CN"
    properties.append(xml(f'<w:lang w:val="{language}" w:eastAsia="zh-CN" w:bidi="ar"/>'))
