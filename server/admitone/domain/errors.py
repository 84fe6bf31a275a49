"""Every refusal that a caller can meet: a stable code, a sentence for people, whether a retry helps.

The HTTP status of each is `web/http/problems.py`'s business; nothing below the web knows it.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field; `field` is a path such as `people.3.email` or `schedule.weekly.mon`."""

    field: str
    message: str


class Refusal(Exception):  # noqa: N818  - the product's word; not every refusal is an error
    """A refusal with a stable `code`; `sentence` is shown to people, `retry` says if a retry helps."""

    code: ClassVar[str]
    sentence: ClassVar[str]
    retry: ClassVar[bool] = False

    def __init__(self, sentence: str | None = None) -> None:
        self.detail = sentence or self.sentence
        super().__init__(self.detail)


class Invalid(Refusal):
    """The body, the query or a parameter is not acceptable; `errors` says where and why."""

    code = "invalid"
    sentence = "Something in the request is not valid."

    def __init__(self, *errors: FieldError) -> None:
        self.errors = errors
        super().__init__(" ".join(error.message for error in errors[:3]) or None)


def invalid(field: str, message: str) -> Invalid:
    """An `Invalid` for one field."""
    return Invalid(FieldError(field, message))


class UnsupportedMediaType(Refusal):
    """The body is not JSON by its content type."""

    code = "unsupported-media-type"
    sentence = "Send the body as application/json."


class BodyTooLarge(Refusal):
    """The body is over the route's limit."""

    code = "body-too-large"
    sentence = "The request is larger than this address accepts."


class BodyTooSlow(Refusal):
    """The body did not arrive in time."""

    code = "body-too-slow"
    sentence = "The request took too long to arrive. Try again."
    retry = True


class Unauthenticated(Refusal):
    """No credential, or one that is unknown, expired or revoked."""

    code = "unauthenticated"
    sentence = "Sign in, or send a valid access token or API key."


class Forbidden(Refusal):
    """The caller is known and may not do this."""

    code = "forbidden"
    sentence = "Your role does not allow this."


class CsrfMissing(Refusal):
    """A form or a call of the dashboard without the token of its session."""

    code = "csrf"
    sentence = "This page was open for too long. Load it again and repeat what you did."
    retry = True


class SignInExpired(Refusal):
    """The browser that comes back from Google did not leave from here, or too long ago."""

    code = "sign-in-expired"
    sentence = "This sign-in was begun elsewhere, or too long ago. Sign in again."
    retry = True


class SignInCancelled(Refusal):
    """The person did not consent at Google."""

    code = "sign-in-cancelled"
    sentence = "You did not sign in. Nothing has changed."
    retry = True


class SignUpClosed(Refusal):
    """Nobody with this account may make a workspace here (ADMITONE_SIGN_UP)."""

    code = "sign-up-closed"
    sentence = "This account has no workspace here. Ask an administrator to invite you."


class AccountInactive(Refusal):
    """An administrator has deactivated the user."""

    code = "account-inactive"
    sentence = "This account has been deactivated. Ask an administrator of your workspace."


class AddressInUse(Refusal):
    """Another Google account has signed in as the user of this address."""

    code = "address-in-use"
    sentence = "Another Google account is already signed up with this address."


class AlreadyElsewhere(Refusal):
    """An invitation was opened by somebody who belongs to another workspace."""

    code = "already-elsewhere"
    sentence = "This Google account belongs to another workspace here, and one account is in one workspace."


class InvitationGone(Refusal):
    """An invitation that was withdrawn or accepted, has expired, or never was."""

    code = "invitation-gone"
    sentence = "This invitation is not good any more. Ask an administrator to invite you again."


class InvitationForAnother(Refusal):
    """An invitation was opened, and somebody else than the invited signed in with Google."""

    code = "invitation-for-another"
    sentence = "This invitation is for another address. Sign in with the Google account that it was sent to."


class LastAdministrator(Refusal):
    """The only active administrator of a workspace would be none any more."""

    code = "last-administrator"
    sentence = "A workspace needs an administrator. Make somebody else an administrator first."


class AppUnknown(Refusal):
    """An authorisation request by no registered app, or back to an address that is not the app's."""

    code = "app-unknown"
    sentence = "The app that sent you here is not one that may sign in on this server."


class GoogleNotConfigured(Refusal):
    """ADMITONE_GOOGLE_CLIENT_ID and its secret are not set."""

    code = "google-not-configured"
    sentence = "Signing in with Google is not set up on this server yet."


