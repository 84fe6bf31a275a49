"""Create one-time links: one, or one for each of many people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from msgspec import UnsetType

from admitone.domain import tokens
from admitone.domain.errors import FieldError, Invalid, OneTimeNotOffered, invalid
from admitone.domain.event import Event
from admitone.domain.links.inserted import Inserted, inserted_for_each
from admitone.domain.links.link import (
    BatchBody,
    BatchPerson,
    Link,
    LinkOptions,
    Person,
    expiry,
    note_problems,
    person_problems,
)
from admitone.domain.people.email_address import MESSAGE, normalise_email
from admitone.store.codes import Code
from admitone.store.records.links import create_links as write_links
from admitone.store.records.operations import keep_answer, kept_answer
from admitone.texts.message import message
from admitone.usecases.links.link_content import check_content, link_content
from admitone.usecases.links.link_view import MadeLinksView, MadeLinkView, link_url, view_made_link
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.shared.record_writes import creation_order, earlier_answer
from admitone.usecases.shared.reporting_day import reporting_day
from admitone.usecases.shared.services import new_token
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.content import Content
    from admitone.domain.links.link import LinkBody
    from admitone.domain.links.target import Target
    from admitone.domain.people.user import Settings
    from admitone.usecases.shared.services import Caller, Services


class FreshLink(msgspec.Struct, frozen=True):
    """A link that is not written yet, with the event of its creation, its view and its day in reports."""

    link: Link
    event: Event
    view: MadeLinkView
    day: date


async def fresh_link(
    services: Services, caller: Caller, booking: Booking, event_type: str | None
) -> FreshLink:
    """A link to the page of a booking, for the booking's customer; raises Invalid, OneTimeNotOffered."""
    options = LinkOptions(page=booking.page, event_type=event_type or booking.event_type)
    return await new_link_for(services, caller, options, Person(booking.data.name, booking.data.email))


async def new_link_for(services: Services, caller: Caller, options: LinkOptions, person: Person) -> FreshLink:
    """A link for one person, to be written with something else; raises Invalid, OneTimeNotOffered."""
    target, settings = await _target(caller, options), await caller.snapshot.settings()
    [checked] = _checked(services, options, [("", person)])
    link = _link(caller, options, settings, checked, services.now())
    day = await reporting_day(caller.snapshot, link.created_at)
    return FreshLink(link, _event(caller, link), view_made_link(services, link, target), day)


async def create_link(services: Services, caller: Caller, body: LinkBody) -> MadeLinkView:
    """One link; a second call with the same Idempotency-Key returns the first call's view.

    Raises Invalid (an unknown page or event type, a person's name or address), OneTimeNotOffered,
    IdempotencyKeyReused, Busy.
    """
    if (earlier := earlier_answer(services, caller, list[MadeLinkView])) is not None:
        return earlier[0]
    check_content(body.content)
    people = [] if body.person is None else [("person.", body.person)]
    return (await _create(services, caller, body, people))[0]


async def create_link_batch(
    services: Services, caller: Caller, body: BatchBody, *, file: str | None = None
) -> MadeLinksView:
    """One link for each person, all or none; otherwise as `create_link`.

    `file` is the id of the import that has these people: its links can be listed.
    """
    if (earlier := earlier_answer(services, caller, list[MadeLinkView])) is not None:
        return _together(earlier)
    check_content(body.content)
    people = [(f"people.{place}.", person) for place, person in enumerate(body.people)]
    return _together(await _create(services, caller, body, people, file))


async def check_link_options(caller: Caller, options: LinkOptions) -> None:
    """Raise what creating links with these options would raise: Invalid, OneTimeNotOffered."""
    await _target(caller, options)
    if problems := note_problems("note", options.note):
        raise Invalid(*problems)


def _together(views: list[MadeLinkView]) -> MadeLinksView:
    lines = [(view.person.name if view.person else "", Inserted(view.html, view.text)) for view in views]
    found = inserted_for_each(lines)
    return MadeLinksView(views, found.html, found.text)


