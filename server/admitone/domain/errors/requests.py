"""Refusals of any request: its form, its address, a limit, or the state of the service."""

from __future__ import annotations

from admitone.domain.errors.refusal import FieldError, Kind, Refusal
from admitone.texts.message import message


class Invalid(Refusal):
    """The body, the query or a parameter is not valid; `errors` says where and why."""

    code = "invalid"
    kind = Kind.INVALID
    sentence = message("Something in the request is not valid.")

    def __init__(self, *errors: FieldError) -> None:
        self.errors = errors
        super().__init__(" ".join(error.message for error in errors[:3]) or None)

    def sentences(self) -> list[str]:
        """What is wrong with the first fields."""
        return [error.message for error in self.errors[:3]] or super().sentences()


def invalid(field: str, message: str) -> Invalid:
    """An `Invalid` for one field."""
    return Invalid(FieldError(field, message))


class UnsupportedMediaType(Refusal):
    """The content type of the body is not JSON."""

    code = "unsupported-media-type"
    kind = Kind.WRONG_TYPE
    sentence = message("Send the body as application/json.")


class BodyTooLarge(Refusal):
    """The body is larger than the route's limit."""

    code = "body-too-large"
    kind = Kind.TOO_LARGE
    sentence = message("The request is larger than this address accepts.")


class BodyTooSlow(Refusal):
    """The body did not arrive in time."""

    code = "body-too-slow"
    kind = Kind.TOO_SLOW
    sentence = message("The request took too long to arrive. Try again.")
    retry = True


class NotFound(Refusal):
    """There is no such record in the caller's workspace."""

    code = "not-found"
    kind = Kind.NOT_FOUND
    sentence = message("There is nothing at this address.")


class MethodNotAllowed(Refusal):
    """The address exists, but does not support this method."""

    code = "method-not-allowed"
    kind = Kind.WRONG_METHOD
    sentence = message("This address does not support that method.")


class MalformedRequest(Refusal):
    """The bytes that came are not an HTTP request."""

    code = "malformed-request"
    kind = Kind.BAD_REQUEST
    sentence = message("This is not a valid HTTP request.")


class UriTooLong(Refusal):
    """The path and the query together are longer than this server reads."""

    code = "uri-too-long"
    kind = Kind.URI_TOO_LONG
    sentence = message("The address is too long.")


class HeaderTooLarge(Refusal):
    """A header of the request is too long, or there are too many headers."""

    code = "header-too-large"
    kind = Kind.HEADER_TOO_LARGE
    sentence = message("The headers of the request are larger than this server accepts.")


class IdempotencyKeyReused(Refusal):
    """The Idempotency-Key was used within the last day with another body."""

    code = "idempotency-key-reused"
    kind = Kind.INVALID
    sentence = message("This Idempotency-Key was used for another request. Use a new one.")


class TooManyRequests(Refusal):
    """A limit was reached; `retry_after` is in seconds."""

    code = "too-many-requests"
    kind = Kind.TOO_MANY
    sentence = message("Too many requests. Wait a little and try again.")
    retry = True

    def __init__(self, retry_after: int, sentence: str | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(sentence)


class Busy(Refusal):
    """The request could not be carried out now: the configuration kept changing, or the queue is full."""

    code = "busy"
    kind = Kind.UNAVAILABLE
    sentence = message("The service is busy. Try again in a moment.")
    retry = True


class StorageFull(Busy):
    """Redis has no memory left for this. Nothing was changed; the operator must give it more."""

    code = "storage-full"
    sentence = message("This service has no storage left. Nothing was changed. Try again later.")


class OutcomeUnknown(Refusal):
    """The connection to Redis was lost before its answer; the same request again never doubles."""

    code = "outcome-unknown"
    kind = Kind.UNAVAILABLE
    sentence = message("The connection was lost. You can safely try again.")
    retry = True
