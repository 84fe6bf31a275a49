"""A workspace that mails about its bookings, and the mailboxes of host and customers."""

from __future__ import annotations

import email
import email.policy
from base64 import urlsafe_b64decode
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.mail.kinds import MailTemplate
from admitone.fakegoogle.demo import CLIENT
from admitone.google.api import GoogleApi
from admitone.google.endpoints import google_endpoints
from admitone.mail.message import Message, to_bytes
from admitone.mail.smtp import Smtp
from admitone.mail.smtp_url import smtp_server
from admitone.mail.transport import Mail
from admitone.store.records.configuration.configuration import RecordWrite, read_records
from admitone.store.records.credentials.google_connections import (
    Connection,
    seal_refresh_token,
    write_connection,
)
from admitone.store.records.mail.mails import TemplateFault, read_kept_mails, read_template_faults
from admitone.usecases.calendar_events.calendar_catch_up import catch_up_calendar
from admitone.usecases.calendar_events.calendar_timers import catch_up_soon
from admitone.usecases.shared.services import Services
from admitone.worker.jobs import JOBS
from admitone.worker.worker import Worker
from tests.support.api.deployment import PUBLIC_URL, Clock
from tests.support.factories import (
    NOW,
    WORKSPACE,
    a_booking,
    a_booking_page,
    a_manage_token,
    a_user,
    an_event_type,
    some_settings,
)
from tests.support.fakegoogle.running import GMAIL
from tests.support.store.actions import (
    put_booking,
    put_records,
    read,
    slot_of,
    the_booking,
    try_cancel,
    try_move,
)
from tests.support.worker.parked_jobs import parked_jobs
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from email.message import EmailMessage

    from admitone.domain.bookings.booking import Booking
    from admitone.domain.jobs.job import Job
    from admitone.domain.mail.kinds import MailKind
    from admitone.domain.people.user import User
    from admitone.store.outbox.parked import Parked
    from admitone.store.store import Store
    from admitone.worker.jobs import Handler
    from tests.support.fakegoogle.running import FakeGoogle
    from tests.support.mail.smtp_server import MailServer

HOST_ACCOUNT = "admin@acme.test"
FROM = "bookings@host.test"
DRAFTS, SEND = f"{GMAIL}.compose", f"{GMAIL}.send"
OTHERS = {*JOBS, "booking.complete", "link.expire", "webhook.deliver"}
MAILS = {name: handler for name, handler in JOBS.items() if name.startswith("mail.")}


