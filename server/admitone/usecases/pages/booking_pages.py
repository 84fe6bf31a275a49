"""Booking pages as a kind of configuration record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import FieldError, Forbidden, invalid
from admitone.domain.instant import Instant  # noqa: TC001 - msgspec resolves the annotation
from admitone.domain.pages.booking_page import BookingPage, BookingPageBody
from admitone.texts.message import message
from admitone.usecases.pages.breaking_links import refuse_breaking
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.records import RecordKind, all_records

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class BookingPageView(BookingPageBody, frozen=True, kw_only=True):
    """What was written, with defaults; `url` is the general link's address."""

    id: str
    url: str
    owner: str
    created_at: Instant


async def all_booking_pages(services: Services, caller: Caller) -> list[BookingPage]:
    """Every booking page, disabled ones too, the caller's own first and then by title."""
    pages = await all_records(services, caller, BOOKING_PAGES)
    return sorted(pages, key=lambda page: (page.owner != caller.user.id, page.title.casefold()))


async def _check(
    _services: Services, caller: Caller, body: BookingPageBody, before: BookingPage | None
) -> BookingPageBody:
    """The body with its owner; raises Invalid with every wrong field, and Forbidden for another owner.

    An event type of the page `before` may have been deleted since: that must not stop a new title.
    """
    problems = body.problems()
    event_types = await caller.snapshot.load(*(("event_type", each) for each in body.event_types))
    problems += [
        FieldError(f"event_types.{place}", message("There is no such event type."))
        for place, (each, event_type) in enumerate(zip(body.event_types, event_types, strict=True))
        if event_type is None and not (before and each in before.event_types)
    ]
    refuse(problems)
    owner = body.owner or caller.user.id
    if owner != caller.user.id:
        await _check_owner(caller, owner)
    return msgspec.structs.replace(body, owner=owner)


async def _check_owner(caller: Caller, owner: str) -> None:
    if not caller.is_administrator:
        raise Forbidden(message("Only an administrator can make a page for somebody else."))
    [user] = await caller.snapshot.load(("user", owner))
    if user is None:
        raise invalid("owner", message("There is no such user."))


def _guard(caller: Caller, page: BookingPage) -> None:
    if not caller.is_administrator and page.owner != caller.user.id:
        raise Forbidden


def _may_break(before: BookingPage, after: BookingPage) -> bool:
    """Whether the page loses an event type, its owner or all its links; other changes need no counting."""
    is_less = before.enabled and (not after.enabled or not set(before.event_types) <= set(after.event_types))
    return is_less or before.owner != after.owner


BOOKING_PAGES = RecordKind(
    kind="booking_page",
    body=BookingPageBody,
    record=BookingPage,
    view=BookingPageView,
    path=lambda page: f"/{page.slug}",
    check=_check,
    guard=_guard,
    slug=lambda page: page.slug,
    may_break=_may_break,
    refuse_breaking=refuse_breaking,
)
"""Users write their own, administrators all."""
