"""The samples that a test run uses in place of links and bookings."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from admitone.domain.bookings.booking import Status
from admitone.domain.links.link import DAY, LinkState
from admitone.domain.workflows.facts import BookingFacts, LinkFacts
from admitone.domain.workflows.template_values import BookingValues, LinkValues
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.people.reader import Reader
    from admitone.domain.people.user import Settings
    from admitone.domain.workflows.known import Known
    from admitone.domain.workflows.steps import GenerateLink
    from admitone.domain.workflows.trigger import Trigger

AHEAD = 3 * DAY
LENGTH = 1800
OVER = frozenset({"completed", "no_show"})


class SampleLink(msgspec.Struct, frozen=True):
    """A link that does not exist; its address ends in SAMPLE."""

    values: LinkValues
    is_opened: bool = False

    def facts(self, now: int) -> LinkFacts:
        """The link at `now`, which nobody books by."""
        expires_at = self.values.expires_at
        is_expired = expires_at is not None and expires_at <= now
        return LinkFacts(LinkState.EXPIRED if is_expired else LinkState.ACTIVE, self.is_opened)


def sample_link(
    public_url: str, settings: Settings, known: Known, step: GenerateLink, now: int
) -> SampleLink:
    """The link that a step would make at `now`."""
    days = settings.link_expiry_days if step.expires_in_days is msgspec.UNSET else step.expires_in_days
    expires_at = None if days is None else now + days * DAY
    return SampleLink(LinkValues(_address(public_url), expires_at, known.pages[step.page].title))


def triggers_link(
    public_url: str, trigger: Trigger, known: Known, reader: Reader, now: int
) -> SampleLink | None:
    """The link of a trigger about links, else None."""
    if not trigger.kind.startswith("link."):
        return None
    filters = trigger.filters
    page = known.pages.get(filters.page) if filters and filters.page else None
    title = page.title if page else reader.texts.say(message("Sample page"))
    expires_at = now if trigger.kind == "link.expired" else None
    return SampleLink(LinkValues(_address(public_url), expires_at, title), trigger.kind == "link.opened")


class SampleBooking(msgspec.Struct, frozen=True):
    """A booking that does not exist."""

    values: BookingValues
    status: Status

    @property
    def facts(self) -> BookingFacts:
        """The booking, whatever the time."""
        return BookingFacts(self.status, self.values.start, self.values.end)


def triggers_booking(
    public_url: str, trigger: Trigger, known: Known, host: str, reader: Reader, now: int
) -> SampleBooking | None:
    """The booking of a trigger about bookings, else None: it is three days ahead, or just over."""
    kind, _, status = trigger.kind.partition(".")
    if kind != "booking":
        return None
    start = now - LENGTH if status in OVER else now + AHEAD
    name = known.event_types.get(trigger.filters.event_type or "") if trigger.filters else None
    values = BookingValues(
        start=start,
        end=start + LENGTH,
        event_type=name or reader.texts.say(message("Sample meeting")),
        host=host,
        place=reader.texts.say(message("Sample place")),
        manage_link=f"{public_url}/manage/SAMPLE",
    )
    return SampleBooking(values, cast("Status", status))


def _address(public_url: str) -> str:
    return f"{public_url}/.SAMPLE"
