"""Checks of a master page's rules, given the records that the rules name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.groups import can_fill
from admitone.domain.errors import FieldError
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.event_type import EventType
from admitone.domain.pages.pool import Pool
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from admitone.domain.pages.master_page import MasterPage, MasterPageBody, Reference, Rule
    from admitone.domain.pages.pool import PoolBody


class Named(msgspec.Struct, frozen=True):
    """Those records named by rules that exist, by id."""

    pages: Mapping[str, BookingPage]
    pools: Mapping[str, Pool]
    event_types: Mapping[str, EventType]

    def of(self, reference: Reference) -> list[BookingPage]:
        """The booking page of a reference, or those of its pool, in the pool's order."""
        return [self.pages[page] for page in _page_ids(reference, self.pools) if page in self.pages]


def rule_problems(body: MasterPageBody, named: Named) -> list[FieldError]:
    """The errors in the definition in force; the other one is checked when the rule type changes."""
    found = _dynamic(body, named) if body.is_dynamic else _static(body, named)
    return [FieldError(field, text) for field, text in found]


def added_member_problems(
    body: PoolBody, before: Pool, masters: Iterable[MasterPage], pools: Mapping[str, Pool]
) -> Iterator[FieldError]:
    """The errors in booking pages that a change adds to a pool, given the workspace's master pages.

    No rule may have a page both as the primary's and in an additional place. `pools` holds the pools that the
    rules name. Pages that were in the pool before do not stop another change.
    """
    known = {member.page for member in before.members}
    opposite = {
        page: master.title
        for master in masters
        for rule in (master.rules if master.is_dynamic else ())
        for reference in _opposite(rule, before.id)
        for page in _page_ids(reference, pools)
    }
    for place, member in enumerate(body.members):
        if member.page in opposite and member.page not in known:
            problem = message(
                "The master page “%(title)s” would have it as primary and as additional.",
                title=opposite[member.page],
            )
            yield FieldError(f"members.{place}.page", problem)


def _opposite(rule: Rule, pool: str) -> Sequence[Reference]:
    """What a rule names across from a pool: the additional places, or the primary; nothing without it."""
    if rule.primary.pool == pool:
        return rule.additional
    return [rule.primary] if any(each.pool == pool for each in rule.additional) else []


def _page_ids(reference: Reference, pools: Mapping[str, Pool]) -> list[str]:
    pool = pools.get(reference.pool or "")
    return [member.page for member in pool.members] if pool else [reference.page or ""]


def _static(body: MasterPageBody, named: Named) -> Iterator[tuple[str, str]]:
    if not body.pages:
        yield "pages", message("Choose at least one booking page.")
        return
    pages = [named.pages.get(page) for page in body.pages]
    for place, page in enumerate(pages):
        if page is None:
            yield f"pages.{place}", message("There is no such booking page.")
        elif body.pages[place] in body.pages[:place]:
            yield f"pages.{place}", message("This booking page is in the list already.")
    offered = {each for page in pages if page for each in page.event_types}
    if all(pages) and not offered & named.event_types.keys():
        yield "pages", message("None of these booking pages has an event type.")


def _dynamic(body: MasterPageBody, named: Named) -> Iterator[tuple[str, str]]:
    if not body.rules:
        yield "rules", message("Add a rule for at least one event type.")
    seen: set[str] = set()
    for place, rule in enumerate(body.rules):
        if rule.event_type not in named.event_types:
            yield f"rules.{place}.event_type", message("There is no such event type.")
        elif rule.event_type in seen:
            yield f"rules.{place}.event_type", message("Another rule is for this event type already.")
        seen.add(rule.event_type)
        problems = list(_rule(rule, named))
        if not problems and not can_fill(_options(rule, named)):
            problems = [("additional", message("There are not enough different people to fill every place."))]
        for field, text in problems:
            yield f"rules.{place}.{field}", text


def _rule(rule: Rule, named: Named) -> Iterator[tuple[str, str]]:
    yield from _reference("primary", rule.primary, named)
    own = named.of(rule.primary)
    for place, reference in enumerate(rule.additional):
        field = f"additional.{place}"
        if reference.pool is not None and reference.pool == rule.primary.pool:
            yield f"{field}.pool", message("A pool cannot be both primary and additional.")
        elif reference.page in {page.id for page in own}:
            yield f"{field}.page", message("This booking page is the primary, or in its pool.")
        elif any(page in own for page in named.of(reference)):
            yield f"{field}.pool", message("A booking page of the primary is in this pool.")
        else:
            yield from _reference(field, reference, named)


def _reference(field: str, reference: Reference, named: Named) -> Iterator[tuple[str, str]]:
    if (reference.page is None) == (reference.pool is None):
        yield field, message("Name either a booking page or a pool.")
    elif reference.page is not None and reference.page not in named.pages:
        yield f"{field}.page", message("There is no such booking page.")
    elif reference.pool is not None and reference.pool not in named.pools:
        yield f"{field}.pool", message("There is no such pool.")
    elif not named.of(reference):
        yield f"{field}.pool", message("This pool has no member any more.")


def _options(rule: Rule, named: Named) -> list[list[str]]:
    """For each place, the users who can take it."""
    return [[page.owner for page in named.of(each)] for each in (rule.primary, *rule.additional)]
