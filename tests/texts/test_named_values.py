"""Every value that the dashboard names in words has its words."""

from __future__ import annotations

from itertools import product
from typing import get_args

from admitone.domain.bookings.booking import Status
from admitone.domain.calendar.calendar_feed import CalendarFeed
from admitone.domain.links.link import LinkState
from admitone.domain.mail.kinds import MailTemplate
from admitone.domain.people import erasure
from admitone.domain.people.audit import SECRET, AuditAction, AuditKind
from admitone.domain.people.invitation import Invitation
from admitone.domain.people.scopes import AREAS
from admitone.domain.people.seen import Seen
from admitone.domain.people.user import ApiKey, Role, Settings, User
from admitone.domain.webhooks.webhook import Webhook
from admitone.domain.workflows.run import EntryStatus, RunStatus
from admitone.domain.workflows.steps import Step
from admitone.domain.workflows.trigger import TriggerKind
from admitone.domain.workflows.workflow import ReEntry, StopOnBooking, Workflow, WorkflowStatus
from admitone.store.records.credentials.google_connections import Connection
from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.usecases.pages.pools import POOLS
from admitone.web.dashboard.accounts.api_keys import AREA_NAMES
from admitone.web.dashboard.accounts.audit_words import CHANGES, FIELDS, KINDS, VALUES
from admitone.web.dashboard.jobs.parked_jobs import TITLES
from admitone.web.dashboard.record_texts import RECORD_TEXTS
from admitone.web.dashboard.state_names import STATE_NAMES
from admitone.web.dashboard.workflows.step_forms import KINDS as KINDS_OF_STEPS
from admitone.web.dashboard.workflows.words import (
    ENTRY_STATUSES,
    RE_ENTRY,
    RUN_STATUSES,
    STATUSES,
    STEPS,
    STOP_ON_BOOKING,
    TRIGGERS,
)
from admitone.web.dashboard.workflows.workflow_settings import NEVER
from admitone.worker.jobs import JOBS

AUDITED = (ApiKey, CalendarFeed, Connection, Invitation, MailTemplate, Settings, User, Webhook, Workflow)
NEVER_CHANGED = {"id", "created_at", "created_by"}


def test_states_of_links_bookings_and_erasures() -> None:
    assert STATE_NAMES.keys() == {*LinkState, *get_args(Status), *get_args(erasure.State)}


def test_kinds_of_records() -> None:
    assert RECORD_TEXTS.keys() == {kind.kind for kind in (BOOKING_PAGES, EVENT_TYPES, MASTER_PAGES, POOLS)}


def test_jobs_and_areas_of_keys() -> None:
    assert TITLES.keys() >= JOBS.keys()
    assert AREA_NAMES.keys() == {*AREAS}


def test_changes_in_the_audit_log() -> None:
    assert KINDS.keys() == {*get_args(AuditKind)}
    assert CHANGES.keys() == {*product(get_args(AuditKind), get_args(AuditAction))}
    assert VALUES.keys() == {*get_args(Role), True, False}
    fields = {name for record in AUDITED for name in record.__struct_fields__}
    assert FIELDS.keys() == fields - SECRET - NEVER_CHANGED


def test_workflows_and_runs() -> None:
    assert TRIGGERS.keys() == {*get_args(TriggerKind)}
    assert STEPS.keys() == KINDS_OF_STEPS.keys() == {step.__struct_config__.tag for step in get_args(Step)}
    assert RE_ENTRY.keys() == {*get_args(ReEntry)}
    assert STOP_ON_BOOKING.keys() == {*get_args(StopOnBooking), NEVER}
    assert STATUSES.keys() == {*get_args(WorkflowStatus), "paused"}
    assert RUN_STATUSES.keys() == {*get_args(RunStatus)}
    assert ENTRY_STATUSES.keys() == {*get_args(EntryStatus), "waiting"}


def test_devices() -> None:
    assert [Seen("", device).said_device for device in ("Edge on Windows", "Firefox", "")] == [
        "Edge on Windows",
        "Firefox",
        "",
    ]
