"""The problems that the server answers, and which call of the API can answer which.

Both are derived: the problems from the classes of refusals, a call's problems from its row in the table of
routes and from what its handler says in `operation(refuses=…)`.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import (
    BodyTooLarge,
    BodyTooSlow,
    BookingDeleted,
    Busy,
    Forbidden,
    IdempotencyKeyReused,
    Invalid,
    LinkBooked,
    LinkExpired,
    LinkNotFound,
    LinkRevoked,
    LinkUnavailable,
    NotFound,
    OutcomeUnknown,
    Refusal,
    ScopeMissing,
    SessionRequired,
    StorageFull,
    TooManyRequests,
    Unauthenticated,
    UnsupportedMediaType,
)
from admitone.web.http.problems import STATUS
from admitone.web.http.route import Access
from admitone.web.http.scope import Special

if TYPE_CHECKING:
    from admitone.web.http.route import Route
    from admitone.web.openapi.operation import ApiCall

CREATED = 201
OF_A_LINK = (LinkNotFound, LinkBooked, LinkRevoked, LinkExpired, LinkUnavailable)


class KnownProblem(msgspec.Struct, frozen=True):
    """One code: its status, its sentence for people, its meaning, and whether a retry helps."""

    code: str
    status: int
    sentence: str
    meaning: str
    retry: bool


INTERNAL = KnownProblem(
    code="internal",
    status=500,
    sentence="Something went wrong on this server.",
    meaning="An error in the server. The `request_id` of the problem document finds it in the server's log.",
    retry=False,
)


def known_problems() -> list[KnownProblem]:
    """Every code, sorted by status; of classes that share a code, the first."""
    found: dict[str, KnownProblem] = {}
    for refusal, status in STATUS.items():
        meaning = inspect.cleandoc(refusal.__doc__ or "")
        known = KnownProblem(refusal.code, status, refusal.sentence, meaning, refusal.retry)
        found.setdefault(refusal.code, known)
    return sorted([*found.values(), INTERNAL], key=lambda problem: (problem.status, problem.code))


def problems_of(route: Route, call: ApiCall) -> list[str]:
    """The codes that a call can answer, besides `internal`."""
    found = [*_of_the_request(route, call), *_of_the_address(route), *call.refuses]
    if call.status == CREATED:
        found.append(IdempotencyKeyReused)
    found += [TooManyRequests, Busy]
    if route.method != "GET":
        found += [OutcomeUnknown, StorageFull]
    return list(dict.fromkeys(refusal.code for refusal in found))


def _of_the_request(route: Route, call: ApiCall) -> list[type[Refusal]]:
    found: list[type[Refusal]] = []
    takes_body = call.body is not None or call.patch is not None
    if takes_body or route.limit.body:  # calls without fields refuse those that are sent
        found += [UnsupportedMediaType, BodyTooLarge, BodyTooSlow]
    if route.access is not Access.CUSTOMER:
        found += [Unauthenticated, Forbidden]
        if route.scope is not Special.ANY:
            found.append(SessionRequired if route.scope is Special.SESSION else ScopeMissing)
    if takes_body or call.query is not None or "{" in route.path or call.status == CREATED:
        found.append(Invalid)
    return found


def _of_the_address(route: Route) -> tuple[type[Refusal], ...]:
    if "{code}" in route.path:
        return OF_A_LINK
    if "{token}" in route.path:
        return (NotFound, BookingDeleted)
    return (NotFound,) if "{" in route.path else ()
