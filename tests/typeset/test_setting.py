"""Grids, fonts, titles and lines: what an issue is set with."""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given
from hypothesis import strategies as st

from archives import BASE, ROOT, write
from bulletin_site.pdf_pages.paper import BLOCK_HEIGHT, BLOCK_WIDTH, BOTTOM, POINTS, RIGHT
from bulletin_site.typeset.fonts import BODY, NUMBERS, TITLE, missing, used
from bulletin_site.typeset.grid import GRIDS, STANDARD
from bulletin_site.typeset.titles import title_lines
from typeset.conftest import Made, laid_out_of, with_article

MadeOf = Callable[..., Made]


def test_the_sheet_is_that_of_the_standard() -> None:
    assert (BLOCK_WIDTH, BLOCK_HEIGHT, RIGHT, BOTTOM) == (156, 225, 26, 35)
    assert STANDARD.name == "28×22"
    assert STANDARD.size == pytest.approx(16, abs=0.25)
    assert STANDARD.leading == pytest.approx(29, abs=0.1)


@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.name)
def test_a_grid_fills_the_text_block_and_holds_no_more(grid: object) -> None:
    for one in [found for found in GRIDS if found is grid]:
        assert 0 <= BLOCK_WIDTH * POINTS - one.characters * one.size < 0.05
        assert 0 <= BLOCK_HEIGHT * POINTS - one.lines * one.leading < 0.05


def test_grids_go_from_the_loosest_to_the_closest() -> None:
    room = [grid.characters * grid.lines for grid in GRIDS]
    assert room == sorted(room)
    assert GRIDS[-1].size >= 13


def test_fonts_are_called_as_people_call_them() -> None:
    names = ["ABCDEF+Noto-Serif-CJK-SC-Bold", "GHIJKL+FangSong", "FangSong"]
    assert used(names) == ("FangSong", "Noto Serif CJK SC Bold")


def test_a_font_is_missing_where_none_of_its_families_is_there() -> None:
    there = ["ABCDEF+FangSong_GB2312", "GHIJKL+Noto-Serif-CJK-SC-Bold"]
    assert missing(there, (BODY, TITLE, NUMBERS)) == (TITLE,)
    assert missing(["AAAAAA+STZhongsong-Regular"], (BODY, TITLE)) == (BODY,)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("1、短的题名", ("1、短的题名",)),
        ("1、打造基础数据库 成都尝试决策", ("1、打造基础数据库", "成都尝试决策")),
        ("1、推动执法与司法衔接平台", ("1、推动执法", "与司法衔接平台")),
        ("1、证件“微信预约”只需 2 分钟", ("1、证件“微信预约”", "只需 2 分钟")),
        ("1、广东省规划出台、海南省平台启动", ("1、广东省规划出台、", "海南省平台启动")),
        (
            "1、广东省规划出台、海南省平台启动、会议无纸化",
            ("1、广东省规划出台、", "海南省平台启动、", "会议无纸化"),
        ),
        ("1、ABCDEFGHIJKLMNOPQRSTUVWXYZ", ("1、ABCDEFGHIJKLMNOPQRSTUVWXYZ",)),
    ],
)
def test_a_long_title_is_parted_between_its_words(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title, 10.0) == lines


@given(st.text(alphabet="云与的“”《》、—— 2ab平台启动", min_size=1), st.integers(3, 30))
def test_a_parted_title_loses_nothing_but_spaces(title: str, measure: int) -> None:
    lines = title_lines(title, float(measure))
    assert "".join("".join(lines).split()) == "".join(title.split())
    assert all(line[0] not in "，、。：；？！”》" for line in lines[1:])


def test_a_title_that_is_none_stands_in_one_piece() -> None:
    """To part it evenly would take hours."""
    title = "很长的题名" * 2000
    assert title_lines(title, 10.0) == (title,)


def test_no_closing_mark_begins_a_line(made_of: MadeOf) -> None:
    text = "，".join("政务公开平台服务信息化建设规划数据"[: 3 + n % 11] for n in range(90)) + "。"
    made = made_of(with_article(f"“{text}”（{text}）", page="auto"), auto=True)
    for number in range(2, made.typeset.sheets + 1):
        shown = made.told("pdftotext", "-layout", "-f", str(number), "-l", str(number), "PDF", "-")
        starts = [line.strip()[:1] for line in shown.splitlines()]
        assert not set(starts) & set("，。、；：！？”’）》】")


def test_nothing_in_the_template_is_unknown_to_the_program_that_sets_it() -> None:
    messages: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    listener = Listener()
    logging.getLogger("weasyprint").addHandler(listener)
    try:
        laid_out_of(BASE)
    finally:
        logging.getLogger("weasyprint").removeHandler(listener)
    assert messages == []


def test_other_processes_make_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        root = write(tmp_path / seed, BASE)
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "bulletin_site", "pdf", "--root", str(root)]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        folder = root / "issues/2014-05-1"
        made.append([(folder / name).read_bytes() for name in ("2014-05-1.pdf", "pdf.yaml")])
    assert made[0] == made[1]


@pytest.mark.parametrize(("fonts", "code"), [("none", "pdf-tool"), ("latin", "pdf-glyph")])
def test_without_fonts_for_it_the_command_says_so(tmp_path: Path, fonts: str, code: str) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    if fonts == "latin":
        (folder / "latin.ttf").write_bytes(latin_font())
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>",
        "utf-8",
    )
    root = write(tmp_path / "archive", BASE)
    ran = subprocess.run(
        [sys.executable, "-m", "bulletin_site", "pdf", "--root", str(root)],
        env={
            **os.environ,
            "FONTCONFIG_FILE": str(settings),
            "PYTHONPATH": str(ROOT / "src"),
            "PYTHONIOENCODING": "utf-8",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 1
    assert f": {code}：" in ran.stdout
    assert "fonts-noto-cjk" in ran.stdout
    assert not list((root / "issues/2014-05-1").glob("*.pdf"))


def latin_font() -> bytes:
    """A font that has the letter A, and nothing else."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "A", "space"])
    builder.setupCharacterMap({0x41: "A", 0x20: "space"})
    pen = TTGlyphPen(None)
    for number, point in enumerate([(0, 0), (500, 0), (250, 700)]):
        (pen.lineTo if number else pen.moveTo)(point)
    pen.closePath()
    drawn = pen.glyph()
    builder.setupGlyf(dict.fromkeys((".notdef", "A", "space"), drawn))
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "A", "space"), (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Latin", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def test_an_identifier_is_in_the_file(made_of: MadeOf) -> None:
    assert re.search(rb"/ID ?\[", made_of(BASE).typeset.pdf)
