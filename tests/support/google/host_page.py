"""A host's page for half hours, its customers, and the host's calendar at Google."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.event import Event
from admitone.domain.jobs.job import Job
from admitone.store.records.readers import read_bookings
from admitone.usecases.calendar_events.calendar_write import write_calendar_event
from tests.support.api.calling import Api, booking_body, event_type_body, page_body

if TYPE_CHECKING:
    from tests.support.api.calling import Reply
    from tests.support.api.deployment import Clock
    from tests.support.google.signed_in_host import SignedInHost

DAY = "2026-11-23"
"""A Monday; the page is open from 9 to 17 in Paris, which is from 8 to 16 UTC."""


class HostPage:
    """Times are UTC, as `HH:MM`; the page is open from 8 to 16, Monday to Friday."""

    def __init__(self, host: SignedInHost, event_type: Any, page: Any) -> None:
        self.host = host
        self.google = host.google
        self.event_type = event_type
        self.page = page
        self.customer = Api(host.site.http, host.site.address)

    @classmethod
    async def opened(cls, host: SignedInHost, event_type: Any = None) -> HostPage:
        """A new page of the host, for the given event type or a new one."""
        event_type = event_type or await host.made("/event-types", **event_type_body())
        slug = f"desk-{host.user[:8]}"
        page = await host.made("/booking-pages", **page_body(event_type, title="Desk", slug=slug))
        return cls(host, event_type, page)

    @property
    def clock(self) -> Clock:
        """The server's clock."""
        clock: Any = self.host.site.services.now
        return clock  # type: ignore[no-any-return]

    @staticmethod
    def at(day: str, time: str) -> int:
        """Epoch seconds."""
        return int(datetime.fromisoformat(f"{day}T{time}:00+00:00").timestamp())

    async def change_event_type(self, **changes: object) -> None:
        """Change the event type."""
        answer = await self.host.api("PATCH", f"/event-types/{self.event_type['id']}", changes)
        assert answer.status == 200, answer

    async def link(self) -> str:
        """The code of a new one-time link."""
        made = await self.host.made("/links", page=self.page["id"])
        return made["code"]  # type: ignore[no-any-return]

    async def act(self, method: str, body: Any = None, **parameters: str) -> Any:
        """Call a method of Google Calendar as the host."""
        more = {} if body is None else {"body": body}
        return await self.google.control(
            "act", account=self.host.account, method=method, parameters=parameters, **more
        )

    async def put(
        self, start: str, end: str, *, day: str = "2026-11-23", calendar: str = "primary", **more: Any
    ) -> Any:
        """Put an event into the host's calendar."""
        times = {name: {"dateTime": f"{day}T{at}:00Z"} for name, at in (("start", start), ("end", end))}
        body = {"summary": "Dentist", **times, **more}
        return await self.act("calendar.events.insert", body, calendarId=calendar)

    async def second_calendar(self) -> str:
        """The id of another calendar that the host has and writes to."""
        entries = await self.act("calendar.calendarList.list")
        mine = [one for one in entries["items"] if one["accessRole"] == "owner" and not one.get("primary")]
        return str(mine[0]["id"])

    async def slots(self, day: str) -> Reply:
        """The API's answer to a customer who asks for a day's slots."""
        return await self.customer.get(f"/book/{self.page['slug']}/slots", from_=day, to=day, timezone="UTC")

    async def starts(self, day: str, *, anew: bool = False) -> list[str]:
        """The starts that are offered; with `anew`, after the cached busy times have expired."""
        if anew:
            self.clock.forward(seconds=61)
        return _times(await self.slots(day))

    async def book(self, day: str, start: str, link: str | None = None, key: str | None = None) -> Reply:
        """Try to book through `link`, or through a new link."""
        code = link or await self.link()
        body = booking_body(f"{day}T{start}:00Z")
        return await self.customer.post(f"/book/{code}", body, idempotency_key=key)

    async def write(self, booking: Any) -> None:
        """Have the worker write the booking into the calendar, as it is now."""
        event = Event(type="booking.scheduled", at=self.clock.now, by="customer", booking=booking["id"])
        job = Job("write", "calendar.write", self.host.workspace, event)
        await write_calendar_event(self.host.site.services, job)

    async def reschedule_starts(self, token: str, day: str) -> list[str]:
        """The times that a booking may be moved to."""
        reply = await self.customer.get(f"/manage/{token}/slots", from_=day, to=day, timezone="UTC")
        return _times(reply)

    async def reschedule(self, token: str, day: str, start: str) -> Reply:
        """Try to move a booking, as its customer."""
        return await self.customer.post(f"/manage/{token}/reschedule", {"start": f"{day}T{start}:00Z"})

    async def recorded(self, booking: Any) -> tuple[str | None, str | None]:
        """How the calendar was checked, according to the booking and to its activity entry."""
        store, workspace = self.host.site.store, self.host.workspace
        [found] = await read_bookings(store, workspace, [booking["id"]])
        entries: Any = await store.client.xrevrange(store.keys(workspace).activity)
        events = [msgspec.json.decode(fields[b"event"], type=Event) for _, fields in entries]
        event = next(one for one in events if one.booking == booking["id"])
        return found.data.calendar, event.calendar


def _times(reply: Reply) -> list[str]:
    assert reply.status == 200, reply
    return [slot["start"][11:16] for day in reply.body["days"] for slot in day["slots"]]
