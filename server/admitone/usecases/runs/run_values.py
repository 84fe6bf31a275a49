"""The values that the templates of a run can name, and rendering them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.jobs.job import JobFailed
from admitone.domain.people.reader import reader_for
from admitone.domain.workflows.custom_values import link_names
from admitone.domain.workflows.template_values import (
    BookingValues,
    LinkValues,
    RunValues,
    SenderValues,
    template_values,
)
from admitone.mail.liquid import TemplateError, render
from admitone.texts.catalogues import ENGLISH
from admitone.texts.message import message
from admitone.usecases.links.link_view import link_url
from admitone.usecases.pages.target_read import read_target
from admitone.usecases.runs.run_link import sending_user
from admitone.usecases.shared.booking_view import manage_token, manage_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.links.link import Link
    from admitone.domain.people.reader import Reader
    from admitone.usecases.runs.run_state import RunState
    from admitone.usecases.shared.services import Services


async def values_of(services: Services, state: RunState) -> Mapping[str, object]:
    """The values by name, in the contact's language and zone."""
    settings = await state.snapshot.settings()
    sender = await sending_user(state) if state.body.sender else None
    reader = contact_reader(state, settings.locale)
    known = RunValues(
        contact=state.contact,
        workspace=settings.name,
        sender=SenderValues(sender.name, sender.email) if sender else None,
        booking=await _booking(services, state, state.booking, reader) if state.booking else None,
        trigger_link=await _link(services, state, state.trigger_link) if state.trigger_link else None,
        links=await _links(services, state),
    )
    return template_values(known, reader, state.facts.zone)


def contact_reader(state: RunState, fallback: str | None) -> Reader:
    """How the contact reads: in their language, else in that of their booking, else in the workspace's."""
    booking = state.booking
    return reader_for(
        [state.contact.locale or (booking.data.locale if booking else None) or fallback or ENGLISH]
    )


async def rendered(
    services: Services, source: str, values: Mapping[str, object], *, html: bool = False
) -> str:
    """The template with these values. Raises JobFailed with the place and the cause."""
    try:
        return await services.mail.renderer.run(render, source, values, html=html)
    except TemplateError as error:
        cause = message("The template cannot be rendered: %(reason)s", reason=error.sentence)
        raise JobFailed(cause) from None


async def _links(services: Services, state: RunState) -> dict[str, LinkValues]:
    """The links that the run has made, by the names of their steps."""
    names = link_names(state.body.steps)
    return {
        names[state.route.steps[position].id]: await _link(services, state, state.links[link])
        for position, link in state.run.links.items()
        if link in state.links
    }


async def _link(services: Services, state: RunState, link: Link) -> LinkValues:
    target = await read_target(state.snapshot, link.page)
    return LinkValues(link_url(services, link.code), link.expires_at, target.page.title if target else "")


async def _booking(services: Services, state: RunState, booking: Booking, reader: Reader) -> BookingValues:
    [host] = await state.snapshot.load(("user", booking.users[0]))
    return BookingValues(
        start=booking.start,
        end=booking.end,
        event_type=booking.data.event_type_name,
        host=host.name if host else "",
        place=booking.join_url or reader.texts.say(booking.location.text()),
        manage_link=manage_url(services, manage_token(services, state.snapshot.workspace, booking)),
    )


class MailWords(msgspec.Struct, frozen=True):
    """A mail's words; without `html` it is text only."""

    subject: str
    text: str
    html: str = ""
