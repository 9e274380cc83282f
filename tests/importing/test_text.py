"""Text files: encodings, pages, and paragraphs that an editor broke into lines."""

from __future__ import annotations

import pytest

from bulletin_site.importing.manuscript import Alignment, Kind, Manuscript
from bulletin_site.importing.text import read_text
from bulletin_site.problems import Problem

LINE = "这是正文中的一行字它正好写满了一整行的宽度不多也不少到此为止了"


def read(text: str | bytes, name: str = "x.txt") -> Manuscript:
    found = read_text(text.encode() if isinstance(text, str) else text, name)
    assert not isinstance(found, Problem), found
    return found


def texts(found: Manuscript) -> list[str]:
    return [block.text for block in found.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_simplified_text_is_read_in_every_encoding(encoding: str) -> None:
    assert texts(read("电子政务信息汇编\n2014年5月9日\n".encode(encoding)))[0] == "电子政务信息汇编"


def test_traditional_text_in_big5_is_told_from_gb18030() -> None:
    text = "電子政務資訊彙編目錄與來源皆為繁體中文，這裡的文字要讀得出來"
    assert texts(read(text.encode("big5"))) == [text]


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xfe\x00\xd8", b"   \n\n"])
def test_what_is_no_text_is_a_problem(data: bytes) -> None:
    found = read_text(data, "x.txt")
    assert isinstance(found, Problem)
    assert found.code == "import-file"


def test_a_line_is_a_paragraph_where_lines_differ_in_width() -> None:
    assert len(read("短。\n这一行长一些。\n这一行比上面的那一行还要再长一些。\n").blocks) == 3


def test_lines_of_one_width_are_joined_by_their_indents() -> None:
    paragraph = "\n".join([f"　　{LINE[:-2]}", *[LINE] * 4, "最后一行短。"])
    found = read("\n".join([paragraph] * 3))
    assert len(found.blocks) == 3
    assert found.blocks[0].text == LINE[:-2] + LINE * 4 + "最后一行短。"


def test_page_numbers_and_running_heads_are_taken_off_and_the_pages_counted() -> None:
    pages = [
        "\n".join(["某某汇编　内部资料", *[f"{'甲乙丙丁戊己庚'[page]}页的{'甲乙丙丁戊己庚'[n]}行，长短不一{'啊' * n}。" for n in range(1, 7)], f"— {page} —"])
        for page in range(3, 7)
    ]  # fmt: skip
    found = read("\f".join(pages))
    assert found.printed == {1: 3, 2: 4, 3: 5, 4: 6}
    assert {aside.reason for aside in found.asides} == {"页码", "页眉或页脚"}
    assert not any("汇编" in text or "—" in text for text in texts(found))


def test_the_number_in_a_running_head_counts_too() -> None:
    pages = [
        "\n".join([f"决策参考　九月第二期　　第 {page} 页　共 7 页", *[f"{'甲乙丙丁戊己庚'[page - 1]}页的{'甲乙丙丁戊己庚'[n]}行，长短不一{'啊' * n}。" for n in range(1, 7)]])
        for page in range(2, 7)
    ]  # fmt: skip
    assert read("\f".join(pages)).printed == {1: 2, 2: 3, 3: 4, 4: 5, 5: 6}


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert "3" in texts(read("名次如下\n3\n这是一句话。\n"))


def test_line_numbers_down_the_margin_are_taken_off() -> None:
    lines = [f"{n:>3}  这是第{n}行的文字，长短不一{'啊' * (n % 7)}。" for n in range(1, 31)]
    found = read("\n".join(lines))
    assert found.blocks[0].text.startswith("这是第1行")
    assert {aside.reason for aside in found.asides} == {"行号"}


def test_a_line_far_from_the_margin_stands_at_the_end_or_in_the_middle() -> None:
    body = "\n".join(["　　" + LINE[:-2], *[LINE] * 8, "完。"] * 2)
    found = read(f"{' ' * 24}题名在中间\n{body}\n{' ' * 50}（新华网）\n")
    assert found.blocks[0].alignment is Alignment.CENTRE
    assert found.blocks[-1].alignment is Alignment.END


def test_rows_of_cells_are_a_table() -> None:
    (table,) = [
        b for b in read("城市\t得分\t名次\n甲\t81\t1\n乙\t77\t2\n").blocks if b.kind is Kind.TABLE
    ]
    assert table.rows[1] == ("甲", "81", "1")


def test_marks_of_markdown_are_looks_and_no_text() -> None:
    found = read("## **题名**\n\n*来源：某报*\n\n1\\. 一项\n", "x.md")
    assert texts(found) == ["题名", "来源：某报", "1. 一项"]
    assert (found.blocks[0].level, found.blocks[0].bold) == (2, True)


def test_without_indents_a_full_line_at_the_end_of_a_sentence_leaves_the_paragraph_doubtful() -> (
    None
):
    ended = LINE[:-1] + "。"
    found = read(
        "\n".join([LINE, LINE, ended, LINE, LINE, LINE, LINE, LINE, "完了。", LINE, "完。"])
    )
    assert not found.blocks[0].whole
    assert found.blocks[-1].whole


@pytest.mark.parametrize("run", ["　", "- ", ". ", "（", "1 "])
def test_a_long_run_of_signs_is_read_in_one_go(run: str) -> None:
    read = read_text(f"甲{run * 20_000}乙\n".encode(), "本期.txt")
    assert isinstance(read, Manuscript)
