"""What a customer may do after booking, by the policy, in words: they read it before they book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.bookings.policy import MINUTE
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.bookings.policy import Permission, Policy
    from admitone.domain.date_text import DateText

BOTH = {
    "never": message("This booking can't be rescheduled or cancelled online."),
    "start": message("You can reschedule or cancel until it starts."),
    "before": message("You can reschedule or cancel up to %(until)s before it starts."),
    "at": message("You can reschedule or cancel until %(until)s."),
}
RESCHEDULE = {
    "never": message("This booking can't be rescheduled online."),
    "start": message("You can reschedule until it starts."),
    "before": message("You can reschedule up to %(until)s before it starts."),
    "at": message("You can reschedule until %(until)s."),
}
CANCEL = {
    "never": message("This booking can't be cancelled online."),
    "start": message("You can cancel until it starts."),
    "before": message("You can cancel up to %(until)s before it starts."),
    "at": message("You can cancel until %(until)s."),
}

NEVER = ("never", "")


def promises(policy: Policy, text: DateText, start: int | None = None, now: int = 0) -> list[str]:
    """Sentences about rescheduling and cancelling, in the reader's language.

    With `start` (epoch seconds) they name the last instant, and what `now` is too late for is not possible.
    """
    say = text.reader.texts.say
    cancel = _end(policy.cancel, text, start, now)
    reschedule = _end(policy.reschedule, text, start, now) if policy.max_reschedules != 0 else NEVER
    if cancel == reschedule:
        kind, until = cancel
        return [say(BOTH[kind], until=until)]
    told = ((RESCHEDULE, reschedule), (CANCEL, cancel))
    return [say(texts[kind], until=until) for texts, (kind, until) in told]


def _end(permission: Permission, text: DateText, start: int | None, now: int) -> tuple[str, str]:
    """Which sentence tells until when something is allowed, and its value."""
    if permission.allow == "never" or (start is not None and not permission.holds(start, now)):
        return NEVER
    if permission.minutes is None:
        return "start", ""
    if start is None:
        return "before", text.duration(permission.minutes)
    return "at", text.day_and_time(start - permission.minutes * MINUTE)
