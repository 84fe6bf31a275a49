"""The name of each mail, and when it is sent to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.mail.kinds import MailKind

MAILS: Mapping[MailKind, tuple[str, str]] = {
    "confirmation": ("Confirmation", "To the customer, when they have booked"),
    "rescheduled": ("Rescheduled", "To the customer, when their booking was rescheduled"),
    "cancelled": ("Cancelled", "To the customer, when their booking was cancelled"),
    "reassigned": ("New host", "To the customer, when their booking was given to another host"),
    "reminder": ("Reminder", "To the customer, before the booking starts"),
    "manage_link": ("Manage link", "To the customer, when they ask for it on a used link"),
    "host_scheduled": ("New booking", "To the hosts, when a customer has booked"),
    "host_rescheduled": (
        "Rescheduled, for hosts",
        "To all its hosts except the one who rescheduled it",
    ),
    "host_cancelled": (
        "Cancelled, for hosts",
        "To all its hosts except the one who cancelled it",
    ),
    "host_reassigned": ("New host, for hosts", "To the host whose booking was given to another host"),
}
