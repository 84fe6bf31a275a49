"""A form as a browser sent it, read into the document that the API would have been sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from admitone.domain.errors import FieldError, Invalid
from admitone.web.dashboard.pages.setting_sentences import UNITS
from admitone.web.http.posted_form import read_posted

if TYPE_CHECKING:
    from aiohttp import web
    from multidict import MultiMapping

_SIZES = dict(UNITS)
LONGEST_NUMBER = 9


class SentForm:
    """The fields of one form; what cannot be read is gathered in `problems`, at the field."""

    def __init__(self, fields: MultiMapping[Any]) -> None:
        self.fields = {name: str(fields[name]) for name in fields}
        self.problems: list[FieldError] = []
        self._lists = {name: [str(value) for value in fields.getall(name)] for name in fields}

    def text(self, name: str) -> str:
        """A text without blanks around it; browsers send line breaks as CRLF, we keep LF."""
        return self.fields.get(name, "").replace("\r\n", "\n").strip()

    def texts(self, name: str) -> list[str]:
        """All values of boxes that share a name."""
        return self._lists.get(name, [])

    def pairs(self) -> list[tuple[str, str]]:
        """Every field and value that was sent, to be sent once more."""
        return [(name, value) for name, values in self._lists.items() for value in values]

    def is_on(self, name: str) -> bool:
        """Whether a box is ticked."""
        return name in self.fields

    def number(self, name: str) -> int | None:
        """A whole number, None for an empty field."""
        text = self.text(name)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
            self.problems.append(FieldError(name, "Write a whole number."))
            return None
        return int(text)

    def needed_number(self, name: str) -> int:
        """As `number`, for a field that must not be empty."""
        found = self.number(name)
        if found is None and all(problem.field != name for problem in self.problems):
            self.problems.append(FieldError(name, "This is needed."))
        return found or 0

    def minutes(self, name: str) -> int | None:
        """A number and its unit, `name` and `name.unit`, in minutes; None for an empty field."""
        found = self.number(name)
        return None if found is None else found * _SIZES.get(self.text(f"{name}.unit"), 1)

    def date(self, name: str) -> str:
        """A date, as `YYYY-MM-DD`."""
        text = self.text(name)
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self.problems.append(FieldError(name, "Choose a date."))
            return ""

    def places(self, prefix: str) -> list[int]:
        """The numbers N of fields called `prefix.N.…`, in order."""
        found = {
            int(place)
            for name in self.fields
            if name.startswith(f"{prefix}.")
            and (place := name.removeprefix(f"{prefix}.").partition(".")[0]).isdecimal()
            and len(place) <= LONGEST_NUMBER
        }
        return sorted(found)

    def refuse(self) -> None:
        """Raise Invalid where something could not be read."""
        if self.problems:
            raise Invalid(*self.problems)


async def read_form(request: web.Request) -> SentForm:
    """The form of a request; raises as `read_posted`."""
    return SentForm(await read_posted(request))


def by_field(refusal: Invalid) -> dict[str, str]:
    """The first message for each field, as templates show them."""
    found: dict[str, str] = {}
    for error in refusal.errors:
        found.setdefault(error.field, error.message)
    return found
