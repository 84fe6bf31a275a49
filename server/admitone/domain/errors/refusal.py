"""The base of every refusal: a stable code, a kind, a sentence for people, and whether a retry helps."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, ClassVar, Self

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """The reason for a refusal. The web gives each kind its HTTP status; nothing below the web knows it."""

    BAD_REQUEST = auto()
    INVALID = auto()
    WRONG_TYPE = auto()
    TOO_LARGE = auto()
    URI_TOO_LONG = auto()
    HEADER_TOO_LARGE = auto()
    TOO_SLOW = auto()
    UNAUTHENTICATED = auto()
    FORBIDDEN = auto()
    NOT_FOUND = auto()
    WRONG_METHOD = auto()
    GONE = auto()
    CONFLICT = auto()
    TOO_MANY = auto()
    UNAVAILABLE = auto()


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field; `field` is a path such as `people.3.email` or `schedule.weekly.mon`."""

    field: str
    message: str


class Refusal(Exception):  # noqa: N818  - the product's word; not every refusal is an error
    """A refusal with a stable `code`; `sentence` is shown to people, `retry` says if a retry helps.

    `detail` is the sentence of this one refusal: `sentence`, unless the caller gave another one.
    """

    code: ClassVar[str]
    kind: ClassVar[Kind]
    sentence: ClassVar[str]
    retry: ClassVar[bool] = False

    def __init__(self, sentence: str | None = None) -> None:
        self.detail = sentence or self.sentence
        super().__init__(self.detail)

    def sentences(self) -> list[str]:
        """The sentences of `detail`, each as it can be translated."""
        return [self.detail]

    @classmethod
    def all(cls) -> Iterator[type[Self]]:
        """Every refusal that has been defined, each class before its subclasses."""
        for refusal in cls.__subclasses__():
            yield refusal
            yield from refusal.all()
