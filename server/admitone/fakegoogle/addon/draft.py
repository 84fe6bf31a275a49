"""A draft beside which an add-on is open, and the add-on's cards."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from admitone.fakegoogle.oauth.addon_tokens import SERVICE_ACCOUNT

Platform = Literal["WEB", "IOS", "ANDROID"]
SCOPES = (
    "openid",
    "https://www.googleapis.com/auth/userinfo.email",
    "https://www.googleapis.com/auth/gmail.addons.execute",
    "https://www.googleapis.com/auth/gmail.addons.current.action.compose",
    "https://www.googleapis.com/auth/gmail.addons.current.message.metadata",
    "https://www.googleapis.com/auth/script.locale",
)
"""The scopes of a deployment that may see the recipients of a draft and write into it."""


class Deployment(msgspec.Struct, frozen=True, kw_only=True):
    """An installed add-on: the address that it was deployed with, and where it listens now."""

    endpoint: str
    address: str
    oauth_client_id: str
    service_account: str = SERVICE_ACCOUNT


class OpenDraft(msgspec.Struct, kw_only=True):
    """What a person has in front of them. `recipients` is None beside the inbox, where no draft is open.

    `waiting` is the request that the add-on answered by asking for consent.
    """

    account: str
    platform: Platform = "WEB"
    recipients: list[str] | None = None
    scopes: set[str] = msgspec.field(default_factory=lambda: set(SCOPES))
    body: str = ""
    cards: list[dict[str, Any]] = []
    notice: str = ""
    waiting: tuple[dict[str, str], dict[str, list[str]]] | None = None

    @property
    def card(self) -> dict[str, Any] | None:
        """The card on top."""
        return self.cards[-1] if self.cards else None
