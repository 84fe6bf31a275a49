"""A host with one event type and one page that is open day and night, and the calls that are measured."""

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
    from collections.abc import Iterator

BATCH = 1000
MINUTES = 5
ALWAYS = [["00:00", "24:00"]]
EVENT_TYPE = {
    "name": "Five minutes",
    "duration_minutes": MINUTES,
    "location": {"kind": "phone"},
    "min_notice_minutes": 0,
    "window": None,
}


class Site:
    """One workspace on a running server."""

    def __init__(self, redis_url: str, port: int) -> None:
        self.connections = Connections(port)
        self.key = _make_key(redis_url)
        self.page = ""
        self._starts = _starts()

    async def prepare(self) -> None:
        """Make the event type and the page."""
        event_type = await self.post("/event-types", EVENT_TYPE)
        days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        page = {
            "title": "Talk to Hanna",
            "slug": "talk-to-hanna",
            "event_types": [event_type["id"]],
            "schedule": {"timezone": "Europe/Paris", "weekly": dict.fromkeys(days, ALWAYS)},
        }
        self.page = (await self.post("/booking-pages", page))["id"]

    async def post(self, path: str, body: object) -> Any:
        """One call of the host's, which must succeed."""
        calls = iter([request("POST", f"/api/v1{path}", body, key=self.key)])
        taken = await self.connections.load(1, lambda: next(calls, None), keep=True)
        assert set(taken.statuses) == {201}, taken.bodies
        return msgspec.json.decode(taken.bodies[0])

    def creation(self, *, person: bool = False) -> bytes:
        """The call that creates a link."""
        body: dict[str, object] = {"page": self.page}
        if person:
            body["person"] = {"name": "Carla Customer", "email": "carla@customer.test"}
        return request("POST", "/api/v1/links", body, key=self.key)

    async def links(self, number: int, *, person: bool = False) -> list[str]:
        """The codes of at least `number` new links; they are of the same person."""
        carla = {"name": "Carla Customer", "email": "carla@customer.test"}
        codes: list[str] = []
        while len(codes) < number:
            made = await self.post("/links/batch", {"page": self.page, "people": [carla] * BATCH})
            codes += [link["code"] for link in made["items"]]
        return codes

    def booking(self, code: str) -> bytes:
        """The call that books the next free time through a link."""
        body = {"start": next(self._starts), "name": "Carla Customer", "email": "carla@customer.test"}
        return request("POST", f"/api/v1/book/{code}", body)

    def slots(self, code: str) -> bytes:
        """The call that lists the times of a fortnight that starts next week."""
        first = datetime.now(UTC).date() + timedelta(days=7)
        path = f"/api/v1/book/{code}/slots?from={first}&to={first + timedelta(days=13)}"
        return request("GET", path)


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
