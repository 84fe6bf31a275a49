"""The target of a link: a page, and the users who can take each place of a booking of it.

A booking page is a target with one place, its owner's. Nothing here is stored: whether a target can be booked
is computed at every read, so that a change of configuration does not have to change links.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.availability.distribution import METHODS, Method
from admitone.domain.availability.groups import can_fill
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.event_type import EventType
from admitone.domain.pages.master_page import MasterPage, Reference
from admitone.domain.people.user import User

if TYPE_CHECKING:
    from admitone.domain.pages.form import FormField

Find = Callable[[str, str], Any]
"""A record by kind and id, or None if there is none."""


class Candidate(msgspec.Struct, frozen=True):
    """A booking page that can be booked now, and its owner, whose time a booking occupies."""

    page: BookingPage
    owner: User
    priority: int = 0


class Place(msgspec.Struct, frozen=True):
    """One place of a booking: its candidates in the pool's order; `method` is None for a single page."""

    candidates: Sequence[Candidate]
    method: Method | None = None
    correction: bool = True

    @property
    def lists_one_member(self) -> bool:
        """Whether the list of times shows only those of the next of several members in turn."""
        return self.method is not None and METHODS[self.method].lists_one_member and len(self.candidates) != 1


class Target(msgspec.Struct, frozen=True, dict=True):
    """A page with its records; `event_types` are those of the page that still exist, in the page's order.

    `places` has the places of each event type, the primary's first. A place without candidates cannot be
    filled now.
    """

    page: BookingPage | MasterPage
    event_types: Sequence[EventType]
    places: Mapping[str, Sequence[Place]]
    owner: User | None = None
    """The host of a booking page; None for a master page."""

    @property
    def is_one_time(self) -> bool:
        """Whether one-time links to it can exist: not for a master page with static rules."""
        return not isinstance(self.page, MasterPage) or self.page.is_dynamic

    def offered(self, only: str | None = None) -> list[EventType]:
        """The event types that can be booked now; with `only`, at most that one."""
        return [each for each in self._filled if only is None or each.id == only]

    def form(self, event_type: str | None) -> Sequence[FormField]:
        """The questions of a booking: those of the primary's page, or of the first member of its pool."""
        page = self.primary(event_type)
        return page.form if page else ()

    def timezone(self, event_type: str | None) -> str:
        """The zone in which times are listed by default: the primary's."""
        page = self.primary(event_type)
        return page.schedule.timezone if page else "UTC"

    def host(self, event_type: str | None) -> User | None:
        """The host to name before a booking, or None.

        A master page names a host only if no other is possible and its `host_name` allows it.
        """
        if not isinstance(self.page, MasterPage):
            return self.owner
        hosts = {
            each.id: [candidate.owner for candidate in self.places[each.id][0].candidates]
            for each in self.offered(event_type)
        }
        named = {owners[0].id: owners[0] for owners in hosts.values() if len(owners) == 1}
        is_certain = len(named) == 1 and all(len(owners) == 1 for owners in hosts.values())
        return next(iter(named.values())) if is_certain and self.page.host_name == "before" else None

    def primary(self, event_type: str | None) -> BookingPage | None:
        """The booking page that sets form and zone; for `event_type` None, that of the first event type."""
        if isinstance(self.page, BookingPage):
            return self.page
        for each in self.offered(event_type):
            return self.places[each.id][0].candidates[0].page
        return None

    @cached_property
    def _filled(self) -> Sequence[EventType]:
        """The event types that can be booked now; a request asks for them several times."""
        if not self.page.enabled:
            return ()
        return [each for each in self.event_types if self._is_filled(each.id)]

    def _is_filled(self, event_type: str) -> bool:
        options = [[each.owner.id for each in place.candidates] for place in self.places[event_type]]
        return all(options) and (len(options) == 1 or can_fill(options))


def is_available(target: Target | None, event_type: str | None) -> bool:
    """Whether a one-time link to `target` (None: deleted) for an event type (None: any) can be booked."""
    return target is not None and target.is_one_time and bool(target.offered(event_type))


def resolve(page: BookingPage | MasterPage, find: Find) -> Target:
    """The target of a page; `find` must find every record that the target needs."""
    if isinstance(page, BookingPage):
        candidates = _candidates([(page, 0)], find)
        event_types = _there(page.event_types, find)
        places = {each.id: [Place(candidates)] for each in event_types}
        return Target(page, event_types, places, owner=find("user", page.owner))
    return _dynamic(page, find) if page.is_dynamic else _static(page, find)


def _dynamic(page: MasterPage, find: Find) -> Target:
    """The target of dynamic rules; which event types the booking pages themselves offer does not count."""
    places = {
        rule.event_type: [_place(reference, find) for reference in (rule.primary, *rule.additional)]
        for rule in page.rules
    }
    return Target(page, _there([rule.event_type for rule in page.rules], find), places)


def _static(page: MasterPage, find: Find) -> Target:
    pages: list[BookingPage] = [one for each in page.pages if (one := find("booking_page", each)) is not None]
    event_types = _there(dict.fromkeys(each for one in pages for each in one.event_types), find)
    places = {
        each.id: [
            Place(
                _candidates([(one, 0) for one in pages if each.id in one.event_types], find),
                page.distribution,
                page.correction,
            )
        ]
        for each in event_types
    }
    return Target(page, event_types, places)


def _place(reference: Reference, find: Find) -> Place:
    if reference.pool is None:
        return Place(_candidates([(find("booking_page", reference.page or ""), 0)], find))
    pool = find("pool", reference.pool)
    if pool is None:
        return Place(())
    members = [(find("booking_page", member.page), member.priority) for member in pool.members]
    return Place(_candidates(members, find), pool.method, pool.correction)


def _candidates(pages: Sequence[tuple[BookingPage | None, int]], find: Find) -> list[Candidate]:
    """The pages that can be booked, only the first of each user: a user is a candidate for a place once."""
    found: dict[str, Candidate] = {}
    for page, priority in pages:
        owner: User | None = find("user", page.owner) if page and page.enabled else None
        if page is not None and owner is not None and owner.active and owner.id not in found:
            found[owner.id] = Candidate(page, owner, priority)
    return list(found.values())


def _there(event_types: Sequence[str] | Mapping[str, None], find: Find) -> list[EventType]:
    return [found for each in event_types if (found := find("event_type", each)) is not None]
