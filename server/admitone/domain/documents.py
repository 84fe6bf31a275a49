"""JSON documents read strictly into types: unknown fields are refused, errors are sentences for people."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from admitone.domain.errors import FieldError, Invalid
from admitone.domain.instant import Instant, decode_instant
from admitone.texts.message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
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


def convert(document: object, shape: type[T], *, strict: bool = True) -> T:
    """A JSON document as `shape`, whose structs must forbid unknown fields.

    With `strict=False` text is taken for a number, a date or a boolean too, as in a query string.

    Raises:
        Invalid: the document is not of this shape; fields are paths such as `people.3.email`.
    """
    refuse_unless_strict(shape)
    try:
        return msgspec.convert(document, shape, strict=strict, dec_hook=decode_instant)
    except msgspec.ValidationError as error:
        raise Invalid(explain(error, shape)) from None


def encode_value(value: object) -> str:
    """For msgspec's encoders: an instant in RFC 3339, a message in English. They know every other type."""
    if isinstance(value, Instant):
        return value.text()
    if isinstance(value, Message):
        return str(value)
    raise NotImplementedError(type(value))


@cache
def decoder_of(shape: Any) -> msgspec.json.Decoder[Any]:
    """The decoder of JSON texts of `shape`, a type; it is made once in a process."""
    return msgspec.json.Decoder(shape, dec_hook=decode_instant)


def explain(error: msgspec.ValidationError, shape: object) -> FieldError:
    """The field of a document that is not of `shape`, as a path such as `people.3.email`, and a sentence.

    msgspec does not name the keys of a free-form object: the path ends at that object.
    """
    located = _LOCATED.fullmatch(str(error))
    text, where = located.groups() if located else (str(error), "")
    path = where.partition("[...]")[0]
    parts = [part for part in re.split(r"[.\[\]]", path) if part]
    if field := re.fullmatch(r"Object missing required field `(.*)`", text, re.DOTALL):
        return FieldError(".".join([*parts, field[1]]), "This field is required.")
    if field := re.fullmatch(r"Object contains unknown field `(.*)`", text, re.DOTALL):
        return FieldError(".".join([*parts, field[1]]), "There is no field of this name.")
    if re.match("Invalid (enum )?value ", text):
        possible = _choices(shape, parts)
        return FieldError(".".join(parts), f"This must be {_either(possible)}.")
    return FieldError(".".join(parts), _sentence(text))


def refuse_unless_strict(shape: object) -> None:
    """Check that every struct in `shape` forbids unknown fields; to ignore them would hide typing mistakes.

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


def _choices(shape: object, path: Sequence[str]) -> list[str]:
    """The values of the enumeration at `path`, or the tags of the structs whose tag field is at `path`."""
    nodes = _alternatives(msgspec.inspect.type_info(shape))
    found: list[str] = []
    for place, part in enumerate(path, 1):
        if place == len(path):
            structs = [node for node in nodes if isinstance(node, msgspec.inspect.StructType)]
            found += [str(struct.tag) for struct in structs if struct.tag_field == part]
        nodes = [below for node in nodes for inner in _inner(node, part) for below in _alternatives(inner)]
    for node in nodes:
        if isinstance(node, msgspec.inspect.LiteralType):
            found += [str(value) for value in node.values]
    return found


def _alternatives(node: msgspec.inspect.Type) -> Sequence[msgspec.inspect.Type]:
    return node.types if isinstance(node, msgspec.inspect.UnionType) else [node]


def _inner(node: msgspec.inspect.Type, part: str) -> Sequence[msgspec.inspect.Type]:
    if isinstance(node, msgspec.inspect.StructType):
        return [field.type for field in node.fields if field.encode_name == part]
    return [node.item_type] if isinstance(node, msgspec.inspect.CollectionType) else []


def _either(choices: Sequence[str]) -> str:
    return f"one of {', '.join(choices)}" if choices else "one of the values that are possible here"


def _sentence(text: str) -> str:
    if text == "Invalid RFC3339 encoded date":
        return f"This must be {_WORDS['date']}."
    expected = re.fullmatch(r"Expected (.*?)(?:, got .*)?", text, re.DOTALL)
    if expected is None:
        return text if text.endswith(".") else f"{text}."
    words = re.sub(r"`([^`]*)`", lambda quoted: _kinds(quoted[1]), expected[1])
    words = re.sub(r"text of length (.*)", r"text of \1 characters", words).replace(" of length ", " of ")
    for sign, said in ((">=", "at least"), ("<=", "at most")):
        words = words.replace(f" of {sign} ", f" {sign} ").replace(f" {sign} ", f" of {said} ")
    return f"This must be {words}."


def _kinds(kinds: str) -> str:
    return " or ".join(_WORDS.get(kind.strip(), kind.strip()) for kind in kinds.split("|"))
