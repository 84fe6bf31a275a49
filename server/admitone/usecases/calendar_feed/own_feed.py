"""The caller's own calendar feed: make it, change it, give it another address, end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.calendar.calendar_feed import CalendarFeed
from admitone.domain.instant import Instant
from admitone.sealing import Kept
from admitone.usecases.shared.record_writes import add_record, remove_record, replace_record
from admitone.usecases.shared.services import new_token
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services

FEED = "calendar_feed"


class FeedBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a user chooses: with `details`, the feed tells what is booked and by whom."""

    details: bool


class FeedView(msgspec.Struct, frozen=True, kw_only=True):
    """The caller's feed, if it is `enabled`.

    `url` is null for API keys and apps: whoever has it can read the feed after the key has ended.
    """

    enabled: bool
    url: str | None
    details: bool
    created_at: Instant | None


def feed_address(token: str) -> str:
    """What a feed's record keeps of its normalised token, to recognise it."""
    return tokens.address(FEED, token)


async def own_feed(caller: Caller) -> CalendarFeed | None:
    """The caller's feed, or None if there is none, or if it has ended with their other credentials."""
    found: list[CalendarFeed | None] = await caller.snapshot.load((FEED, caller.user.id))
    feed = found[0]
    return feed if feed is not None and caller.user.accepts(feed.epoch) else None


async def show_feed(services: Services, caller: Caller) -> FeedView:
    """The caller's feed."""
    return _view(services, caller, await own_feed(caller))


async def write_feed(services: Services, caller: Caller, body: FeedBody) -> FeedView:
    """Make the caller's feed, or change what it tells; an existing one keeps its address. Raises Busy."""

    async def attempt(caller: Caller) -> CalendarFeed | None:
        before = await own_feed(caller)
        if before is None:
            return await _write(services, caller, _new(services, caller, details=body.details))
        feed = msgspec.structs.replace(before, details=body.details)
        return feed if feed == before else await _write(services, caller, feed)

    return _view(services, caller, await settle(caller, attempt))


async def replace_feed(services: Services, caller: Caller) -> None:
    """Give the caller's feed another address; the one before stops at once. Raises Busy."""

    async def attempt(caller: Caller) -> CalendarFeed | None:
        before = await own_feed(caller)
        details = before is not None and before.details
        return await _write(services, caller, _new(services, caller, details=details))

    await settle(caller, attempt)


async def remove_feed(services: Services, caller: Caller) -> None:
    """End the caller's feed, if there is one; its address stops at once. Raises Busy."""

    async def attempt(caller: Caller) -> bool | None:
        if await own_feed(caller) is None or await remove_record(services, caller, FEED, caller.user.id):
            return True
        return None

    await settle(caller, attempt)


def _new(services: Services, caller: Caller, *, details: bool) -> CalendarFeed:
    user = caller.user
    token = new_token(f"{caller.workspace}{user.id.upper()}", tokens.FEED_LENGTH)
    return CalendarFeed(
        id=user.id,
        created_at=services.now(),
        address=feed_address(token),
        token=services.store.sealer.seal(Kept.FEED, _place(caller), token.encode()),
        epoch=user.epoch,
        details=details,
    )


async def _write(services: Services, caller: Caller, feed: CalendarFeed) -> CalendarFeed | None:
    """Write the feed over the one that was read, which may have ended; None if that has changed."""
    if caller.snapshot.version(FEED, feed.id) == 0:
        return await add_record(services, caller, FEED, feed, feed)
    return feed if await replace_record(services, caller, FEED, feed) else None


def _view(services: Services, caller: Caller, feed: CalendarFeed | None) -> FeedView:
    """The view; raises UnsealError."""
    if feed is None:
        return FeedView(enabled=False, url=None, details=False, created_at=None)
    url = None
    if caller.scopes is None:
        token = services.store.sealer.open(Kept.FEED, _place(caller), feed.token).decode()
        url = f"{services.public_url}/calendar/{token}.ics"
    return FeedView(enabled=True, url=url, details=feed.details, created_at=Instant(feed.created_at))


def _place(caller: Caller) -> str:
    return f"{caller.workspace}:{caller.user.id}"
