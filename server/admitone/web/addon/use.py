"""One use of the add-on: who uses it, where, and what they chose."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.availability.zones import zone, zone_names
from admitone.domain.date_text import DateText
from admitone.domain.people.reader import reader_for
from admitone.usecases.shared.services import Caller, Services
from admitone.web.addon.event import AddonEvent
from admitone.web.addon.widgets import Press

if TYPE_CHECKING:
    from admitone.texts.translator import Translator

PATH = "/addon"


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What a user chose in the card beside a draft; texts are as they typed them."""

    page: str = ""
    event_type: str = ""
    is_one_time: bool = True
    is_personal: bool = False
    recipient: str = ""
    name: str = ""
    shows_form: bool = False
    expiry: str = ""
    style: str = "link"


class Use(msgspec.Struct, frozen=True):
    """A request of a verified user; `caller` is them, `clock` writes in their language and zone."""

    services: Services
    caller: Caller
    event: AddonEvent
    clock: DateText

    def say(self, text: str) -> str:
        """A message in the user's language."""
        return self.clock.reader.texts.say(text)

    def press(self, action: str, **parameters: str) -> Press:
        """A button's action; `once` names the operation, so that a repeated request does nothing twice."""
        once = secrets.token_urlsafe(16)
        return Press(endpoint(self.services), {"do": action, "once": once, **parameters})

    def at(self, path: str) -> str:
        """An address of this server, for people."""
        return f"{self.services.public_url}{path}"


def endpoint(services: Services) -> str:
    """The add-on's one address, which is also the audience of Google's tokens."""
    return f"{services.public_url}{PATH}"


def clock_of(event: AddonEvent) -> DateText:
    """How the user reads dates: in the language and zone that Google says."""
    common = event.common_event_object
    reader = reader_for([common.user_locale] if common.user_locale else [], part="dashboard")
    name = common.time_zone.id if common.time_zone else ""
    return DateText(reader, zone(name if name in zone_names() else "UTC"))


def texts_of(event: AddonEvent) -> Translator:
    """The user's language, for answers to those who are no users yet."""
    return clock_of(event).reader.texts
