"""Joins the JavaScript modules of a page into one file: on a slow network every request costs time.

The sources stay small modules, which browsers could run unchanged. To join them, the imports are removed and
the modules are put below each other, imported ones first. So the names of all their declarations must differ.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) )", re.MULTILINE)
_REST = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_NAME = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


class BundleError(Exception):
    """Modules that cannot be joined. It is raised when the server starts."""


def join_modules(modules: Mapping[str, str], entry: str) -> str:
    """One module that does what `entry` does; `modules` are texts by file name. Raises BundleError."""
    order: list[str] = []
    _visit(modules, entry, (), order)
    text = "\n".join(_EXPORT.sub("", _IMPORT.sub("", modules[name])).strip("\n") + "\n" for name in order)
    if rest := _REST.search(text):
        raise BundleError(f"this cannot be joined: {rest[0]}")
    names = _NAME.findall(text)
    if twice := {name for name in names if names.count(name) > 1}:
        raise BundleError(f"more than one module has a {', a '.join(sorted(twice))}")
    return text


def _visit(modules: Mapping[str, str], name: str, way: tuple[str, ...], order: list[str]) -> None:
    if name in order:
        return
    if name in way:
        raise BundleError(f"{name} imports itself by way of {', '.join(way[way.index(name) + 1 :])}")
    if name not in modules:
        raise BundleError(f"{way[-1] if way else 'nobody'} imports {name}, which is not there")
    for imported in _IMPORT.findall(modules[name]):
        _visit(modules, imported, (*way, name), order)
    order.append(name)
