"""One table of the kinds of faults that `check` must find, and what it rests on."""

from bulletin_site.problems import RULES
from checks.kinds import KINDS
from checks.test_planted_faults import FAULTS, WHEN_PUBLISHED
from checks.test_text_markup import MARKUP

CODES = {fault.name: fault.code for fault in (*FAULTS, *WHEN_PUBLISHED, *MARKUP)}
ELSEWHERE = {"site-missing", "site-stale", "site-extra"}
"""Files that are missing, changed or too many by their bytes: test_freshness.py."""


def test_there_are_at_least_sixty_kinds() -> None:
    assert len(KINDS) >= 60


def test_a_fault_of_each_kind_is_planted_and_found_by_the_code_that_the_table_says() -> None:
    wrong = {kind: (code, name) for kind, (code, name) in KINDS.items() if CODES.get(name) != code}
    assert wrong == {}


def test_no_fault_stands_for_two_kinds() -> None:
    names = [name for _, name in KINDS.values()]
    assert len(set(names)) == len(names)


def test_every_rule_about_the_built_site_is_in_the_table() -> None:
    codes = list(RULES)
    about_the_site = set(codes[codes.index("site-missing") :])
    assert about_the_site - {code for code, _ in KINDS.values()} == ELSEWHERE
