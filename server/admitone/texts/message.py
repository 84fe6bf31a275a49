"""A message: a sentence in English that can be said in other languages."""

from __future__ import annotations


class Message(str):
    """A text in English that knows the message and the values that it was made of.

    `Translator.say` says it in another language. Everywhere else it is a text like any other. `plural` is the
    message for other numbers than one, if there is a `count` among the values.
    """

    __slots__ = ("msgid", "plural", "values")

    msgid: str
    plural: str | None
    values: dict[str, object]

    def __new__(cls, msgid: str, values: dict[str, object], plural: str | None = None) -> Message:
        """The text in English."""
        chosen = msgid if plural is None or values["count"] == 1 else plural
        shown = values if plural is None else values | {"count": f"{values['count']:,}"}
        said = super().__new__(cls, chosen % shown)
        said.msgid, said.plural, said.values = msgid, plural, values
        return said

    @property
    def number(self) -> int:
        """The number that chooses the plural form."""
        count = self.values["count"]
        assert isinstance(count, int)
        return count


def message(msgid: str, /, **values: object) -> str:
    """The message `msgid` with a value for each of its placeholders, such as `%(most)s`.

    `msgid` is written where it is used, so that it is found when the catalogues are brought up to date. For a
    message without values, that is all. A value that is a message itself is translated as well.
    """
    return Message(msgid, values) if values else msgid


def phrase(msgid: str, /) -> str:
    """A message without values that becomes a value of another one, with which it is translated."""
    return Message(msgid, {})


def count_message(one: str, other: str, /, *, count: int, **values: object) -> str:
    """The message that fits the number `count`: `one` for 1, `other` for the rest, by the rules of English.

    A language with more plural forms has a text for each of them. Thousands are separated as it does that.
    """
    return Message(one, {"count": count, **values}, other)
