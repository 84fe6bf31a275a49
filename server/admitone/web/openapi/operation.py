"""The description of an API call at its handler: the types that it reads and answers, and its problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from admitone.domain.errors import Refusal

JSON = "application/json"
Handle = TypeVar("Handle", bound=Callable[..., Any])
_ATTRIBUTE = "__api_call__"


class ApiCall(NamedTuple):
    """One call of the API.

    `media_type` is that of its answer: JSON, a text, or a stream of events whose data are the answer in
    JSON. `status` is that of its answer; with `or_status`, the same answer may come with that one.
    A `body` of `bytes` is a file, sent as it is. `patch` is the type whose fields a merge patch (RFC 7396)
    may hold. `refuses` are the refusals that are particular to this call; `openapi/problem_list.py` adds
    those that every call of its sort can answer.
    """

    id: str
    answer: Any = None
    body: Any = None
    query: Any = None
    patch: Any = None
    status: int = 200
    body_is_optional: bool = False
    refuses: tuple[type[Refusal], ...] = ()
    or_status: int | None = None
    media_type: str = JSON

    @property
    def statuses(self) -> list[int]:
        """The statuses with which the call answers, the most usual one first."""
        return [self.status] if self.or_status is None else [self.status, self.or_status]


def operation(
    operation_id: str,
    answer: Any = None,
    *,
    body: Any = None,
    query: Any = None,
    patch: Any = None,
    status: int = 200,
    body_is_optional: bool = False,
    refuses: tuple[type[Refusal], ...] = (),
    or_status: int | None = None,
    media_type: str = JSON,
) -> Callable[[Handle], Handle]:
    """Describe a handler as a call of the API; see `ApiCall`.

    `operation_id` is the call's stable name in OpenAPI. The docstring of the handler is the summary.
    """
    call = ApiCall(
        operation_id, answer, body, query, patch, status, body_is_optional, refuses, or_status, media_type
    )

    def mark(handle: Handle) -> Handle:
        setattr(handle, _ATTRIBUTE, call)
        return handle

    return mark


def api_call(handle: Callable[..., Any]) -> ApiCall | None:
    """The call that a handler was described as, or None if the handler is not a call of the API."""
    found: ApiCall | None = getattr(handle, _ATTRIBUTE, None)
    return found
