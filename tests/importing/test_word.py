"""What of a Word file's body becomes text, and where the rest goes."""

from __future__ import annotations

import io

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from bulletin_site.importing.manuscript import Alignment, Kind, Place
from importing.word_files import (
    aside_texts,
    cell,
    manuscript,
    numbered,
    paragraph,
    read,
    relationships,
    root,
    run,
    table,
    texts,
    word_members,
    zipped,
)

END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(code: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_paragraphs_are_blocks_in_order_and_empty_ones_only_count() -> None:
    found = read(paragraph("第一段") + paragraph() + paragraph("　　第二段", "，完。"))
    assert texts(found) == ["第一段", "　　第二段，完。"]
    assert [block.place for block in found.blocks] == [Place(line=1), Place(line=3)]
    assert [block.indented for block in found.blocks] == [False, True]
    assert found.asides == ()
    assert (found.pages, found.printed) == (0, {})


def test_what_only_wraps_text_is_looked_through() -> None:
    wrapped = (
        f'<w:hyperlink w:anchor="_Toc1">{run("链接")}</w:hyperlink>'
        f"<w:smartTag><w:smartTagPr/>{run('标记')}</w:smartTag>"
        f"<w:ins>{run('加入')}</w:ins><w:moveTo>{run('移来')}</w:moveTo>"
        f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
        f'<w:fldSimple w:instr="DATE">{run("今天")}</w:fldSimple>'
        f"<w:later><w:unheardOf>{run('将来')}</w:unheardOf></w:later>"
    )
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('目录')}</w:sdtContent></w:sdt>"
        f"<w:customXml>{paragraph(wrapped)}</w:customXml>"
    )
    assert texts(read(body)) == ["目录", "链接标记加入移来控件今天将来"]


def test_of_a_field_the_result_is_shown_and_codes_may_nest_and_run_over_paragraphs() -> None:
    begin = field(" TOC \\o ", "").partition("<w:r><w:t")[0]
    contents = (
        paragraph(begin, run("1、题名"), "<w:r><w:tab/></w:r>", field("PAGEREF _Toc1", "2"))
        + paragraph(run("2、又一篇"), "<w:r><w:tab/></w:r>", field("PAGEREF _Toc2", "3"))
        + paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>', run("正文"))
    )
    assert texts(read(contents)) == ["1、题名\t2", "2、又一篇\t3", "正文"]


def test_text_within_a_field_code_goes_aside_but_an_unclosed_code_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    found = read(paragraph(begin, run("藏"), end, run("见")))
    assert texts(found) == ["见"]
    assert aside_texts(found) == [("藏", "域代码里的文字", False)]
    assert texts(read(paragraph(begin, run("藏"), run("见")))) == ["藏见"]


def test_a_character_in_a_circle_is_drawn_by_a_code_and_is_text() -> None:
    def drawn(code: str) -> str:
        return field(code, "").partition('<w:r><w:fldChar w:fldCharType="separate"')[0] + END

    found = read(
        paragraph(
            drawn(r"eq \o\ac(○,3)"),
            "甲",
            drawn(r" EQ \o\ac(□,密) "),
            drawn(r"EQ \f(1,2)"),
            drawn("PAGE"),
        )
    )
    assert texts(found) == ["③甲密"]
    assert aside_texts(found) == [(r"EQ \f(1,2)", "用域代码画的文字", False)]


def test_breaks_tabs_hyphens_and_symbols_are_characters() -> None:
    marks = (
        "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:cr/><w:t>丁</w:t>"
        "<w:noBreakHyphen/><w:t>戊</w:t><w:softHyphen/><w:t>己</w:t>"
        '<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="SimSun" w:char="2460"/></w:r>'
    )
    assert texts(read(paragraph(marks))) == ["甲\n乙\t丙\n丁-戊己☑①"]


def test_line_breaks_at_the_ends_of_a_paragraph_separate_nothing() -> None:
    assert texts(read(paragraph("<w:r><w:br/><w:t>甲</w:t><w:br/></w:r>"))) == ["甲"]


def test_deleted_and_hidden_text_is_doubtful_and_stands_aside() -> None:
    found = read(
        paragraph(
            "留",
            "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del>",
            f"<w:moveFrom>{run('移走')}</w:moveFrom>",
            run("隐藏", "<w:vanish/>"),
            run("网页里才隐藏", "<w:webHidden/>"),
        )
    )
    assert texts(found) == ["留网页里才隐藏"]
    assert aside_texts(found) == [
        ("删去移走", "修订中删去的文字", False),
        ("隐藏", "隐藏文字", False),
    ]


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    mark = "<w:rPr><w:del/></w:rPr>"
    body = paragraph("前一半", properties=mark) + paragraph("后一半") + paragraph("下一段")
    assert texts(read(body)) == ["前一半后一半", "下一段"]


