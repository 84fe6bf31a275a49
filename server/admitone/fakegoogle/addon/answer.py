"""What an add-on may answer, and what Gmail does then.

Cards are checked against the schemas in Google's discovery document of Chat, which has the same cards;
the rest follows https://developers.google.com/workspace/add-ons/reference/rpc/google.apps.script.type
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.api.discovery import chat_cards
from admitone.fakegoogle.api.schema import violations

if TYPE_CHECKING:
    from admitone.fakegoogle.addon.draft import OpenDraft

MOST_CARD_WIDGETS = 100
CONTENT_TYPES = {"TEXT", "MUTABLE_HTML", "IMMUTABLE_HTML"}
PLACES = {"IN_PLACE_INSERT", "INSERT_AT_START", "INSERT_AT_END", "REPLACE"}
UNSHOWN = {"parameters", "function", "url"}
NEEDS_ADDRESS = re.compile(r"https?://\S+")


class AnswerRefusedError(Exception):
    """The add-on's answer is none that Google takes."""


def apply(draft: OpenDraft, answer: Any, *, is_trigger: bool) -> bool:
    """Do what the answer says; returns whether the add-on asked for consent. Raises AnswerRefusedError."""
    _expect(isinstance(answer, dict) and len(answer) == 1, "an answer is an object with one member")
    draft.notice = ""
    [(name, value)] = answer.items()
    if name == "requesting_google_scopes":
        _expect(value == {"all_scopes": True} or set(value) == {"scopes"}, "unknown scopes are asked for")
        return True
    if is_trigger:
        _expect(name == "action", "a trigger is answered by an action")
        _act(draft, value)
        return False
    _expect(name == "renderActions", "a button is answered by renderActions")
    _expect(set(value) <= {"action", "hostAppAction"}, "renderActions has other members")
    if "hostAppAction" in value:
        _insert(draft, value["hostAppAction"])
    if "action" in value:
        _act(draft, value["action"])
    return False


def _act(draft: OpenDraft, action: Any) -> None:
    _expect(set(action) <= {"navigations", "notification"}, "an action has other members")
    for navigation in action.get("navigations", []):
        _expect(len(navigation) == 1, "a navigation does one thing")
        [(kind, card)] = navigation.items()
        _expect(kind in {"pushCard", "updateCard"}, f"a navigation cannot {kind}")
        _check(card)
        if kind == "updateCard" and draft.cards:
            draft.cards[-1] = card
        else:
            draft.cards.append(card)
    if "notification" in action:
        _expect(set(action["notification"]) == {"text"}, "a notification is a text")
        draft.notice = action["notification"]["text"]


def _check(card: Any) -> None:
    found = violations(chat_cards(), "GoogleAppsCardV1Card", card, nulls=False)
    _expect(not found, str(found))
    widgets = [widget for section in card.get("sections", []) for widget in section["widgets"]]
    _expect(0 < len(widgets) <= MOST_CARD_WIDGETS, f"a card with {len(widgets)} widgets")
    names = [name for widget in widgets if (name := field_name(widget))]
    _expect(len(names) == len(set(names)), "two fields have one name")
    for press in presses(card):
        _expect(bool(NEEDS_ADDRESS.fullmatch(press["function"])), "a function is a whole address")


def field_name(widget: dict[str, Any]) -> str | None:
    """The name of a widget that takes input."""
    for kind in ("textInput", "selectionInput"):
        if kind in widget:
            return str(widget[kind]["name"])
    control = widget.get("decoratedText", {}).get("switchControl")
    return str(control["name"]) if control else None


def presses(value: Any) -> list[dict[str, Any]]:
    """Every action in a card, in order."""
    if isinstance(value, list):
        return [press for each in value for press in presses(each)]
    if not isinstance(value, dict):
        return []
    own = [value[name] for name in ("action", "onChangeAction") if name in value]
    return own + [press for each in value.values() for press in presses(each) if press not in own]


def _insert(draft: OpenDraft, action: Any) -> None:
    _expect(draft.recipients is not None, "no draft is open")
    _expect(
        "https://www.googleapis.com/auth/gmail.addons.current.action.compose" in draft.scopes,
        "the person has not allowed the add-on to write",
    )
    _expect(set(action) == {"gmailAction"} and len(action["gmailAction"]) == 1, "gmailAction is one action")
    markup = action["gmailAction"].get("updateDraftActionMarkup", {})
    _expect(set(markup) == {"updateBody"}, "only the body is updated")
    body = markup["updateBody"]
    _expect(set(body) == {"type", "insertContents"} and body["type"] in PLACES, "updateBody lacks its type")
    for content in body["insertContents"]:
        _expect(set(content) == {"content", "contentType"}, "a content has other members")
        _expect(content["contentType"] in CONTENT_TYPES, "a content of another type")
        draft.body = content["content"] if body["type"] == "REPLACE" else draft.body + content["content"]


def shown_text(card: Any) -> str:
    """All texts of a card, for people and tests."""
    if isinstance(card, dict):
        texts = (shown_text(each) for name, each in card.items() if name not in UNSHOWN)
        return "\n".join(text for text in texts if text)
    if isinstance(card, list):
        return "\n".join(text for each in card if (text := shown_text(each)))
    return unescape(card) if isinstance(card, str) else ""


def _expect(condition: bool, text: str) -> None:
    if not condition:
        raise AnswerRefusedError(text)
