"""What happens with each seeded booking and its two links: a pure function of its number and of the year.

Stories never meet: each has an hour of one host for itself, and one more if the booking moves. At any one
hour, the master page is booked less often than its pool has members.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import gcd
from typing import Literal

import msgspec

from admitone.domain.links.link import Channel

PAGES = 24
"""Booking pages with links of their own; each has another host."""
POOL = 6
"""Members of the pool behind the master page; more than bookings of it at any one hour."""
MINUTES = (15, 30, 60)
"""How long the demo's event types take."""
MOST = 100_000
DAYS_BACK = 365
DAYS_AHEAD = 45
HOURS = range(6, 20)
WEEKDAYS = 5
MINUTE, HOUR, DAY = 60, 3600, 86_400
EXPIRY = 90 * DAY
GOLDEN = 0.618
"""Successive multiples of it, modulo 1, lie far apart and everywhere."""
CHANNELS: Sequence[Channel] = (
    "extension",
    "extension",
    "extension",
    "dashboard",
    "dashboard",
    "api",
    "addon",
)
FIRST = ("Anna", "Bob", "Carla", "Dmitri", "Elisabeth", "Frank", "Gabriela", "Hiroshi", "Ines", "Jonas")
LAST = ("Customer", "Dubois", "Hernandez", "Nakamura", "Okonkwo", "Smith", "Berg", "Costa", "Novak")
LARGE = ("acme-labs", "brightside", "cargohub", "deltaworks", "evergreen", "fairlight", "gridline", "harbor")
COMPANIES = 800
ZONES = ("Europe/London", "Europe/Paris", "America/New_York", "Asia/Tokyo", "America/Sao_Paulo")


class Year(msgspec.Struct, frozen=True):
    """The time around `now` (epoch seconds, a whole hour) in which everything happens, on weekdays."""

    now: int
    days: Sequence[int]
    """The midnights of the weekdays (epoch seconds, UTC)."""

    @property
    def hours(self) -> int:
        """Hours at which a host can be booked."""
        return len(self.days) * len(HOURS)

    def hour(self, number: int) -> int:
        """The start of one of these hours."""
        day, hour = divmod(number, len(HOURS))
        return self.days[day] + HOURS[hour] * HOUR


class Person(msgspec.Struct, frozen=True):
    """A customer."""

    name: str
    email: str
    timezone: str