def test_a_drop_cap_belongs_to_its_paragraph() -> None:
    frame = '<w:framePr w:dropCap="drop" w:lines="2"/>'
    assert texts(read(paragraph("大", properties=frame) + paragraph("数据时代"))) == ["大数据时代"]


def test_the_prompt_of_a_content_control_is_no_text() -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        f"{run('单击此处输入')}</w:sdtContent></w:sdt>"
    )
    found = read(paragraph("题名", control))
    assert texts(found) == ["题名"]
    assert aside_texts(found) == [("单击此处输入", "没有填写的提示文字", False)]


def test_ruby_keeps_its_base_and_equations_their_text() -> None:
    ruby = (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('yún')}</w:rt>"
        f"<w:rubyBase>{run('云')}</w:rubyBase></w:ruby></w:r>"
    )
    half = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )
    found = read(paragraph(ruby, half))
    assert texts(found) == ["云1/2"]
    assert aside_texts(found) == [("yún", "注音", True)]


CHOICE = '<mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp><wps:txbx>{}</wps:txbx></wps:wsp></wp:anchor></w:drawing></mc:Choice>'
FALLBACK = (
    "<mc:Fallback><w:pict><v:shape><v:textbox>{}</v:textbox></v:shape></w:pict></mc:Fallback>"
)


def box(text: str, other: str | None = None) -> str:
    inner = f"<w:txbxContent>{paragraph(text)}</w:txbxContent>"
    fallback = f"<w:txbxContent>{paragraph(other or text)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent>{CHOICE.format(inner)}{FALLBACK.format(fallback)}"
        "</mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_at_its_anchor() -> None:
    body = paragraph(box("刊名"), "日期") + paragraph("正文", box("插话"), "，续。")
    assert texts(read(body)) == ["刊名", "日期", "正文，续。", "插话"]


def test_text_that_only_the_other_version_of_a_drawing_has_is_doubtful() -> None:
    found = read(paragraph(box("刊名", "旧刊名")))
    assert texts(found) == ["刊名"]
    assert aside_texts(found) == [("旧刊名", "图形的另一种文字", False)]


