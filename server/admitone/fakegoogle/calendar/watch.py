"""events.watch and channels.stop: push notifications about changed events.

https://developers.google.com/workspace/calendar/api/guides/push
"""

from __future__ import annotations

import hashlib
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urlsplit

import msgspec

from admitone.fakegoogle.calendar.store import calendar_for
from admitone.fakegoogle.clock import now
from admitone.fakegoogle.errors import ApiError, bad_request
from admitone.fakegoogle.guard import is_loopback
from admitone.fakegoogle.records import Channel

if TYPE_CHECKING:
    from admitone.fakegoogle.api.call import Context
    from admitone.fakegoogle.records import Calendar
    from admitone.fakegoogle.state import State

DEFAULT_TTL_SECONDS = 7 * 24 * 3600
MAX_TTL_SECONDS = 30 * 24 * 3600


class Push(msgspec.Struct, frozen=True):
    """One notification to deliver."""

    address: str
    headers: dict[str, str]


def watch(context: Context) -> dict[str, Any]:
    """Open a channel; its first message is `sync`. Only loopback addresses are called, also over http."""
    data, body = context.state.data, context.body
    calendar = calendar_for(data, context.account, context.parameters["calendarId"], "reader")
    for name in ("id", "type", "address"):
        if not body.get(name):
            raise bad_request(f"Missing required field: {name}", reason="required")
    if body["type"] not in ("web_hook", "webhook"):
        raise bad_request(f"Unknown channel type: {body['type']}", reason="channelUnknown")
    if body["id"] in data.channels:
        raise bad_request(f"Channel id {body['id']} not unique", reason="channelIdNotUnique")
    address = urlsplit(body["address"])
    if address.scheme not in ("http", "https") or not is_loopback(address.hostname or ""):
        raise bad_request("Unauthorized WebHook callback channel", reason="push.webhookUrlUnauthorized")
    channel = Channel(
        id=body["id"],
        client_id=context.client_id,
        account=context.account,
        calendar=calendar.id,
        resource_id=hashlib.sha256(calendar.id.encode()).hexdigest()[:27],
        resource_uri=f"{context.origin}/calendar/v3/calendars/{quote(calendar.id, safe='')}/events?alt=json",
        address=body["address"],
        token=body.get("token"),
        expiration=_expiration(body),
    )
    data.channels[channel.id] = channel
    _push(context.state, channel, "sync")
    answer = {
        "kind": "api#channel",
        "id": channel.id,
        "resourceId": channel.resource_id,
        "resourceUri": channel.resource_uri,
        "expiration": str(channel.expiration),
    }
    return answer | ({"token": channel.token} if channel.token is not None else {})


def stop(context: Context) -> None:
    """Close a channel; only its own client and account may do this."""
    body = context.body
    for name in ("id", "resourceId"):
        if not body.get(name):
            raise bad_request(f"Missing required field: {name}", reason="required")
    channel = context.state.data.channels.get(body["id"])
    is_mine = channel is not None and (
        (channel.account, channel.client_id, channel.resource_id)
        == (context.account, context.client_id, body["resourceId"])
    )
    if not is_mine:
        raise ApiError(404, "notFound", f"Channel '{body['id']}' not found for project")
    del context.state.data.channels[body["id"]]


def announce(state: State, calendar: Calendar) -> None:
    """Notify every open channel of `calendar` that an event changed; the message does not say which."""
    for channel in list(state.data.channels.values()):
        if channel.expiration <= now() * 1000:
            del state.data.channels[channel.id]
        elif channel.calendar == calendar.id:
            _push(state, channel, "exists")


def _push(state: State, channel: Channel, resource_state: Literal["sync", "exists"]) -> None:
    channel.messages += 1
    headers = {
        "X-Goog-Channel-ID": channel.id,
        "X-Goog-Channel-Expiration": formatdate(channel.expiration / 1000, usegmt=True),
        "X-Goog-Message-Number": str(channel.messages),
        "X-Goog-Resource-ID": channel.resource_id,
        "X-Goog-Resource-State": resource_state,
        "X-Goog-Resource-URI": channel.resource_uri,
    }
    if channel.token is not None:
        headers["X-Goog-Channel-Token"] = channel.token
    state.pushes.put_nowait(Push(address=channel.address, headers=headers))


def _expiration(body: dict[str, Any]) -> int:
    """The end of the channel in Unix milliseconds: the requested time, within Google's limits."""
    latest = int((now() + MAX_TTL_SECONDS) * 1000)
    ttl = (body.get("params") or {}).get("ttl")
    if ttl is not None:
        if not ttl.isdecimal():
            raise bad_request("Invalid ttl value.")
        return min(int((now() + int(ttl)) * 1000), latest)
    if body.get("expiration"):
        return min(int(body["expiration"]), latest)
    return int((now() + DEFAULT_TTL_SECONDS) * 1000)
