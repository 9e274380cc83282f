"""What is shipped, under which licence: README's lists hold what is really there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from archives import ROOT

README = (ROOT / "README.md").read_text("utf-8")
TABLE = re.findall(
    r"^\| ([A-Z][^|]*) \| (\S+) \|$",
    README.split("<!-- licences -->")[1].split("<!-- /licences -->")[0],
    re.MULTILINE,
)
LISTED = {name: licence for licence, names in TABLE for name in names.split("、")}
SAME = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache License 2.0": "Apache-2.0",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause",
}
"""What packages without an expression say, as https://spdx.org calls it."""
KNOWN = {"MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "BSD-3-Clause", "Apache-2.0", *SAME}
SOMETIMES = {"exceptiongroup", "typing-extensions"}
"""Needed by some of the Pythons only."""


def needed(name: str, extra: str = "") -> Iterator[str]:
    """A package, and all that it needs here."""
    yield canonicalize_name(name)
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": one}) for one in {"", extra}):
            for more in requirement.extras or {""}:
                yield from needed(requirement.name, more)


NEEDED = sorted({*needed("bulletin-site", "pdf")} - {"bulletin-site"})


def test_every_package_that_the_program_needs_is_listed() -> None:
    assert SOMETIMES | set(NEEDED) == SOMETIMES | LISTED.keys()


@pytest.mark.parametrize("name", NEEDED)
def test_the_licence_is_the_one_that_the_package_says(name: str) -> None:
    said = distribution(name).metadata
    classified = [one.split(" :: ")[-1] for one in said.get_all("Classifier") or ()]
    stated = said["License-Expression"] or said["License"] or ""
    first = next(word for word in (stated.split(" AND ")[0], *classified) if word in KNOWN)
    assert SAME.get(first, first) == LISTED[name].split("、")[0]


def test_what_others_made_lies_in_the_site_with_its_licence() -> None:
    """MIT and Apache 2.0 want their text beside what they are for."""
    licences = {path.name for path in (ROOT / "templates/assets").glob("*.LICENSE.txt")}
    assert licences == {"lunr-2.3.9.LICENSE.txt", "opencc.LICENSE.txt"}
    for name in licences:
        assert f"](templates/assets/{name})" in README
        assert f"templates/assets/{name}" in (ROOT / "LICENSE").read_text("utf-8")
        text = (ROOT / "templates/assets" / name).read_text("utf-8")
        assert "Permission is hereby granted" in text or "END OF TERMS AND CONDITIONS" in text
    assert (ROOT / "templates/assets/lunr-2.3.9.min.js").is_file()
