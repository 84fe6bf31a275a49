"""The values of a mail as its template sees them: whatever is shown whole reads as text.

A template that shows `{{ customer }}` shows the name. Liquid alone would write it as Python does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

    from admitone.domain.mail.values import AnswerValues, MailValues, PersonValues


class _Record(dict[str, Any]):
    """The fields of a value, which as a whole is shown as `text`."""

    def __init__(self, fields: msgspec.Struct, text: str) -> None:
        super().__init__(msgspec.structs.asdict(fields))
        self._text = text

    def __str__(self) -> str:
        return self._text


class _List(tuple[Any, ...]):
    """A list, which as a whole is shown as `text`."""

    _text: str

    def __new__(cls, items: Iterable[Any], text: str) -> Self:
        made = super().__new__(cls, items)
        made._text = text
        return made

    def __str__(self) -> str:
        return self._text


def shown_values(values: MailValues) -> dict[str, Any]:
    """The values by the names that a template knows."""
    answers = [_answer(answer) for answer in values.answers]
    return msgspec.structs.asdict(values) | {
        "customer": _person(values.customer),
        "host": _person(values.host),
        "hosts": _List(values.hosts, values.host_names or ""),
        "guests": _List(values.guests, ", ".join(values.guests)),
        "answers": _List(answers, "\n".join(str(answer) for answer in answers)),
    }


def _person(values: PersonValues) -> _Record:
    return _Record(values, values.name or values.email or "")


def _answer(values: AnswerValues) -> _Record:
    return _Record(values, f"{values.question}: {values.answer}")
