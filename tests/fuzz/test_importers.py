"""What the fuzzer holds the importers to, with a few inputs of hypothesis; and what it has found."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulletin_site.importing.manuscript import Manuscript
from fuzz.held import TARGETS, hold
from fuzz.seeds import COVER

FOUND = {
    # A title without a letter was taken for a number alone, and nothing was left of it.
    "a-title-without-letters": ("text", f"{COVER}1、甲……2\n2、——……2\n\n1、甲\n\n好。\n\n2、——\n\n好。\n"),
    "a-heading-without-letters": ("markdown", "目录\n\n- 1、甲..2\n- 2、？..2\n\n## 1. 甲\n\n好。\n\n## 2. ？\n"),
}  # fmt: skip
"""Inputs that once raised or lost something, as small as they were made."""


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_mended(name: str) -> None:
    target, text = FOUND[name]
    hold(TARGETS[target][0](text.encode()))


@pytest.mark.parametrize("target", TARGETS)
def test_the_seeds_of_a_target_are_read(target: str) -> None:
    read, seeds = TARGETS[target]
    manuscripts = [read(seed) for seed in seeds()]
    for manuscript in manuscripts:
        hold(manuscript)
    assert any(isinstance(one, Manuscript) for one in manuscripts)


@pytest.mark.parametrize("target", TARGETS)
def test_any_change_of_a_file_is_read_or_refused(target: str) -> None:
    read, seeds = TARGETS[target]
    cuts = st.tuples(st.integers(0, 2000), st.integers(0, 40), st.binary(max_size=8))

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(seeds()), st.lists(cuts, max_size=4))
    def changed(data: bytes, changes: list[tuple[int, int, bytes]]) -> None:
        for at, length, new in changes:
            data = data[:at] + new + data[at + length :]
        hold(read(data))

    changed()
