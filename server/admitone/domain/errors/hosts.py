"""Refusals that hosts meet when they change links, pages and bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors.links import LinkBooked
from admitone.domain.errors.refusal import Kind, Refusal
from admitone.texts.message import count_message, message

if TYPE_CHECKING:
    from collections.abc import Sequence


class LinkHasBooking(LinkBooked):
    """A host tried to revoke or reactivate a booked link: the same code, but a conflict."""

    kind = Kind.CONFLICT
    sentence = message("This link has been booked. Cancel its booking first.")


class LinkNotMailable(Refusal):
    """Only a personalised link by which somebody can book now is mailed to its person."""

    code = "link-not-mailable"
    kind = Kind.CONFLICT
    sentence = message("Nobody can book by this link at present, so it cannot be emailed.")


class MailNotSetUp(Refusal):
    """A host wants to send a mail, and nothing can send it."""

    code = "mail-not-set-up"
    kind = Kind.CONFLICT
    sentence = message("Nothing sends your mail yet. Connect your Gmail first.")


class OneTimeNotOffered(Refusal):
    """Only booking pages, and master pages with dynamic rules, have one-time links."""

    code = "one-time-not-offered"
    kind = Kind.CONFLICT
    sentence = message("This page does not offer one-time links.")


class SlugInUse(Refusal):
    """Another page on this deployment has the slug."""

    code = "slug-in-use"
    kind = Kind.CONFLICT
    sentence = message("Another page already has this address. Choose another one.")


class WouldBreakLinks(Refusal):
    """The change would make active links unavailable.

    `links` is their number, `many` the same in words. Counting stops at `most`: there may be more.
    """

    code = "would-break-links"
    kind = Kind.CONFLICT
    sentence = message("Links that were sent and not used yet would stop working.")

    def __init__(self, links: int, most: int) -> None:
        self.links = links
        self.many = (
            count_message("At least %(count)s link", "At least %(count)s links", count=links)
            if links >= most
            else count_message("%(count)s link", "%(count)s links", count=links)
        )
        super().__init__(
            message(
                "%(links)s not used yet would stop working. Confirm that this is what you want.",
                links=self.many,
            )
        )


class HasLiveBookings(Refusal):
    """The address has bookings to come. Cancel them first.

    `bookings` are their ids.
    """

    code = "has-live-bookings"
    kind = Kind.CONFLICT
    sentence = message("This address has bookings to come. Cancel them first.")

    def __init__(self, bookings: Sequence[str]) -> None:
        self.bookings = list(bookings)
        super().__init__()


class NotReassignable(Refusal):
    """No other host can take the booking: it came by a booking page, or its rule was deleted."""

    code = "not-reassignable"
    kind = Kind.CONFLICT
    sentence = message("This booking cannot be given to another host.")
