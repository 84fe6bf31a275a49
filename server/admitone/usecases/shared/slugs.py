"""Slugs of pages: each is claimed for one page on the whole deployment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import SlugInUse
from admitone.domain.pages.page import LONGEST_SLUG
from admitone.store.records.configuration.configuration import read_records
from admitone.store.records.directory import ORPHAN_AGE, Claim, claim_name, look_up, new_claim, release_name
from admitone.store.records.search_words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.store.store import Store
    from admitone.usecases.shared.services import Caller, Services

MOST_COPIES = 20
PAGE_KINDS = ("booking_page", "master_page")
"""The kinds of records that have a slug; a slug belongs to one page of either kind."""


async def claim_slug(services: Services, caller: Caller, slug: str, page: str) -> Claim:
    """Claim a slug for the page with this id; raises SlugInUse.

    The page is to be written with the id in the claim that is returned. That id is not `page` if a call with
    the same Idempotency-Key is under way: both calls then write one page, and the script accepts the first.
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


async def free_slug(services: Services, taken: str) -> str:
    """A slug like `taken`, such as `ada-2`, that no page has now; empty if every number is taken.

    It is a suggestion: nothing is claimed, so another page may take the slug before this one does.
    """
    stem = re.sub(r"-\d{1,2}$", "", taken)[: LONGEST_SLUG - 3]
    for number in range(2, MOST_COPIES):
        if await look_up(services.store, "slug", f"{stem}-{number}") is None:
            return f"{stem}-{number}"
    return ""


async def _claim(services: Services, slug: str, claim: Claim) -> Claim | None:
    """None if the slug is claimed now, else the claim that has it."""
    return await claim_name(
        services.store, "slug", slug, claim, is_borne=lambda theirs: _has_slug(services.store, theirs, slug)
    )


def _is_same_call(one: Claim, other: Claim) -> bool:
    """Whether both claims were made for one Idempotency-Key, so close in time that it is still remembered."""
    is_near = abs(other.at - one.at) < ORPHAN_AGE
    return is_near and (one.workspace, one.nonce) == (other.workspace, other.nonce)


async def _has_slug(store: Store, claim: Claim, slug: str) -> bool:
    """Whether the page that the claim names has the slug."""
    found = [await read_records(store, claim.workspace, kind, [claim.record]) for kind in PAGE_KINDS]
    return any(page is not None and page.slug == slug for [page] in found)


async def release_slug(services: Services, caller: Caller, slug: str, page: str) -> None:
    """Release the slug of a page, if the claim on it is still that page's."""
    claim = await look_up(services.store, "slug", slug)
    if claim is not None and (claim.workspace, claim.record) == (caller.workspace, page):
        await release_name(services.store, "slug", slug, claim)


async def claim_first_free(services: Services, workspace: str, slugs: Iterable[str], page: str) -> str:
    """Claim the first of `slugs`, which must not end, that is free for the page with this id; returns it."""
    claim = new_claim(workspace, page, services.now())
    for slug in slugs:
        if await _claim(services, slug, claim) is None:
            return slug
    raise AssertionError("the slugs have ended")


def slug_from(title: str) -> str:
    """A slug made of a title. It may still be too short; the page's own check refuses it then."""
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:LONGEST_SLUG].strip("-")
