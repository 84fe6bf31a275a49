"""A host with bookings in the store and a calendar at fakegoogle; a test runs the jobs between the two."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain import tokens
from admitone.domain.bookings.booking import LIVE, Booking, Move
from admitone.domain.calendar.calendar_event import event_id
from admitone.domain.instant import Instant
from admitone.domain.jobs.job import Job, JobDelayed, JobNotDue
from admitone.domain.pages.event_type import Location
from admitone.google.scopes import SCOPES
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import write_config
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.store.records.credentials.google_connections import (
    Connection,
    seal_refresh_token,
    write_connection,
)
from admitone.store.records.documents import seal_manage_token
from admitone.store.store import Store
from admitone.usecases.bookings.booking_cancel import cancel_by_host
from admitone.usecases.bookings.booking_reschedule import reschedule_by_host
from admitone.usecases.calendar_events.calendar_sync import sync_calendar
from admitone.usecases.calendar_events.calendar_write import write_calendar_event
from admitone.usecases.shared.services import Caller, Services
from admitone.worker import jobs as worker_jobs
from admitone.worker.worker import Worker
from tests.support.api.deployment import Clock
from tests.support.factories import (
    DAY,
    NOW,
    SEALER,
    WORKSPACE,
    a_booking_data,
    a_booking_page,
    a_manage_token,
    a_user,
    an_event,
    some_settings,
)
from tests.support.fakegoogle.running import FakeGoogle, running
from tests.support.google.api_client import ADA, a_grant, an_api
from tests.support.store.actions import a_store, a_write, put_booking, put_records
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence


TRIES = 30
"""How often a job may run until it must be done."""


async def skip(_: Services, job: Job) -> None:
    """Ignore a job that is not about a calendar."""
    assert not job.name.startswith("calendar.")


JOBS = {name: handler if name.startswith("calendar.") else skip for name, handler in worker_jobs.JOBS.items()}


class HostWithCalendar(msgspec.Struct, frozen=True):
    """The host is the user `user`; their Google account is ADA's."""

    store: Store
    google: FakeGoogle
    services: Services
    clock: Clock

    def worker(self, name: str = "worker", **options: Any) -> Worker:
        """A worker that knows the jobs of calendars."""
        return Worker(self.services, name, **{"jobs": JOBS} | options)

    async def work(self, hours: int = 0) -> None:
        """Do all jobs that are due now, and again after each of `hours` hours."""
        worker = self.worker()
        await work_off(worker)
        for _ in range(hours):
            self.clock.forward(hours=1)
            await work_off(worker)
        await worker.close()

    async def put_page(self) -> None:
        """Write the workspace, the host and the host's page."""
        await put_records(
            self.store,
            a_write("user", a_user()),
            a_write("booking_page", a_booking_page(slug="hanna")),
            a_write("settings", some_settings()),
        )

    async def connect(
        self, user: str = "user", account: str = ADA, *, also: Sequence[str] = (), **changes: Any
    ) -> Connection:
        """Connect a user's calendar, with the scopes in `also` besides."""
        grant = await a_grant(self.google, account, (*SCOPES["calendar"], *also))
        values: dict[str, Any] = {
            "user": user,
            "email": account,
            "scopes": sorted(grant.scopes),
            "refresh_token": seal_refresh_token(self.store, WORKSPACE, user, grant.refresh_token),
            "connected_at": NOW,
        }
        return await write_connection(self.store, WORKSPACE, Connection(**values | changes))

    async def book(
        self,
        start: int = NOW + DAY,
        *,
        email: str = "carla@customer.test",
        guests: tuple[str, ...] = (),
        **fields: Any,
    ) -> Booking:
        """Let a customer book a meeting."""
        token = a_manage_token()
        booking = tokens.booking_id(token)
        manage = seal_manage_token(WORKSPACE, booking, token, SEALER)
        data = a_booking_data(location=Location("google_meet"), manage=manage, email=email, guests=guests)
        return await put_booking(self.store, token=token, start=start, data=data, **fields)

    async def booking(self, booking: str) -> Booking:
        """The booking as it is now."""
        found = (await self._caller(booking)).snapshot.booking
        assert found
        return found

    async def move(self, booking: str, start: int) -> None:
        """Move it as its host."""
        await reschedule_by_host(self.services, await self._caller(booking), Move(start=Instant(start)))

    async def cancel(self, booking: str) -> None:
        """Cancel it as its host."""
        await cancel_by_host(self.services, await self._caller(booking), "")

    async def write(self, booking: str) -> None:
        """Run the job that writes the booking's event once."""
        job = Job("job", "calendar.write", WORKSPACE, an_event("booking.scheduled", booking=booking))
        await write_calendar_event(self.services, job)

    async def settle(self, booking: str) -> int:
        """Run the job until it no longer asks to run again; returns how often it ran."""
        for tries in range(1, TRIES + 1):
            try:
                await self.write(booking)
            except JobDelayed:
                continue
            return tries
        raise AssertionError("the job does not come to an end")

    async def sync(self, user: str = "user") -> int | None:
        """Run the job that reads the calendar; returns when it runs again, or None if it is done."""
        event = an_event("timer.due", record=f"user:{user}", by="system")
        try:
            await sync_calendar(self.services, Job("job", "calendar.sync", WORKSPACE, event))
        except JobNotDue as later:
            return later.at
        return None

    def events(self, account: str = ADA) -> list[dict[str, Any]]:
        """The events in an account's own calendar that were not deleted."""
        calendar = self.google.state.data.calendars[account]
        return [event for event in calendar.events.values() if event["status"] != "cancelled"]

    def event(self, booking: Booking, account: str = ADA) -> dict[str, Any]:
        """The event of a booking, deleted or not."""
        calendar = self.google.state.data.calendars[account]
        found: dict[str, Any] = calendar.events[event_id(booking.id, booking.assignment)]
        return found

    def is_written(self, booking: Booking) -> bool:
        """Whether the host's calendar shows the booking's event."""
        return event_id(booking.id, booking.assignment) in {event["id"] for event in self.events()}

    def mails(self) -> list[tuple[str, str]]:
        """The invitations that Google mailed, as method and recipient, in order."""
        return [(mail.method, mail.to) for mail in self.google.state.data.invitations]

    async def act(self, booking: Booking, method: str, **body: Any) -> None:
        """Have the host call a method on a booking's event in Google Calendar."""
        parameters = {"calendarId": "primary", "eventId": event_id(booking.id, booking.assignment)}
        await self.google.control(
            "act", account=ADA, method=f"calendar.events.{method}", parameters=parameters, body=body
        )

    async def drag(self, booking: Booking, start: int) -> None:
        """Let the host drag the event to another start."""
        times = (start, start + booking.end - booking.start)
        body = {
            which: {"dateTime": Instant(at).text()} for which, at in zip(("start", "end"), times, strict=True)
        }
        await self.act(booking, "patch", **body)

    async def check(self, *bookings: str) -> None:
        """Assert that the calendar shows these bookings as they are, each once, and nothing else.

        A booking that could not follow its event keeps the event's start in `conflict`.
        """
        found = {event["id"]: _times(event) for event in self.events()}
        wanted = {}
        for one in bookings:
            booking = await self.booking(one)
            if booking.status in LIVE:
                name = event_id(booking.id, booking.assignment)
                start = booking.start if booking.conflict is None else booking.conflict
                end = start + booking.end - booking.start
                wanted[name] = (Instant(start).text(), Instant(end).text())
        assert found == wanted

    async def switch_sync(self, *, on: bool) -> None:
        """Let bookings follow their events, or not."""
        snapshot = await read_snapshot(self.store, WORKSPACE, Wanted(records=(("settings", "-"),)))
        version = snapshot.version("settings", "-")
        write = a_write("settings", some_settings(calendar_sync=on), version=version)
        event = an_event("config.updated", record="settings:-")
        answer = await write_config(self.store, WORKSPACE, [write], event, now=NOW)
        assert answer.code is Code.OK

    async def _caller(self, booking: str) -> Caller:
        wanted = Wanted(booking=booking, records=(("user", "user"),))
        snapshot = await read_snapshot(self.store, WORKSPACE, wanted)
        return Caller(snapshot, snapshot.find("user", "user"))


@asynccontextmanager
async def a_host_with_calendar(redis_url: str) -> AsyncIterator[HostWithCalendar]:
    """A host with a page on an empty Redis, and fakegoogle; the calendar is not connected yet."""
    async with running() as google, a_store(redis_url) as store:
        api, clock = an_api(google), Clock()
        services = Services(
            store=store, now=clock, public_url="https://book.test", test_addresses=True, google=api
        )
        host = HostWithCalendar(store, google, services, clock)
        await host.put_page()
        try:
            yield host
        finally:
            google.state.faults.clear()
            await api.close()


def _times(event: dict[str, Any]) -> tuple[str, str]:
    return event["start"]["dateTime"], event["end"]["dateTime"]
