"""What the fuzzers of the importers begin with: small files as typists make them, and the words
that such files are made of."""

from __future__ import annotations

from importing.word_files import RENDERED, paragraph, word_members, zipped

COVER = "电子政务信息汇编\n\n2014年5月9日\n\n五月第一期\n\n秘书处\n\n目 录\n\n"
TEXTS = (
    f"{COVER}【政务云】\n1、甲地规划出台……2\n2、乙地平台开通……3\n\n1、甲地规划出台\n\n"
    "　　甲地日前印发了规划，明确提出要在三年之内建成\n— 2 —\n\f三个数据中心。\n（甲报）\n\n"
    "2、乙地平台开通\n\n乙地的平台开通了。（乙报）\n\n报：某某　送：某某\n",
    "2014年5月第1期\n\n# 目录\n\n- 1、甲.....2\n- 2、乙 ..... 2\n\n## 1. 甲\n\n**加粗**的字。{p3}\n\n"
    "### 二级\n\n> 引文\n\n| 一 | 二 |\n|---|---|\n| 三 | 四 |\n\n( 新华网 )\n\n## 2. 乙\n\n1．5万张卡。\n",
    f"{COVER}一、本期要闻\n1.甲地规划出台\t2\n2.乙地平台开通\t2\n\n一、本期要闻\n1.甲地规划出台\n"
    "来源：甲报\n甲地规划出台。\n    第二段\n继续写。\n2.乙地平台开通\n作者：某某\n[注] 说明。\n",
)
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "big5")
PARTS = (
    *("document", "styles", "numbering", "footnotes", "endnotes", "comments"),
    *("header1", "footer1", "settings"),
)
"""Parts of a .docx whose inside an input may be."""

_WORDS = (
    *(
        "目录",
        "目 录",
        "【政务云】",
        "1、",
        "2、",
        "一、",
        "（一）",
        "……2",
        "（新华网）",
        "来源：",
        "2014年5月9日",
    ),
    *(
        "五月第一期",
        "— 3 —",
        "\f",
        "　　",
        "{p3}",
        "# ",
        "## ",
        "**",
        "| a | b |\n|---|---|\n",
        "> ",
        "\\",
        "\r\n",
    ),
    *(
        "\u200b",
        "\ufeff",
        "\u2028",
        "\x85",
        "\x0b",
        "```\n",
        "---\n",
        "- ",
        "[1]",
        "](#a)",
        "[]{#b}",
        "{.c}",
        "<br/>",
    ),
)
_ELEMENTS = (
    *(
        "<w:p>",
        "</w:p>",
        "<w:r>",
        "</w:r>",
        "<w:t>",
        "</w:t>",
        "<w:br/>",
        '<w:br w:type="page"/>',
        "<w:tab/>",
    ),
    *(
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "<w:pPr>",
        "</w:pPr>",
        "<w:rPr>",
        "</w:rPr>",
    ),
    *(
        '<w:pStyle w:val="1"/>',
        "<w:numPr>",
        '<w:ilvl w:val="0"/>',
        '<w:numId w:val="1"/>',
        "</w:numPr>",
        "<w:sectPr>",
    ),
    *(
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="end"/>',
        "<w:instrText>PAGE</w:instrText>",
    ),
    *(
        "<w:lastRenderedPageBreak/>",
        '<w:footnoteReference w:id="2"/>',
        "<w:ins>",
        "</w:ins>",
        "<w:del>",
        "</w:del>",
    ),
    *(
        "<w:delText>",
        "</w:delText>",
        "<w:txbxContent>",
        "</w:txbxContent>",
        '<w:sym w:char="F0A7"/>',
        "<w:vanish/>",
    ),
    *(
        "<m:t>",
        "</m:t>",
        "<w:sdt>",
        "</w:sdt>",
        "<w:sdtContent>",
        "</w:sdtContent>",
        ' w:val="',
        "<![CDATA[",
        "&amp;",
    ),
)
_OPERATORS = (
    *(
        " Tj",
        " TJ",
        " Td",
        " Tm",
        " Tf",
        "BT ",
        " ET",
        " re f",
        " cm",
        "/F1",
        "endstream",
        "endobj",
        "stream\n",
    ),
    *(
        "/Type",
        "/Page",
        "/Pages",
        "/Kids",
        "/Count",
        "/MediaBox",
        "/Rotate 90",
        "/Contents",
        "/Annots",
        " 0 R",
    ),
)


def text_seeds() -> list[bytes]:
    return [text.encode(name, "replace") for text in TEXTS for name in _ENCODINGS]


def word_seeds() -> list[bytes]:
    """The inside of a part, after the number of the part in `PARTS`."""
    body = "".join(
        paragraph(RENDERED, line) if "规划出台" in line else paragraph(line)
        for line in TEXTS[0].replace("\f", "").split("\n")
    )
    style = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1、"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    note = f'<w:footnote w:id="2">{paragraph("注文")}</w:footnote>'
    insides = (body, style, numbering, note, note, note, paragraph("页眉"), paragraph("1"), "")
    return [bytes([number]) + inside.encode() for number, inside in enumerate(insides)]


def wrapped(part: str, inside: bytes) -> bytes:
    """A .docx with these bytes inside of one of its parts."""
    others = {seed: data[1:].decode() for seed, data in zip(PARTS, word_seeds(), strict=True)}
    mark = "INSIDE"
    body = others.pop("document") if part != "document" else mark
    others.pop("document", None)
    members = word_members(body, **{**others, **({part: mark} if part != "document" else {})})
    return zipped({name: data.replace(mark.encode(), inside) for name, data in members.items()})


def zip_seeds() -> list[bytes]:
    return [wrapped("document", word_seeds()[0][1:]), wrapped("styles", b"")]


def pdf_seeds() -> list[bytes]:
    """A PDF of two pages whose characters are ASCII, uncompressed, and one without a text."""
    lines = ("2014-5-9", "1 First report .... 2", "1 First report", "Text of it, which goes on.")
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    return [_pdf(f"BT /F1 12 Tf 72 720 Td {shown} ET"), _pdf("0 0 100 100 re f")]


def _pdf(content: str) -> bytes:
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        *(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R"
            "/Resources<</Font<</F1 5 0 R>>>>>>",
        )
        * 2,
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
    )
    body, table = "%PDF-1.4\n", "0000000000 65535 f \n"
    for number, one in enumerate(objects, start=1):
        table += f"{len(body):010} 00000 n \n"
        body += f"{number} 0 obj\n{one}\nendobj\n"
    end = f"trailer\n<</Root 1 0 R/Size 7>>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 7\n{table}{end}".encode()


def tokens(target: str) -> str:
    """The words of a kind of file, as libFuzzer takes them."""
    words = {"word": _ELEMENTS + _WORDS, "zip": _ELEMENTS, "pdf": _OPERATORS}.get(target, _WORDS)
    return "".join(
        '"' + "".join(f"\\x{byte:02X}" for byte in word.encode()) + '"\n' for word in words
    )
