"""What the add-on answers: cards, what goes into the draft, and requests for consent.

A trigger (the add-on is opened) is answered by an action, a pressed button by a `renderActions`.
https://developers.google.com/workspace/add-ons/guides/alternate-runtimes#response_format
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from admitone.web.addon.widgets import Card

Answer = dict[str, Any]
CONSENT: Answer = {"requesting_google_scopes": {"all_scopes": True}}
"""Asks the user for what they have not allowed. Google then sends the same request again."""


def pushed(card: Card) -> Answer:
    """Show a card, as the answer to a trigger."""
    return {"action": {"navigations": [{"pushCard": card}]}}


def updated(card: Card, notice: str = "") -> Answer:
    """Put a card in place of the one whose button was pressed, with a short notice."""
    return {"renderActions": {"action": _action({"updateCard": card}, notice)}}


def stacked(card: Card, notice: str = "") -> Answer:
    """Show a card over the one whose button was pressed; the user can go back."""
    return {"renderActions": {"action": _action({"pushCard": card}, notice)}}


def inserted(html: str, card: Card, notice: str) -> Answer:
    """Insert into the draft where the caret is, and confirm it by a card in the same answer."""
    content = {"content": html, "contentType": "MUTABLE_HTML"}
    body = {"type": "IN_PLACE_INSERT", "insertContents": [content]}
    return {
        "renderActions": {
            "action": _action({"updateCard": card}, notice),
            "hostAppAction": {"gmailAction": {"updateDraftActionMarkup": {"updateBody": body}}},
        }
    }


def _action(navigation: dict[str, Any], notice: str) -> dict[str, Any]:
    found: dict[str, Any] = {"navigations": [navigation]}
    return found | ({"notification": {"text": notice}} if notice else {})
