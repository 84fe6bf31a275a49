"""Lists that buttons put in order. Each button sends the form; then the row that moved has the focus."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from admitone.domain.errors import FieldError
from admitone.texts.message import message
from admitone.web.dashboard.sent_form import NO_NUMBER, whole_number
from admitone.web.dashboard.struct_form import FormPart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from msgspec.inspect import Field

    from admitone.domain.pages.pool import Member
    from admitone.web.dashboard.sent_form import SentForm
    from admitone.web.dashboard.struct_form import FormValues

T = TypeVar("T")
LONGEST_PLACE = 4
_KIND_OF_REFERENCE = re.compile(r"\.(page|pool)$")


class Ordered(msgspec.Struct, Generic[T]):
    """Rows in their order; `focus` is the value of the button that has the focus, empty for none."""

    rows: list[T]
    focus: str = ""


class PagesPart(FormPart):
    """Booking pages in their order, as ids in the document: fields `pages.0.page` and so on.

    The values of `add` are ids of more booking pages. The form shows them last.
    """

    def values(self, name: str, value: Sequence[Any]) -> dict[str, Any]:
        """Rows of a booking page's id and an empty priority."""
        return {name: Ordered([(page, "") for page in value])}

    def read(self, form: SentForm, name: str, _field: Field, shown: FormValues) -> Any:
        """The ids."""
        return [page for page, _ in _read_rows(form, name, shown)]


class MembersPart(FormPart):
    """Members of a pool in their order: as `PagesPart`, with `members.0.priority` and so on."""

    def values(self, name: str, value: Sequence[Member]) -> dict[str, Any]:
        """Rows of a booking page's id and its priority."""
        return {name: Ordered([(member.page, str(member.priority)) for member in value])}

    def read(self, form: SentForm, name: str, _field: Field, shown: FormValues) -> Any:
        """The members; at least one is required."""
        members: list[dict[str, Any]] = []
        for place, (page, text) in enumerate(_read_rows(form, name, shown)):
            priority = whole_number(text or "0")
            if priority is None:
                form.problems.append(FieldError(f"{name}.{place}.priority", NO_NUMBER))
            members.append({"page": page, "priority": priority})
        if not members:
            form.problems.append(FieldError(name, message("Choose at least one booking page.")))
        return members


def at_rows(errors: Mapping[str, str]) -> dict[str, str]:
    """The errors by the field that the form has: one field names either a booking page or a pool."""
    return {_KIND_OF_REFERENCE.sub("", field): problem for field, problem in errors.items()}


def rearranged(rows: list[T], act: str) -> tuple[list[T], str]:
    """The rows after the button `act`, and the button that has the focus then.

    `up.N` and `down.N` move row N, `remove.N` removes it. Any other button changes nothing here.
    """
    name, _, text = act.partition(".")
    place = int(text) if text.isdecimal() and len(text) <= LONGEST_PLACE else len(rows)
    if place >= len(rows):
        return rows, act
    rest = [*rows[:place], *rows[place + 1 :]]
    if name == "remove":
        return rest, f"remove.{min(place, len(rest) - 1)}"
    there = place + {"up": -1, "down": 1}.get(name, 0)
    if not 0 <= there < len(rows):
        return rows, act
    rest.insert(there, rows[place])
    at_end = {("up", 0): "down", ("down", len(rows) - 1): "up"}
    return rest, f"{at_end.get((name, there), name)}.{there}"


def _read_rows(form: SentForm, name: str, shown: FormValues) -> list[tuple[str, str]]:
    """The ids with their priorities as they were typed, after the button that was pressed."""
    rows = [
        (form.text(f"{name}.{place}.page"), form.text(f"{name}.{place}.priority"))
        for place in form.places(name)
    ]
    there = {page for page, _ in rows}
    rows += [(page, "") for page in dict.fromkeys(form.texts("add")) if page not in there]
    rows, focus = rearranged(rows, form.text("act"))
    shown[name] = Ordered(rows, focus)
    return rows
