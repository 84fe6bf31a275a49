"""What the API's description (OpenAPI) says of a handler: the types that it reads and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

Handle = TypeVar("Handle", bound=Callable[..., Any])
_ATTRIBUTE = "__operation__"


class Operation(NamedTuple):
    """The types of one call; `patch` is the type whose fields a merge patch (RFC 7396) may hold."""

    id: str
    answer: Any = None
    body: Any = None
    query: Any = None
    patch: Any = None
    status: int = 200
    body_is_optional: bool = False


def operation(
    operation_id: str,
    answer: Any = None,
    *,
    body: Any = None,
    query: Any = None,
    patch: Any = None,
    status: int = 200,
    body_is_optional: bool = False,
) -> Callable[[Handle], Handle]:
    """Say what a handler reads and answers. `operation_id` is the call's stable name in OpenAPI.

    The docstring of the handler is the summary.
    """

    def mark(handle: Handle) -> Handle:
        setattr(
            handle, _ATTRIBUTE, Operation(operation_id, answer, body, query, patch, status, body_is_optional)
        )
        return handle

    return mark


def operation_of(handle: Callable[..., Any]) -> Operation | None:
    """What was said of a handler; None for what is no call of the API."""
    found: Operation | None = getattr(handle, _ATTRIBUTE, None)
    return found
