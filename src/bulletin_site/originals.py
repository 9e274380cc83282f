"""What an imported file looks like, page by page, kept to be laid beside the issue that it became.

    .cache/imports/2014-05-1/original.json          which file it was, and its sheets
    .cache/imports/2014-05-1/0123456789ab-003.png   one of them, by the hash of the file

It is no part of the archive or of the site: whoever deletes it imports the file again to have it.
What is kept of one file is never shown for another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bulletin_site.cache import FOLDER, keep

_IMPORTS = "imports"
_INDEX = "original.json"
_PICTURE = re.compile(r"[0-9a-f]{12}-[0-9]{3,4}\.png", re.ASCII)
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page of the file, from 1, or all of a file without pages. `printed`: the number that stands
    on it; 0: none was found. `picture`: its name, with its size in pixels; empty where the lines
    are all there is to show. `first_line`: the number of the first of the lines in the file; 0
    where they are only what was read in the picture."""

    number: int
    printed: int = 0
    picture: str = ""
    width: int = 0
    height: int = 0
    first_line: int = 0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """An imported file by its hash. `pictured`: the name of the file from which the pictures were
    made, where it is another one. `by_office`: LibreOffice made the pages, not the program that the
    bulletin was printed with."""

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]
    pictured: str = ""
    by_office: bool = False


def picture_name(sha256: str, number: int) -> str:
    """Of a page of the file with such a hash."""
    return f"{sha256[:12]}-{number:03}.png"


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")


def keep_original(
    root: Path, issue_id: str, original: Original, pictures: Mapping[str, bytes]
) -> bool:
    """Keep the sheets of the file that became an issue; whether it could be done. The index comes
    last, so that it never names a picture that is not there; pictures of another file go then."""
    folder = f"{_IMPORTS}/{issue_id}"
    for name, content in pictures.items():
        if not keep(root, f"{folder}/{name}", content):
            return False
    if not keep(root, f"{folder}/{_INDEX}", msgspec.json.encode(original)):
        return False
    for path in (root / FOLDER / folder).glob("*.png"):
        if path.name not in pictures:
            with suppress(OSError):
                path.unlink()
    return True


def read_original(root: Path, issue_id: str, sha256: str) -> Original | None:
    """What was kept of the file with that hash; nothing of any other file."""
    try:
        content = (root / FOLDER / _IMPORTS / issue_id / _INDEX).read_bytes()
        original = msgspec.json.decode(content, type=Original)
    except (OSError, msgspec.DecodeError):
        return None
    return original if original.sha256 == sha256 and _is_sound(original.sheets) else None


def _is_sound(sheets: Sequence[Sheet]) -> bool:
    return all(not sheet.picture or _PICTURE.fullmatch(sheet.picture) for sheet in sheets)


def read_picture(root: Path, issue_id: str, name: str) -> bytes | None:
    """A kept picture; nothing that is no picture, or lies elsewhere."""
    if not _PICTURE.fullmatch(name):
        return None
    try:
        imports = (root / FOLDER / _IMPORTS).resolve(strict=True)
        path = (imports / issue_id / name).resolve(strict=True)
        if path != imports / issue_id / name:
            return None
        content = path.read_bytes()
    except (OSError, ValueError):
        return None
    return content if content.startswith(_PNG) else None
