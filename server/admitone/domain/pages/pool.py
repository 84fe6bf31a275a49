"""A resource pool: an ordered set of booking pages with one distribution method (docs/api.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from admitone.domain.availability.distribution import Method
from admitone.domain.errors import FieldError
from admitone.domain.text import line_problems
from admitone.texts.message import message

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from admitone.domain.pages.booking_page import BookingPage

MOST_MEMBERS = 200


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One booking page of a pool; of two priorities the larger number is the higher one."""

    page: str
    priority: Annotated[int, Meta(ge=0, le=1000)] = 0


class PoolBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes of a pool; `correction` gives back a turn that did not take place."""

    name: str
    method: Method
    members: Annotated[list[Member], Meta(min_length=1, max_length=MOST_MEMBERS)]
    correction: bool = True

    def problems(
        self, pages: Mapping[str, BookingPage], known_before: Collection[str] = ()
    ) -> list[FieldError]:
        """The errors in the values, beyond their types; `pages` holds the members that exist, by id.

        A member in `known_before`, the ids before the change, may have been deleted since: that must not stop
        another change.
        """
        found = line_problems("name", self.name)
        seen: set[str] = set()
        owners: set[str] = set()
        for place, member in enumerate(self.members):
            field, page = f"members.{place}.page", pages.get(member.page)
            if member.page in seen:
                found.append(FieldError(field, message("This booking page is in the pool already.")))
            elif page is None and member.page not in known_before:
                found.append(FieldError(field, message("There is no such booking page.")))
            elif page is not None and page.owner in owners:
                found.append(FieldError(field, message("Another page in the pool has the same host.")))
            seen.add(member.page)
            owners |= {page.owner} if page else set()
        return found


class Pool(PoolBody, frozen=True, kw_only=True):
    """A pool as it is stored."""

    id: str
    created_at: int
