"""The visual guide in the repository shows the components as they are now.

`UPDATE_EXPECTED=1` writes it anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from visual_guide import GUIDE, guide, small_archive


def test_the_visual_guide_is_up_to_date(tmp_path: Path) -> None:
    now = guide(small_archive(str(tmp_path / "archive")))
    if os.environ.get("UPDATE_EXPECTED"):
        GUIDE.parent.mkdir(parents=True, exist_ok=True)
        GUIDE.write_bytes(now.encode())
    assert GUIDE.read_bytes().decode() == now


def test_no_id_of_the_visual_guide_stands_twice() -> None:
    ids = re.findall(r' id="([^"]+)"', GUIDE.read_text(encoding="utf-8"))
    assert sorted(set(ids)) == sorted(ids)


def test_the_links_of_the_visual_guide_lead_to_something() -> None:
    html = GUIDE.read_text(encoding="utf-8")
    files = {
        address.split("#")[0].split("?")[0]
        for address in re.findall(r'(?:href|action)="([^#"][^"]*)"', html)
    }
    assert [name for name in files if not (GUIDE.parent / name).is_file()] == []
