"""What creating and changing a booking page check: its fields, its owner, its slug."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import FieldError, Forbidden, SlugInUse, invalid
from admitone.store.records.configuration import read_records
from admitone.store.records.directory import ORPHAN_AGE, Claim, claim_name, look_up, new_claim, release_name
from admitone.usecases.pages.target_read import PAGE_KINDS
from admitone.usecases.shared.config_change import refuse

if TYPE_CHECKING:
    from admitone.domain.pages.booking_page import BookingPageBody
    from admitone.store.store import Store
    from admitone.usecases.shared.services import Caller, Services


async def check_page(caller: Caller, body: BookingPageBody, before: BookingPageBody | None = None) -> str:
    """The owner's id; raises Invalid with every place that is wrong, and Forbidden for a foreign owner.

    An event type that the page had `before` may be deleted meanwhile: that must not stop a new title.
    """
    problems = body.problems()
    event_types = await caller.snapshot.load(*(("event_type", each) for each in body.event_types))
    problems += [
        FieldError(f"event_types.{place}", "There is no such event type.")
        for place, (each, event_type) in enumerate(zip(body.event_types, event_types, strict=True))
        if event_type is None and not (before and each in before.event_types)
    ]
    refuse(problems)
    owner = body.owner or caller.user.id
    if owner != caller.user.id:
        if not caller.is_administrator:
            raise Forbidden("Only an administrator can make a page for somebody else.")
        [user] = await caller.snapshot.load(("user", owner))
        if user is None:
            raise invalid("owner", "There is no such user.")
    return owner


async def claim_slug(services: Services, caller: Caller, slug: str, page: str) -> Claim:
    """Claim a slug for a page on the whole deployment; raises SlugInUse.

    The claim that is answered names the page to write. It is another than `page` where the same call, by its
    Idempotency-Key, is under way a second time: both then write one page, and the script lets the first.
    """
    claim = new_claim(caller.workspace, page, services.now())
    if caller.operation is not None:
        claim = msgspec.structs.replace(claim, nonce=caller.operation.id)
    other = await _claim(services, slug, claim)
    if other is not None and _is_same_call(other, claim):
        claim = msgspec.structs.replace(claim, record=other.record)
        other = await _claim(services, slug, claim)
    if other is not None:
        raise SlugInUse
    return claim


async def _claim(services: Services, slug: str, claim: Claim) -> Claim | None:
    """None once it is done, else whose the slug is."""
    return await claim_name(
        services.store, "slug", slug, claim, is_borne=lambda theirs: is_borne(services.store, theirs, slug)
    )


def _is_same_call(one: Claim, other: Claim) -> bool:
    """Whether both were made for one Idempotency-Key, as long as that is remembered for certain."""
    is_near = abs(other.at - one.at) < ORPHAN_AGE
    return is_near and (one.workspace, one.nonce) == (other.workspace, other.nonce)


async def is_borne(store: Store, claim: Claim, slug: str) -> bool:
    """Whether the page that a claim speaks of has the slug."""
    found = [await read_records(store, claim.workspace, kind, [claim.record]) for kind in PAGE_KINDS]
    return any(page is not None and page.slug == slug for [page] in found)


async def release_slug(services: Services, caller: Caller, slug: str, page: str) -> None:
    """Give up the slug that a page had, if it is the page's still."""
    claim = await look_up(services.store, "slug", slug)
    if claim is not None and (claim.workspace, claim.record) == (caller.workspace, page):
        await release_name(services.store, "slug", slug, claim)
