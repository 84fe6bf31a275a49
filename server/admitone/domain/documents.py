"""JSON documents read strictly into types: unknown fields are refused, errors are sentences for people."""

from __future__ import annotations

import re
from functools import cache, reduce
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from admitone.domain.errors import FieldError, Invalid
from admitone.domain.instant import Instant, decode_instant
from admitone.texts.message import Message, count_message, message, phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
_LOCATED = re.compile(r"(.*) - at `(?:key` in `)?\$(.*)`", re.DOTALL)
_KINDS = {
    "str": phrase("text"),
    "int": phrase("a whole number"),
    "float": phrase("a number"),
    "bool": phrase("true or false"),
    "null": phrase("null"),
    "array": phrase("a list"),
    "object": phrase("an object"),
    "date": phrase("a date such as 2026-11-23"),
}
_SIZES = {
    None: message("This must be %(kind)s of %(number)s."),
    ">=": message("This must be %(kind)s of at least %(number)s."),
    "<=": message("This must be %(kind)s of at most %(number)s."),
}
_EXPECTED = re.compile(
    r"Expected `([^`]*)`(?: of length)?(?: (>=|<=)?\s*(-?[\d.]+))?(?:, got .*)?", re.DOTALL
)


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
        return FieldError(".".join([*parts, field[1]]), message("This field is required."))
    if field := re.fullmatch(r"Object contains unknown field `(.*)`", text, re.DOTALL):
        return FieldError(".".join([*parts, field[1]]), message("There is no field of this name."))
    if re.match("Invalid (enum )?value ", text):
        possible = _choices(shape, parts)
        return FieldError(".".join(parts), _one_of(possible))
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


def _one_of(choices: Sequence[str]) -> str:
    if not choices:
        return message("This must be one of the values that are possible here.")
    return message("This must be one of %(choices)s.", choices=", ".join(choices))


def _sentence(text: str) -> str:
    """What msgspec says, in a sentence of ours if it is about the kind, the size or the length."""
    if text == "Invalid RFC3339 encoded date":
        return message("This must be %(kind)s.", kind=_KINDS["date"])
    if pattern := re.fullmatch(r"Expected `str` matching regex (.*)", text, re.DOTALL):
        return message("This must be text matching regex %(pattern)s.", pattern=pattern[1])
    expected = _EXPECTED.fullmatch(text)
    if expected is None:
        return text if text.endswith(".") else f"{text}."
    kinds, sign, number = expected.groups()
    if number is not None and kinds == "str":
        return _length(sign, int(number))
    if number is not None:
        return Message(_SIZES[sign], {"kind": _kind(kinds), "number": number})
    return message("This must be %(kind)s.", kind=_kind(kinds))


def _length(sign: str | None, count: int) -> str:
    """The sentence about a text that is too short or too long."""
    if sign is None:
        return count_message(
            "This must be text of %(count)s character.",
            "This must be text of %(count)s characters.",
            count=count,
        )
    if sign == ">=":
        return count_message(
            "This must be text of at least %(count)s character.",
            "This must be text of at least %(count)s characters.",
            count=count,
        )
    return count_message(
        "This must be text of at most %(count)s character.",
        "This must be text of at most %(count)s characters.",
        count=count,
    )


def _kind(kinds: str) -> str:
    """What `int | null` stands for: a whole number or null."""
    words = [_KINDS.get(kind.strip(), kind.strip()) for kind in kinds.split("|")]
    return reduce(lambda one, other: message("%(one)s or %(other)s", one=one, other=other), words)
