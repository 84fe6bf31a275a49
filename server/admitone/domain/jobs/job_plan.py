"""The jobs that follow from an event: a pure function of the event and of the records at planning time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.bookings.booking import LIVE, Booking
from admitone.domain.bookings.policy import MINUTE
from admitone.domain.jobs.job import Timer, Work
from admitone.domain.links.link import Link
from admitone.domain.mail.kinds import MailKind, mail_after, reminders_for
from admitone.domain.pages.event_type import EventType
from admitone.domain.people.user import Settings
from admitone.domain.webhooks.webhook import Webhooks
from admitone.domain.workflows.entry import changed_workflow, lets_enter
from admitone.domain.workflows.run import admission_timer, sweep_timer
from admitone.domain.workflows.workflow import ActiveTriggers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from admitone.domain.event import Event


BOOKED = {"booking.scheduled", "booking.rescheduled", "booking.no_show_undone"}
"""Events after which a booking is live, so that it is completed at its end."""
WRITTEN = {"booking.scheduled", "booking.rescheduled", "booking.reassigned", "booking.cancelled"}
"""Events after which calendars must be written to."""
REVIVING = {"link.created", "link.updated", "link.reactivated", "booking.cancelled"}
"""Events after which a link can expire that could not expire before."""
WAKING = {"link.opened", "link.expired", "link.revoked", "booking.scheduled"}
"""Events after which a run that waits for its link may go on, or stop."""

OWN_JOBS: Mapping[MailKind, str] = {
    "manage_link": "mail.manage_link",
    "email_code": "mail.email_code",
    "link": "mail.link",
    "link_reminder": "mail.link",
}
"""The jobs of mails to customers that do not tell of a change of their booking."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The records that planning looks at; the booking and the link are those that the event names."""

    settings: Settings | None = None
    booking: Booking | None = None
    event_type: EventType | None = None
    """The booking's event type, or None if it was deleted."""
    has_calendar: bool = True
    """Whether the booking has events in calendars, or a host whose calendar gets one."""
    link: Link | None = None
    webhooks: Webhooks = Webhooks()
    triggers: ActiveTriggers = ActiveTriggers()
    waiting_runs: Sequence[str] = ()
    """Runs that wait for the event's booking."""


def plan(event: Event, facts: Facts) -> list[Work | Timer]:
    """The jobs that follow from `event`; each is retried separately."""
    return [planned for planner in PLANNERS for planned in planner(event, facts)]


def _ends(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """Timers that complete a booking at its end, and expire the workspace's links from the next one on."""
    booking, link = facts.booking, facts.link
    if event.type in BOOKED and booking and booking.status in LIVE:
        yield Timer("booking.complete", "booking", booking.id, booking.end)
    if event.type in REVIVING and link and link.expires_at and not link.booked and link.revoked_at is None:
        yield Timer("link.expire", "record", "links", link.expires_at)


def _retention(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """Erase what the workspace does not keep; the job repeats itself while it has such a setting."""
    if event.record == "settings:-" and facts.settings and facts.settings.retention_months:
        yield Timer("retention.run", "record", "settings:-", event.at)


def _calendar(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """Write the booking into the host's calendar; start the calendar sync when the workspace turns it on."""
    if facts.has_calendar and event.type in WRITTEN:
        yield Work("calendar.write")
    if event.record == "settings:-" and facts.settings and facts.settings.calendar_sync:
        yield Work("calendar.sync_start")


def _mails(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """Mails to customer, guests and hosts, and reminders to the customer whose time has not passed."""
    booking, settings = facts.booking, facts.settings
    if event.type == "invitation.created":
        yield Work("mail.invitation")
    if (kind := mail_after(event.type, "customer")) is not None:
        yield Work(OWN_JOBS.get(kind, "mail.customer"))
    if mail_after(event.type, "guests") is not None and booking is not None and booking.data.guests:
        yield Work("mail.guests")
    if mail_after(event.type, "hosts") is not None:
        yield Work("mail.hosts")
    if event.gave:
        yield Work("mail.former_host")
    if event.type not in {"booking.scheduled", "booking.rescheduled"} or booking is None or settings is None:
        return
    for minutes in reminders_for(settings, facts.event_type):
        at = booking.start - minutes * MINUTE
        if booking.status in LIVE and at > event.at:
            yield Timer("mail.reminder", "booking", booking.id, at, str(minutes))


def _contacts(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """Make the customer a contact, where the workspace wants that."""
    if event.type == "booking.scheduled" and facts.settings and facts.settings.contacts_from_bookings:
        yield Work("contact.from_booking")


def _webhooks(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """Deliveries to the webhooks that want this event."""
    return (Work("webhook.deliver", webhook.id) for webhook in facts.webhooks.wanting(event.type))


def _entries(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """Workflows that a contact enters by this event, as far as the event itself tells."""
    for active in facts.triggers.items:
        if lets_enter(active, event, page=_page(event, facts), event_type=_event_type(facts)):
            yield Work("workflow.enter", active.workflow)


def _runs(event: Event, facts: Facts) -> Iterator[Work | Timer]:
    """Runs that may have waited for this event, and the work of a workflow that was published or changed."""
    made_by = facts.link.run if facts.link and event.type in WAKING else None
    for run in dict.fromkeys(filter(None, (made_by, *facts.waiting_runs))):
        yield Work("run.wake", run)
    workflow = changed_workflow(event)
    if workflow is None:
        return
    yield admission_timer(workflow, event.at)
    if event.type in {"workflow.unpublished", "config.deleted"}:
        yield Work("workflow.end_runs", workflow)
    for active in facts.triggers.items:
        if active.workflow == workflow and active.trigger.kind == "link.not_booked":
            yield sweep_timer(workflow, event.at)


def _page(event: Event, facts: Facts) -> str | None:
    about = facts.booking or facts.link
    return event.page or (about.page if about else None)


def _event_type(facts: Facts) -> str | None:
    if facts.booking is not None:
        return facts.booking.event_type
    return facts.link.event_type if facts.link else None


PLANNERS = (_ends, _retention, _calendar, _contacts, _mails, _webhooks, _entries, _runs)
"""Each plans the jobs of one part of Admit One: `(event, facts) -> Iterator[Work | Timer]`."""
