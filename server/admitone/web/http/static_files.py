"""The style sheets and scripts of our pages, under addresses that change whenever one of them changes.

All addresses have the same version, so that a module's relative imports lead to modules of that version.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from admitone.texts.catalogues import ENGLISH
from admitone.web.http.accent_style import accent_name, accent_style
from admitone.web.http.bundle import join_modules
from admitone.web.http.zone_file import zone_file, zone_file_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
}


CUSTOMERS_STYLES = ("tokens.css", "ticket.css", "picker.css")
CUSTOMERS_MODULES = "visit/"
_SAMPLE = "#1e7a4c"  # any colour: its style sheet changes if the way to compute shades changes


class StaticFile(msgspec.Struct, frozen=True):
    """One file: as it is, compressed by gzip, and its media type."""

    body: bytes
    packed: bytes
    kind: str


class StaticFiles:
    """All files of `folder` (default: the package's own) in memory, and the style sheets of all accents."""

    def __init__(self, folder: Traversable | None = None) -> None:
        self._files = dict(_read(folder or files("admitone.web") / "static"))
        self._files.update(_customers_files(self._files))
        digest = hashlib.sha256()
        for name, file in sorted(self._files.items()):
            digest.update(f"{name}\0{len(file.body)}\0".encode() + file.body)
        digest.update(accent_style(accent_name(_SAMPLE)) or b"")
        digest.update(zone_file(zone_file_name(ENGLISH)) or b"")
        self.version = digest.hexdigest()[:12]

    def url(self, name: str) -> str:
        """The address of a file; raises KeyError if there is no such file."""
        if self.find(name) is None:
            raise KeyError(name)
        return f"/static/{self.version}/{name}"

    def find(self, name: str) -> StaticFile | None:
        """The file of that name, or None."""
        if found := self._files.get(name):
            return found
        if style := accent_style(name):
            return _file(style, ".css")
        zones = zone_file(name)
        return _zone_file(zones) if zones else None


@lru_cache(maxsize=128)
def _zone_file(body: bytes) -> StaticFile:
    """Kept, since compressing it takes a while."""
    return _file(body, ".json")


def pack(body: bytes, kind: str) -> StaticFile:
    """A file of the media type `kind`."""
    return StaticFile(body, gzip.compress(body, 9, mtime=0), kind)


def _read(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, StaticFile]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _read(entry, f"{prefix}{entry.name}/")
        elif (suffix := f".{entry.name.rpartition('.')[2]}") in KINDS:
            yield f"{prefix}{entry.name}", _file(entry.read_bytes(), suffix)


def _customers_files(files: Mapping[str, StaticFile]) -> Iterator[tuple[str, StaticFile]]:
    """The files that a customer's page loads: one style sheet and one script."""
    if CUSTOMERS_STYLES[0] in files:
        yield "customer.css", _file(b"\n".join(files[name].body for name in CUSTOMERS_STYLES), ".css")
    modules = {
        name.removeprefix(CUSTOMERS_MODULES): file.body.decode()
        for name, file in files.items()
        if name.startswith(CUSTOMERS_MODULES)
    }
    if modules:
        yield "customer.js", _file(join_modules(modules, "main.js").encode(), ".js")


def _file(body: bytes, suffix: str) -> StaticFile:
    return pack(body, KINDS[suffix])
