"""Loads the Lua scripts of `lua/`: one command a file, with the shared steps of `lua/include/` put in.

A line `-- include: name` is replaced by `include/name.lua`, once a script. The codes of `codes.py` stand
before each script as Lua constants. A missing include or a cycle of them is an error when loading.
"""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from admitone.store.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.resources.abc import Traversable

_INCLUDE = re.compile(r"^-- include: (\w+)$", re.MULTILINE)
_CODES = f"local {', '.join(code.name for code in Code)} = {', '.join(str(int(code)) for code in Code)}\n"


class ScriptError(Exception):
    """A script cannot be put together."""


class Script(msgspec.Struct, frozen=True):
    """A script as Redis gets it; `sha` is what EVALSHA calls it by."""

    name: str
    text: str
    sha: str


def load_scripts(folder: Traversable | None = None) -> dict[str, Script]:
    """Every script in `folder` (default: the package's own); raises ScriptError."""
    folder = folder or files("admitone.store") / "lua"
    includes = {_stem(file): file.read_text() for file in _lua(folder / "include")}
    return {_stem(file): _script(_stem(file), file.read_text(), includes) for file in _lua(folder)}


def _lua(folder: Traversable) -> Iterable[Traversable]:
    return (file for file in folder.iterdir() if file.name.endswith(".lua"))


def _stem(file: Traversable) -> str:
    return file.name.removesuffix(".lua")


def _script(name: str, text: str, includes: dict[str, str]) -> Script:
    whole = _CODES + _expand(name, text, includes, seen=set(), above=())
    return Script(name, whole, hashlib.sha1(whole.encode(), usedforsecurity=False).hexdigest())


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
