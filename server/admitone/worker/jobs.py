"""The use case of every job, by the job's name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from admitone.domain.jobs.job import Job
from admitone.usecases.bookings.booking_complete import complete_booking
from admitone.usecases.calendar_events.calendar_catch_up import catch_up_calendar, start_sync
from admitone.usecases.calendar_events.calendar_sync import sync_calendar
from admitone.usecases.calendar_events.calendar_watch import watch_calendars
from admitone.usecases.calendar_events.calendar_write import write_calendar_event
from admitone.usecases.contacts.contact_from_booking import add_customer
from admitone.usecases.contacts.import_write import CONTACTS
from admitone.usecases.imports.import_run import run_import
from admitone.usecases.jobs.event_reason import told_why
from admitone.usecases.links.link_expire import expire_links
from admitone.usecases.links.people_write import PEOPLE
from admitone.usecases.mail.mail_budget import holding
from admitone.usecases.mail.mail_customer import mail_customer
from admitone.usecases.mail.mail_email_code import mail_email_code
from admitone.usecases.mail.mail_former_host import mail_former_host
from admitone.usecases.mail.mail_guests import mail_guest, mail_guests
from admitone.usecases.mail.mail_hosts import mail_hosts
from admitone.usecases.mail.mail_invitation import mail_invitation
from admitone.usecases.mail.mail_link import mail_link
from admitone.usecases.mail.mail_reminder import mail_reminder
from admitone.usecases.personal_data.erasure_run import run_erasure
from admitone.usecases.personal_data.retention import run_retention
from admitone.usecases.runs.admit import admit_waiting
from admitone.usecases.runs.enrolment_run import run_enrolment
from admitone.usecases.runs.enter import enter_workflow
from admitone.usecases.runs.run_control import handle_failed_runs, retry_runs_waiting
from admitone.usecases.runs.run_end_all import end_runs
from admitone.usecases.runs.run_step import step_run, wake_run
from admitone.usecases.runs.sweep import sweep_links
from admitone.usecases.shared.services import Services
from admitone.usecases.webhooks.webhook_deliver import deliver_trial, deliver_webhook

Handler = Callable[[Services, Job], Awaitable[None]]

DONE_WITH_EVENT = {"mail.customer", "mail.hosts"}
"""Jobs that are done in the attempt at their event; what must be tried again gets an entry of its own."""

JOBS: Mapping[str, Handler] = {
    "booking.complete": complete_booking,
    "calendar.catch_up": catch_up_calendar,
    "calendar.sync": sync_calendar,
    "calendar.sync_start": start_sync,
    "calendar.watch": watch_calendars,
    "calendar.write": write_calendar_event,
    "contact.from_booking": add_customer,
    "contacts.import": partial(run_import, CONTACTS),
    "erasure.run": run_erasure,
    "link.expire": expire_links,
    "links.import": partial(run_import, PEOPLE),
    "mail.customer": holding(told_why(mail_customer)),
    "mail.email_code": holding(mail_email_code),
    "mail.former_host": told_why(mail_former_host),
    "mail.guest": holding(told_why(mail_guest)),
    "mail.guests": mail_guests,
    "mail.hosts": holding(told_why(mail_hosts)),
    "mail.invitation": holding(mail_invitation),
    "mail.link": holding(mail_link),
    "mail.manage_link": holding(mail_customer),
    "mail.reminder": holding(mail_reminder),
    "retention.run": run_retention,
    "run.step": holding(step_run),
    "run.wake": wake_run,
    "webhook.deliver": told_why(deliver_webhook),
    "webhook.test": deliver_trial,
    "workflow.admit": admit_waiting,
    "workflow.end_runs": end_runs,
    "workflow.enrol": run_enrolment,
    "workflow.enter": enter_workflow,
    "workflow.failed_runs": handle_failed_runs,
    "workflow.retry": retry_runs_waiting,
    "workflow.sweep": sweep_links,
}
