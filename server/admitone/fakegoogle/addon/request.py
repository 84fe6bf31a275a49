"""The requests that Google sends to an add-on's endpoint.

https://developers.google.com/workspace/add-ons/concepts/event-objects. Both shapes of `formInputs` and the
misspelled platform are sent, because add-ons meet all of them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from admitone.fakegoogle.clock import now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.fakegoogle.addon.draft import OpenDraft
    from admitone.fakegoogle.records import Account


def request_body(
    draft: OpenDraft,
    account: Account,
    tokens: Mapping[str, str],
    parameters: Mapping[str, str],
    inputs: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """The body of one request: a trigger has no parameters, a pressed button has those of the button."""
    offset = datetime.fromtimestamp(now(), UTC).astimezone(ZoneInfo(account.time_zone)).utcoffset()
    assert offset is not None
    common: dict[str, Any] = {
        "userLocale": account.locale,
        "hostApp": "GMAIL",
        "platform": "ANDRIOD" if draft.platform == "ANDROID" else draft.platform,
        "timeZone": {"id": account.time_zone, "offset": int(offset.total_seconds()) * 1000},
    }
    if parameters:
        common |= {"parameters": dict(parameters), "formInputs": _inputs(draft, inputs)}
    authorization: dict[str, Any] = {
        "userOAuthToken": tokens["userOAuthToken"],
        "systemIdToken": tokens["systemIdToken"],
        "authorizedScopes": sorted(draft.scopes),
    }
    if "https://www.googleapis.com/auth/userinfo.email" in draft.scopes:
        authorization["userIdToken"] = tokens["userIdToken"]
    body = {"commonEventObject": common, "authorizationEventObject": authorization}
    if draft.recipients is not None:
        body["gmail"] = _gmail(draft)
    return body


def _inputs(draft: OpenDraft, inputs: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, values in inputs.items():
        one = {"stringInputs": {"value": list(values)}}
        found[name] = {"": one} if draft.platform == "IOS" else one
    return found


def _gmail(draft: OpenDraft) -> dict[str, Any]:
    """The draft: its recipients, unless the person has not allowed the add-on to see them."""
    assert draft.recipients is not None
    may_see = "https://www.googleapis.com/auth/gmail.addons.current.message.metadata" in draft.scopes
    recipients = draft.recipients if may_see else []
    spelled = "CcRecipients" if draft.platform == "ANDROID" else "ccRecipients"
    return {"toRecipients": recipients[:1], spelled: recipients[1:], "bccRecipients": []}
