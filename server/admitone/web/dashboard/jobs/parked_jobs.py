"""Jobs that failed for good, and mails that are held: `/dashboard/settings/jobs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.texts.message import message
from admitone.usecases.jobs.job_list import count_jobs, list_jobs
from admitone.usecases.jobs.job_release import discard_job, retry_job, retry_jobs
from admitone.usecases.mail.held_mail import list_held_mails
from admitone.usecases.shared.listing import ListQuery
from admitone.web.dashboard.room import lead_to, more_at, show_room
from admitone.web.dashboard.sent_form import read_form
from admitone.web.http.appkeys import CALLER, SERVICES

if TYPE_CHECKING:
    from aiohttp import web


PATH = "/dashboard/settings/jobs"
TITLES = {
    "booking.complete": message("Complete a booking"),
    "calendar.catch_up": message("Bring a calendar up to date"),
    "calendar.sync": message("Read changes from Google Calendar"),
    "calendar.sync_start": message("Start to read changes from Google Calendar"),
    "calendar.watch": message("Ask Google to report changes"),
    "calendar.write": message("Write a booking into the host’s calendar"),
    "contact.from_booking": message("Save a customer as a contact"),
    "contacts.import": message("Import contacts from a file"),
    "links.import": message("Make links for a list of people"),
    "erasure.run": message("Erase the data of an address"),
    "link.expire": message("Expire links"),
    "mail.customer": message("Mail to the customer"),
    "mail.email_code": message("Mail with a code"),
    "mail.former_host": message("Mail to the previous host"),
    "mail.hosts": message("Mail to the hosts"),
    "mail.guests": message("Mails to the guests"),
    "mail.guest": message("Mail to a guest"),
    "mail.invitation": message("Invitation to the workspace"),
    "mail.link": message("Mail with a one-time link"),
    "mail.manage_link": message("Mail with the manage link"),
    "mail.reminder": message("Reminder to the customer"),
    "plan": message("Plan the jobs that follow from an event"),
    "retention.run": message("Erase data whose retention has ended"),
    "run.step": message("The next step of a contact in a workflow"),
    "run.wake": message("Tell a workflow what happened to a link or a booking"),
    "unreadable": message("A job that cannot be read"),
    "webhook.deliver": message("Webhook delivery"),
    "webhook.test": message("Webhook test delivery"),
    "workflow.admit": message("Start a workflow for contacts who wait for their turn"),
    "workflow.end_runs": message("Stop a workflow for all contacts who are in it"),
    "workflow.enrol": message("Let many contacts enter a workflow"),
    "workflow.enter": message("Let a contact enter a workflow"),
    "workflow.failed_runs": message("Retry, skip or stop what failed in a workflow"),
    "workflow.retry": message("Resume workflows after Google was reconnected"),
    "workflow.sweep": message("Find links that were not booked"),
}


async def show(request: web.Request) -> web.Response:
    """List the jobs that failed for good, and offer to retry them; list the newest held mails."""
    services, caller = request.app[SERVICES], request[CALLER]
    wanted = ListQuery(cursor=request.query.get("cursor") or None)
    found = await list_jobs(services, caller, wanted)
    context = {
        "room": "settings",
        "part": "jobs",
        "jobs": found.items,
        "total": await count_jobs(services, caller),
        "held": (await list_held_mails(services, caller, ListQuery())).items,
        "titles": TITLES,
        "more": more_at(request, found),
    }
    return await show_room(request, "jobs/parked_jobs", context)


async def retry_all(request: web.Request) -> web.Response:
    """Retry all parked jobs."""
    await retry_jobs(request.app[SERVICES], request[CALLER])
    return lead_to(PATH, said="jobs-retried")


async def retry(request: web.Request) -> web.Response:
    """Retry a parked job."""
    await retry_job(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="job-retried")


async def discard(request: web.Request) -> web.Response:
    """Discard a parked job if the box beside the button is ticked; this cannot be undone."""
    form = await read_form(request)
    if not form.is_on("sure"):
        return lead_to(PATH, said="job-kept")
    await discard_job(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="job-discarded")
