"""Zips whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""What a zip can say at the earliest. The same files give the same bytes on any day."""
_UNIX = 3
_READABLE = 0o100644 << 16  # a regular file that its owner may change and everybody may read
_LEVEL = 9


def add(archive: ZipFile, name: str, content: bytes, *, deflate: bool) -> None:
    """Add a file in a way that depends on nothing but its name and content; deflated, on the
    release of zlib too."""
    info = ZipInfo(name, date_time=_EARLIEST)
    info.create_system = _UNIX
    info.external_attr = _READABLE
    kind = ZIP_DEFLATED if deflate else ZIP_STORED
    archive.writestr(info, content, compress_type=kind, compresslevel=_LEVEL if deflate else None)


def stored(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of files by their names, in this order, each as it is: the same bytes everywhere."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in files:
            add(archive, name, content, deflate=False)
    return stream.getvalue()
