"""The configuration records that this process has read, under the counter's value at which they hold."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import msgspec

from admitone.domain.mail.kinds import MailTemplate
from admitone.domain.pages.booking_page import BookingPage
from admitone.domain.pages.event_type import EventType
from admitone.domain.pages.master_page import MasterPage
from admitone.domain.pages.pool import Pool
from admitone.domain.people.invitation import Invitation
from admitone.domain.people.user import ApiKey, Settings, User
from admitone.domain.webhooks.webhook import Webhooks

KINDS: dict[str, type[msgspec.Struct]] = {
    "api_key": ApiKey,
    "booking_page": BookingPage,
    "event_type": EventType,
    "mail_template": MailTemplate,
    "master_page": MasterPage,
    "pool": Pool,
    "invitation": Invitation,
    "settings": Settings,
    "user": User,
    "webhooks": Webhooks,
}
SETTINGS_ID = "-"
WORKSPACES = 1000
"""Workspaces whose records are kept; the one unused for longest goes first."""

_decoders: dict[str, msgspec.json.Decoder[Any]] = {
    kind: msgspec.json.Decoder(struct) for kind, struct in KINDS.items()
}


def field_of(kind: str, record_id: str) -> str:
    """Where a record lies in the workspace's configuration hash."""
    return f"{kind}:{record_id}"


class Versioned(msgspec.Struct, frozen=True):
    """A record, None where there is none, and the configuration's counter at its last change (0: none)."""

    version: int
    record: Any


class Known(msgspec.Struct):
    """What is known of one workspace's configuration at `counter`, by field."""

    counter: int
    records: dict[str, Versioned]


class ConfigCache:
    """What is known of each workspace."""

    def __init__(self) -> None:
        self._workspaces: OrderedDict[str, Known] = OrderedDict()

    def at(self, workspace: str, counter: int) -> Known:
        """What is known at `counter`; it starts empty where the counter has moved.

        A request that read an older counter than another has read since gets a place of its own: what it
        read with that counter must not be taken for the state of the later one.
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
        """What is known at the latest counter that was read; nothing of a workspace never read."""
        return self._workspaces.get(workspace) or Known(0, {})

    def knows(self, workspace: str, field: str) -> bool:
        """Whether the record is there at some counter, so that reading it again would be needless."""
        known = self._workspaces.get(workspace)
        return known is not None and field in known.records


def parse_record(field: str, text: bytes | None) -> Versioned:
    """A record as the configuration hash holds it: its version, a blank, and JSON."""
    if text is None:
        return Versioned(0, None)
    version, _, document = text.partition(b" ")
    return Versioned(int(version), _decoders[field.partition(":")[0]].decode(document))
