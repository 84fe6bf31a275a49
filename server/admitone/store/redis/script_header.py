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

A key of the type `any` is not checked: the script uses it by `pcall`, and goes on if that is refused. Redis
is not asked for the type of one whose line says `read`, as `hash read if link`: before the script writes it,
it reads it by a command that raises an error for another type.

The generated Lua checks the number and types of the keys and the arguments, and assigns them to locals: each
key to its name (nil if it is not given, an array for `for each of`), the arguments to the table `args`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

import msgspec

KeyNames = Mapping[str, str | Sequence[str] | None]
"""The keys of one call, by the names of the header: a key, the keys of an array, or None for no key."""

ARRAYS = {"array", "ids", "strings"}
KINDS = {"boolean", "id", "integer", "pairs", "positive", "string", "table"} | ARRAYS
"""The kinds of arguments; include/arguments.lua checks them."""

_KEY = re.compile(
    r" {2}(?P<name>[a-z][a-z_]*) {2,}(?P<type>any|hash|list|set|stream|string|zset)(?P<read> read)?"
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

    `condition` names the argument after `if`, `array` the argument after `for each of`. A key that `is_read`
    is read before it is written.
    """

    name: str
    type: str
    condition: str | None = None
    array: str | None = None
    is_read: bool = False


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

        Raises TypeError if `keys` does not match the header.
        """
        try:
            found: list[Any] = [keys[name] if name in keys else shared[name] for name in self._always]
            for name, condition in self._conditional:
                if arguments.get(condition) is not None:
                    found.append(keys[name] if name in keys else shared[name])
                elif keys.get(name) is not None:
                    raise TypeError(f"the key {name} is given without the argument {condition}")
            for name, array in self._arrays:
                several = keys[name]
                if several is None or isinstance(several, str) or len(several) != len(arguments[array]):
                    raise TypeError(f"{name} takes a key for each of {array}")
                found += several
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
        Key(found["name"], found["type"], found["condition"], found["array"], bool(found["read"]))
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
    lines = ["local args = arguments()", *(_check_of(*each) for each in header.arguments.items())]
    always = [key.name for key in header.keys if key.condition is None and key.array is None]
    lines.append(f"local last = {len(always)}")
    if always:
        lines.append(f"local {', '.join(always)} = unpack(KEYS, 1, last)")
    lines += [line for key in header.keys[len(always) :] for line in _next_of(key)]
    lines.append("expect_keys(last)")
    lines += [_expectation(key) for key in header.keys]
    return "".join(f"{line}\n" for line in lines)


def _next_of(key: Key) -> Iterator[str]:
    """What assigns a key, or several, that are not always given."""
    if key.array is not None:
        yield f"local {key.name} = keys_from(last + 1, #args.{key.array})"
        yield f"last = last + #args.{key.array}"
    else:
        yield f"local {key.name}"
        yield f"if args.{key.condition} ~= nil then last = last + 1 {key.name} = KEYS[last] end"


def _check_of(name: str, kind: str) -> str:
    """What checks one argument."""
    wanted = kind.rstrip("?")
    check = {
        "boolean": f"given('boolean', '{name}', args.{name})",
        "string": f"given('string', '{name}', args.{name})",
        "table": f"given('table', '{name}', args.{name})",
        "pairs": f"strings('{name}', args.{name}, true)",
    }.get(wanted, f"{wanted}('{name}', args.{name})")
    return f"if args.{name} ~= nil then {check} end" if kind.endswith("?") else check


def _expectation(key: Key) -> str:
    expect = f"{'expect_once' if key.is_read or key.type == 'any' else 'expect'}('{key.type}', "
    if key.array is not None:
        return f"for _, key in ipairs({key.name}) do {expect}key) end"
    return f"if {key.name} then {expect}{key.name}) end" if key.condition else f"{expect}{key.name})"
