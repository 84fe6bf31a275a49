"""The header comment of a Lua script: the keys and arguments that it declares, and the Lua made from them.

A header describes the script, and then declares:

    KEYS
      config    hash                    the workspace's configuration
      link      hash if link            a key that is given if the argument `link` is given
      occupied  zset for each of users  one key for each element of the array `users`; such keys come last

    ARGV[1]
      link      string?                 an argument in a MessagePack map; `?` means that it is optional
      users     ids

    Returns {code}
      OK        every code that the script returns

The generated Lua checks the number and types of the keys and the arguments, and assigns them to locals: each
key to its name (nil if it is not given, an array for `for each of`), the arguments to the table `args`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

import msgspec

KeyNames = Mapping[str, str | Sequence[str] | None]
"""The keys of one call, by the names of the header: a key, the keys of an array, or None for no key."""

ARRAYS = {"array", "ids", "strings"}
KINDS = {"boolean", "id", "integer", "pairs", "positive", "string", "table"} | ARRAYS
"""The kinds of arguments; include/arguments.lua checks them."""

_KEY = re.compile(
    r" {2}(?P<name>[a-z][a-z_]*) {2,}(?P<type>hash|list|set|stream|string|zset)"
    r"(?: if (?P<condition>[a-z_]+)| for each of (?P<array>[a-z_]+))?(?: {2,}\S.*)?"
)
_ARGUMENT = re.compile(r" {2}(?P<name>[a-z][a-z_]*) {2,}(?P<kind>[a-z]+)(?P<optional>\??)(?: {2,}\S.*)?")
_CODE = re.compile(r" {2}(?P<name>[A-Z][A-Z_]*)(?: {2,}\S.*)?")
_CONTINUED = re.compile(r" {3,}\S")
_RESERVED = {"args", "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if"} | {
    *("in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while"),
}
"""The keywords of Lua, and the name of the table of arguments."""


class HeaderError(Exception):
    """A script has no header, or a malformed one."""


class Key(msgspec.Struct, frozen=True):
    """One line of KEYS.

    `condition` names the argument after `if`, `array` the argument after `for each of`.
    """

    name: str
    type: str
    condition: str | None = None
    array: str | None = None


class Header:
    """The keys of a header, its arguments (kind by name, with `?` if it is optional) and its codes."""

    def __init__(self, keys: Sequence[Key], arguments: Mapping[str, str], codes: Sequence[str]) -> None:
        self.keys = keys
        self.arguments = arguments
        self.codes = codes
        self._names = frozenset(key.name for key in keys)
        self._always = [key.name for key in keys if key.condition is None and key.array is None]
        self._conditional = [(key.name, key.condition) for key in keys if key.condition is not None]
        self._arrays = [(key.name, key.array) for key in keys if key.array is not None]

    def key_list(
        self, keys: KeyNames, arguments: Mapping[str, Any], shared: Mapping[str, str] = {}
    ) -> list[str]:
        """The keys in the order of KEYS; a key that `keys` does not name is looked up in `shared`.

        The first key stands in for a key that is not given: Redis Cluster accepts keys of one slot only, and
        the script ignores the stand-in. Raises TypeError if `keys` does not match the header.
        """
        given: dict[str, Any] = {**shared, **keys}
        try:
            found: list[str] = [given[name] for name in self._always]
            for name, condition in self._conditional:
                if arguments.get(condition) is not None:
                    found.append(given[name])
                elif keys.get(name) is None:
                    found.append(found[0])
                else:
                    raise TypeError(f"the key {name} is given without the argument {condition}")
            for name, array in self._arrays:
                if isinstance(given[name], str) or len(given[name]) != len(arguments[array]):
                    raise TypeError(f"{name} takes a key for each of {array}")
                found += given[name]
            "".join(found)  # raises TypeError for a key that is not a string; much faster than a loop
        except KeyError as error:
            raise TypeError(f"the key {error} is missing") from None
        if not keys.keys() <= self._names:
            raise TypeError(f"there is no key {', '.join(keys.keys() - self._names)}")
        return found


def parse_header(text: str) -> tuple[Header, str]:
    """The header of a script, and the body below it; raises HeaderError."""
    match = re.match(r"--\[\[\n(.*?)\n\]\]\n", text, re.DOTALL)
    if match is None:
        raise HeaderError("there is no header")
    lines = match[1].split("\n")
    keys = [
        Key(found["name"], found["type"], found["condition"], found["array"])
        for found in _section(lines, "KEYS", _KEY)
    ]
    arguments = {
        found["name"]: found["kind"] + found["optional"] for found in _section(lines, r"ARGV\[1\]", _ARGUMENT)
    }
    codes = [found["name"] for found in _section(lines, r"Returns \{.*", _CODE)]
    header = Header(keys, arguments, codes)
    _check(header)
    return header, text[match.end() :]


def _section(lines: Sequence[str], title: str, entry: re.Pattern[str]) -> list[re.Match[str]]:
    """The entries below the line `title` (a pattern), up to the next empty line."""
    places = [place for place, line in enumerate(lines) if re.fullmatch(title, line)]
    if len(places) != 1:
        raise HeaderError(f"there must be one line {title}")
    found: list[re.Match[str]] = []
    for line in takewhile(bool, lines[places[0] + 1 :]):
        if found and _CONTINUED.match(line):
            continue
        match = entry.fullmatch(line)
        if match is None:
            raise HeaderError(f"{line.strip()!r} cannot be read")
        if any(match["name"] == other["name"] for other in found):
            raise HeaderError(f"{match['name']} is named twice")
        found.append(match)
    if not found:
        raise HeaderError(f"there is nothing below {title}")
    return found


def _check(header: Header) -> None:
    for name, kind in header.arguments.items():
        if kind.rstrip("?") not in KINDS:
            raise HeaderError(f"{name} is of no known kind: {kind}")
    order = [
        0 if key.condition is None and key.array is None else 1 if key.array is None else 2
        for key in header.keys
    ]
    if order != sorted(order) or order[0] == 1:
        raise HeaderError(
            "keys that are always given come first, then those with `if`, then those with `for each of`; "
            "the first key has no `if`"
        )
    for key in header.keys:
        if key.name in _RESERVED:
            raise HeaderError(f"{key.name} cannot be the name of a local")
        if key.array is not None and header.arguments.get(key.array) not in ARRAYS:
            raise HeaderError(
                f"{key.name} depends on {key.array}, which is not an array that is always given"
            )
        if key.condition is not None and not header.arguments.get(key.condition, "").endswith("?"):
            raise HeaderError(
                f"{key.name} depends on {key.condition}, which is not an argument that may be missing"
            )


def prologue(header: Header) -> str:
    """The Lua to put before the script's body; it needs include/arguments.lua and include/keys.lua."""
    single = [key for key in header.keys if key.array is None]
    shape = ", ".join(f"{name} = '{kind}'" for name, kind in header.arguments.items())
    lines = [f"local args = arguments {{{shape}}}"]
    count = str(len(single))
    if single:
        lines.append(f"local {', '.join(key.name for key in single)} = unpack(KEYS, 1, {count})")
    for key in header.keys[len(single) :]:
        lines.append(f"local {key.name} = keys_from({count} + 1, #args.{key.array})")
        count += f" + #args.{key.array}"
    lines.append(f"expect_keys({count})")
    lines += [_expectation(key) for key in header.keys]
    return "".join(f"{line}\n" for line in lines)


def _expectation(key: Key) -> str:
    expect = "expect_streams(" if key.type == "stream" else f"expect('{key.type}', "
    if key.array is not None:
        return f"for _, key in ipairs({key.name}) do {expect}key) end"
    if key.condition is not None:
        return f"if args.{key.condition} ~= nil then {expect}{key.name}) else {key.name} = nil end"
    return f"{expect}{key.name})"
