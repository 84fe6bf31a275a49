"""Bodies of requests: refuses wrong values, and applies a merge patch (RFC 7396) to a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.domain.merge_patch import merge_patch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.errors import FieldError

Body = TypeVar("Body", bound=msgspec.Struct)


def refuse(problems: Sequence[FieldError]) -> None:
    """Raise Invalid if there are problems."""
    if problems:
        raise Invalid(*problems)


def changed_body(before: msgspec.Struct, body: type[Body], patch: Mapping[str, Any]) -> Body:
    """The fields of `body` that the record `before` has, after a merge patch; raises Invalid.

    In a field that may be null, such as a window without an end, null in the patch is that value; in another
    field it means the default. A field that does not exist is refused even if the patch removes it.
    """
    names = {field.encode_name for field in msgspec.structs.fields(body)}
    document = {name: value for name, value in msgspec.to_builtins(before).items() if name in names}
    merged = merge_patch(document, dict(patch))
    assert isinstance(merged, dict)
    removed = {name for name, value in patch.items() if value is None}
    merged |= dict.fromkeys((removed & _nullable(body)) | (removed - names))
    return convert(merged, body)


def _nullable(body: type[msgspec.Struct]) -> set[str]:
    info = msgspec.inspect.type_info(body)
    assert isinstance(info, msgspec.inspect.StructType)
    return {field.encode_name for field in info.fields if _takes_null(field.type)}


def _takes_null(kind: msgspec.inspect.Type) -> bool:
    return isinstance(kind, msgspec.inspect.UnionType) and any(
        isinstance(member, msgspec.inspect.NoneType) for member in kind.types
    )
