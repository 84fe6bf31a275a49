"""The configuration records that this process has read, and the counter for which they are valid."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import msgspec

from admitone.domain.calendar.calendar_feed import CalendarFeed
from admitone.domain.mail.kinds import MailTemplate
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.event_type import EventType
from admitone.domain.pages.master_page import MasterPage
from admitone.domain.pages.pool import Pool
from admitone.domain.people.invitation import Invitation
from admitone.domain.people.user import ApiKey, Settings, User
from admitone.domain.webhooks.webhook import Webhooks
from admitone.domain.workflows.workflow import ActiveTriggers, Hook, Published, Workflow

KINDS: dict[str, type[msgspec.Struct]] = {
    "api_key": ApiKey,
    "booking_page": BookingPage,
    "calendar_feed": CalendarFeed,
    "event_type": EventType,
    "mail_template": MailTemplate,
    "master_page": MasterPage,
    "pool": Pool,
    "invitation": Invitation,
    "settings": Settings,
    "user": User,
    "webhooks": Webhooks,
    "hook": Hook,
    "workflow": Workflow,
    "workflow_triggers": ActiveTriggers,
    "workflow_version": Published,
}
SETTINGS_ID = "-"
WORKSPACES = 1000
"""The number of workspaces in the cache; the least recently used one is removed first."""

_decoders: dict[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(struct) for kind, struct in KINDS.items()
}


def field_of(kind: str, record_id: str) -> str:
    """The field of a record in the workspace's configuration hash."""
    return f"{kind}:{record_id}"


def is_named_by_us(field: str) -> bool:
    """Whether the record is of a kind of which there are few, with ids of ours: one, or one for each mail."""
    kind, _, record_id = field.partition(":")
    return record_id == SETTINGS_ID or kind == "mail_template"


class Versioned(msgspec.Struct, frozen=True):
    """A record and the counter at its last change; None and 0 if there is no such record."""

    version: int
    record: Any


class Known(msgspec.Struct):
    """The known configuration of one workspace at `counter`: records by field, and ids of lists by kind.

    `parts` and `derived` have what follows from them: the ids of the pages in whose bookings a user takes
    part, by user; and results by name, each with the versions of the records from which it was derived.
    """

    counter: int
    records: dict[str, Versioned]
    lists: dict[str, list[str]] = {}
    parts: dict[str, list[str]] = {}
    derived: dict[str, tuple[Any, dict[str, int]]] = {}


class ConfigCache:
    """The known configuration records of each workspace."""

    def __init__(self) -> None:
        self._workspaces: OrderedDict[str, Known] = OrderedDict()

    def at(self, workspace: str, counter: int) -> Known:
        """The records that are known at `counter`; empty if the counter has changed.

        If another request has read a later counter meanwhile, the result is not kept in the cache: records of
        the older counter must not be taken for those of the later one.
        """
        known = self._workspaces.get(workspace)
        if known is not None and known.counter > counter:
            return Known(counter, {})
        if known is None or known.counter < counter:
            known = self._workspaces[workspace] = Known(counter, {})
            if len(self._workspaces) > WORKSPACES:
                self._workspaces.popitem(last=False)
        self._workspaces.move_to_end(workspace)
        return known

    def latest(self, workspace: str) -> Known:
        """The records that are known at the latest counter; empty if the workspace was never read."""
        return self._workspaces.get(workspace) or Known(0, {})

    def knows(self, workspace: str, field: str) -> bool:
        """Whether the record is known at the latest counter."""
        known = self._workspaces.get(workspace)
        return known is not None and field in known.records


def parse_record(field: str, text: bytes | None) -> Versioned:
    """Parse a value of the configuration hash: its version, a blank, and JSON."""
    if text is None:
        return Versioned(0, None)
    version, _, document = text.partition(b" ")
    return Versioned(int(version), _decoders[field.partition(":")[0]].decode(document))
