"""A page taken apart: its text, its links and its forms, each with the values that it is served with."""

from __future__ import annotations

from html.parser import HTMLParser

import msgspec

VOID = frozenset({"input", "meta", "link", "br", "path", "circle", "rect"})
Attributes = dict[str, str | None]


class Control(msgspec.Struct):
    """An input, button, select or textarea."""

    tag: str
    attributes: Attributes
    value: str = ""

    @property
    def name(self) -> str:
        """The field's name."""
        return self.attributes.get("name") or ""

    @property
    def kind(self) -> str:
        """The type of an input, else the tag."""
        return (self.attributes.get("type") or "text") if self.tag == "input" else self.tag

    @property
    def is_sent(self) -> bool:
        """Whether an unchanged form sends this control; it sends a button only if that is pressed."""
        if self.kind in {"radio", "checkbox"}:
            return bool(self.name) and "checked" in self.attributes
        return bool(self.name) and self.tag != "button"


class Form(msgspec.Struct):
    """A form with all controls that belong to it, those outside of it included."""

    attributes: Attributes
    controls: list[Control]

    @property
    def method(self) -> str:
        """GET or POST."""
        return (self.attributes.get("method") or "get").upper()

    @property
    def served(self) -> dict[str, str]:
        """The fields with the values that it is served with."""
        return {control.name: control.value for control in self.controls if control.is_sent}

    @property
    def buttons(self) -> list[dict[str, str]]:
        """The fields that each button adds."""
        return [
            {button.name: button.value} if button.name else {}
            for button in self.controls
            if button.tag == "button" and button.attributes.get("type") != "button"
        ]

    def values(self, name: str) -> list[str]:
        """The values that a control of this name may have."""
        return [control.value for control in self.controls if control.name == name]


class Page(HTMLParser):
    """A parsed page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = text
        self.words: list[str] = []
        self.tags: list[tuple[str, Attributes]] = []
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._controls: list[tuple[Control, Form | None]] = []
        self._form: Form | None = None
        self._open: Control | None = None
        self._option: Control | None = None
        self._silent = 0
        self.feed(text)
        for control, form in self._controls:
            owner = self._by_id.get(control.attributes.get("form") or "", form)
            if owner:
                owner.controls.append(control)

    @property
    def text(self) -> str:
        """The page's text, in one line."""
        return " ".join(" ".join(self.words).split())

    @property
    def links(self) -> list[str]:
        """Where its links lead."""
        return [attributes.get("href") or "" for tag, attributes in self.tags if tag == "a"]

    def form(self, method: str = "POST") -> Form:
        """The one form with that method."""
        [found] = [form for form in self.forms if form.method == method]
        return found

    def attribute(self, tag: str, name: str) -> str | None:
        """An attribute of the first element with that tag."""
        return next(attributes for found, attributes in self.tags if found == tag).get(name)

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        attributes = dict(pairs)
        self.tags.append((tag, attributes))
        if tag in {"template", "style", "script"}:
            self._silent += 1
        if tag == "form":
            self._form = Form(attributes, [])
            self.forms.append(self._form)
            self._by_id[attributes.get("id") or ""] = self._form
        elif tag in {"input", "button", "textarea", "select"}:
            self._open = Control(tag, attributes, attributes.get("value") or "")
            self._controls.append((self._open, self._form))
        elif tag == "option" and self._open and "selected" in attributes:
            self._option = self._open
            self._open.value = attributes.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in {"template", "style", "script"}:
            self._silent -= 1
        if tag == "form":
            self._form = None
        elif tag in {"textarea", "select", "button"}:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._option and not self._option.value:
            self._option.value = data.strip()
        self._option = None
        if self._open and self._open.tag == "textarea":
            self._open.value += data.removeprefix("\n") if not self._open.value else data
        if not self._silent:
            self.words.append(data)
