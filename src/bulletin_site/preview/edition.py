"""One state of the site, whose files are made when a browser asks for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from threading import Lock
from urllib.parse import unquote

from bulletin_site.batch import Batch
from bulletin_site.pages import urls


class Edition:
    """The files of some batches, each made once. What `earlier` has made from the same is taken
    over from it. Several threads may ask at the same time."""

    def __init__(self, batches: Iterable[Batch], earlier: Edition | None = None) -> None:
        self._makers: dict[str, tuple[Batch, Lock]] = {}
        self.keys: dict[str, str] = {}
        for batch in batches:
            maker = (batch, Lock())
            self._makers.update(dict.fromkeys(batch.keys, maker))
            self.keys.update(batch.keys)
        self._made = dict(earlier._unchanged(self.keys)) if earlier else {}

    def _unchanged(self, keys: Mapping[str, str]) -> Iterable[tuple[str, bytes]]:
        made = list(self._made.items())  # at once, since other threads add to it
        return ((name, content) for name, content in made if keys.get(name) == self.keys[name])

    def content(self, address: str) -> bytes:
        """The file at one of the `keys`; raises `Unmade` where it cannot be made."""
        if address not in self._made:
            batch, lock = self._makers[address]
            with lock:
                if address not in self._made:
                    self._made.update(batch.make([address]))
        return self._made[address]

    def version(self, address: str) -> str:
        """Changes when the page at an address does, or what it loads."""
        digest = hashlib.sha256(self.content(address))
        for beginning in urls.loaded_by(address):
            for name, key in self.keys.items():
                if name.startswith(beginning):
                    digest.update(f"{name} {key}\n".encode())
        return digest.hexdigest()

    def address_of(self, path: str) -> str | None:
        """The address that the path of a request leads to, as on a server of files: a folder
        stands for its index. None where nothing is to be found."""
        try:
            address = unquote(path, errors="strict").removeprefix("/")
        except UnicodeDecodeError:
            return None
        if address == "" or address.endswith("/"):
            address += urls.HOME
        return address if address in self.keys else None
