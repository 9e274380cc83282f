"""What the other tests here take for granted: rules that remember say what they would say anew."""

from collections.abc import Sequence

import pytest

from checks.planting import Fault, Site
from checks.remembering import remembering
from checks.test_planted_faults import FAULTS, WHEN_PUBLISHED


@pytest.fixture(scope="module", autouse=True)
def _rules_remember() -> None:
    """Here they do not, until they are told to."""


@pytest.mark.parametrize(
    ("name", "faults"), [("plain", FAULTS[::60]), ("published", WHEN_PUBLISHED[::40])]
)
def test_a_fault_causes_the_same_problems(
    request: pytest.FixtureRequest, name: str, faults: Sequence[Fault]
) -> None:
    site: Site = request.getfixturevalue(name)
    anew = [site.caused(fault) for fault in faults]
    assert len(anew) > 2
    with remembering():
        site.problems()
        assert [site.caused(fault) for fault in faults] == anew
