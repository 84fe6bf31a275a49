"""The erasure of one person's data (docs/rules/personal-data.md): requested, carried out, or declined."""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["requested", "declined", "running", "done"]
Files = Literal["rewritten", "refused", "none"]
SKIPPED_FOR = 7 * 86_400
"""Seconds for which jobs about what was made before an erasure skip its address, longer than any retries."""


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """An erasure as it is stored; times are epoch seconds.

    A request names the customer's booking. `email` is known while it runs; afterwards only `address` is, a
    keyed hash. `by` is a user's id, or `customer`. `bookings`, `links`, `contacts`, `mails` and `jobs` count
    what was erased, `guests` the bookings of others that stay without this guest, `left` the bookings that
    were made meanwhile and are still to come. `files` says what became of Redis's append-only file: a managed
    Redis may refuse to rewrite it.
    """

    id: str
    state: State
    at: int
    by: str
    booking: str | None = None
    email: str | None = None
    address: str | None = None
    bookings: int = 0
    links: int = 0
    contacts: int = 0
    mails: int = 0
    jobs: int = 0
    guests: int = 0
    left: int = 0
    files: Files | None = None
    rewrite: str | None = None
    """The run of the Redis server that was asked to rewrite its file, while that is under way."""
    done_at: int | None = None

    @property
    def erased(self) -> int:
        """The number of records erased so far."""
        return self.bookings + self.links + self.contacts + self.mails + self.jobs + self.guests
