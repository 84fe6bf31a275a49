"""Let contacts enter a workflow: `/dashboard/workflows/ID/enrol`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid, WorkflowNotPublished
from admitone.texts.message import count_message, message
from admitone.usecases.contacts.contact_read import count_everyone, list_tags
from admitone.usecases.runs.enrol import EnrolBody, enrol
from admitone.web.dashboard.sent_form import read_form
from admitone.web.dashboard.workflows.contact_picks import contact_picks
from admitone.web.dashboard.workflows.workflow_editor import show_editor
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.usecases.runs.enrol_everyone import EnrolmentView
    from admitone.web.dashboard.sent_form import SentForm


async def show(request: web.Request) -> web.Response:
    """Choose the contacts."""
    return await show_editor(request, "enrol", await _offered(request))


async def add(request: web.Request) -> web.Response:
    """Let the ticked contacts enter, everyone with a tag, or everyone, as far as re-entry allows it."""
    sent = await read_form(request)
    services, workflow = request.app[SERVICES], request.match_info["id"]
    try:
        enrolled = await enrol(services, request[CALLER], workflow, _body(sent))
    except Invalid:
        return await _refused(request, _nobody(sent))
    except WorkflowNotPublished as refusal:
        return await _refused(request, refusal.detail)
    if enrolled.enrolment is not None:
        return await show_editor(request, "overview", {"told": _begun(enrolled.enrolment)})
    entered = sum(1 for each in enrolled.items if each.result == "entered")
    told = _entered(entered, len(enrolled.items) - entered)
    return await show_editor(request, "overview", {"told": told})


def _body(sent: SentForm) -> EnrolBody:
    """Whom the form is about, which has one button for each way; raises Invalid."""
    match sent.text("who"):
        case "tag":
            return EnrolBody(tag=sent.text("tag"))
        case "all":
            return EnrolBody(everyone=True)
        case _:
            return convert({"contacts": sent.texts("contacts")}, EnrolBody)


def _nobody(sent: SentForm) -> str:
    if sent.text("who") == "tag":
        return message("Choose a tag.")
    return message("Tick the contacts who are to enter.")


async def _offered(request: web.Request) -> dict[str, Any]:
    """For the panel's template: contacts to tick, tags, and how many would enter at most."""
    services, caller = request.app[SERVICES], request[CALLER]
    return {
        "tags": (await list_tags(services, caller)).tags,
        "everyone": await count_everyone(services, caller),
        **await contact_picks(request),
    }


async def _refused(request: web.Request, told: str) -> web.Response:
    context = {"told": told, "refused": True, **await _offered(request)}
    return await show_editor(request, "enrol", context, status=422)


def _begun(enrolment: EnrolmentView) -> str:
    return count_message(
        "%(count)s contact is looked at, and enters unless they have entered before.",
        "%(count)s contacts are looked at one after the other. Those who have not entered before enter.",
        count=enrolment.contacts,
    )


def _entered(entered: int, others: int) -> str:
    if not others:
        return count_message("%(count)s contact enters.", "%(count)s contacts enter.", count=entered)
    if not entered:
        return message("No contact enters: all of them have entered before.")
    return count_message(
        "%(count)s contact enters. The others (%(others)s) have entered before.",
        "%(count)s contacts enter. The others (%(others)s) have entered before.",
        count=entered,
        others=others,
    )
