"""What the mails are called, and when they go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.mail.kinds import MailKind

MAILS: Mapping[MailKind, tuple[str, str]] = {
    "confirmation": ("Confirmation", "To the customer, when they have booked"),
    "rescheduled": ("Moved", "To the customer, when their booking was moved"),
    "cancelled": ("Cancelled", "To the customer, when their booking was cancelled"),
    "reassigned": ("Taken over", "To the customer, when the booking was given to another host"),
    "reminder": ("Reminder", "To the customer, before it starts"),
    "manage_link": ("Address of a booking", "To the customer, when they ask for it on a used link"),
    "host_scheduled": ("New booking", "To the hosts, when somebody has booked"),
    "host_rescheduled": ("Moved, for hosts", "To the hosts but whoever moved it"),
    "host_cancelled": ("Cancelled, for hosts", "To the hosts but whoever cancelled it"),
    "host_reassigned": ("Taken over, for hosts", "To the host whose booking was given to another"),
}
