"""What a test run of a workflow shows: what would become of each step for one contact."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from admitone.domain.instant import Instant

Status = Literal["done", "skipped", "failed"]


class TryBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The contact (their id) to try the draft with; with `send_to_me`, the caller gets the mails."""

    contact: str
    send_to_me: bool = False


class TriedMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail as its recipient would get it. `is_sent` says whether the caller got it, marked as a test."""

    to: str
    subject: str
    text: str
    html: str | None
    is_sent: bool


class TriedStep(msgspec.Struct, frozen=True, kw_only=True):
    """What would become of one step at `at`; `until` is when a wait would end.

    `link` is a sample that nobody can book by.
    """

    step: str
    kind: str
    status: Status
    at: Instant
    detail: str
    until: Instant | None = None
    link: str | None = None
    mail: TriedMail | None = None


class TriedWorkflow(msgspec.Struct, frozen=True, kw_only=True):
    """A test run: the steps on the contact's way, in order; a run would stop at one that failed."""

    contact: str
    steps: Sequence[TriedStep]
