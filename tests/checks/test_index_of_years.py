"""A large archive has an index a year, each complete by itself; a check holds them against the
slices, which know the whole archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lunr.index import Index

from archives import BASE, TWO_ISSUES, Sources, write
from bulletin_site.build import build
from bulletin_site.checks import check_site
from bulletin_site.checks import index as index_checks
from bulletin_site.inputs import read as read_inputs
from bulletin_site.search import index
from checks.planting import FOLDER, Site, put, whole

FILES = ("search/index-2014.json", "search/index-2015.json")

TWO_YEARS: Sources = {
    path.replace("2014-06-2", "2015-06-2"): text.replace("2014年6月", "2015年6月").replace(
        "2014-06-20", "2015-06-20"
    )
    for path, text in TWO_ISSUES.items()
    if not path.endswith("archive.yaml")
} | {"issues/archive.yaml": BASE["issues/archive.yaml"]}


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    for module in (index, index_checks):
        monkeypatch.setattr(module, "MOST_IN_ONE_FILE", 3)
    result = build(read_inputs(write(tmp_path, TWO_YEARS)))
    assert result.files is not None
    return whole(result.archive, result.files)


def test_every_year_has_an_index_of_its_own_that_lunr_loads(site: Site) -> None:
    assert "search/index.json" not in site.files
    for file, articles in zip(FILES, (3, 2), strict=True):
        serialized = json.loads(site.files[file])
        assert len(serialized["fieldVectors"]) == 3 * articles
        loaded = Index.load(serialized)
        assert loaded.search("title:某市" if articles == 3 else "title:改革")


def test_a_check_finds_nothing_wrong_with_them(site: Site) -> None:
    assert check_site(site.archive, site.files, site.files, FOLDER) == ()


def test_a_check_finds_an_index_of_another_year(site: Site) -> None:
    fault = put("index-unreadable", "the years have changed places", FILES[0], site.files[FILES[1]])
    found = site.caused(fault)
    assert {(problem.code, problem.path) for problem in found} >= {
        ("index-unreadable", f"{FOLDER}/{FILES[0]}"),
    }


def test_a_check_finds_a_score_that_is_not_that_of_its_year(site: Site) -> None:
    serialized = json.loads(site.files[FILES[1]])
    serialized["fieldVectors"][0][1][1] += 0.5
    content = json.dumps(serialized, ensure_ascii=False).encode()
    found = site.caused(put("index-slice", "another score", FILES[1], content))
    assert {problem.code for problem in found} == {"index-slice"}
