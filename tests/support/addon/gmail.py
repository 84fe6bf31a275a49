"""A person in Gmail with the add-on, as tests drive it: buttons are pressed by their text."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

from admitone.fakegoogle.addon.answer import field_name, shown_text

if TYPE_CHECKING:
    from admitone.fakegoogle.addon.draft import OpenDraft
    from admitone.fakegoogle.addon.host import Host


class Person:
    """Somebody with an open draft (or none), and the fields of the card as they are filled in."""

    def __init__(self, host: Host, draft: OpenDraft) -> None:
        self.host = host
        self.draft = draft
        self.typed: dict[str, list[str]] = {}

    @property
    def text(self) -> str:
        """All that the card on top says."""
        return shown_text(self.draft.card)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """The buttons of the card on top."""
        found = []
        for section in (self.draft.card or {}).get("sections", []):
            for widget in section["widgets"]:
                found += widget.get("buttonList", {}).get("buttons", [])
        return found

    async def open(self) -> Person:
        """Open the add-on."""
        await self.host.open(self.draft)
        return self

    def fill(self, **fields: str | list[str] | None) -> Person:
        """Fill in fields; None leaves a switch off."""
        for name, value in fields.items():
            self.typed[name] = [] if value is None else [value] if isinstance(value, str) else value
        return self

    def parameters(self, text: str) -> dict[str, str]:
        """What pressing this button sends."""
        [press] = [each["onClick"]["action"] for each in self.buttons if unescape(each["text"]) == text]
        return {pair["key"]: pair["value"] for pair in press["parameters"]}

    async def press(self, text: str) -> Person:
        """Press a button of the card on top."""
        parameters = self.parameters(text)
        await self.host.press(self.draft, parameters, self.inputs())
        self.typed = {}
        return self

    def link(self, text: str) -> str:
        """Where a button leads."""
        [pressed] = [each for each in self.buttons if unescape(each["text"]) == text]
        return str(pressed["onClick"]["openLink"]["url"])

    def inputs(self) -> dict[str, list[str]]:
        """What the fields of the card on top hold; switches that are off are not sent."""
        found: dict[str, list[str]] = {}
        for section in (self.draft.card or {}).get("sections", []):
            for widget in section["widgets"]:
                name = field_name(widget)
                if name:
                    found[name] = self.typed.get(name, _given(widget))
        return {name: values for name, values in found.items() if values}


def _given(widget: dict[str, Any]) -> list[str]:
    """What a field holds before anybody has touched it."""
    if "textInput" in widget:
        value = widget["textInput"].get("value")
        return [value] if value else []
    if "selectionInput" in widget:
        field = widget["selectionInput"]
        chosen = [item["value"] for item in field["items"] if item["selected"]]
        is_single = field["type"] == "DROPDOWN"
        return chosen or ([field["items"][0]["value"]] if is_single and field["items"] else [])
    control = widget["decoratedText"]["switchControl"]
    return [control["value"]] if control["selected"] else []
