"""One contact: `/dashboard/contacts/CONTACT`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.people.email_address import same_address
from admitone.domain.workflows.needs import starts_by_hand
from admitone.usecases.bookings.booking_list import BookingQuery, list_bookings
from admitone.usecases.contacts.contact_read import read_contact
from admitone.usecases.links.link_list import LinkQuery, list_links
from admitone.usecases.mail.kept_mail import list_kept_mails
from admitone.usecases.personal_data.contact_delete import delete_contact
from admitone.usecases.runs.enrol import enrol_chosen
from admitone.usecases.shared.published_workflows import workflows_that
from admitone.web.dashboard.bookings.booking_rows import booking_rows
from admitone.web.dashboard.contacts.contact_list import PATH
from admitone.web.dashboard.language_choices import said_language
from admitone.web.dashboard.links.link_rows import link_rows
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import read_form
from admitone.web.dashboard.workflows.workflow_runs import contact_run_rows
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.mail.kept_mail import KeptMail

SHOWN = 10
"""Links and bookings that the room shows; the lists have the others."""


async def show(request: web.Request) -> web.Response:
    """Show a contact, with its runs, and what the caller may see of its address: links, bookings, mails."""
    services, caller = request.app[SERVICES], request[CALLER]
    contact = await read_contact(services, caller, request.match_info["id"])
    links = await list_links(services, caller, LinkQuery(q=contact.email, limit=SHOWN))
    bookings = await list_bookings(services, caller, BookingQuery(q=contact.email, limit=SHOWN))
    context = {
        "room": "contacts",
        "contact": contact,
        "name": f"{contact.first_name} {contact.last_name}".strip(),
        "language": contact.locale and said_language(contact.locale),
        "links": await link_rows(caller, links.items),
        "has_more_links": links.next_cursor is not None,
        "bookings": await booking_rows(caller, bookings.items),
        "has_more_bookings": bookings.next_cursor is not None,
        "mails": await _mails(request, contact.email),
        "runs": await contact_run_rows(request, contact.id),
        "workflows": await _workflows(request),
    }
    return await show_room(request, "contacts/contact", context)


async def start_workflow(request: web.Request) -> web.Response:
    """Let the contact enter the chosen workflow, as far as re-entry allows it."""
    workflow = (await read_form(request)).text("workflow")
    services, caller = request.app[SERVICES], request[CALLER]
    contact = await read_contact(services, caller, request.match_info["id"])
    said = "workflow-not-chosen"
    if workflow:
        [enrolled] = await enrol_chosen(services, caller, workflow, [contact.id])
        said = "workflow-started" if enrolled.result == "entered" else "workflow-not-again"
    return lead_to(f"{PATH}/{contact.id}", said=said)


async def delete(request: web.Request) -> web.Response:
    """Delete a contact."""
    await read_form(request)
    await delete_contact(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="deleted")


async def _workflows(request: web.Request) -> list[tuple[str, str]]:
    """The workflows that an administrator may start for a contact: id and name, by name."""
    caller = request[CALLER]
    found = await workflows_that(caller.snapshot, starts_by_hand) if caller.is_administrator else {}
    return sorted(found.items(), key=lambda item: item[1].casefold())


async def _mails(request: web.Request, email: str) -> list[KeptMail]:
    """The kept mails to this address, which administrators may read."""
    if not request[CALLER].is_administrator:
        return []
    kept = await list_kept_mails(request.app[SERVICES], request[CALLER])
    return [mail for mail in kept if same_address(mail.message.to.address, email)]
