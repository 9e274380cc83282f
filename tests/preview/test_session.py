"""The last good edition stays, whatever becomes of a save."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest

from bulletin_site.preview.session import Outcome, Session, State
from preview.program import PATIENCE
from preview.small_site import BROKEN, MINOR, WRONG, Builds, built, stopped


def test_before_the_first_build_there_is_nothing() -> None:
    state = Session(Builds()).state
    assert (state.outcome, state.edition, state.problems) == (Outcome.BEGUN, None, ())


def test_an_error_keeps_the_last_good_edition_and_says_what_is_wrong() -> None:
    session = Session(Builds(built(MINOR), stopped(WRONG, MINOR), built(MINOR)))
    good = session.rebuild()
    assert (good.outcome, good.problems) == (Outcome.GOOD, (MINOR,))
    wrong = session.rebuild()
    assert (wrong.outcome, wrong.problems) == (Outcome.STOPPED, (WRONG, MINOR))
    assert wrong.edition is good.edition
    mended = session.rebuild()
    assert mended.is_good
    assert mended.edition is not good.edition
    assert good.number < wrong.number < mended.number


def test_a_mistake_in_the_program_keeps_it_too_and_is_told_on_the_console(
    capsys: pytest.CaptureFixture[str],
) -> None:
    session = Session(Builds(built(), ZeroDivisionError("a mistake"), built()))
    good = session.rebuild()
    crashed = session.rebuild()
    assert (crashed.outcome, crashed.edition) == (Outcome.CRASHED, good.edition)
    assert "ZeroDivisionError: a mistake" in capsys.readouterr().err
    assert session.rebuild().is_good


def test_an_edition_that_cannot_make_the_home_page_is_not_good() -> None:
    session = Session(Builds(built(), built(MINOR, **{"index.html": "broken"})))
    good = session.rebuild()
    state = session.rebuild()
    assert (state.outcome, state.edition) == (Outcome.STOPPED, good.edition)
    assert state.problems == (MINOR, BROKEN)


def test_an_edition_that_cannot_make_a_page_that_is_open_is_not_good() -> None:
    session = Session(Builds(*[built(), *[built(**{"search.html": "broken"})] * 2]))
    session.rebuild()
    with session.watching("/search.html"):
        assert session.rebuild().outcome is Outcome.STOPPED
    assert session.rebuild().is_good


def test_who_waits_for_news_gets_the_next_state() -> None:
    session = Session(Builds(built(), built()))
    known = session.rebuild()
    assert waiting(session, known.number, session.rebuild) == [session.state]
    assert session.news(session.state.number, 0) is session.state


def test_who_waits_for_news_is_let_go_at_the_end() -> None:
    session = Session(Builds(built()))
    assert waiting(session, session.rebuild().number, session.end) == [None]


def waiting(session: Session, known: int, happens: Callable[[], object]) -> list[State | None]:
    """What somebody is told who waits while something happens."""
    told: list[State | None] = []
    thread = Thread(target=lambda: told.append(session.news(known, PATIENCE)))
    thread.start()
    happens()
    thread.join(PATIENCE)
    return told
