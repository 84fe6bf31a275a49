"""What the scripts' headers promise, and what their bodies do, as far as reading them tells."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.codes import Code
from admitone.store.redis.script_header import Header, Key, parse_header

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable

LUA = files("admitone.store") / "lua"
MARKER = "-- From here on only writes.\n"


class ScriptText(msgspec.Struct, frozen=True):
    """One script, taken apart."""

    name: str
    header: Header
    source: str
    body: str
    functions: dict[str, str]
    """What it includes: the text of each function, by name."""

    @property
    def keys(self) -> Sequence[Key]:
        """The keys of the header."""
        return self.header.keys

    @property
    def arguments(self) -> Mapping[str, str]:
        """The arguments of the header, each with its kind."""
        return self.header.arguments

    @property
    def codes(self) -> Sequence[str]:
        """The codes of the header."""
        return self.header.codes

    @property
    def before_writes(self) -> str:
        """The body up to the marker."""
        return self.body.partition(MARKER)[0]

    @property
    def writes(self) -> str:
        """The body after the marker."""
        return self.body.partition(MARKER)[2]

    def key(self, name: str) -> Key:
        """The key that the body calls so, which is one of many if it has an index."""
        return next(key for key in self.keys if key.name == name.partition("[")[0])

    def named_keys(self, keys: list[str], arguments: Mapping[str, Any]) -> dict[str, list[str]]:
        """The keys of a call by the names that the header gives them; none where a key was left out."""
        found: dict[str, list[str]] = {}
        place = 0
        for key in self.keys:
            is_given = key.condition is None or arguments.get(key.condition) is not None
            count = len(arguments[key.array]) if key.array else int(is_given)
            found[key.name] = keys[place : place + count]
            place += count
        return found

    def keys_of(self, name: str, keys: list[str], arguments: Mapping[str, Any]) -> list[str]:
        """Of the keys of a call those that the header gives this name; none if the key was left out."""
        return self.named_keys(keys, arguments)[self.key(name).name]

    def reached(self, text: str) -> dict[str, str]:
        """The included functions that `text` calls, directly or not."""
        found: dict[str, str] = {}
        rest = [text]
        while rest:
            here = rest.pop()
            for name, function in self.functions.items():
                if name not in found and re.search(rf"\b{name}\s*[({{]", here):
                    found[name] = function
                    rest.append(function)
        return found

    def codes_answered(self) -> set[str]:
        """Every code that the body, or a function that it calls, names."""
        whole = [self.body, *self.reached(self.body).values()]
        return {code.name for code in Code for text in whole if re.search(rf"\b{code.name}\b", text)}


def _files(folder: Traversable) -> dict[str, Traversable]:
    found: dict[str, Traversable] = {}
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "include":
            found |= _files(entry)
        elif entry.name.endswith(".lua"):
            found[entry.name.removesuffix(".lua")] = entry
    return found


FILES = _files(LUA)


def script_names() -> list[str]:
    """The names of all scripts."""
    return sorted(FILES)


@cache
def read_script(name: str) -> ScriptText:
    """Take one script apart."""
    source = FILES[name].read_text()
    header, body = parse_header(source)
    includes = {"arguments", "keys", *re.findall(r"^-- include: (\w+)$", body, re.MULTILINE)}
    return ScriptText(
        name=name,
        header=header,
        source=source,
        body=_without_comments(body),
        functions=_functions(includes),
    )


def _functions(includes: set[str]) -> dict[str, str]:
    """Every function of the includes: from its `local function` to the next one."""
    found: dict[str, str] = {}
    for include in includes:
        text = _without_comments((LUA / "include" / f"{include}.lua").read_text())
        starts = [match.start() for match in re.finditer(r"^local function ", text, re.MULTILINE)]
        for start, end in pairwise([*starts, len(text)]):
            function = text[start:end]
            found[function.removeprefix("local function ").partition("(")[0]] = function
    return found


def _without_comments(text: str) -> str:
    return "".join(
        line for line in text.splitlines(keepends=True) if line == MARKER or not re.match(r"\s*--", line)
    )
