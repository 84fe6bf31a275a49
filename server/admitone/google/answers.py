"""Translate the errors of google-api-python-client into ours.

https://developers.google.com/workspace/calendar/api/guides/errors
"""

from __future__ import annotations

import http.client
import re
import time
from typing import TYPE_CHECKING, TypeVar

import httplib2
import msgspec
from googleapiclient.errors import Error, HttpError

from admitone.domain.retry_after import retry_after
from admitone.google.errors import GoogleRefused, GoogleUnreachable, GrantRevoked
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
REFUSED = message("Google refused this. Try again later, or reconnect Google.")
NO_SCOPE = frozenset(("insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
UNKNOWN = "unknown"
_REASON = re.compile(r"\w{1,64}", re.ASCII)


class Unauthorised(Exception):  # noqa: N818 - Google's term
    """The access token is not valid (any more): 401. Nothing was done."""


def executed(execute: Callable[[], T]) -> T:
    """Execute a request of the client and return its answer.

    Raises Unauthorised, GoogleRefused, GoogleUnreachable, GrantRevoked.
    """
    try:
        return _sensible(execute())
    except HttpError as error:
        raise _failure(int(error.resp.status), dict(error.resp), error.content) from None
    except TimeoutError:
        raise GoogleUnreachable("timeout") from None
    except (OSError, http.client.HTTPException, httplib2.HttpLib2Error) as error:
        raise GoogleUnreachable(type(error).__name__) from None
    except (Error, ValueError, KeyError, IndexError) as error:
        # A batch's answer is malformed or lacks a part.
        raise GoogleUnreachable(f"no sense in an answer: {type(error).__name__}") from None


def _sensible(answer: T) -> T:
    """The answer; raises for text, which the client returns for what is not JSON, such as a proxy's page."""
    if isinstance(answer, str | bytes) and answer:
        raise GoogleUnreachable("no sense in an answer")
    return answer


def _failure(status: int, headers: dict[str, str], content: bytes) -> Exception:
    if status >= 500:  # noqa: PLR2004
        return GoogleUnreachable(f"status {status}")
    if status == 401:  # noqa: PLR2004
        return Unauthorised()
    reason = _reason(content)
    if status == 403 and reason in NO_SCOPE:  # noqa: PLR2004
        return GrantRevoked("scope")
    wait = retry_after(headers.get("retry-after"), time.time())
    return GoogleRefused(reason, REFUSED, status=status, retry_after=wait)


class _Detail(msgspec.Struct):
    reason: str = UNKNOWN


class _Error(msgspec.Struct):
    errors: list[_Detail] = []
    status: str = UNKNOWN


class _Body(msgspec.Struct):
    error: _Error


def _reason(content: bytes) -> str:
    """The reason in Google's error body; nothing else of the body reaches our logs."""
    try:
        error = msgspec.json.decode(content, type=_Body).error
    except msgspec.DecodeError:
        return UNKNOWN
    found = error.errors[0].reason if error.errors else error.status
    return found if _REASON.fullmatch(found) else UNKNOWN
