"""What the scripts' headers promise, and what their bodies do, as far as reading them tells."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

import msgspec

from admitone.store.codes import Code

LUA = files("admitone.store") / "lua"
MARKER = "-- From here on only writes.\n"
_KEY = re.compile(
    r"^KEYS\[(\d+)(…?)\] ([a-z ]+?) {2,}(hash|list|set|stream|string|zset)(?::|$)", re.MULTILINE
)
_ARGUMENT = re.compile(r"^  ([a-z_]+) +((?:boolean|integer|string|table)\??)(?: |$)", re.MULTILINE)
_CODE = re.compile(r"^  ([A-Z_]+)(?: |$)", re.MULTILINE)
_SHAPE = re.compile(r"([a-z_]+) = '([a-z]+\??)'")


class Key(msgspec.Struct, frozen=True):
    """One KEYS line; `number` counts from 1, and `is_last` says that more keys of this kind follow."""

    number: int
    is_last: bool
    name: str
    kind: str

    @property
    def variable(self) -> str:
        """The local variable that holds it."""
        return self.name.replace(" ", "_")


class ScriptText(msgspec.Struct, frozen=True):
    """One script, taken apart."""

    name: str
    keys: list[Key]
    arguments: dict[str, str]
    codes: list[str]
    body: str
    functions: dict[str, str]
    """What it includes: the text of each function, by name."""

    @property
    def shape(self) -> dict[str, str]:
        """The argument of `arguments {…}`."""
        match = re.search(r"arguments \{(.*?)\}", self.body, re.DOTALL)
        return dict(_SHAPE.findall(match[1])) if match else {}

    @property
    def before_writes(self) -> str:
        """The body up to the marker."""
        return self.body.partition(MARKER)[0]

    @property
    def writes(self) -> str:
        """The body after the marker."""
        return self.body.partition(MARKER)[2]

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


def script_names() -> list[str]:
    """The names of all scripts."""
    return sorted(file.name.removesuffix(".lua") for file in LUA.iterdir() if file.name.endswith(".lua"))


def read_script(name: str) -> ScriptText:
    """Take one script apart."""
    text = (LUA / f"{name}.lua").read_text()
    header, _, body = text.removeprefix("--[[").partition("]]\n")
    keys_part, _, rest = header.partition("\nARGV[1]\n")
    arguments_part, _, codes_part = rest.partition("\nReturns ")
    return ScriptText(
        name=name,
        keys=[Key(int(n), bool(last), title, kind) for n, last, title, kind in _KEY.findall(keys_part)],
        arguments=dict(_ARGUMENT.findall(arguments_part)),
        codes=_CODE.findall(codes_part),
        body=_without_comments(body),
        functions=_functions(set(re.findall(r"^-- include: (\w+)$", body, re.MULTILINE))),
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
