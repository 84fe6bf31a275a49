"""The states of links, bookings and erasures, as their chips name them."""

from __future__ import annotations

from admitone.texts.message import message

STATE_NAMES = {
    "active": message("Active"),
    "booked": message("Booked"),
    "cancelled": message("Cancelled"),
    "completed": message("Completed"),
    "declined": message("Declined"),
    "done": message("Done"),
    "expired": message("Expired"),
    "no_show": message("No-show"),
    "requested": message("Requested"),
    "rescheduled": message("Rescheduled"),
    "revoked": message("Revoked"),
    "running": message("Running"),
    "scheduled": message("Scheduled"),
    "unavailable": message("Unavailable"),
}
