"""Files that cannot be read, or should not be: each ends in a sentence that says what to do."""

from __future__ import annotations

import inspect
import io
import struct
import sys
import warnings
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_site.importing.manuscript import Manuscript
from bulletin_site.importing.word import package, read_word
from bulletin_site.problems import Problem
from importing.word_files import (
    aside_texts,
    cell,
    manuscript,
    paragraph,
    read,
    relationships,
    root,
    table,
    texts,
    word_file,
    word_members,
    zipped,
)

OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


def said(data: bytes) -> str:
    """The message; a test of its own that hint and code are there."""
    found = read_word(data, "旧稿.docx")
    assert isinstance(found, Problem), found
    assert (found.code, found.path) == ("import-file", "旧稿.docx")
    assert found.hint
    return found.message


def with_part(name: str, data: bytes) -> bytes:
    return zipped(word_members(paragraph("正文")) | {name: data})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "是空的"),
        (bytes(5000), "全是空字节"),
        (OLE + "WordDocument".encode("utf-16-le"), "旧格式的 Word 文件"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "设了打开密码"),
        (OLE + "Workbook".encode("utf-16-le"), "旧格式的 Excel"),
        (OLE, "旧格式的 Office"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xef\xbb\xbf<html xmlns:w='urn:x'><body>", "网页"),
        (b"<!DOCTYPE html>", "网页"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>', "Word 2003"),
        (b"MIME-Version: 1.0\n", "单个文件网页"),
        (b"\x89PNG\r\n\x1a\n\0\0", "图片"),
        ("电子政务信息汇编".encode(), "纯文本"),
        (b"\x01\0\x02\0" * 100, "已经损坏"),
        (word_file(paragraph("正文"))[:700], "不完整"),
        (zipped({"xl/workbook.xml": b"<x/>"}), "Excel"),
        (zipped({"ppt/presentation.xml": b"<x/>"}), "演示文稿"),
        (zipped({"OFD.xml": b"<x/>"}), "OFD"),
        (zipped({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}), "LibreOffice"),
        (zipped({"五月/第一期.docx": b"PK"}), "五月/第一期.docx"),
        (zipped({"a.bin": b""}), "没有 Word 正文"),
        (with_part("word/document.xml", b"<w:document"), "word/document.xml 坏了"),
        (with_part("word/document.xml", b""), "word/document.xml 坏了"),
        (with_part("word/document.xml", b"<html/>"), "没有 Word 正文"),
        (with_part("_rels/.rels", b"<x"), "坏了"),
    ],
)
def test_the_message_names_what_the_file_is(data: bytes, words: str) -> None:
    assert words in said(data)


def test_a_workbook_with_the_name_of_a_document_is_named() -> None:
    files = {"_rels/.rels": relationships({"r": ("officeDocument", "xl/workbook.xml")})}
    assert "Excel" in said(zipped(files | {"xl/workbook.xml": b"<workbook/>"}))


def test_a_part_that_is_broken_is_named_even_if_it_is_not_the_body() -> None:
    members = word_members(paragraph("正文"), footnotes="")
    assert "footnotes.xml" in said(zipped(members | {"word/footnotes.xml": b"<a><b></a>"}))


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY e "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(prologue: str, encoding: str) -> None:
    text = root("document", f"<w:body>{paragraph('&e;')}</w:body>").decode()
    text = text.replace('encoding="UTF-8"?>', f'encoding="{encoding}"?>{prologue}')
    assert "实体" in said(with_part("word/document.xml", text.encode(encoding)))


def test_a_part_that_unpacks_to_too_much_is_refused() -> None:
    bomb = with_part("word/document.xml", b" " * (40 << 20))
    assert len(bomb) < 100_000
    assert "压缩炸弹" in said(bomb)


def test_the_sum_of_all_parts_is_counted_while_unpacking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_BYTES", 3000)
    assert "超过" in said(word_file(paragraph("字" * 2000)))


def test_countless_empty_elements_in_a_few_kilobytes_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = word_file("<w:p/>" * 100_000)
    assert len(data) < 5_000
    monkeypatch.setattr(package, "MOST_MARKS", 90_000)
    assert "太复杂" in said(data)


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    """The directory says 10 bytes of a part that unpacks to many."""
    data = bytearray(word_file(paragraph("字" * 5000)))
    entry = data.rindex(
        b"PK\x01\x02", 0, data.index(b"word/document.xml", data.index(b"PK\x01\x02"))
    )
    struct.pack_into("<L", data, entry + 24, 10)
    assert "坏了" in said(bytes(data))


def test_a_zip_that_claims_gigabytes_is_refused() -> None:
    data = bytearray(word_file(paragraph("字")))
    for position in range(len(data)):
        if data[position : position + 4] == b"PK\x01\x02":
            struct.pack_into("<L", data, position + 24, 0xF0000000)
    assert "压缩炸弹" in said(bytes(data))


