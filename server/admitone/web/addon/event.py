"""A request of Google's add-on service, as far as we read it. What we do not know is ignored.

https://developers.google.com/workspace/add-ons/concepts/event-objects
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

MOST_RECIPIENTS = 200


class Zone(msgspec.Struct, frozen=True):
    """The zone of the user: its name in the IANA database."""

    id: str = ""


class CommonEvent(msgspec.Struct, frozen=True, rename="camel"):
    """What every request says of the user and of the pressed button."""

    user_locale: str = ""
    time_zone: Zone | None = None
    form_inputs: Mapping[str, Any] | None = None
    parameters: Mapping[str, Any] | None = None


class Authorization(msgspec.Struct, frozen=True, rename="camel"):
    """The user's id token, and the scopes that they allowed; a token may be missing (partial consent)."""

    user_id_token: str | None = None
    authorized_scopes: Sequence[str] = ()


class GmailEvent(msgspec.Struct, frozen=True, rename="camel"):
    """The open draft: bare addresses. Google's documents spell the other recipients in two ways."""

    to_recipients: Sequence[str] | None = None
    cc_recipients: Sequence[str] | None = None
    cc_recipients_capital: Sequence[str] | None = msgspec.field(name="CcRecipients", default=None)


class AddonEvent(msgspec.Struct, frozen=True, rename="camel"):
    """One request."""

    common_event_object: CommonEvent = CommonEvent()
    authorization_event_object: Authorization = Authorization()
    gmail: GmailEvent | None = None

    @property
    def is_compose(self) -> bool:
        """Whether a draft is open: it has recipients, even none yet."""
        return self.gmail is not None and self.gmail.to_recipients is not None

    @property
    def recipients(self) -> list[str]:
        """The addresses to which the draft goes, each once, those of *To* first."""
        gmail = self.gmail or GmailEvent()
        cc = gmail.cc_recipients or gmail.cc_recipients_capital or ()
        return list(dict.fromkeys([*(gmail.to_recipients or ()), *cc]))[:MOST_RECIPIENTS]

    def parameter(self, name: str) -> str:
        """A parameter of the pressed button; empty if there is none."""
        value = (self.common_event_object.parameters or {}).get(name)
        return value if isinstance(value, str) else ""

    def given(self, name: str) -> list[str]:
        """What the user typed or chose in a field.

        Google sends it as `{name: {"stringInputs": {"value": […]}}}`, or with an empty key between.
        """
        field = (self.common_event_object.form_inputs or {}).get(name)
        if isinstance(field, Mapping) and isinstance(field.get(""), Mapping):
            field = field[""]
        inputs = field.get("stringInputs") if isinstance(field, Mapping) else None
        values = inputs.get("value") if isinstance(inputs, Mapping) else None
        return [value for value in values if isinstance(value, str)] if isinstance(values, Sequence) else []

    def text(self, name: str) -> str:
        """The one text of a field, without blanks around it; empty if there is none."""
        found = self.given(name)
        return found[0].strip() if found else ""

    def is_on(self, name: str) -> bool:
        """Whether a switch is on: Google sends its value then, and nothing otherwise."""
        return bool(self.given(name))
