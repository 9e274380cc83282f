"""Files that are no Word document of today, whatever their name says: what they are, and what to do
with each."""

from __future__ import annotations

import zipfile

from bulletin_site.importing.manuscript import unreadable
from bulletin_site.problems import Problem

_SAVE_AS = (
    "请用 Word 或 WPS 打开它，点“文件→另存为”，类型选“Word 文档（*.docx）”，再导入新存的文件。"
)
_COPY_AGAIN = "请从原来的地方重新复制或下载一次；用 Word 打得开的话，另存为 .docx 再导入。"
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_OLE_KINDS = {
    "EncryptedPackage": (
        "设了打开密码",
        "请用 Word 打开，点“文件→信息→保护文档”去掉密码，保存后再导入。",
    ),
    "WordDocument": ("是旧格式的 Word 文件（.doc 或 .wps）", _SAVE_AS),
    "Workbook": ("是旧格式的 Excel 表格（.xls）", "请选正文所在的 Word 文件。"),
    "PowerPoint Document": ("是旧格式的演示文稿（.ppt）", "请选正文所在的 Word 文件。"),
}
_STARTS = (
    (b"{\\rtf", "是 RTF 文件，不是 .docx", _SAVE_AS),
    (b"%PDF", "是 PDF 文件", "请把文件名的后缀改成 .pdf，再导入。"),
    (b"<?mso-application", "是 Word 2003 的 XML 文件，不是 .docx", _SAVE_AS),
    (b"MIME-Version", "是单个文件网页（.mht），不是 .docx", _SAVE_AS),
    (b"\x89PNG", "是图片", "程序不认图片里的字，请找原来的 Word 文件。"),
    (b"\xff\xd8\xff", "是图片", "程序不认图片里的字，请找原来的 Word 文件。"),
)
_FOLDERS = (
    ("xl/", "是 Excel 表格，不是 Word 文档", "请选正文所在的 Word 文件。"),
    ("ppt/", "是演示文稿，不是 Word 文档", "请选正文所在的 Word 文件。"),
    (
        "OFD.xml",
        "是 OFD 版式文件，不是 Word 文档",
        "请找原来的 Word 文件，或用阅读器把它另存为 PDF 再导入。",
    ),
    ("META-INF/manifest.xml", "是 LibreOffice 的文档（.odt），不是 .docx", _SAVE_AS),
)
_DOCUMENTS = (".docx", ".doc", ".wps", ".pdf", ".txt")


def not_a_zip(data: bytes, name: str) -> Problem:
    """A .docx is a zip; this is none, or only the beginning of one."""
    what, hint = _what(data)
    return unreadable(name, f"读不出来：这个文件{what}", hint)


def _what(data: bytes) -> tuple[str, str]:
    if not data.strip(b"\0\xff \r\n"):
        return ("是空的" if not data else "里没有内容（全是空字节）"), _COPY_AGAIN
    if data.startswith(b"PK"):
        return "不完整（没有复制完或下载完）", _COPY_AGAIN
    if data.startswith(_OLE):
        return _ole(data)
    start = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    for mark, what, hint in _STARTS:
        if start.startswith(mark) or (mark[:2] == b"<?" and mark in start):
            return what, hint
    if any(mark in start.lower() for mark in (b"<html", b"<!doctype html")):
        return "其实是网页（HTML），不是 .docx", _SAVE_AS
    if b"\0" not in data[:65536]:
        return "是纯文本，不是 .docx", "请把文件名的后缀改成 .txt，再导入。"
    return "不是 Word 文档，或者已经损坏", _COPY_AGAIN


def _ole(data: bytes) -> tuple[str, str]:
    """Names of streams in a compound file are UTF-16 (MS-CFB 2.6.1)."""
    for stream, answer in _OLE_KINDS.items():
        if stream.encode("utf-16-le") in data:
            return answer
    return "是旧格式的 Office 文件，不是 .docx", _SAVE_AS


def no_document(members: zipfile.ZipFile, name: str) -> Problem:
    """A zip without a Word document in it."""
    names = members.namelist()
    for start, what, hint in _FOLDERS:
        if any(member.startswith(start) for member in names):
            return unreadable(name, f"读不出来：这个文件{what}", hint)
    inner = [member for member in names if member.lower().endswith(_DOCUMENTS)]
    if inner:
        return unreadable(
            name,
            f"读不出来：这是压缩包，里面另有文件（{inner[0][:60]}）",
            "请先解压，再导入里面的文件。",
        )
    return unreadable(name, "读不出来：文件里没有 Word 正文", _COPY_AGAIN)


def damaged(name: str, what: str) -> Problem:
    return unreadable(name, f"读不出来：{what}", _COPY_AGAIN)


def refused(name: str, what: str) -> Problem:
    """What no Word writes and no computer should unpack."""
    return unreadable(
        name,
        f"没有读：{what}，正常的 Word 文档不会这样",
        "请确认文件的来历；可靠的话，用 Word 打开并另存为 .docx，再导入。",
    )
