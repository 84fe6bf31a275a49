"""msgspec's view of a shape: that it forbids unknown fields, and its errors in words for people."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from admitone.domain.errors import FieldError

_LOCATED = re.compile(r"(.*) - at `(?:key` in `)?\$(.*)`", re.DOTALL)
_WORDS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
    "array": "a list",
    "object": "an object",
    "date": "a date such as 2026-11-23",
}


def explain(error: msgspec.ValidationError) -> FieldError:
    """Where the error is, as a path such as `people.3.email`, and a sentence about it.

    msgspec names no keys of free-form objects: the path ends at the object there.
    """
    located = _LOCATED.fullmatch(str(error))
    text, where = located.groups() if located else (str(error), "")
    path = where.partition("[...]")[0]
    parts = [part for part in re.split(r"[.\[\]]", path) if part]
    if field := re.fullmatch(r"Object missing required field `(.*)`", text, re.DOTALL):
        return FieldError(".".join([*parts, field[1]]), "This field is required.")
    if field := re.fullmatch(r"Object contains unknown field `(.*)`", text, re.DOTALL):
        return FieldError(".".join([*parts, field[1]]), "There is no field of this name.")
    return FieldError(".".join(parts), _sentence(text))


def refuse_unless_strict(shape: object) -> None:
    """Fail loudly where a shape would ignore a field that it does not know: that hides typing mistakes.

    Raises:
        TypeError: a struct in `shape` does not forbid unknown fields.
    """
    _walk(shape)


@cache
def _walk(shape: object) -> None:
    pending: list[object] = [msgspec.inspect.type_info(shape)]
    seen: set[type] = set()
    while pending:
        node = pending.pop()
        if isinstance(node, msgspec.inspect.StructType):
            if node.cls in seen:
                continue
            seen.add(node.cls)
            if not node.forbid_unknown_fields:
                raise TypeError(f"{node.cls.__name__} must be declared with forbid_unknown_fields=True")
        if isinstance(node, tuple):
            pending.extend(node)
        elif isinstance(node, msgspec.inspect.Type | msgspec.inspect.Field):
            pending.extend(getattr(node, name) for name in node.__struct_fields__)


def _sentence(text: str) -> str:
    expected = re.fullmatch(r"Expected (.*?)(?:, got .*)?", text, re.DOTALL)
    if expected is None:
        return text if text.endswith(".") else f"{text}."
    words = re.sub(r"`([^`]*)`", lambda quoted: _kinds(quoted[1]), expected[1])
    for sign, said in ((">=", "at least"), ("<=", "at most")):
        words = words.replace(f" of length {sign} ", f" of length {said} ").replace(
            f" {sign} ", f" of {said} "
        )
    return f"This must be {words}."


def _kinds(kinds: str) -> str:
    return " or ".join(_WORDS.get(kind.strip(), kind.strip()) for kind in kinds.split("|"))
