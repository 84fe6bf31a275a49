"""The problems that calls answer, and which call may answer which."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN: dict[str, tuple[str, ...]] = {
    "visit_book": ("slot-not-offered", "slot-taken"),
    "managed_cancel": ("policy-refuses", "booking-not-active"),
    "managed_reschedule": ("policy-refuses", "booking-not-active", "slot-not-offered", "slot-taken"),
    "booking_cancel": ("booking-not-active",),
    "booking_no_show": ("booking-not-active",),
    "booking_reschedule": ("booking-not-active", "slot-not-offered", "slot-taken"),
    "booking_page_create": ("slug-in-use",),
    "booking_page_update": ("slug-in-use",),
    "link_create": ("one-time-not-offered",),
    "link_batch": ("one-time-not-offered",),
    "link_revoke": ("link-booked",),
    "link_reactivate": ("link-booked",),
}
"""What is particular to a call; the rest follows from its path, its body and who may make it."""
OF_A_LINK = ("link-not-found", "link-booked", "link-revoked", "link-expired", "link-unavailable")


class KnownProblem(msgspec.Struct, frozen=True):
    """One code: its status, the sentence that people read, what it means, whether trying again helps."""

    code: str
    status: int
    sentence: str
    meaning: str
    retry: bool


def known_problems() -> list[KnownProblem]:
    """Every code, in the order of the statuses."""
    found: dict[str, KnownProblem] = {}
    for refusal, status in STATUS.items():
        meaning = inspect.cleandoc(refusal.__doc__ or "")
        known = KnownProblem(refusal.code, status, refusal.sentence, meaning, refusal.retry)
        found.setdefault(refusal.code, known)
    found["internal"] = KnownProblem(
        code="internal",
        status=500,
        sentence="Something went wrong on this server.",
        meaning="A mistake of ours. The document's `request_id` is in the server's log.",
        retry=False,
    )
    return sorted(found.values(), key=lambda problem: (problem.status, problem.code))


def problems_of(path: str, method: str, operation: Mapping[str, Any]) -> list[str]:
    """The codes that a call of the OpenAPI document may answer."""
    codes: list[str] = []
    if "requestBody" in operation:
        codes += ["unsupported-media-type", "body-too-large"]
    if operation["security"]:
        codes += ["unauthenticated", "forbidden"]
    if "requestBody" in operation or operation["parameters"]:
        codes.append("invalid")
    if "{code}" in path:
        codes += OF_A_LINK
    elif "{" in path:
        codes.append("not-found")
    codes += OWN.get(operation["operationId"], ())
    if "201" in operation["responses"]:
        codes.append("idempotency-key-reused")
    codes += ["too-many-requests", "busy"]
    if method != "get":
        codes.append("outcome-unknown")
    return codes
