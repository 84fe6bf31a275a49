"""A form that came back: whether we served it, and whether a person is known to have agreed to it.

One POST never consumes what no person was seen on (docs/decisions/031-one-post-never-consumes.md). Our script
adds a mark to the form once a person used the page; the served HTML never has it. A form without the mark is
answered by the confirming page, whose box starts unticked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.web.customer.nonce import FIELD, Issued, open_nonce, seal_nonce

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

MARK = "_person"
"""The field that static/visit/person.js adds."""
BOX = "_sure"
"""The box of the confirming page."""
CHANGE = "_change"
"""The button of the confirming page that leads back to the form."""


class SentForm(msgspec.Struct, frozen=True, kw_only=True):
    """A form that we served as `name`, see `new_nonce`, or the confirming page's form for it.

    `is_agreed`: it may be carried out. `is_changed`: the customer wants to change what the confirming page
    shows. `first_nonce` is a nonce for the first form of the same operation.
    """

    name: str
    issued: Issued
    first_nonce: str
    is_confirming: bool = False
    is_agreed: bool = False
    is_changed: bool = False

    @property
    def id(self) -> str:
        """The id of the operation, which both forms name."""
        return self.issued.id

    def confirming_nonce(self, request: web.Request) -> str:
        """A nonce for the confirming page of this operation."""
        return seal_nonce(request, _confirming(self.name), self.issued)


def read_sent(request: web.Request, name: str, fields: Mapping[str, str]) -> SentForm | None:
    """The form `name` as it was sent, or None if we did not serve it, or too long ago."""
    nonce = fields.get(FIELD, "")
    if issued := open_nonce(request, name, nonce):
        return SentForm(name=name, issued=issued, first_nonce=nonce, is_agreed=MARK in fields)
    if issued := open_nonce(request, _confirming(name), nonce):
        is_changed = CHANGE in fields
        return SentForm(
            name=name,
            issued=issued,
            first_nonce=seal_nonce(request, name, issued),
            is_confirming=True,
            is_agreed=BOX in fields and not is_changed,
            is_changed=is_changed,
        )
    return None


def typed_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields that the customer filled in, without our own; no question's id starts with `_`."""
    return {name: value for name, value in fields.items() if not name.startswith("_")}


def _confirming(name: str) -> str:
    """The name of the confirming page's form."""
    return f"{name}:confirm"
