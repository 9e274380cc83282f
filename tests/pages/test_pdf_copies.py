"""The PDF in the site is the very file that the record speaks of, or there is no site."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archives import BASE, BASE_PAGES, PDF, laid_out, write
from bulletin_site.batch import Unmade
from bulletin_site.build import build
from bulletin_site.inputs import read

FILE = "issues/2014-05-1/2014-05-1.pdf"
FILES: dict[str, str | bytes] = {**BASE, **laid_out(BASE, auto=False, pages=BASE_PAGES), FILE: PDF}


def test_it_is_copied_byte_for_byte(tmp_path: Path) -> None:
    assert (build(read(write(tmp_path, FILES))).files or {})[FILE] == PDF


def test_one_that_was_changed_afterwards_stops_the_build(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, FILE: PDF[::-1]})
    result = build(read(tmp_path))
    with pytest.raises(Unmade) as stopped:
        _ = result.files
    problem = stopped.value.problem
    assert (problem.path, problem.code) == (FILE, "pdf-changed")


def test_one_that_does_something_by_itself_stops_the_build_whatever_its_record_says(
    tmp_path: Path,
) -> None:
    hostile = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/OpenAction<</S/JavaScript/JS(x)>>>>\nendobj\n"
    record = {
        path: text.replace(
            hashlib.sha256(PDF).hexdigest(), hashlib.sha256(hostile).hexdigest()
        ).replace(f"size: {len(PDF)}", f"size: {len(hostile)}")
        for path, text in laid_out(BASE, auto=False, pages=BASE_PAGES).items()
    }
    result = build(read(write(tmp_path, {**BASE, **record, FILE: hostile})))
    with pytest.raises(Unmade) as stopped:
        _ = result.files
    problem = stopped.value.problem
    assert (problem.path, problem.code) == (FILE, "pdf-changed")
    assert "（OpenAction）" in problem.message


def test_one_that_vanishes_while_the_site_is_made_stops_the_build(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    result = build(read(tmp_path))
    (tmp_path / FILE).unlink()
    with pytest.raises(Unmade) as stopped:
        _ = result.files
    assert stopped.value.problem.code == "unreadable-file"