class LinkStory(msgspec.Struct, frozen=True, kw_only=True):
    """A one-time link, and when what happened to it."""

    number: int
    page: int
    event_type: int | None
    made: int
    channel: Channel
    person: Person | None
    fetched: int | None = None
    opened: int | None = None
    revoked: int | None = None

    @property
    def expires(self) -> int:
        """When it expires."""
        return self.made + EXPIRY


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A booking, and when what happened to it; `page` is PAGES for the master page."""

    number: int
    page: int
    event_type: int
    link: LinkStory | None
    """The link by which it was booked; None for a general link."""
    other_links: Sequence[LinkStory]
    """Those that nobody booked by."""
    person: Person
    booked: int
    start: int
    moved: tuple[int, int] | None = None
    """When, and to which start."""
    cancelled: tuple[int, Literal["customer", "host"]] | None = None
    completed: int | None = None
    no_show: int | None = None

    @property
    def end(self) -> int:
        """The end as it was booked."""
        return self.start + MINUTES[self.event_type] * MINUTE


def year_around(now: int) -> Year:
    """The weekdays around a time."""
    hour = now // HOUR * HOUR
    today = hour // DAY
    days = [day * DAY for day in range(today - DAYS_BACK, today + DAYS_AHEAD) if _is_weekday(day)]
    return Year(hour, days)


def story(year: Year, number: int) -> Story:
    """The story with this number, from 0."""
    chance = random.Random(number)  # noqa: S311 - the same stories in each run
    event_type = chance.randrange(len(MINUTES))
    length = MINUTES[event_type]
    page, hours = _place(year, number)
    minute = chance.randrange(60 // length) * length * MINUTE
    start, *moved_to = [year.hour(hour) + minute for hour in hours]
    person = _person(chance, number)
    booked = min(start, year.now, *moved_to) - chance.randrange(HOUR, 21 * DAY)
    one = _link(chance, 2 * number, page, event_type, booked - chance.randrange(HOUR, 5 * DAY), person)
    made = year.now - chance.randrange(HOUR, DAYS_BACK * DAY)
    two = _link(chance, 2 * number + 1, page, None, made, _person(chance, number) if number % 3 else None)
    is_general = page < PAGES and _happens(chance, 20)
    told = Story(
        number=number,
        page=page,
        event_type=event_type,
        link=None if is_general else _used(chance, one, booked),
        other_links=[_left(chance, year, link) for link in ([one, two] if is_general else [two])],
        person=person,
        booked=booked,
        start=start,
    )
    if moved_to:
        at = booked + chance.randrange(min(start, year.now, *moved_to) - booked)
        told = msgspec.structs.replace(told, moved=(at, moved_to[0]))
    return _ended(chance, year, told)


def _place(year: Year, number: int) -> tuple[int, list[int]]:
    """The page, and the hour at which it is booked; with a second one, the booking moves there.

    Each fifth booking is of the master page. The others are of the pages, one after the other, and each page
    has its hours in an order of its own; each eighth moves, to an hour from the end of that order.
    """
    if number % 5 == 0:
        return PAGES, [_far_apart(year, number // 5)]
    nth, page = divmod(number - number // 5 - 1, PAGES)
    places = [nth, -1 - nth // 8] if nth % 8 == 0 else [nth]
    return page, [(_far_apart(year, place) + page * year.hours // PAGES) % year.hours for place in places]


def _far_apart(year: Year, place: int) -> int:
    """The place-th hour, where neighbours lie far apart: few stories fill the year as evenly as many."""
    stride = int(year.hours * GOLDEN)
    while gcd(stride, year.hours) > 1:
        stride += 1
    return place * stride % year.hours


def _person(chance: random.Random, number: int) -> Person:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    company = chance.choice(LARGE) if _happens(chance, 50) else f"company{chance.randrange(COMPANIES)}"
    email = f"{first}.{last}{number}@{company}.test".lower()
    return Person(f"{first} {last}{number}", email, chance.choice(ZONES))


def _link(
    chance: random.Random, number: int, page: int, event_type: int | None, made: int, person: Person | None
) -> LinkStory:
    return LinkStory(
        number=number,
        page=page,
        event_type=event_type,
        made=made,
        channel=chance.choice(CHANNELS),
        person=person,
    )


def _used(chance: random.Random, link: LinkStory, booked: int) -> LinkStory:
    """The link with what came before it was booked."""
    opened = booked - chance.randrange(MINUTE, 20 * MINUTE)
    return msgspec.structs.replace(link, fetched=opened - 2, opened=opened)


def _left(chance: random.Random, year: Year, link: LinkStory) -> LinkStory:
    """The link with what happened although nobody booked by it."""
    fetched = link.made + chance.randrange(MINUTE, 10 * DAY)
    opened = fetched + chance.randrange(MINUTE, DAY)
    revoked = link.made + chance.randrange(DAY, 30 * DAY)
    return msgspec.structs.replace(
        link,
        fetched=fetched if fetched <= year.now and _happens(chance, 80) else None,
        opened=opened if opened <= year.now and _happens(chance, 50) else None,
        revoked=revoked if revoked <= year.now and _happens(chance, 15) else None,
    )


def _ended(chance: random.Random, year: Year, told: Story) -> Story:
    """The story with its end: a cancellation, a no-show, or a meeting, as far as that was before now."""
    since, start = told.moved or (told.booked, told.start)
    end = start + MINUTES[told.event_type] * MINUTE
    if _happens(chance, 10):
        at = since + chance.randrange(min(start, year.now) - since)
        return msgspec.structs.replace(told, cancelled=(at, chance.choice(("customer", "customer", "host"))))
    if end > year.now:
        return told
    if _happens(chance, 1):
        return msgspec.structs.replace(told, cancelled=(start + MINUTE, "host"))
    is_no_show = _happens(chance, 5) and end + HOUR <= year.now
    return msgspec.structs.replace(told, completed=end, no_show=end + HOUR if is_no_show else None)


def _happens(chance: random.Random, percent: int) -> bool:
    return chance.randrange(100) < percent


def _is_weekday(day: int) -> bool:
    """Whether this day, counted from 1970-01-01, which was a Thursday, is none of a weekend."""
    return (day + 3) % 7 < WEEKDAYS
