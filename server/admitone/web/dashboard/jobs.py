"""GET /dashboard/settings/jobs"""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.config_list import ListQuery
from admitone.usecases.job_list import count_jobs, list_jobs
from admitone.web.appkeys import CALLER, SERVICES
from admitone.web.dashboard.room import show, with_query

if TYPE_CHECKING:
    from aiohttp import web

PATH = "/dashboard/settings/jobs"
TITLES = {
    "booking.complete": "Complete a booking",
    "calendar.catch_up": "Bring a calendar up to date",
    "calendar.sync": "Read changes from Google Calendar",
    "calendar.sync_start": "Begin to read changes from Google Calendar",
    "calendar.watch": "Ask Google to tell of changes",
    "calendar.write": "Write a booking into the host’s calendar",
    "link.expire": "Let a link expire",
    "mail.customer": "Mail to the customer",
    "mail.hosts": "Mail to the hosts",
    "mail.manage_link": "Mail with the manage link",
    "mail.reminder": "Reminder to the customer",
    "plan": "Find out what follows from an event",
    "unreadable": "Something that cannot be read",
    "webhook.deliver": "Webhook delivery",
    "webhook.test": "Webhook test delivery",
}


async def handle(request: web.Request) -> web.Response:
    """List what failed for good, and offer to try it again."""
    wanted = ListQuery(cursor=request.query.get("cursor") or None)
    found = await list_jobs(request.app[SERVICES], request[CALLER], wanted)
    context = {
        "room": "settings",
        "part": "jobs",
        "jobs": found.items,
        "total": await count_jobs(request.app[SERVICES], request[CALLER]),
        "titles": TITLES,
        "more": with_query(request, cursor=found.next_cursor) if found.next_cursor else None,
    }
    return await show(request, "jobs", context)