async def _create(
    services: Services,
    caller: Caller,
    options: LinkOptions,
    people: Sequence[tuple[str, Person]],
    file: str | None = None,
) -> list[MadeLinkView]:
    persons = _checked(services, options, people) or [None]
    return await settle(caller, lambda caller: _write(services, caller, options, persons, file))


async def _write(
    services: Services,
    caller: Caller,
    options: LinkOptions,
    persons: Sequence[Person | None],
    file: str | None,
) -> list[MadeLinkView] | None:
    """A link for each person, or None if the configuration has changed since it was read."""
    target = await _target(caller, options)
    settings = await caller.snapshot.settings()
    now = services.now()
    links = [_link(caller, options, settings, person, now) for person in persons]
    views = [
        view_made_link(services, link, target, _content(services, link, target, settings, options.content))
        for link in links
    ]
    operation = caller.operation
    answer = await write_links(
        caller.snapshot,
        links,
        [_event(caller, link) for link in links],
        created=creation_order(),
        day=await reporting_day(caller.snapshot, now),
        operation=operation,
        kept=keep_answer(operation, views, services.store.sealer) if operation else None,
        file=file,
    )
    if answer.code is Code.APPLIED and operation and answer.rest:
        return kept_answer(operation, answer.rest[0], services.store.sealer, list[MadeLinkView])
    return None if answer.code is Code.MOVED else views


def _content(
    services: Services, link: Link, target: Target, settings: Settings, content: Content | None
) -> Inserted | None:
    if content is None:
        return None
    url = link_url(services, link.code)
    return link_content(target, settings, content, url=url, event_type=link.event_type, name=link.name)


async def _target(caller: Caller, options: LinkOptions) -> Target:
    target = await read_target(caller.snapshot, options.page)
    if target is None:
        raise invalid("page", message("There is no such page."))
    if not target.is_one_time:
        raise OneTimeNotOffered(message("A master page with static rules does not offer one-time links."))
    if options.event_type is not None and all(each.id != options.event_type for each in target.event_types):
        raise invalid("event_type", message("This page has no such event type."))
    if not target.event_types:
        raise OneTimeNotOffered(message("This page has no event type yet. Add one, and it can be shared."))
    return target


def _checked(
    services: Services, options: LinkOptions, people: Sequence[tuple[str, Person]]
) -> list[Person | None]:
    """The people with normalised addresses; raises Invalid with every wrong field."""
    problems = note_problems("note", options.note)
    checked: list[Person | None] = []
    for prefix, person in people:
        email = normalise_email(person.email, test_addresses=services.test_addresses)
        problems += person_problems(prefix, person)
        if email is None:
            problems.append(FieldError(f"{prefix}email", MESSAGE))
            continue
        note = person.note if isinstance(person, BatchPerson) else None
        problems += note_problems(f"{prefix}note", note)
        checked.append(BatchPerson(person.name, email, note))
    if problems:
        raise Invalid(*problems)
    return checked


def _link(caller: Caller, options: LinkOptions, settings: Settings, person: Person | None, now: int) -> Link:
    code = new_token(caller.workspace, tokens.CODE_LENGTH)
    days = options.expires_in_days
    own_note = person.note if isinstance(person, BatchPerson) else None
    return Link(
        id=tokens.link_id(code),
        page=options.page,
        created_by=caller.user.id,
        created_at=now,
        code=code,
        on_cancel=options.on_cancel or settings.on_cancel,
        channel=options.channel,
        event_type=options.event_type,
        expires_at=expiry(settings.link_expiry_days if isinstance(days, UnsetType) else days, now),
        skip_form=options.skip_form,
        name=person.name if person else None,
        email=person.email if person else None,
        note=options.note if own_note is None else own_note,
        operation=caller.operation.id if caller.operation else None,
    )


def _event(caller: Caller, link: Link) -> Event:
    return Event(
        type="link.created",
        at=link.created_at,
        by=caller.user.id,
        link=link.id,
        page=link.page,
        channel=link.channel,
    )
