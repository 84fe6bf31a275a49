"""Enrolling everyone, or everyone with a tag, in a workflow (docs/rules/workflows.md)."""

from __future__ import annotations

from typing import Literal

import msgspec

EnrolmentState = Literal["running", "done", "stopped"]
LISTED_FOR = 30 * 86_400
"""Seconds for which an enrolment can be read."""


class Enrolment(msgspec.Struct, frozen=True, kw_only=True):
    """An enrolment as it is stored; times are epoch seconds unless it is said.

    A job walks through the contacts by creation, without a `tag` through all of them. It has come to the
    contact `last`, whose place in the list is `place` (epoch microseconds). `contacts` is how many there were
    to look at when it began, `looked_at` how many it has looked at, and `entered` how many of these re-entry
    let in. It is `stopped` if the workflow was unpublished meanwhile.
    """

    id: str
    workflow: str
    state: EnrolmentState
    by: str
    at: int
    until: int
    """Epoch microseconds: contacts who were created later do not enter."""
    contacts: int
    tag: str | None = None
    place: int = 0
    last: str = ""
    looked_at: int = 0
    entered: int = 0
    ended_at: int | None = None
