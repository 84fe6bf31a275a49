"""The fields of a form as a browser sent them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from admitone.domain.errors import FieldError, Invalid
from admitone.texts.message import message
from admitone.web.dashboard.spans import UNITS
from admitone.web.http.posted_form import read_posted

if TYPE_CHECKING:
    from aiohttp import web
    from multidict import MultiMapping

LONGEST_NUMBER = 9
"""Digits of a number at most."""
NO_NUMBER = message("Write a whole number.")


class SentForm:
    """The fields of one form. Each value that cannot be read adds an error for its field to `problems`."""

    def __init__(self, fields: MultiMapping[Any]) -> None:
        self.fields = {name: str(fields[name]) for name in fields}
        self.problems: list[FieldError] = []
        self._lists = {name: [str(value) for value in fields.getall(name)] for name in fields}

    def text(self, name: str) -> str:
        """The field's text without surrounding blanks. Browsers send line breaks as CRLF; we keep LF."""
        return self.fields.get(name, "").replace("\r\n", "\n").strip()

    def texts(self, name: str) -> list[str]:
        """All values of boxes that share a name."""
        return self._lists.get(name, [])

    def pairs(self) -> list[tuple[str, str]]:
        """All fields with their values, for a page that sends them once more."""
        return [(name, value) for name, values in self._lists.items() for value in values]

    def is_on(self, name: str) -> bool:
        """Whether a box is ticked."""
        return name in self.fields

    def number(self, name: str, *, required: bool = False) -> int | None:
        """A whole number, or None if the field is empty or cannot be read.

        If `name.unit` was sent (`days`, `hours` or `minutes`), the number is a length of time, and the
        result is in minutes.
        """
        text = self.text(name)
        found = whole_number(text)
        if found is not None:
            return found * UNITS.get(self.text(f"{name}.unit"), 1)
        if text:
            self.problems.append(FieldError(name, NO_NUMBER))
        elif required:
            self.problems.append(FieldError(name, message("This field is required.")))
        return None

    def date(self, name: str) -> str:
        """A date as `YYYY-MM-DD`; an empty text if the field holds no date."""
        text = self.text(name)
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self.problems.append(FieldError(name, message("Choose a date.")))
            return ""

    def places(self, prefix: str) -> list[int]:
        """The numbers N of all fields named `prefix.N` or `prefix.N.…`, in ascending order."""
        found = {
            int(place)
            for name in self.fields
            if name.startswith(f"{prefix}.")
            and (place := name.removeprefix(f"{prefix}.").partition(".")[0]).isdecimal()
            and len(place) <= LONGEST_NUMBER
        }
        return sorted(found)

    def refuse(self) -> None:
        """Raise Invalid if a value could not be read."""
        if self.problems:
            raise Invalid(*self.problems)


async def read_form(request: web.Request) -> SentForm:
    """The form of a request; raises the errors of `read_posted`."""
    return SentForm(await read_posted(request))


def whole_number(text: str) -> int | None:
    """The number that a text is, or None if the text is not a whole number of at most 9 digits."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_number else None


def read_day(text: str) -> date | None:
    """The date that a date field sent, None for any other text."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def by_field(refusal: Invalid) -> dict[str, str]:
    """The first message for each field, as templates show it."""
    found: dict[str, str] = {}
    for error in refusal.errors:
        found.setdefault(error.field, error.message)
    return found