def test_boxes_of_old_word_and_word_art_are_read_too() -> None:
    vml = (
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{paragraph('框里')}{table(cell('表') + cell('里'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    art = '<w:r><w:pict><v:shape><v:textpath string="红头"/></v:shape></w:pict></w:r>'
    found = read(paragraph(vml) + paragraph(art))
    assert texts(found) == ["框里", "表\t里", "红头"]
    assert [block.kind for block in found.blocks] == [Kind.TEXT, Kind.TABLE, Kind.TEXT]


def test_a_picture_is_a_block_with_its_description() -> None:
    def picture(attributes: str) -> str:
        return (
            f'<w:r><w:drawing><wp:inline><wp:docPr id="1" {attributes}/><a:graphic><a:graphicData>'
            '<pic:pic><pic:nvPicPr><pic:cNvPr id="2" name="image1.png"/></pic:nvPicPr></pic:pic>'
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    body = paragraph(picture('name="图片 1" descr="机房"')) + paragraph(
        "字", picture('name="图片 2"')
    )
    found = read(body)
    assert [(b.kind, b.text) for b in found.blocks] == [
        (Kind.PICTURE, "机房"),
        (Kind.TEXT, "字"),
        (Kind.PICTURE, "图片 2"),
    ]


def test_a_table_is_one_block_of_rows_where_merged_cells_leave_empty_ones() -> None:
    body = table(
        cell("项目", properties='<w:gridSpan w:val="2"/>') + cell("数"),
        cell("云", "计算", properties='<w:vMerge w:val="restart"/>') + cell("甲") + cell("1"),
        cell(paragraph(), properties="<w:vMerge/>") + cell("乙") + cell("2"),
    )
    block = read(body + paragraph("表后")).blocks[0]
    assert block.kind is Kind.TABLE
    assert block.rows == (("项目", "", "数"), ("云\n计算", "甲", "1"), ("", "乙", "2"))
    assert block.text == "项目\t\t数\n云\n计算\t甲\t1\n\t乙\t2"
    assert block.place == Place(line=1)
    assert read(body + paragraph("表后")).blocks[1].place == Place(line=10)


def test_a_table_within_a_cell_is_part_of_its_text() -> None:
    block = read(table(cell("外", table(cell("内甲") + cell("内乙"))) + cell("右"))).blocks[0]
    assert block.rows == (("外\n内甲\t内乙", "右"),)


def test_rows_and_cells_are_found_within_content_controls() -> None:
    row = f"<w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent>{cell('甲')}</w:sdtContent></w:sdt>{cell('乙')}</w:tr></w:sdtContent></w:sdt>"
    assert read(f"<w:tbl>{row}</w:tbl>").blocks[0].rows == (("甲", "乙"),)


def test_a_deleted_row_goes_aside() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('删')}</w:tr>"
    kept = f"<w:tr>{cell('留')}{cell('下')}</w:tr>"
    found = read(f"<w:tbl>{deleted}{kept}</w:tbl>")
    assert found.blocks[0].rows == (("留", "下"),)
    assert aside_texts(found) == [("删", "修订中删去的文字", False)]


def test_a_table_of_one_cell_a_row_is_a_frame_around_paragraphs() -> None:
    title = paragraph("一、题名", properties='<w:jc w:val="center"/>')
    data = table(cell("甲") + cell("1"), cell("乙") + cell("2"))
    gone = f"<w:trPr><w:del/></w:trPr>{cell('删')}"
    wide = cell("（新华网）", properties='<w:gridSpan w:val="3"/>')
    frame = table(cell(title, paragraph("正文。"), data), wide, gone)
    found = read(paragraph("刊名") + frame + paragraph("后"))
    assert [(block.kind, block.text, block.place.line) for block in found.blocks] == [
        (Kind.TEXT, "刊名", 1),
        (Kind.TEXT, "一、题名", 2),
        (Kind.TEXT, "正文。", 3),
        (Kind.TABLE, "甲\t1\n乙\t2", 4),
        (Kind.TEXT, "（新华网）", 8),
        (Kind.TEXT, "后", 10),
    ]
    assert found.blocks[1].alignment is Alignment.CENTRE
    assert aside_texts(found) == [("删", "修订中删去的文字", False)]


NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="1">{paragraph("<w:r><w:footnoteRef/></w:r>", " 见前文。")}</w:footnote>'
    f'<w:footnote w:id="2">{paragraph("无人引用")}</w:footnote>'
)


def test_a_note_follows_its_paragraph_and_its_mark_stays_in_the_text() -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    found = read(
        paragraph("云计算", reference, "发展", end, "。") + paragraph("下一段"),
        footnotes=NOTES,
        endnotes=f'<w:endnote w:id="1">{paragraph("尾注。")}</w:endnote>',
    )
    assert numbered(found) == ["云计算[1]发展[2]。", "[1]见前文。", "[2]尾注。", "下一段"]
    assert [block.kind for block in found.blocks[:3]] == [Kind.TEXT, Kind.NOTE, Kind.NOTE]
    assert aside_texts(found) == [("无人引用", "没有引用的脚注", False)]


def test_a_note_with_a_mark_of_its_own_gets_no_number() -> None:
    reference = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>※</w:t></w:r>'
    found = read(paragraph("云", reference), footnotes=NOTES)
    assert numbered(found)[:2] == ["云※", "见前文。"]


def test_comments_headers_and_footers_stand_aside_once_each() -> None:
    found = read(
        paragraph("正文", '<w:r><w:commentReference w:id="0"/></w:r>'),
        comments=f'<w:comment w:id="0">{paragraph("请核对")}</w:comment>',
        header1=paragraph("电子政务信息汇编"),
        footer1=paragraph("第", field("PAGE", "3"), "页"),
        footer2=paragraph(),
    )
    assert texts(found) == ["正文"]
    assert aside_texts(found) == [
        ("请核对", "批注", True),
        ("电子政务信息汇编", "页眉", True),
        ("第3页", "页脚", True),
    ]


def test_the_words_of_a_diagram_are_not_lost() -> None:
    drawing = '<w:r><w:drawing><wp:inline><wp:docPr name="图示 1"/><dgm:relIds r:dm="d1"/></wp:inline></w:drawing></w:r>'
    members = word_members(paragraph(drawing))
    members["word/diagrams/data1.xml"] = root("model", "<a:p><a:r><a:t>三级</a:t></a:r></a:p>")
    members["word/_rels/document.xml.rels"] = relationships(
        {"d1": ("diagramData", "diagrams/data1.xml")}
    )
    found = manuscript(zipped(members))
    assert texts(found) == ["图示 1"]
    assert aside_texts(found) == [("三级", "图形里的文字", False)]


STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
  <w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="own"><w:name w:val="题名"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="sub"><w:name w:val="小标题"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="in"><w:name w:val="正文缩进"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="420"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="round"><w:name w:val="甲"/><w:basedOn w:val="round"/></w:style>
<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def styled(properties: str, *inner: str) -> tuple[int | None, bool, float | None, str, bool]:
    block = read(paragraph(*(inner or ("文字",)), properties=properties), styles=STYLES).blocks[0]
    return block.level, block.bold, block.size, block.alignment.value, block.indented


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ("", (None, False, 10.5, "start", False)),
        ('<w:pStyle w:val="2"/>', (1, True, 16.0, "centre", False)),
        ('<w:pStyle w:val="own"/>', (1, True, 16.0, "centre", False)),
        ('<w:pStyle w:val="own"/><w:jc w:val="right"/>', (1, True, 16.0, "end", False)),
        ('<w:pStyle w:val="own"/><w:outlineLvl w:val="9"/>', (None, True, 16.0, "centre", False)),
        ('<w:pStyle w:val="sub"/>', (3, False, 10.5, "start", False)),
        ('<w:pStyle w:val="in"/>', (None, False, 10.5, "start", True)),
        (
            '<w:pStyle w:val="in"/><w:ind w:firstLineChars="0" w:firstLine="0"/>',
            (None, False, 10.5, "start", False),
        ),
        ('<w:ind w:firstLine="480"/>', (None, False, 10.5, "start", True)),
        ('<w:ind w:left="480" w:hanging="480"/>', (None, False, 10.5, "start", False)),
        ('<w:pStyle w:val="round"/>', (None, False, 10.5, "start", False)),
        ('<w:pStyle w:val="nowhere"/>', (None, False, 10.5, "start", False)),
    ],
)
def test_looks_come_from_the_paragraph_its_styles_and_the_defaults(
    properties: str, expected: tuple[int | None, bool, float | None, str, bool]
) -> None:
    assert styled(properties) == expected


def test_the_look_of_most_characters_counts() -> None:
    bold, large = run("题名题名题名", "<w:b/>"), run("注", '<w:sz w:val="44"/>')
    assert styled("", bold, large) == (None, True, 10.5, "start", False)
    plain = run("正文", '<w:rStyle w:val="strong"/>')
    assert styled("", plain)[1] is True
    assert styled('<w:pStyle w:val="2"/>', plain)[1] is False
    assert styled('<w:pStyle w:val="2"/>', run("正文", '<w:b w:val="0"/>'))[1] is False


def test_a_file_of_python_docx_is_read() -> None:
    document = docx.Document()
    document.add_heading("一、标题", 2)
    line = document.add_paragraph("文汇报")
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line.runs[0].font.size = Pt(15)
    document.add_table(1, 2).cell(0, 1).text = "格"
    stream = io.BytesIO()
    document.save(stream)
    heading, source, grid = manuscript(stream.getvalue()).blocks
    assert (heading.text, heading.level, heading.bold) == ("一、标题", 2, True)
    assert (source.text, source.size, source.alignment) == ("文汇报", 15.0, Alignment.END)
    assert grid.rows == (("", "格"),)


def test_a_file_of_wps_is_read() -> None:
    """It leaves data of its own, names of parts that are not there, and styles with bare numbers."""
    members = word_members(
        paragraph(box("秘书处"), properties="<w:wpsCustomData:x/>".replace("w:wps", "wps"))
        + paragraph("一、题名", properties='<w:pStyle w:val="2"/>'),
        styles=STYLES,
    )
    targets = {"styles": ("styles", "styles.xml"), "rId9": ("image", "NULL")}
    targets["rId10"] = ("footnotes", "NULL")
    members["word/_rels/document.xml.rels"] = relationships(targets)
    members["docProps/app.xml"] = (
        b"<Properties><Application>WPS Office_12.1.0</Application></Properties>"
    )
    members["customXml/item1.xml"] = (
        b"<s:customData xmlns:s='http://www.wps.cn/officeDocument/2013/wpsCustomData'/>"
    )
    found = manuscript(zipped(members))
    assert [(block.text, block.level) for block in found.blocks] == [
        ("秘书处", None),
        ("一、题名", 1),
    ]


def test_strict_open_xml_is_read() -> None:
    strict = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    members = word_members(paragraph("正文"), styles=STYLES)
    for usual, other in strict.items():
        members = {name: data.replace(usual, other) for name, data in members.items()}
    assert texts(manuscript(zipped(members))) == ["正文"]
