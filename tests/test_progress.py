"""How far a run has come: said to people who wait, and to nobody else."""

from __future__ import annotations

import io

import pytest

from bulletin_site.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_run_of_less_than_a_second_says_nothing(clock: Clock) -> None:
    stream = Terminal()
    with Progress(stream, clock=clock) as progress:
        clock.now = 0.9
        progress("生成网页", 1, 2)
    assert stream.getvalue() == ""


def test_a_longer_one_says_what_it_does_and_how_much_of_it(clock: Clock) -> None:
    stream = Terminal()
    with Progress(stream, clock=clock) as progress:
        clock.now = 1.1
        progress("读入文件", 0, 0)
        clock.now = 1.3
        progress("生成网页", 120, 25000)
        assert stream.getvalue() == "\r读入文件…\r生成网页 120/25000"


def test_it_speaks_no_faster_than_people_read(clock: Clock) -> None:
    stream = Terminal()
    with Progress(stream, clock=clock) as progress:
        for number in range(1000):
            clock.now = 1 + number / 1000
            progress("生成网页", number, 1000)
    assert 5 <= stream.getvalue().count("生成网页") <= 11


def test_its_line_is_gone_at_the_end(clock: Clock) -> None:
    stream = Terminal()
    with Progress(stream, clock=clock) as progress:
        clock.now = 2
        progress("网页", 1, 2)
    # Two columns for each character of Chinese.
    assert stream.getvalue() == "\r网页 1/2\r" + " " * 8 + "\r"


def test_a_shorter_line_covers_the_longer_one_before_it(clock: Clock) -> None:
    stream = Terminal()
    with Progress(stream, clock=clock) as progress:
        clock.now = 2
        progress("网页", 10, 20)
        clock.now = 3
        progress("网页", 1, 2)
        assert stream.getvalue().endswith("\r网页 1/2  ")


def test_a_file_is_not_a_terminal(clock: Clock) -> None:
    stream = io.StringIO()
    with Progress(stream, clock=clock) as progress:
        clock.now = 5
        progress("生成网页", 1, 2)
    assert stream.getvalue() == ""
