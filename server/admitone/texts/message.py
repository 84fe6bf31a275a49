"""A message: a sentence in English that can be said in other languages."""

from __future__ import annotations


class Message(str):
    """A text that reads in English, and knows the message and the values that it was made of.

    Where it is shown to a person, `Translator.say` says it in their language. Elsewhere it is a text like any
    other.
    """

    __slots__ = ("msgid", "values")

    msgid: str
    values: dict[str, object]

    def __new__(cls, msgid: str, values: dict[str, object]) -> Message:
        """The text in English."""
        said = super().__new__(cls, msgid % values if values else msgid)
        said.msgid, said.values = msgid, values
        return said


def message(msgid: str, /, **values: object) -> Message:
    """The message `msgid` with a value for each of its placeholders, such as `%(most)s`.

    `msgid` is written where it is used, so that it is found when the catalogues are brought up to date. A
    value that is a message itself is translated as well.
    """
    return Message(msgid, values)
