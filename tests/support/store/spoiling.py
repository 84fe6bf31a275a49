"""Every way to spoil a script's call that we know: wrong types, wrong arguments, malformed stored values."""

from __future__ import annotations

import copy
import math
from itertools import combinations, islice
from typing import TYPE_CHECKING, Any

import msgspec

from tests.support.sizes import size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.store.script_cases.call import Call

Path = tuple[str | int, ...]
Words = tuple[Any, ...]

MISSING = object()
STEP = size(1, 8)
"""Each argument and each stored field is tried with every STEP-th value, each from another one on."""
LONG = 9000
"""Elements that Lua's unpack cannot pass on at once."""
VALUES: list[Any] = [
    MISSING,
    None,
    True,
    False,
    0,
    1,
    -1,
    1.5,
    math.nan,
    math.inf,
    -math.inf,
    2**53 - 1,
    2**53,
    2**64 - 1,
    -(2**63),
    1e300,
    "",
    "x",
    "a|b,c",
    "\0",
    b"\xff",
    [],
    ["x"],
    ["x", None, "y", "z"],
    [None, "x"],
    [1, True, []],
    ["x"] * LONG,
    {},
    {"x": "y"},
    {1: "x", 3: "y"},
    [{}],
    [[]],
]
NUMBERS = [
    "",
    "x",
    "007",
    "-0",
    "+1",
    "1.5",
    "-5",
    " 5",
    "1e5",
    "nan",
    "inf",
    "9" * 15,
    "9" * 19,
    "-" + "9" * 20,
]
MEMBERS = ["", "x", "|", "a|b|c|d|e", "a|1|2|3", "a|-1|0|0|e", "a|99999999999999999999|0|0|e"]
MAKE: dict[bytes, Words] = {
    b"hash": ("HSET", "field", "value"),
    b"list": ("RPUSH", "item"),
    b"stream": ("XADD", "*", "field", "value"),
    b"string": ("SET", "value"),
    b"zset": ("ZADD", "1", "member"),
    b"set": ("SADD", "member"),
}


class Spoilt(msgspec.Struct, frozen=True):
    """One spoilt call: what is done to the database first, then keys and argument of the call."""

    what: str
    keys: list[str]
    argument: bytes | None
    before: list[Words] = []


def spoilt_arguments(call: Call) -> Iterator[Spoilt]:
    """Each value of the argument, at any depth, replaced by each of VALUES; and no argument at all."""
    for place, path in enumerate(_paths(call.arguments)):
        for value in VALUES[place % STEP :: STEP]:
            argument = msgspec.msgpack.encode(_replaced(call.arguments, path, value))
            yield Spoilt(f"{path} = {str(value)[:40]}", call.keys, argument)
        if isinstance(_at(call.arguments, path), list):
            longer = _replaced(call.arguments, path, [*_at(call.arguments, path), *_at(call.arguments, path)])
            yield Spoilt(f"{path} twice as long", call.keys, msgspec.msgpack.encode(longer))
    yield Spoilt("no argument", call.keys, None)
    for argument in (b"", b"\xc1", b"\x01", b"\xa1x", b"\x90", b"\x80", b"\xde\xff\xff"):
        yield Spoilt(f"the argument {argument!r}", call.keys, argument)


def spoilt_keys(call: Call) -> Iterator[Spoilt]:
    """Too few keys, too many, each of them twice, and any two exchanged."""
    argument = call.argument
    keys = call.keys
    for count in range(len(keys)):
        yield Spoilt(f"the first {count} keys", keys[:count], argument)
        yield Spoilt(f"without key {count + 1}", keys[:count] + keys[count + 1 :], argument)
    yield Spoilt("a key too many", [*keys, "extra"], argument)
    yield Spoilt("the last key twice", [*keys, keys[-1]], argument)
    for one, other in islice(combinations(range(len(keys)), 2), 0, None, (STEP + 1) // 2):
        swapped = list(keys)
        swapped[one], swapped[other] = keys[other], keys[one]
        yield Spoilt(f"keys {one + 1} and {other + 1} exchanged", swapped, argument)
        same = list(keys)
        same[one] = keys[other]
        yield Spoilt(f"key {one + 1} is key {other + 1}", same, argument)


def spoilt_types(call: Call, kinds: dict[str, bytes]) -> Iterator[Spoilt]:
    """Each key of each other type, and missing."""
    argument = call.argument
    for key in call.keys:
        yield Spoilt(f"{key} missing", call.keys, argument, [("DEL", key)])
        for kind, (command, *rest) in MAKE.items():
            if kind != kinds.get(key):
                yield Spoilt(f"{key} a {kind!r}", call.keys, argument, [("DEL", key), (command, key, *rest)])


def spoilt_values(call: Call, kinds: dict[str, bytes], fields: dict[str, set[bytes]]) -> Iterator[Spoilt]:
    """Each field that the script reads or the record has malformed or missing, and each index likewise."""
    argument = call.argument
    for key in call.keys:
        for place, field in enumerate(sorted(fields.get(key, ()))):
            yield Spoilt(f"{key} without {field!r}", call.keys, argument, [("HDEL", key, field)])
            for value in NUMBERS[place % STEP :: STEP]:
                what = f"{key} {field!r} = {value!r}"
                yield Spoilt(what, call.keys, argument, [("HSET", key, field, value)])
        if kinds.get(key) == b"zset":
            for member in MEMBERS:
                for score in ("-inf", "inf", "0", "1795086400", "1795097200.5"):
                    what = f"{key} has {member!r} at {score}"
                    yield Spoilt(what, call.keys, argument, [("ZADD", key, score, member)])
        if kinds.get(key) == b"string":
            for value in NUMBERS:
                yield Spoilt(f"{key} = {value!r}", call.keys, argument, [("SET", key, value)])


def read_fields(call: Call, stored: dict[str, list[bytes]]) -> dict[str, set[bytes]]:
    """By hash key, the fields that the script named or that are stored."""
    found = {key: set(names) for key, names in stored.items()}
    for command, key, *fields in call.told:
        if command in {b"HGET", b"HEXISTS", b"HINCRBY", b"HMGET"}:
            named = fields if command == b"HMGET" else fields[:1]
            found.setdefault(key.decode(), set()).update(named)
    return found


def _paths(value: Any, above: Path = ()) -> Iterator[Path]:
    if above:
        yield above
    children = (
        enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    )
    for name, child in children:
        yield from _paths(child, (*above, name))


def _at(value: Any, path: Path) -> Any:
    for step in path:
        value = value[step]
    return value


def _replaced(arguments: dict[str, Any], path: Path, value: Any) -> dict[str, Any]:
    spoilt = copy.deepcopy(arguments)
    inner = _at(spoilt, path[:-1])
    if value is MISSING:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return spoilt
