"""Not one character of a Word file is lost, however its elements are put together."""

from __future__ import annotations

import io
import zipfile
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bulletin_site.importing.manuscript import Kind, Manuscript
from importing.word_files import manuscript, paragraph, run, word_file

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def in_file(data: bytes) -> Counter[str]:
    """Characters of all texts in all parts, each drawing in one version."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.startswith("word/") or name.endswith(".rels"):
                continue
            for element in etree.fromstring(archive.read(name)).iter(
                f"{W}t", f"{W}delText", f"{M}t"
            ):
                if next(element.iterancestors(FALLBACK), None) is None:
                    found.update("".join((element.text or "").split()))
    return found


def in_manuscript(found: Manuscript) -> Counter[str]:
    """Without what the reader adds: pictures' names, and the marks of notes."""
    held = [block.text for block in found.blocks if block.kind is not Kind.PICTURE]
    held += [aside.text for aside in found.asides]
    return Counter("".join("".join(held).split()))


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>{0}'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{1}'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
NOTE = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="{0}"/></w:r>'
PARTS = {
    "footnotes": "".join(
        f'<w:footnote w:id="{n}">{paragraph(f"注{n}")}</w:footnote>' for n in range(3)
    ),
    "comments": f'<w:comment w:id="0">{paragraph("批")}{paragraph("注")}</w:comment>',
    "header1": paragraph("页眉") + paragraph("第二行"),
    "footer1": paragraph("页脚"),
    "styles": '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>',
}

words = st.text("云政务数据，。“” 　ab1\u00a0", max_size=6)
plain = words.map(run)
properties = st.sampled_from(
    ["", "<w:b/>", "<w:vanish/>", '<w:rStyle w:val="h"/>', '<w:sz w:val="30"/>', "<w:webHidden/>"]
)
marks = st.sampled_from(
    [
        "<w:r><w:br/></w:r>",
        '<w:r><w:br w:type="page"/></w:r>',
        '<w:r><w:br w:type="column"/></w:r>',
        "<w:r><w:lastRenderedPageBreak/></w:r>",
        "<w:r><w:tab/></w:r>",
        NOTE.format(0),
        NOTE.format(1),
        NOTE.format(9),
        '<w:r><w:commentReference w:id="0"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        '<w:r><w:pict><v:shape><v:imagedata o:title="图"/></v:shape></w:pict></w:r>',
    ]
)
WRAPPERS = [
    "<w:ins>{}</w:ins>",
    "<w:del>{}</w:del>",
    "<w:moveFrom>{}</w:moveFrom>",
    "<w:hyperlink>{}</w:hyperlink>",
    "<w:smartTag>{}</w:smartTag>",
    '<w:fldSimple w:instr="PAGE">{}</w:fldSimple>',
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase/></w:ruby></w:r>",
    "<w:r><mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent></w:r>",
    "<x>{}</x>",
    "<m:oMath><m:r><m:t>二</m:t></m:r>{}</m:oMath>",
]
BOXES = [
    "<w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r>",
    "<w:r>{}</w:r>",
]


def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, max_size=3).map("".join)
    return st.builds(str.format, st.sampled_from(WRAPPERS), several) | st.builds(
        FIELD.format, several, several
    )


runs = st.recursive(plain | marks | st.builds(run, words, properties), wrapped, max_leaves=8)
ways = st.sampled_from(
    [
        "",
        "<w:rPr><w:del/></w:rPr>",
        '<w:framePr w:dropCap="drop"/>',
        '<w:jc w:val="center"/>',
        "<w:pageBreakBefore/>",
        "<w:sectPr/>",
        '<w:sectPr><w:type w:val="continuous"/></w:sectPr>',
    ]
)
paragraphs = st.builds(
    lambda inner, way: f"<w:p><w:pPr>{way}</w:pPr>{''.join(inner)}</w:p>",
    st.lists(runs, max_size=5),
    ways,
)


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    blocks = st.lists(inner, max_size=3).map("".join)
    cells = st.lists(blocks.map("<w:tc>{}</w:tc>".format), max_size=3).map("".join)
    rows = st.builds(
        str.format,
        st.sampled_from(["<w:tr>{}</w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>"]),
        cells,
    )
    controls = st.sampled_from(
        [form for form in WRAPPERS if "<w:sdt>" in form or "<w:ins>" in form]
    )
    return (
        st.lists(rows, max_size=3).map("".join).map("<w:tbl>{}</w:tbl>".format)
        | st.builds(str.format, controls, blocks)
        | st.builds(lambda form, b: paragraph(form.format(b)), st.sampled_from(BOXES), blocks)
    )


bodies = st.lists(st.recursive(paragraphs, around, max_leaves=6), max_size=5).map("".join)


@settings(max_examples=150, deadline=None)
@given(bodies)
def test_every_character_is_in_a_block_or_aside(body: str) -> None:
    data = word_file(body, **PARTS)
    found = manuscript(data)
    lost = in_file(data) - in_manuscript(found)
    assert not lost
    assert [a for a in found.asides if a.reason == "不知道该放在哪里的文字"] == []


@settings(max_examples=100, deadline=None)
@given(bodies)
def test_pages_follow_each_other_and_end_within_their_blocks(body: str) -> None:
    found = manuscript(word_file(body, **PARTS))
    pages = [end.page for block in found.blocks for end in block.page_ends]
    assert pages == sorted(set(pages))
    assert all(1 < page <= found.pages for page in pages)
    for block in found.blocks:
        offsets = [end.offset for end in block.page_ends]
        assert offsets == sorted(offsets)
        assert all(0 <= offset <= len(block.text) for offset in offsets)
    assert all((block.place.page == 0) == (found.pages == 0) for block in found.blocks)


def test_text_where_none_may_stand_is_shown_to_the_editor() -> None:
    found = manuscript(word_file(run("游离") + paragraph("正文")))
    assert [block.text for block in found.blocks] == ["正文"]
    assert [(aside.text, aside.sure) for aside in found.asides] == [("游离", False)]