class OtherGoogleAccount(Refusal):
    """Another Google account was chosen than the one that the user signs in with."""

    code = "other-google-account"
    sentence = "You chose another Google account. Connect the one that you sign in with."


class NotFound(Refusal):
    """No such record in the caller's workspace."""

    code = "not-found"
    sentence = "There is nothing at this address."


class MethodNotAllowed(Refusal):
    """The address exists, for other methods."""

    code = "method-not-allowed"
    sentence = "This address does not answer that method."


class LinkNotFound(Refusal):
    """No link or page has this code or slug, or it is switched off."""

    code = "link-not-found"
    sentence = "There is no booking link at this address. Check that it was copied whole."


class LinkBooked(Refusal):
    """The one-time link has been used."""

    code = "link-booked"
    sentence = "This link has already been used."


class LinkHasBooking(LinkBooked):
    """A host would withdraw or free a link that is booked: the same code, and no end of the link's."""

    sentence = "This link has been booked. Cancel its booking first."


class LinkRevoked(Refusal):
    """The host withdrew the link."""

    code = "link-revoked"
    sentence = "This link was withdrawn. Ask the person who sent it for a new one."


class LinkExpired(Refusal):
    """The link's time is over."""

    code = "link-expired"
    sentence = "This link has expired. Ask the person who sent it for a new one."


class LinkUnavailable(Refusal):
    """The link's target cannot be booked at present."""

    code = "link-unavailable"
    sentence = "This link cannot be booked at present. Ask the person who sent it."


class SlotNotOffered(Refusal):
    """The start is outside the grid, the hours, the notice or the window."""

    code = "slot-not-offered"
    sentence = "That time is not offered. Choose one from the list."


class SlotTaken(Refusal):
    """The start was offered, and is not free now."""

    code = "slot-taken"
    sentence = "That time was just taken. Choose another one."


class CalendarUnreachable(Refusal):
    """The hosts' calendars do not say whether they are free, and what was read before is too old."""

    code = "calendar-unreachable"
    sentence = "The calendar cannot be reached at present. Try again in a moment."
    retry = True


class PolicyRefuses(Refusal):
    """The booking's policy does not let the customer do this, or not any more."""

    code = "policy-refuses"
    sentence = "The organiser does not allow this change, or no longer. Please contact them."


class BookingNotActive(Refusal):
    """The booking is past, cancelled, completed or a no-show."""

    code = "booking-not-active"
    sentence = "This booking can no longer be changed."


class SlugInUse(Refusal):
    """Another page on this deployment has the slug."""

    code = "slug-in-use"
    sentence = "Another page already has this address. Choose another one."


class WouldBreakLinks(Refusal):
    """The change would make active links unavailable; `links` of them, or more where it is `most`."""

    code = "would-break-links"
    sentence = "Links that were sent and not used yet would stop working."

    def __init__(self, links: int, most: int) -> None:
        self.links = links
        many = (
            f"At least {links:,} links" if links >= most else "1 link" if links == 1 else f"{links:,} links"
        )
        super().__init__(f"{many} not used yet would stop working. Confirm that this is what you want.")


class NotReassignable(Refusal):
    """Nobody else may have the booking: it came by a booking page, or its rule is gone."""

    code = "not-reassignable"
    sentence = "There is nobody else to whom this booking can be given."


class OneTimeNotOffered(Refusal):
    """One-time links exist for booking pages and master pages with dynamic rules only."""

    code = "one-time-not-offered"
    sentence = "This page does not offer one-time links."


class IdempotencyKeyReused(Refusal):
    """The Idempotency-Key was used within the last day for another body."""

    code = "idempotency-key-reused"
    sentence = "This Idempotency-Key was used for another request. Use a new one."


class TooManyRequests(Refusal):
    """A limit was reached; `retry_after` is in seconds."""

    code = "too-many-requests"
    sentence = "Too many requests. Wait a little and try again."
    retry = True

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__()


class Busy(Refusal):
    """The work could not be done now: the configuration kept moving, or the queue is full."""

    code = "busy"
    sentence = "The service is busy. Try again in a moment."
    retry = True


class OutcomeUnknown(Refusal):
    """The connection to Redis was lost and its answer with it; the same request again never doubles."""

    code = "outcome-unknown"
    sentence = "The connection was lost before the answer came. Try again; nothing will be done twice."
    retry = True
