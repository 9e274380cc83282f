"""Where the pages of a Word file end, and which numbers are printed on them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK

from bulletin_site.importing.manuscript import Manuscript
from importing.word_files import (
    PAGE_BREAK,
    RENDERED,
    cell,
    ends,
    manuscript,
    paragraph,
    read,
    table,
    texts,
    word_members,
    zipped,
)


def pages_of(found: Manuscript) -> list[tuple[str, int, list[tuple[int, int]]]]:
    return [(block.text, block.place.page, ends(block)) for block in found.blocks]


def test_a_paragraph_cut_by_a_page_is_one_block_with_the_end_inside() -> None:
    found = read(paragraph("组织当地重", RENDERED, "点企业。") + paragraph("下一段"))
    assert pages_of(found) == [("组织当地重点企业。", 1, [(5, 2)]), ("下一段", 2, [])]
    assert found.pages == 2


def test_word_says_a_typed_break_twice_and_it_counts_once() -> None:
    rendered_after = [
        paragraph("甲", PAGE_BREAK) + paragraph(RENDERED, "乙"),
        paragraph("甲") + paragraph(PAGE_BREAK) + paragraph() + paragraph(RENDERED, "乙"),
        paragraph("甲") + paragraph(PAGE_BREAK, RENDERED, "乙"),
        paragraph("甲") + paragraph(RENDERED, "乙", properties="<w:pageBreakBefore/>"),
        paragraph("甲", properties="<w:sectPr/>") + paragraph(RENDERED, "乙") + "<w:sectPr/>",
    ]
    for body in rendered_after:
        assert read(body).pages == 2, body
        assert read(body).blocks[1].place.page == 2, body
        assert read(body.replace(RENDERED, "")).pages == 2, body


def test_two_typed_breaks_leave_an_empty_page() -> None:
    body = paragraph("甲", PAGE_BREAK, RENDERED, PAGE_BREAK) + paragraph(RENDERED, "乙")
    assert pages_of(read(body)) == [("甲", 1, [(1, 2), (1, 3)]), ("乙", 3, [])]


def test_a_break_after_a_full_page_begins_another_one() -> None:
    body = paragraph("甲") + paragraph(RENDERED, PAGE_BREAK) + paragraph(RENDERED, "乙")
    assert pages_of(read(body))[1] == ("乙", 3, [(0, 2), (0, 3)])


def test_text_between_two_breaks_stands_on_a_page_of_its_own() -> None:
    body = paragraph("甲", PAGE_BREAK, "乙", RENDERED, "丙")
    assert pages_of(read(body)) == [("甲乙丙", 1, [(1, 2), (2, 3)])]


def test_a_paragraph_that_begins_a_page_needs_no_new_one_where_one_has_begun() -> None:
    before = "<w:pageBreakBefore/>"
    assert read(paragraph("甲", properties=before)).pages == 0
    broken = paragraph("甲", PAGE_BREAK) + paragraph("乙", properties=before)
    assert read(broken).pages == 2
    empty = paragraph("甲", PAGE_BREAK) + paragraph() + paragraph("乙", properties=before)
    assert read(empty).pages == 3


def test_a_style_may_begin_a_page() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="t"/>'
        "<w:pPr><w:pageBreakBefore/></w:pPr></w:style>"
    )
    title = '<w:pStyle w:val="t"/>'
    body = paragraph("甲") + paragraph("乙", properties=title)
    assert read(body, styles=style).pages == 2
    off = paragraph("甲") + paragraph("乙", properties=title + '<w:pageBreakBefore w:val="0"/>')
    assert read(off, styles=style).pages == 0


def test_centred_lines_do_not_run_on_over_a_typed_break() -> None:
    centred = '<w:jc w:val="center"/>'
    found = read(paragraph("2014年5月9日", PAGE_BREAK, "目　录", properties=centred))
    assert pages_of(found) == [("2014年5月9日", 1, []), ("目　录", 2, [(0, 2)])]
    found = read(paragraph("上一段。", PAGE_BREAK, "　　下一段。"))
    assert texts(found) == ["上一段。", "　　下一段。"]


def test_a_paragraph_that_a_typed_break_ends_in_mid_sentence_may_go_on() -> None:
    found = read(
        paragraph("前一半", PAGE_BREAK) + paragraph("后一半。", PAGE_BREAK) + paragraph("完")
    )
    assert [block.whole for block in found.blocks] == [False, True, True]


@pytest.mark.parametrize(
    ("kind", "pages"),
    [
        ("", 2),
        ('<w:type w:val="nextPage"/>', 2),
        ('<w:type w:val="evenPage"/>', 2),
        ('<w:type w:val="oddPage"/>', 3),
        ('<w:type w:val="continuous"/>', 0),
        ('<w:type w:val="nextColumn"/>', 0),
    ],
)
def test_how_a_section_begins_stands_at_its_own_end(kind: str, pages: int) -> None:
    first = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    body = paragraph("甲", properties=first) + paragraph("乙") + f"<w:sectPr>{kind}</w:sectPr>"
    assert read(body).pages == pages


def test_a_row_that_goes_on_overleaf_ends_its_page_once_though_each_cell_says_so() -> None:
    left, right = paragraph("甲", RENDERED, "乙"), paragraph("丙", RENDERED, "丁")
    found = read(table(cell("一") + cell("二"), cell(left) + cell(right)) + paragraph("后"))
    assert pages_of(found) == [("一\t二\n甲乙\t丙丁", 1, [(5, 2)]), ("后", 2, [])]


def test_pages_end_in_a_frame_as_word_says_and_not_by_breaks() -> None:
    inner = paragraph("甲", RENDERED, "乙", PAGE_BREAK) + paragraph(
        "丙", properties="<w:pageBreakBefore/>"
    )
    found = read(table(cell(inner), cell(paragraph(RENDERED, "丁"))))
    assert pages_of(found) == [("甲乙", 1, [(1, 2)]), ("丙", 3, [(0, 3)]), ("丁", 4, [(0, 4)])]


def test_breaks_in_a_box_end_no_page() -> None:
    inner = f"<w:txbxContent>{paragraph('框', RENDERED, PAGE_BREAK, '内')}</w:txbxContent>"
    assert read(paragraph("甲", f"<w:r><w:pict>{inner}</w:pict></w:r>")).pages == 0


def test_a_break_before_a_picture_belongs_to_the_picture() -> None:
    picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
    found = read(paragraph("甲") + paragraph(PAGE_BREAK, picture) + paragraph("乙"))
    assert pages_of(found) == [("甲", 1, []), ("", 2, [(0, 2)]), ("乙", 2, [])]


FOOTER = (
    '<w:p><w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
)
USES = '<w:footerReference w:type="default" r:id="footer1"/>'


def section(inner: str) -> str:
    return f"<w:sectPr>{inner}</w:sectPr>"


def saved(pages: int, body: str, **parts: str) -> Manuscript:
    """A file of that body whose program counted so many pages when it saved it."""
    properties = f"<Properties xmlns='urn:x'><Pages>{pages}</Pages></Properties>"
    members = word_members(body, **parts) | {"docProps/app.xml": properties.encode()}
    return manuscript(zipped(members))


def test_typed_breaks_alone_do_not_tell_which_number_a_page_bears() -> None:
    """An article longer than a page fills pages that nothing in such a file names."""
    last = section(f'{USES}<w:pgNumType w:start="2"/>')
    body = paragraph("甲", PAGE_BREAK) + paragraph("乙") + last
    assert read(body, footer1=FOOTER).printed == {}
    assert saved(3, body, footer1=FOOTER).printed == {}
    assert saved(2, body, footer1=FOOTER).printed == {1: 2, 2: 3}
    told = paragraph("甲", PAGE_BREAK) + paragraph(RENDERED, "乙") + last
    assert saved(3, told, footer1=FOOTER).printed == {1: 2, 2: 3}
    members = word_members(body, footer1=FOOTER) | {"docProps/app.xml": b"<broken"}
    assert manuscript(zipped(members)).printed == {}


def test_printed_numbers_are_those_of_sections_that_say_where_they_begin() -> None:
    cover = paragraph("封面", PAGE_BREAK) + paragraph("目录", properties=section(""))
    text = paragraph("正文", PAGE_BREAK, "又一页", PAGE_BREAK) + paragraph("末页")
    last = section(f'{USES}<w:pgNumType w:start="2"/>')
    assert saved(5, cover + text + last, footer1=FOOTER).printed == {3: 2, 4: 3, 5: 4}
    assert saved(5, cover + text + last, footer1=paragraph("秘书处")).printed == {}
    assert saved(5, cover + text + section(USES), footer1=FOOTER).printed == {}
    roman = section(f'{USES}<w:pgNumType w:start="2" w:fmt="lowerRoman"/>')
    assert saved(5, cover + text + roman, footer1=FOOTER).printed == {}


def test_the_first_page_of_a_section_may_bear_no_number_and_the_next_section_counts_on() -> None:
    first = section(f'{USES}<w:pgNumType w:start="1"/><w:titlePg/>')
    body = (
        paragraph("甲", PAGE_BREAK)
        + paragraph("乙", properties=first)
        + paragraph("丙")
        + section("")
    )
    assert saved(3, body, footer1=FOOTER).printed == {2: 2, 3: 3}


def test_even_pages_have_a_footer_of_their_own_where_the_settings_say_so() -> None:
    last = section(f'{USES}<w:pgNumType w:start="1"/>')
    body = paragraph("甲", PAGE_BREAK, "乙", PAGE_BREAK) + paragraph("丙") + last
    found = saved(3, body, footer1=FOOTER, settings="<w:evenAndOddHeaders/>")
    assert found.printed == {1: 1, 3: 3}


def test_a_code_cut_into_runs_is_a_page_field_and_the_number_of_pages_is_none() -> None:
    last = section(f'{USES}<w:pgNumType w:start="5"/>')
    body = paragraph("甲", PAGE_BREAK) + paragraph("乙") + last
    cut = paragraph(
        "<w:r><w:instrText> PA</w:instrText></w:r><w:r><w:instrText>GE </w:instrText></w:r>"
    )
    assert saved(2, body, footer1=cut).printed == {1: 5, 2: 6}
    pages = paragraph("<w:r><w:instrText> NUMPAGES </w:instrText></w:r>")
    assert saved(2, body, footer1=pages).printed == {}


def test_libreoffice_writes_typed_breaks_only_and_cuts_the_paragraph_there(tmp_path: Path) -> None:
    """The same content by way of LibreOffice: it never writes `w:lastRenderedPageBreak`."""
    document = docx.Document()
    document.add_heading("一、标题", 1)
    for _ in range(60):
        document.add_paragraph("写满一页，看看换页。" * 12)
    cut = document.add_paragraph("组织当地重")
    cut.add_run().add_break(WD_BREAK.PAGE)
    cut.add_run("点企业。")
    document.add_paragraph("段前分页").paragraph_format.page_break_before = True
    document.add_section()
    document.add_paragraph("列表甲", style="List Number")
    document.add_paragraph("列表乙", style="List Number")
    original = tmp_path / "原稿.docx"
    document.save(str(original))
    soffice = shutil.which("soffice")
    assert soffice, "install LibreOffice (Debian: libreoffice-writer-nogui)"
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            str(tmp_path / "out"),
            str(original),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    before = manuscript(original.read_bytes())
    after = manuscript((tmp_path / "out" / original.name).read_bytes())
    assert pages_of(before)[61:] == [
        ("组织当地重点企业。", 1, [(5, 2)]),
        ("段前分页", 3, [(0, 3)]),
        ("列表甲", 4, [(0, 4)]),
        ("列表乙", 4, []),
    ]
    assert pages_of(after)[61:] == [
        ("组织当地重", 1, [(5, 2)]),
        ("点企业。", 2, [(4, 3)]),
        ("段前分页", 3, []),
        ("列表甲", 4, [(0, 4)]),
        ("列表乙", 4, []),
    ]
    assert [block.whole for block in after.blocks[61:]] == [False, True, True, True, True]
    assert (before.pages, after.pages) == (4, 4)
    for found in (before, after):
        assert [block.number for block in found.blocks[-2:]] == ["1.", "2."]
        assert (found.blocks[0].level, found.blocks[0].bold, found.blocks[0].size) == (
            1,
            True,
            14.0,
        )
