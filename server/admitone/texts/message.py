"""A message: a sentence in English that can be said in other languages."""

from __future__ import annotations


class Message(str):
    """A text in English that knows the message and the values that it was made of.

    `Translator.say` says it in another language. Everywhere else it is a text like any other.
    """

    __slots__ = ("msgid", "values")

    msgid: str
    values: dict[str, object]

    def __new__(cls, msgid: str, values: dict[str, object]) -> Message:
        """The text in English."""
        said = super().__new__(cls, msgid % values)
        said.msgid, said.values = msgid, values
        return said


def message(msgid: str, /, **values: object) -> str:
    """The message `msgid` with a value for each of its placeholders, such as `%(most)s`.

    `msgid` is written where it is used, so that it is found when the catalogues are brought up to date. For a
    message without values, that is all. A value that is a message itself is translated as well.
    """
    return Message(msgid, values) if values else msgid
