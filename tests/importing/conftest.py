"""Files that several tests read: LibreOffice starts once for all of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from importing.bulletin_layouts import printed_layouts


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The PDF of every layout, by its name."""
    return printed_layouts(tmp_path_factory.mktemp("printed"))
