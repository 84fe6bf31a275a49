"""A host with two pages, and the calls that are measured.

One page is open day and night, so that there is always a time left to book. The other has the hours that
pages have; listing is measured there.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import msgspec

from benchmarks.client import Connections, request
from benchmarks.processes import environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.processes import Running

BATCH = 1000
MINUTES = 5
ALWAYS = [["00:00", "24:00"]]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE_HOURS = [["09:00", "17:00"]]
HALF_AN_HOUR = {"name": "Half an hour", "duration_minutes": 30, "location": {"kind": "phone"}}
FIVE_MINUTES = {
    "name": "Five minutes",
    "duration_minutes": MINUTES,
    "location": {"kind": "phone"},
    "min_notice_minutes": 0,
    "window": None,
}


class Site:
    """One workspace on a running server."""

    def __init__(self, redis_url: str, port: int, processes: Sequence[Running] = ()) -> None:
        self.processes = processes
        """The server and its Redis, of which a benchmark measures the processor time."""
        self.connections = Connections(port)
        self.key = _make_key(redis_url)
        self.page = ""
        self.quiet_page = ""
        self.quiet_slug = "weekdays"
        self._starts = _starts()
        self._customers = count()

    async def prepare(self) -> None:
        """Make two event types with a page each."""
        self.page = await self._page("always", FIVE_MINUTES, dict.fromkeys([*WEEKDAYS, "sat", "sun"], ALWAYS))
        hours = dict.fromkeys(WEEKDAYS, OFFICE_HOURS)
        self.quiet_page = await self._page(self.quiet_slug, HALF_AN_HOUR, hours)

    async def _page(self, slug: str, event_type: object, weekly: object) -> str:
        made = await self.post("/event-types", event_type)
        page = {
            "title": "Talk to Hanna",
            "slug": slug,
            "event_types": [made["id"]],
            "schedule": {"timezone": "Europe/Paris", "weekly": weekly},
        }
        page_id: str = (await self.post("/booking-pages", page))["id"]
        return page_id

    async def post(self, path: str, body: object) -> Any:
        """One call of the host's, which must succeed."""
        taken = await self.connections.once(request("POST", f"/api/v1{path}", body, key=self.key))
        assert set(taken.statuses) == {201}, taken.bodies
        return msgspec.json.decode(taken.bodies[0])

    def creation(self, *, person: bool = False) -> bytes:
        """The call that creates a link."""
        body: dict[str, object] = {"page": self.page}
        if person:
            body["person"] = self._person()
        return request("POST", "/api/v1/links", body, key=self.key)

    async def links(self, number: int, page: str | None = None) -> list[str]:
        """At least `number` codes of new personalised links, by default to the page that is always open."""
        codes: list[str] = []
        while len(codes) < number:
            people = [self._person() for _ in range(BATCH)]
            made = await self.post("/links/batch", {"page": page or self.page, "people": people})
            codes += [link["code"] for link in made["items"]]
        return codes

    def next_start(self) -> str:
        """A time that nobody has booked."""
        return next(self._starts)

    def booking(self, code: str, start: str | None = None, *, person: bool = True) -> bytes:
        """The call that books through a link, the next free time unless told otherwise.

        Without `person`, the person of the link books, else somebody else.
        """
        body = {"start": start or self.next_start(), **(self._person() if person else {})}
        return request("POST", f"/api/v1/book/{code}", body)

    def slots(self, code: str, days: int = 14) -> bytes:
        """The call that lists the times of so many days from next week on."""
        first = datetime.now(UTC).date() + timedelta(days=7)
        path = f"/api/v1/book/{code}/slots?from={first}&to={first + timedelta(days=days - 1)}"
        return request("GET", path)

    def _person(self) -> dict[str, str]:
        number = next(self._customers)
        return {"name": f"Carla Customer{number}", "email": f"carla{number}@customer.test"}


def _starts() -> Iterator[str]:
    """The starts that the page offers from tomorrow on, each once."""
    first = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return ((first + timedelta(minutes=MINUTES * n)).strftime("%Y-%m-%dT%H:%M:%SZ") for n in count())


def _make_key(redis_url: str) -> str:
    words = ["-m", "admitone", "api-key", "create", "--user", "hanna@host.test", "--label", "benchmark"]
    made = subprocess.run(
        [sys.executable, *words, "--create-user"],
        env=environment(redis_url),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return made.stdout.strip()
