"""Messages in stored records: a text in English, and beside it what it was made of."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from admitone.texts.message import Message


class KeptMessage(msgspec.Struct, frozen=True, omit_defaults=True):
    """A message that has values or a plural. A text without them is its own message."""

    msgid: str
    values: Mapping[str, int | str | KeptMessage]
    plural: str | None = None


def keep(text: str) -> KeptMessage | None:
    """What to store beside a text, so that it can be said in other languages; None for a plain text."""
    if not isinstance(text, Message):
        return None
    values = {name: _kept_value(value) for name, value in text.values.items()}
    return KeptMessage(text.msgid, values, text.plural)


def restore(text: str, kept: KeptMessage | None) -> str:
    """The text as it was before it was stored."""
    if kept is None:
        return text
    values: dict[str, object] = {
        name: restore("", value) if isinstance(value, KeptMessage) else value
        for name, value in kept.values.items()
    }
    return Message(kept.msgid, values, kept.plural)


def _kept_value(value: object) -> int | str | KeptMessage:
    if isinstance(value, Message):
        return keep(value) or str(value)
    return value if isinstance(value, int) else str(value)
