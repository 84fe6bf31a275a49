"""Create contacts, or merge what is written into the contacts that have these addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from admitone.domain.contacts.contact import Contact, ContactDetails
from admitone.domain.contacts.merge import Cause, contact_events, different_tags_told, merged, size_problems
from admitone.domain.errors import invalid
from admitone.domain.event import Event
from admitone.store.codes import Code
from admitone.store.records.contacts.contacts import ContactChange, find_contacts, write_contacts
from admitone.store.records.operations import Operation, keep_answer, kept_answer, new_operation
from admitone.texts.message import message
from admitone.usecases.contacts.contact_check import contact_address, contact_problems
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.shared.services import new_id
from admitone.usecases.shared.settle import settle_alone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.contacts.contact import ContactBody
    from admitone.usecases.shared.services import Services

Shown = Literal["each", "together", "not"]
"""How the activity stream shows contacts: each of them, or one entry for all, which would hide all others."""
ATTEMPTS = 10
"""How often a merge is tried: of calls that write the same contacts at once, one succeeds each time."""
MOST_TAGS_AT_ONCE = 1000
"""Different tags that one call may name: each is a key of its script."""
MOST_TAGGED = 10_000
"""Tags that one call may add to all its contacts together: each is an event that its script writes."""


class MergedContact(msgspec.Struct, frozen=True):
    """What became of what was written of one contact."""

    id: str
    result: Literal["created", "merged"]


class Writer(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes: `by` as in `Event`; `depth`, with `workflow` and `run`, if a run does.

    `operation` names the call: a second call with the same one writes nothing and returns the first result.
    """

    by: str
    depth: int = 0
    workflow: str | None = None
    run: str | None = None
    operation: Operation | None = None

    def cause(self, now: int) -> Cause:
        """What the events of what is written say."""
        return Cause(at=now, by=self.by, workflow=self.workflow, run=self.run, depth=self.depth)


async def merge_contact(
    services: Services, workspace: str, body: ContactBody, writer: Writer
) -> MergedContact:
    """Create or merge one contact, which the activity stream shows; otherwise as `merge_contacts`."""
    [found] = await _merge(services, workspace, [("", body)], writer, shown="each")
    return found


async def merge_contacts(
    services: Services,
    workspace: str,
    bodies: Sequence[ContactBody],
    writer: Writer,
    *,
    shown: Shown = "together",
) -> list[MergedContact]:
    """Create or merge up to 1,000 contacts, all or none; the activity stream gets one entry for all of them.

    Two bodies with the same address are one contact. Raises Invalid with places such as `contacts.3.email`,
    IdempotencyKeyReused, Busy.
    """
    entries = [(f"contacts.{place}.", body) for place, body in enumerate(bodies)]
    return await _merge(services, workspace, entries, writer, shown=shown)


async def _merge(
    services: Services,
    workspace: str,
    bodies: Sequence[tuple[str, ContactBody]],
    writer: Writer,
    *,
    shown: Shown,
) -> list[MergedContact]:
    entries = _checked(services, bodies)
    emails = {entry.email for entry in entries}
    operation, cause = writer.operation or new_operation(), writer.cause(services.now())

    async def attempt() -> list[MergedContact] | None:
        known = await find_contacts(services.store, workspace, emails)
        contacts, found = _merged(entries, known, cause.at)
        changes = _changes(known, contacts, cause)
        _refuse_too_many_tags(changes)
        answer = await write_contacts(
            services.store,
            workspace,
            changes,
            _shown(changes, cause, shown),
            created=creation_order(),
            operation=operation,
            kept=keep_answer(operation, found, services.store.sealer) if writer.operation else "",
        )
        if answer.code is Code.TOO_MANY:
            place = "contacts" if len(entries) > 1 else f"{entries[0].prefix}tags"
            raise invalid(place, different_tags_told())
        if answer.code is Code.APPLIED and writer.operation:
            return kept_answer(operation, answer.rest[0], services.store.sealer, list[MergedContact])
        return None if answer.code is Code.MOVED else found

    return await settle_alone(attempt, attempts=ATTEMPTS)


class _Entry(msgspec.Struct, frozen=True):
    """What is written of one contact, with its place in the body and its address in the form of contacts."""

    prefix: str
    email: str
    details: ContactDetails


def _checked(services: Services, bodies: Sequence[tuple[str, ContactBody]]) -> list[_Entry]:
    """The bodies with their addresses; raises Invalid with every wrong field."""
    refuse([problem for prefix, body in bodies for problem in contact_problems(services, prefix, body)])
    found = [(prefix, contact_address(services, body.email), body) for prefix, body in bodies]
    return [_Entry(prefix, email, body) for prefix, email, body in found if email is not None]


def _merged(
    entries: Sequence[_Entry], known: Mapping[str, Contact], now: int
) -> tuple[dict[str, Contact], list[MergedContact]]:
    """The contacts after the merge by address, and what became of each entry; raises Invalid."""
    contacts, found = dict(known), []
    for entry in entries:
        before = contacts.get(entry.email)
        after = merged(before or Contact(id=new_id(), email=entry.email, created_at=now), entry.details)
        refuse(size_problems(entry.prefix, after))
        contacts[entry.email] = after
        found.append(MergedContact(after.id, "merged" if before else "created"))
    return contacts, found


def _changes(
    known: Mapping[str, Contact], contacts: Mapping[str, Contact], cause: Cause
) -> list[ContactChange]:
    changed = [(known.get(email), after) for email, after in contacts.items() if known.get(email) != after]
    return [ContactChange(before, after, contact_events(before, after, cause)) for before, after in changed]


def _refuse_too_many_tags(changes: Sequence[ContactChange]) -> None:
    named = [tag for change in changes for tag in change.tags]
    if len(named) > MOST_TAGGED:
        raise invalid("contacts", message("One call adds at most %(most)s tags.", most=MOST_TAGGED))
    if len(set(named)) > MOST_TAGS_AT_ONCE:
        told = message("One call names at most %(most)s different tags.", most=MOST_TAGS_AT_ONCE)
        raise invalid("contacts", told)


def _shown(changes: Sequence[ContactChange], cause: Cause, shown: Shown) -> list[Event]:
    """What the activity stream shows of the changes."""
    if shown == "each":
        return [event for change in changes for event in change.events]
    count = len(changes) if shown == "together" else 0
    return [Event(type="contacts.imported", count=count, **msgspec.structs.asdict(cause))] if count else []