class WorkspaceWithMail:
    """The workspace, with Hanna as host; mail is kept until a test sets a mail server or connects Gmail."""

    def __init__(self, store: Store, google: FakeGoogle, api: GoogleApi) -> None:
        self.store = store
        self.google = google
        self.clock = Clock()
        self.services = Services(store, self.clock, PUBLIC_URL, test_addresses=True, google=api)

    def by(self, server: MailServer, seconds: float = 30) -> None:
        """Send through this mail server from now on."""
        transport = Smtp(smtp_server(server.url), FROM, seconds=seconds)
        self.services = msgspec.structs.replace(self.services, mail=Mail(transport))

    async def connect(self, *scopes: str, user: str = "user") -> None:
        """The host, or another user, connects Google with these scopes."""
        minted = await self.google.control(
            "tokens", account=HOST_ACCOUNT, scopes=list(scopes), client_id=CLIENT.client_id
        )
        token = seal_refresh_token(self.store, WORKSPACE, user, minted["refresh_token"])
        connection = Connection(
            user=user, email=HOST_ACCOUNT, scopes=scopes, refresh_token=token, connected_at=NOW
        )
        await write_connection(self.store, WORKSPACE, connection)
        await catch_up_soon(self.services, WORKSPACE, user)

    async def add_user(self, user: User) -> None:
        """One more user."""
        await put_records(
            self.store, RecordWrite(kind="user", id=user.id, version=0, record=user, created_at=NOW)
        )

    async def write_template(self, kind: MailKind, **texts: str) -> None:
        """Write a template without the checks of the API."""
        snapshot = await read(self.store)
        await snapshot.load(("mail_template", kind))
        version = snapshot.version("mail_template", kind)
        template = MailTemplate(updated_at=NOW, **texts)
        await put_records(
            self.store,
            RecordWrite(kind="mail_template", id=kind, version=version, record=template, created_at=NOW),
        )

    async def faults(self) -> dict[str, TemplateFault]:
        """The faults of templates that administrators see."""
        return await read_template_faults(self.store, WORKSPACE)

    async def change(self, kind: str, record_id: str, **changes: Any) -> None:
        """Change a record of the workspace's configuration."""
        [before] = await read_records(self.store, WORKSPACE, kind, [record_id])
        snapshot = await read(self.store)
        await snapshot.load((kind, record_id))
        write = RecordWrite(
            kind=kind,
            id=record_id,
            version=snapshot.version(kind, record_id),
            record=msgspec.structs.replace(before, **changes),
            created_at=NOW,
        )
        await put_records(self.store, write)

    async def booked(self, *, data: Any = None, **fields: Any) -> Booking:
        """A booking by Carla, with the jobs that follow from it."""
        token = a_manage_token()
        made = a_booking(token=token)
        agreed = msgspec.structs.replace(made.data, **(data or {}))
        return await put_booking(self.store, token=token, data=agreed, **fields)

    async def moved(self, booking: Booking, by: int) -> Booking:
        """The booking after its customer has moved it by so many seconds."""
        await try_move(self.store, booking, slot_of(booking, by=by))
        return await the_booking(self.store, booking.id)

    async def cancelled(self, booking: Booking) -> None:
        """The booking's host cancels it."""
        await try_cancel(self.store, booking)

    async def work(self, mails: Mapping[str, Handler] = MAILS) -> None:
        """Do everything that is due now."""
        jobs = {**dict.fromkeys(OTHERS, _nothing), "calendar.catch_up": catch_up_calendar, **mails}
        worker = Worker(self.services, "worker", jobs=jobs)
        await work_off(worker)
        await worker.close()

    async def jobs_done(self) -> list[Job]:
        """Do all jobs that are due now; returns the jobs of mails among them."""
        done: list[Job] = []

        async def noted(services: Services, job: Job) -> None:
            await MAILS[job.name](services, job)
            done.append(job)

        await self.work(dict.fromkeys(MAILS, noted))
        return done

    async def jobs_planned(self) -> list[Job]:
        """The jobs of mails that are due now; their mails are not sent."""
        planned: list[Job] = []

        async def noted(services: Services, job: Job) -> None:
            planned.append(job)

        await self.work(dict.fromkeys(MAILS, noted))
        return planned

    async def do(self, job: Job) -> None:
        """Do a job once more, as after a crash."""
        await MAILS[job.name](self.services, job)

    async def forget_that_mails_were_sent(self) -> None:
        """Restore the notes as they were before each mail was sent: only the draft is noted."""
        sent = self.google.state.data.mailboxes[HOST_ACCOUNT].messages
        assert sent
        async for key in self.store.client.scan_iter(match="*:mail:*"):
            await self.store.client.delete(key)
            await self.store.client.hset(key, mapping={"draft": "user r-sent", "trying": "1"})

    async def work_through(self, *, days: float) -> None:
        """Let time pass in steps of an hour, and do what is due after each."""
        for _ in range(int(days * 24)):
            self.clock.forward(hours=1)
            await self.work()

    async def parked(self) -> list[Parked]:
        """The parked jobs, newest first."""
        return await parked_jobs(self.store)

    async def kept(self) -> list[EmailMessage]:
        """The mails that nothing could send, the oldest first."""
        found = [
            msgspec.json.decode(text, type=Message)
            for _, text in await read_kept_mails(self.store, WORKSPACE)
        ]
        return [parsed(to_bytes(message)) for message in reversed(found)]

    def in_gmail(self) -> list[EmailMessage]:
        """The mails that the host's Gmail has sent."""
        messages = self.google.state.data.mailboxes[HOST_ACCOUNT].messages.values()
        return [parsed(urlsafe_b64decode(message.raw)) for message in messages]

    def drafts(self) -> int:
        """How many drafts are left in the host's Gmail."""
        return len(self.google.state.data.mailboxes[HOST_ACCOUNT].drafts)


@asynccontextmanager
async def a_workspace_with_mail(store: Store, google: FakeGoogle) -> AsyncIterator[WorkspaceWithMail]:
    """A workspace in an empty store."""
    api = GoogleApi(google_endpoints(google.url), CLIENT.client_id, CLIENT.client_secret)
    records: dict[str, Any] = {
        "settings": some_settings(),
        "user": a_user(timezone="America/New_York"),
        "event_type": an_event_type(),
        "booking_page": a_booking_page(),
    }
    ids = {"settings": "-"}
    await put_records(
        store,
        *(
            RecordWrite(kind=kind, id=ids.get(kind) or record.id, version=0, record=record, created_at=NOW)
            for kind, record in records.items()
        ),
    )
    try:
        yield WorkspaceWithMail(store, google, api)
    finally:
        google.state.faults.clear()
        await api.close()


def parsed(content: bytes) -> EmailMessage:
    """The mail, parsed without tolerance for defects."""
    found = email.message_from_bytes(content, policy=email.policy.default.clone(raise_on_defect=True))
    assert all(part.defects == [] for part in found.walk())
    assert isinstance(found, email.message.EmailMessage)
    return found


def to(mail: EmailMessage) -> str:
    """The one address that it goes to."""
    [address] = mail["To"].addresses
    return str(address.addr_spec)


def text_of(mail: EmailMessage) -> str:
    """Its text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def html_of(mail: EmailMessage) -> str:
    """Its HTML."""
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def calendars_of(mail: EmailMessage) -> list[bytes]:
    """Its calendar files, as parts and attached."""
    kinds = {"text/calendar", "application/ics"}
    return [bytes(part.get_payload(decode=True)) for part in mail.walk() if part.get_content_type() in kinds]


async def _nothing(services: Services, job: object) -> None:
    """Ignore a job that is not about a mail."""
