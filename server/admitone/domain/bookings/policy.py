"""The policy: what a customer may do to a booking (docs/rules/policy.md). It does not bind hosts."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from admitone.texts.message import message

MINUTE = 60
Reschedules = Annotated[int, msgspec.Meta(ge=0, le=1000)]


class Permission(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """When something is allowed; `minutes` before the start (15 minutes to 14 days) goes with `until`."""

    allow: Literal["anytime", "until", "never"] = "anytime"
    minutes: Annotated[int, msgspec.Meta(ge=15, le=20160)] | None = None

    def problem(self) -> str | None:
        """The error in the combination, as a sentence, or None."""
        if self.allow == "until" and self.minutes is None:
            return message("Say how many minutes before the start.")
        if self.allow != "until" and self.minutes is not None:
            return message("Minutes go with `until` only.")
        return None

    def holds(self, start: int, now: int) -> bool:
        """Whether it is allowed at `now` for a booking that starts at `start` (epoch seconds)."""
        deadline = self.deadline(start)
        return self.allow == "anytime" if deadline is None else now <= deadline

    def deadline(self, start: int) -> int | None:
        """Until when it is allowed for a booking that starts at `start`; None without such a limit."""
        return start - (self.minutes or 0) * MINUTE if self.allow == "until" else None


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Copied onto each booking when it is booked, so that a later change binds later bookings only."""

    cancel: Permission = Permission()
    reschedule: Permission = Permission()
    reason: Literal["off", "optional", "required"] = "optional"
    max_reschedules: Reschedules | None = None
    text: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class NewPolicy(Policy, frozen=True, forbid_unknown_fields=True):
    """The policy of a new event type: a limit that is left out is not the same as none.

    `Policy` keeps none as its default, so that bookings and event types of before mean what they meant.
    """

    max_reschedules: Reschedules | None = 5
