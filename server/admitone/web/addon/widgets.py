"""Builders of cards and widgets, as Google's schema has them (`GoogleAppsCardV1…`).

https://developers.google.com/workspace/add-ons/reference/rpc/google.apps.card.v1
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Widget = dict[str, Any]
Button = dict[str, Any]
Card = dict[str, Any]


class Press(NamedTuple):
    """What pressing a button does: an action of ours, with its parameters."""

    endpoint: str
    parameters: dict[str, str]

    def on_click(self) -> dict[str, Any]:
        """The widget's `onClick`."""
        return {"action": self.action()}

    def action(self) -> dict[str, Any]:
        """The action, which the add-on shows to be under way."""
        return {
            "function": self.endpoint,
            "parameters": [{"key": key, "value": value} for key, value in self.parameters.items()],
            "loadIndicator": "SPINNER",
        }


class Choice(NamedTuple):
    """One choice of a field."""

    value: str
    text: str
    is_chosen: bool = False


def card(title: str, sections: Sequence[dict[str, Any]], *, subtitle: str = "", name: str = "") -> Card:
    """A card; `name` identifies it."""
    header = {"title": title} | ({"subtitle": subtitle} if subtitle else {})
    return {"header": header, "sections": list(sections)} | ({"name": name} if name else {})


def section(*widgets: Widget, header: str = "", is_folded: bool = False) -> dict[str, Any]:
    """A part of a card; a folded one opens when its header is pressed."""
    found: dict[str, Any] = {"widgets": list(widgets)}
    if header:
        found["header"] = escape(header)
    if is_folded:
        found |= {"collapsible": True, "uncollapsibleWidgetsCount": 0}
    return found


def paragraph(text: str) -> Widget:
    """A text, which the reader can select."""
    return {"textParagraph": {"text": escape(text, quote=False)}}


def row(text: str, *, above: str = "", below: str = "", press: Press | None = None, url: str = "") -> Widget:
    """A line with smaller lines around it; pressing it does something, or opens `url`."""
    found: dict[str, Any] = {"text": escape(text, quote=False), "wrapText": True}
    found |= {"topLabel": above} if above else {}
    found |= {"bottomLabel": below} if below else {}
    if press is not None:
        found["onClick"] = press.on_click()
    elif url:
        found["onClick"] = opened(url)
    return {"decoratedText": found}


def switch(name: str, text: str, *, is_on: bool, hint: str = "", changed: Press | None = None) -> Widget:
    """A switch; its value is sent while it is on."""
    control: dict[str, Any] = {"name": name, "value": "on", "selected": is_on, "controlType": "SWITCH"}
    if changed is not None:
        control["onChangeAction"] = changed.action()
    found: dict[str, Any] = {"text": escape(text, quote=False), "wrapText": True, "switchControl": control}
    return {"decoratedText": found | ({"bottomLabel": hint} if hint else {})}


def text_field(name: str, label: str, value: str = "", *, hint: str = "", is_email: bool = False) -> Widget:
    """A field for one line."""
    found: dict[str, Any] = {"name": name, "label": label, "type": "SINGLE_LINE"}
    found |= {"value": value} if value else {}
    found |= {"hintText": hint} if hint else {}
    found |= {"validation": {"inputType": "EMAIL"}} if is_email else {}
    return {"textInput": found}


def dropdown(name: str, label: str, choices: Sequence[Choice], changed: Press | None = None) -> Widget:
    """A field in which one of several is chosen; with `changed`, a change is an action of its own."""
    return _selection(name, label, "DROPDOWN", choices, changed)


def boxes(name: str, label: str, choices: Sequence[Choice]) -> Widget:
    """Boxes, any number of which can be ticked."""
    return _selection(name, label, "CHECK_BOX", choices, None)


def _selection(name: str, label: str, kind: str, choices: Sequence[Choice], changed: Press | None) -> Widget:
    items = [{"text": each.text, "value": each.value, "selected": each.is_chosen} for each in choices]
    found: dict[str, Any] = {"name": name, "label": label, "type": kind, "items": items}
    return {"selectionInput": found | ({"onChangeAction": changed.action()} if changed else {})}


def buttons(*each: Button) -> Widget:
    """A line of buttons."""
    return {"buttonList": {"buttons": list(each)}}


def button(text: str, press: Press, *, is_main: bool = False) -> Button:
    """A button that does something."""
    return {"text": text, "onClick": press.on_click(), "type": "FILLED" if is_main else "OUTLINED"}


def link_button(text: str, url: str, *, reloads: bool = False, is_main: bool = False) -> Button:
    """A button that opens an address; with `reloads`, the add-on begins anew when that is closed."""
    kind = "FILLED" if is_main else "OUTLINED"
    return {"text": text, "onClick": opened(url, reloads=reloads), "type": kind}


def opened(url: str, *, reloads: bool = False) -> dict[str, Any]:
    """An `onClick` that opens an address."""
    link = {"url": url, "openAs": "OVERLAY" if reloads else "FULL_SIZE"}
    return {"openLink": link | {"onClose": "RELOAD" if reloads else "NOTHING"}}
