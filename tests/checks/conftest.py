"""Two correct sites: the archive as it is, and the same as it would be published, with everything
that an archive may state."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs
from checks.planting import BASE_URL, Site, whole
from checks.remembering import remembering

ROOT = Path(__file__).parents[2]

MOVED = """
moved:
  - from: issues/2014-04-9/
    to: issues/2014-05-1/
  - from: issues/2014-04-9/p5.html
    to: issues/2014-04-9/p6.html
withdrawn:
  - address: [issues/2014-06-2/14.html, old/notice.html]
    date: 2014-07-02
    text: 应原作者要求撤回。
"""


@pytest.fixture(scope="module", autouse=True)
def _rules_remember() -> Iterator[None]:
    with remembering():
        yield


@pytest.fixture(scope="session")
def plain() -> Site:
    return _built(ROOT)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """With an address, a SiteIDCode, an article that has old addresses and corrections, an issue
    that has moved, and pages that were withdrawn."""
    root = tmp_path_factory.mktemp("published")
    for folder in ("issues", "templates"):
        shutil.copytree(ROOT / folder, root / folder)
    archive = root / "issues/archive.yaml"
    stated = f"base_url: {BASE_URL}\nsite_id_code: '1100000001'\n"
    archive.write_text(stated + archive.read_text("utf-8") + MOVED, "utf-8")
    article = root / "issues/2014-06-2/13.md"
    added = "---\naliases: [old/13.html]\ncorrections: [{date: 2014-07-01, text: 漏排了来源。}]\n"
    article.write_text(added + article.read_text("utf-8").removeprefix("---\n"), "utf-8")
    return _built(root)


def _built(root: Path) -> Site:
    result = build(read_inputs(root))
    assert result.files is not None, result.problems
    return whole(result.archive, result.files)
