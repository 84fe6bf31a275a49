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
