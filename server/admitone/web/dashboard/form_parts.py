"""Parts of forms that several forms have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET

from admitone.domain.text import line_problems
from admitone.web.dashboard.struct_form import FormPart, plain_values, read_plain

if TYPE_CHECKING:
    from msgspec.inspect import Field

    from admitone.web.dashboard.sent_form import SentForm
    from admitone.web.dashboard.struct_form import FormValues


class Chosen(FormPart):
    """A field that counts only while the choice `choice` has the value `when`; otherwise it is null.

    A record without the field's value shows the choice `otherwise`. If neither choice is sent, `when_missing`
    is assumed, which is `otherwise` unless it is given.
    """

    def __init__(self, choice: str, when: str, otherwise: str, *, when_missing: str | None = None) -> None:
        self.choice = choice
        self.when = when
        self.otherwise = otherwise
        self.when_missing = when_missing or otherwise

    def values(self, name: str, value: Any) -> dict[str, Any]:
        """The choice, and the field or the fields of a list."""
        return {self.choice: self.otherwise if value is None else self.when, **plain_values(name, value)}

    def read(self, form: SentForm, name: str, field: Field, _shown: FormValues) -> Any:
        """The field's value, or null if the choice is another one."""
        choice = form.text(self.choice)
        if choice not in {self.when, self.otherwise}:
            choice = self.when_missing
        if choice != self.when:
            return None
        return read_plain(form, name, field, may_be_null=False)


class OnlyIf(FormPart):
    """A field that counts only while the field `choice` has one of the values `when`."""

    def __init__(self, choice: str, *when: str, otherwise: str | None = None) -> None:
        self.choice = choice
        self.when = when
        self.otherwise = otherwise

    def read(self, form: SentForm, name: str, field: Field, _shown: FormValues) -> Any:
        """The field's value, or `otherwise`."""
        return read_plain(form, name, field) if form.text(self.choice) in self.when else self.otherwise


class OneLine(FormPart):
    """A text of one line, whose errors are shown together with those of the form's other parts."""

    def read(self, form: SentForm, name: str, _field: Field, _shown: FormValues) -> Any:
        """The text."""
        form.problems += line_problems(name, form.text(name))
        return form.text(name)


class LeftOutIfEmpty(FormPart):
    """A text that is left out of the document if it is empty, so that the record's own stays."""

    def read(self, form: SentForm, name: str, _field: Field, _shown: FormValues) -> Any:
        """The text, or UNSET if it is empty."""
        return form.text(name) or UNSET
