"""Refusals about a link and the page that it leads to."""

from __future__ import annotations

from admitone.domain.errors.refusal import Kind, Refusal
from admitone.texts.message import message


class LinkNotFound(Refusal):
    """No link or page has this code or slug, or the page's general link is switched off."""

    code = "link-not-found"
    kind = Kind.NOT_FOUND
    sentence = message("There is no booking link at this address. Check that it was copied whole.")


class LinkBooked(Refusal):
    """The one-time link has been used."""

    code = "link-booked"
    kind = Kind.GONE
    sentence = message("This link has already been used.")


class LinkHasBooking(LinkBooked):
    """A host tried to revoke or reactivate a booked link: the same code, but a conflict."""

    kind = Kind.CONFLICT
    sentence = message("This link has been booked. Cancel its booking first.")


class LinkRevoked(Refusal):
    """The host revoked the link."""

    code = "link-revoked"
    kind = Kind.GONE
    sentence = message("This link was withdrawn. Ask the person who sent it for a new one.")


class LinkExpired(Refusal):
    """The link has expired."""

    code = "link-expired"
    kind = Kind.GONE
    sentence = message("This link has expired. Ask the person who sent it for a new one.")


class LinkUnavailable(Refusal):
    """The link's page cannot be booked at present."""

    code = "link-unavailable"
    kind = Kind.GONE
    sentence = message("This link can't be used right now. Ask the person who sent it.")


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
            f"At least {links:,} links" if links >= most else "1 link" if links == 1 else f"{links:,} links"
        )
        super().__init__(f"{self.many} not used yet would stop working. Confirm that this is what you want.")
