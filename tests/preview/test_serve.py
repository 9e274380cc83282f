"""`bulletin serve` in its console: what it says, what it leaves alone, how it ends."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from archives import TWO_ISSUES, files_of, write
from bulletin_site.__main__ import main
from bulletin_site.preview import serve
from bulletin_site.preview.server import PreviewServer
from preview.program import PATIENCE, Program, running, save, until

THIRD = "issues/2014-05-1/03.md"
GOOD = TWO_ISSUES[THIRD]
WRONG = GOOD.replace("page: 4", "page: 四")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, TWO_ISSUES)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield int(other.getsockname()[1])


def test_it_says_where_it_is_what_becomes_of_each_save_and_ends_at_ctrl_c(root: Path) -> None:
    with running(root) as program:
        assert program.said[0].startswith("预览：http://127.0.0.1:")
        assert "Ctrl+C" in program.said[1]
        assert "个网页，没有问题（" in program.said[2]
        save(root / THIRD, WRONG)
        assert program.says("秒）").startswith(f"{THIRD}：网页停在改错之前的样子，1 处错误（")
        assert program.says(THIRD) == f"{THIRD}:3: bad-page：页码“四”不是正整数"
        assert program.says("提示：")
        save(root / THIRD, GOOD)
        assert program.says(THIRD).startswith(f"{THIRD}：网页已更新，没有问题（")
        save(root / THIRD, GOOD)
        assert program.says(THIRD) == f"{THIRD}：内容没有变化。"
        assert program.interrupt() == 0
        assert program.said[-1] == "预览已结束。"
        assert "Traceback" not in "\n".join(program.said)


def test_an_archive_with_errors_is_waited_for(root: Path) -> None:
    save(root / THIRD, WRONG)
    with running(root) as program:
        assert program.said[-1].startswith("网页还没有生成，1 处错误（")
        save(root / THIRD, GOOD)
        assert program.says("秒）").startswith(f"{THIRD}：")
        assert "个网页，没有问题（" in program.said[-1]


def test_a_warning_is_told_once(root: Path) -> None:
    warned = GOOD.replace("不再", " and 不再")
    with running(root) as program:
        save(root / THIRD, warned)
        program.says("stray-latin")
        save(root / "issues/2014-05-1/02.md", TWO_ISSUES["issues/2014-05-1/02.md"] + "\n又一段。\n")
        assert program.says("秒）").endswith("）。")
        assert program.interrupt() == 0
        assert sum("stray-latin" in line for line in program.said) == 1


def test_nothing_is_written_anywhere(root: Path) -> None:
    assert main(["build", "--root", str(root)]) == 0
    (root / "site/index.html").write_text("an old site", encoding="utf-8")
    before = files_of(root)
    with running(root) as program:
        for path in (
            "",
            "search.html",
            "search/catalog.js",
            "issues/2014-05-1/03.html",
            "feed.xml",
        ):
            with urlopen(program.url + path) as answered:
                answered.read()
        for text in (WRONG, GOOD):
            save(root / THIRD, text)
            program.says("秒）")
        assert program.interrupt() == 0
    assert files_of(root) == before


def test_without_a_build_before_it_nothing_is_written_either(root: Path) -> None:
    before = files_of(root)
    with running(root) as program:
        assert program.interrupt() == 0
    assert files_of(root) == before


def test_a_port_that_is_taken_ends_with_one_and_says_what_to_do(root: Path, taken: int) -> None:
    program = Program(root, "--port", str(taken))
    assert program.ended() == 1
    program.kill()
    (said,) = program.said
    assert f"端口 {taken} 不能用" in said
    assert said.endswith(f"bulletin serve --port {taken + 1}")


def test_where_no_port_is_named_the_next_one_is_taken_and_said(
    root: Path, taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "PORT", taken)
    monkeypatch.setattr(PreviewServer, "serve_forever", at_once)
    assert main(["serve", "--root", str(root)]) == 0
    said = capsys.readouterr().out.splitlines()
    port = said[1].rstrip("/").rpartition(":")[2]
    assert said[0] == f"端口 {taken} 不能用，改用 {port}。"
    assert taken < int(port) < taken + 10


def at_once(server: PreviewServer, poll_interval: float) -> None:
    raise KeyboardInterrupt


def test_the_browser_is_opened_when_asked_for(root: Path, tmp_path: Path) -> None:
    note = tmp_path / "opened.txt"
    browser = tmp_path / "browser.py"
    browser.write_text(
        f"import pathlib, sys\npathlib.Path({str(note)!r}).write_text(sys.argv[1])\n", "utf-8"
    )
    with running(root, "--open", BROWSER=f"{sys.executable} {browser} %s") as program:
        until(lambda: note.exists() and note.read_text("utf-8") == program.url)


def test_without_being_asked_it_opens_nothing(root: Path, tmp_path: Path) -> None:
    note = tmp_path / "opened.txt"
    with running(root, BROWSER=f"touch {note}"):
        assert not note.exists()


def test_what_others_can_reach_is_warned_of(root: Path) -> None:
    with running(root, "--host", "0.0.0.0") as program:
        assert any(line.startswith("注意：") and "没有发布的稿件" in line for line in program.said)
        with urlopen(program.url, timeout=PATIENCE) as answered:
            assert answered.status == 200


def test_a_host_that_is_not_this_machine_ends_with_one(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["serve", "--root", str(root), "--host", "192.0.2.1"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("不能在 192.0.2.1 上预览（")
    assert "请去掉 --host" in said


@pytest.mark.parametrize("port", ["八千", "-1", "65536", "80a", ""])
def test_what_is_no_port_is_a_mistake_in_the_command(
    root: Path, port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", "--root", str(root), f"--port={port}"])
    assert ended.value.code == 2
    assert f"“{port}”不是端口号" in capsys.readouterr().err
