"""A customer's visit: what the address that they opened leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain import tokens
from admitone.domain.errors import LinkBooked, LinkNotFound
from admitone.domain.links.link import REFUSALS, Link, LinkState
from admitone.domain.links.target import Target, is_available
from admitone.domain.pages.page import slug_problem
from admitone.store.records.configuration.snapshot import SETTINGS, Snapshot, Wanted, read_snapshot
from admitone.store.records.directory import look_up
from admitone.store.records.operations import Operation
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.slugs import PAGE_KINDS

if TYPE_CHECKING:
    from admitone.domain.pages.event_type import EventType
    from admitone.store.store import Store
    from admitone.usecases.shared.services import Services


class Visit(msgspec.Struct, frozen=True):
    """A customer's visit; `link` is None for a general link, `target` if the link's page was deleted.

    `operation` is the one that an Idempotency-Key or a form's nonce named.
    """

    address: str
    snapshot: Snapshot
    link: Link | None
    target: Target | None
    operation: Operation | None = None

    def state(self, now: int) -> LinkState:
        """The link's state; a general link that was found is active."""
        if self.link is None:
            return LinkState.ACTIVE
        return self.link.state(now, available=is_available(self.target, self.link.event_type))

    @property
    def asks_code(self) -> bool:
        """Whether a booking needs a code that was mailed to the customer; one-time links never ask."""
        return self.link is None and self.target is not None and self.target.page.confirm_email

    def offered(self, now: int) -> tuple[Target, list[EventType]]:
        """The target and the event types that can be booked.

        Raises LinkBooked, LinkRevoked, LinkExpired, LinkUnavailable or LinkNotFound, by the link's state.
        """
        state = self.state(now)
        if state is not LinkState.ACTIVE:
            raise REFUSALS[state]
        if self.target is None:
            raise LinkNotFound
        return self.target, self.target.offered(self.link.event_type if self.link else None)


async def open_visit(
    services: Services, address: str, *, operation: Operation | None = None, is_look: bool = False
) -> Visit:
    """The page and link at `address` (a code with or without its dot, or a slug).

    Raises LinkNotFound, and LinkBooked for a link that was deleted: it answers as any used one.

    With `is_look` the same trip notes that a one-time link was fetched.
    """
    return await _open(services.store, address, operation, services.now() if is_look else None)


async def reopened(visit: Visit) -> Visit:
    """The same visit, read again; raises LinkNotFound, LinkBooked."""
    return await _open(visit.snapshot.store, visit.address, visit.operation, None)


def link_of(address: str) -> str | None:
    """The id of the one-time link with this address, None if the address is not a code."""
    code = _code(address)
    return None if code is None else tokens.link_id(code)


def one_spelling(address: str) -> str:
    """The same text for every spelling of an address."""
    return _code(address) or address


def _code(address: str) -> str | None:
    return tokens.normalise(address.removeprefix("."), tokens.CODE_LENGTH)


async def _open(store: Store, address: str, operation: Operation | None, fetched_at: int | None) -> Visit:
    code = _code(address)
    if code is None:
        return await _open_page(store, address, operation)
    wanted = Wanted(
        records=(SETTINGS,),
        link=tokens.link_id(code),
        code=code,
        operation=operation.id if operation else None,
        fetched_at=fetched_at,
    )
    snapshot = await read_snapshot(store, code[: tokens.WORKSPACE_LENGTH], wanted)
    if snapshot.is_link_deleted:
        raise LinkBooked
    if snapshot.link is None:
        raise LinkNotFound
    target = await read_target(snapshot, snapshot.link.page)
    return Visit(address, snapshot, snapshot.link, target, operation)


async def _open_page(store: Store, slug: str, operation: Operation | None) -> Visit:
    if slug_problem(slug) is not None:
        raise LinkNotFound
    claim = await look_up(store, "slug", slug)
    if claim is None:
        raise LinkNotFound
    records = (SETTINGS, *((kind, claim.record) for kind in PAGE_KINDS))
    wanted = Wanted(operation=operation.id if operation else None, records=records)
    snapshot = await read_snapshot(store, claim.workspace, wanted)
    target = await read_target(snapshot, claim.record)
    if target is None or target.page.slug != slug or not target.page.general_link or not target.offered():
        raise LinkNotFound
    return Visit(slug, snapshot, None, target, operation)