def test_members_that_share_their_bytes_are_each_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb without a large ratio: many names for one piece of the file."""
    names = [f"h{number}.xml" for number in range(50)]
    members = word_members(paragraph("字"))
    del members["word/_rels/document.xml.rels"]
    members |= {f"word/{name}": root("hdr", " " * 5000) for name in names}
    members["word/_rels/document.xml.rels"] = relationships(
        {name[:-4]: ("header", name) for name in names}
    )
    data = bytearray(zipped(members))
    starts = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    headers = [at for at in starts if data[at + 46 : at + 52] == b"word/h"]
    (first,) = struct.unpack_from("<L", data, headers[0] + 42)
    for at in headers:
        struct.pack_into("<L", data, at + 42, first)
    monkeypatch.setattr(package, "MOST_BYTES", 20_000)
    # zipfile compares the names, too; either is the end of it.
    assert "超过" in (message := said(bytes(data))) or "坏了" in message


@pytest.mark.parametrize(("place", "value"), [(16, 0xFFFFFFFF), (12, 0xFFFFFFFF), (10, 0xFFFF)])
def test_a_directory_that_is_elsewhere_by_its_own_account_is_refused(
    place: int, value: int
) -> None:
    data = bytearray(word_file(paragraph("字")))
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<H" if place == 10 else "<L", data, end + place, value)
    found = read_word(bytes(data), "旧稿.docx")
    assert isinstance(found, Manuscript | Problem)


def test_a_zip_in_a_zip_in_a_zip_is_named_and_not_opened() -> None:
    data = word_file(paragraph("字"))
    for _ in range(20):
        data = zipped({"word/document.docx": data})
    assert "word/document.docx" in said(data)


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_MEMBERS", 5)
    assert "6 个文件" in said(zipped({f"{n}.xml": b"" for n in range(6)}))


def test_a_part_that_is_there_twice_is_refused() -> None:
    stream = io.BytesIO(word_file(paragraph("甲")))
    with zipfile.ZipFile(stream, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("word/document.xml", root("document", "<w:body/>"))
    assert "两个" in said(stream.getvalue())


def test_an_encrypted_member_is_said_to_be_one() -> None:
    data = bytearray(word_file(paragraph("字")))
    for position in range(len(data)):
        if data[position : position + 4] == b"PK\x01\x02":
            data[position + 8] |= 1
    assert "加了密码" in said(bytes(data))


def test_a_damaged_part_is_said_to_be_one() -> None:
    data = bytearray(word_file(paragraph("字" * 500)))
    place = data.index(b"word/document.xml") + 40
    data[place : place + 8] = b"\xff" * 8
    assert "坏了" in said(bytes(data))


def test_names_that_lead_out_of_the_file_lead_nowhere() -> None:
    members = word_members(paragraph("正文"))
    members |= {"../../etc/passwd": b"x", "/abs.xml": b"x", "C:\\x.xml": b"x"}
    targets = {"r1": ("header", "../../../../etc/hosts"), "r2": ("styles", "file:///etc/passwd")}
    members["word/_rels/document.xml.rels"] = relationships(targets)
    found = manuscript(zipped(members))
    assert (texts(found), found.asides) == (["正文"], ())


def test_other_spellings_of_part_names_are_understood() -> None:
    members = {
        name.replace("word/document", "Word\\Document"): data
        for name, data in word_members(paragraph("正文")).items()
    }
    members["_rels/.rels"] = relationships({"r": ("officeDocument", "/word/document.xml")})
    assert texts(manuscript(zipped(members))) == ["正文"]


def test_macros_and_templates_are_read_and_macros_never_looked_at() -> None:
    members = word_members(paragraph("正文"))
    types = members["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
        b"vnd.ms-word.document.macroEnabled.main",
    )
    members |= {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xff" * 100}
    assert texts(manuscript(zipped(members))) == ["正文"]


def nested(depth: int) -> bytes:
    inner = paragraph("芯")
    for _ in range(depth):
        inner = table(cell(inner))
    return word_file(inner)


@pytest.mark.parametrize("depth", [150, 3000])
def test_nesting_without_end_is_refused(depth: int) -> None:
    assert "太深" in said(nested(depth))
    assert "太深" in said(word_file("<w:ins>" * depth * 3 + "</w:ins>" * depth * 3))


def test_nesting_that_a_parser_still_allows_and_this_program_does_not_is_refused() -> None:
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    try:
        found = read_word(nested(80), "旧稿.docx")
    finally:
        sys.setrecursionlimit(usual)
    assert isinstance(found, Problem)
    assert "太深" in found.message


def test_ordinary_nesting_is_read() -> None:
    assert texts(manuscript(nested(12))) == ["芯"]


def test_one_text_without_end_is_refused() -> None:
    assert "太长" in said(word_file(paragraph("字" * 4_000_000)))


def test_measures_that_make_no_sense_are_passed_over() -> None:
    body = paragraph(
        '<w:r><w:rPr><w:sz w:val="huge"/><w:b w:val="maybe"/></w:rPr><w:t>字</w:t>'
        '<w:sym w:char="ZZZZ"/><w:sym w:char="FFFFFFFF"/><w:sym/></w:r>',
        '<w:r><w:footnoteReference w:id="77"/><w:commentReference/><w:fldChar/></w:r>',
        properties='<w:pStyle/><w:outlineLvl w:val="-3"/><w:jc w:val="sideways"/>'
        '<w:ind w:firstLine="wide"/><w:numPr><w:ilvl w:val="x"/><w:numId w:val="-1"/></w:numPr>',
    )
    wide = table(cell("甲", properties='<w:gridSpan w:val="999999999"/>') + cell("乙"))
    found = read(body + wide + '<w:sectPr><w:pgNumType w:start="many"/></w:sectPr>')
    assert texts(found)[0] == "字[1]"
    assert len(found.blocks[1].rows[0]) == 64
    assert aside_texts(found) == []


def test_a_document_without_a_body_is_empty() -> None:
    members = word_members("") | {"word/document.xml": root("document", "")}
    assert manuscript(zipped(members)).blocks == ()


WHOLE = word_file(
    paragraph("题名", properties='<w:pStyle w:val="2"/>') + table(cell("甲")),
    styles="",
    numbering="",
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    spoilt = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(spoilt)))
    found = read_word(bytes(spoilt[: end or None]), "一期.docx")
    assert isinstance(found, Manuscript | Problem)
