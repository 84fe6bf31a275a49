"""Loads the Lua scripts of `lua/`, one command a file, and the shared steps of `lua/include/`.

A script has a header (script_header.py) and a body. Redis gets the codes of codes.py as constants, the Lua
that is generated from the header, and the body. The first line `-- include: name` in a script is replaced by
`include/name.lua`, later ones are removed. Loading fails for a missing include, a cycle of includes, and a
malformed header.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from admitone.store.codes import Code
from admitone.store.redis.script_header import Header, HeaderError, parse_header, prologue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

_INCLUDE = re.compile(r"^-- include: (\w+)$", re.MULTILINE)
_CODES = f"local {', '.join(code.name for code in Code)} = {', '.join(str(int(code)) for code in Code)}\n"
_NEEDED = "-- include: arguments\n-- include: keys\n"
"""Every script includes these: the Lua that is generated from its header calls them."""


class ScriptError(Exception):
    """A script cannot be loaded."""


class Script(msgspec.Struct, frozen=True):
    """A script as it is sent to Redis; EVALSHA names it by `sha`."""

    name: str
    header: Header
    text: str
    sha: str
    announces: bool
    """Whether it writes events to the outbox: then it may get the id of the request besides its argument."""


def load_scripts(folder: Traversable | None = None) -> dict[str, Script]:
    """All scripts below `folder`, except those in `include`, by name; raises ScriptError.

    The default is the package's own folder, which is read once in a process.
    """
    return _load(folder) if folder else dict(_own_scripts())


@cache
def _own_scripts() -> dict[str, Script]:
    return _load(files("admitone.store") / "lua")


def _load(folder: Traversable) -> dict[str, Script]:
    includes = {_stem(file): file.read_text() for file in _lua(folder / "include")}
    scripts: dict[str, Script] = {}
    for file in _lua(folder):
        name = _stem(file)
        if name in scripts:
            raise ScriptError(f"there are two scripts {name}.lua")
        scripts[name] = _script(name, file.read_text(), includes)
    return scripts


def _lua(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.name.endswith(".lua"):
            yield entry
        elif entry.is_dir() and entry.name != "include":
            yield from _lua(entry)


def _stem(file: Traversable) -> str:
    return file.name.removesuffix(".lua")


def _script(name: str, text: str, includes: dict[str, str]) -> Script:
    try:
        header, body = parse_header(text)
    except HeaderError as error:
        raise ScriptError(f"{name}.lua: {error}") from error
    seen: set[str] = set()
    before = _expand(name, _NEEDED, includes, seen, above=())
    whole = _CODES + before + prologue(header) + _expand(name, body, includes, seen, above=())
    hidden = set(re.findall(r"^local function (\w+)", whole, re.MULTILINE)) & {
        key.name for key in header.keys
    }
    if hidden:
        raise ScriptError(f"{name}.lua: {', '.join(hidden)} is a key and a function")
    sha = hashlib.sha1(whole.encode(), usedforsecurity=False).hexdigest()
    return Script(name, header, whole, sha, announces="publish" in seen)


def _expand(name: str, text: str, includes: dict[str, str], seen: set[str], above: tuple[str, ...]) -> str:
    def put_in(match: re.Match[str]) -> str:
        wanted = match[1]
        if wanted in above:
            raise ScriptError(f"{name}.lua includes itself by way of {', '.join(above)}")
        if wanted not in includes:
            raise ScriptError(f"{name}.lua includes {wanted}.lua, which is not there")
        if wanted in seen:
            return ""
        seen.add(wanted)
        return _expand(name, includes[wanted], includes, seen, (*above, wanted))

    return _INCLUDE.sub(put_in, text)
