"""A person who leaves a mark wherever Admit One keeps anything of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from admitone.domain.contacts.contact import Contact
from admitone.domain.imports.file_rows import Row
from admitone.domain.jobs.job import JobFailed
from admitone.store.outbox.outbox import put_in
from admitone.usecases.shared.services import Services
from admitone.worker.jobs import JOBS
from admitone.worker.worker import Worker
from tests.support.api.calling import answered, created, token_of
from tests.support.api.deployment import PUBLIC_URL
from tests.support.contacts.stored_imports import a_contact_import, put_contact_import
from tests.support.customer.host import Host, a_host
from tests.support.customer.unsubscribing import ONE_CLICK, unsubscribe_path
from tests.support.customer.visitor import Visitor
from tests.support.factories import WORKSPACE, a_job
from tests.support.worker.workers import work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from tests.support.api.deployment import Deployment

MARK = "zebrafinch"
EMAIL = f"{MARK}@Customer.test"
PERSON = {"name": f"Zoe {MARK.title()}", "email": EMAIL}
QUESTION = {"id": "topic", "label": "Topic", "kind": "text", "required": False}
OTHER = {"name": "Otto Other", "email": "otto@customer.test"}
SLOTS = [f"2026-11-{day}T{hour:02}:00:00Z" for day in (19, 20) for hour in range(8, 16)]


class Marked(msgspec.Struct, frozen=True):
    """What is of the marked person, and what is of another."""

    host: Host
    tokens: list[str]
    """Of the manage links of the marked person."""
    codes: list[str]
    """Of the links that the marked person got, or used up alone."""
    other_token: str
    other_code: str


def services_of(at: Deployment) -> Services:
    """The services of a worker: nothing is connected, so mails are kept."""
    return Services(at.store, at.clock, PUBLIC_URL, test_addresses=True)


async def work(at: Deployment) -> None:
    """Do every job that is due."""
    worker = Worker(services_of(at), "worker", jobs=JOBS)
    await work_off(worker)
    await worker.close()


async def leave_marks(at: Deployment) -> Marked:
    """Book, move, cancel and miss bookings in every way, and have the mails and failures that follow."""
    host = await a_host(at, form=[QUESTION])
    await host.change("event_type", max_guests=2)
    api, customer, free = host.api, at.customer, iter(SLOTS)
    about = {**PERSON, "notes": f"I am {MARK}", "answers": {"topic": f"About {MARK}"}}

    personal = created(
        await api.post(
            "/links", {"page": host.page["id"], "person": PERSON, "note": MARK}, idempotency_key="a"
        )
    )
    body = {"page": host.page["id"], "people": [PERSON, OTHER]}
    batch = created(await api.post("/links/batch", body, idempotency_key="b"))["items"]
    plain, shared = await host.link(), await host.link(on_cancel="reactivate")

    general = created(await customer.book(host.page["slug"], next(free), idempotency_key="c", **about))
    by_personal = await customer.booked(personal["code"], next(free), name=None, email=None, notes=MARK)
    by_plain = await customer.booked(plain["code"], next(free), **about)
    by_shared = await customer.booked(shared["code"], next(free), **about)
    moved, cancelled = token_of(general), token_of(by_shared)
    answered(await customer.post(f"/manage/{moved}/reschedule", {"start": next(free), "reason": MARK}))
    answered(await customer.post(f"/manage/{cancelled}/cancel", {"reason": f"{MARK} is ill"}))
    with_guest = {**OTHER, "guests": [EMAIL, "gus@customer.test"]}
    others = created(await customer.book(shared["code"], next(free), idempotency_key="d", **with_guest))
    asked = await customer.booked(host.page["slug"], next(free), **about)
    answered(await api.post(f"/bookings/{asked['id']}/request-reschedule", {"reason": f"Not {MARK}"}))
    renewed = (await host.links())[0]
    await _ask_for_a_code(at, host)
    fields = {"company": f"{MARK} & Co"}
    made = {"email": EMAIL, "first_name": MARK, "tags": ["lead"], "fields": fields}
    created(await api.post("/contacts", made, idempotency_key="e"))
    answered(
        await api.post(
            "/contacts/batch", {"contacts": [made, {"email": OTHER["email"]}]}, idempotency_key="f"
        )
    )
    gone = Contact(id="0" * 16, email=EMAIL.casefold(), created_at=at.clock.now)
    await Visitor(at.http, at.url).post(await unsubscribe_path(at, gone), ONE_CLICK)
    await _send_to_a_hook(at, host)
    rows = [Row(2, [f" {EMAIL.upper()}", MARK]), Row(3, [OTHER["email"], "Other"])]
    for kind in ("contacts", "links"):
        await put_contact_import(at.store, a_contact_import(kind=kind, at=at.clock.now), rows)
    await Visitor(at.http, at.url).post(f"/.{plain['code']}/resend", {"email": EMAIL})
    await work(at)
    await _park(at, general["id"])
    at.clock.forward(days=4)
    answered(await api.post(f"/bookings/{by_plain['id']}/no-show"))
    await work(at)
    mine: list[Any] = [general, by_personal, by_plain, by_shared, asked]
    return Marked(
        host,
        [token_of(booking) for booking in mine],
        [link["code"] for link in (personal, batch[0], plain, renewed)],
        token_of(others),
        shared["code"],
    )


async def _send_to_a_hook(at: Deployment, host: Host) -> None:
    """Have a workflow's hook receive something about the person; it is kept as the last event."""
    draft = {"name": "New lead", "trigger": {"kind": "hook"}}
    workflow = created(await host.api.post("/workflows", draft))
    hook = answered(await host.api.get(f"/workflows/{workflow['id']}/hook"))
    path = urlsplit(hook["url"]).path
    async with at.http.post(f"{at.url}{path}", json={"person": PERSON}) as answer:
        assert answer.status == 202


async def _ask_for_a_code(at: Deployment, host: Host) -> None:
    """Have a page mail a code that confirms the address; it is not used."""
    page = await host.api.new_page(host.event_type, confirm_email=True)
    reply = await at.customer.post(f"/book/{page['slug']}/confirm", {"email": EMAIL})
    assert reply.status == 202


async def _park(at: Deployment, booking: str) -> None:
    """Park a job whose cause quotes the address, as that of a mail that a server refuses."""

    async def fail(_: Services, __: Job) -> None:
        raise JobFailed(f"The mail server refused {EMAIL}.")

    job = a_job("refused", event=a_job("x").event, id="parked-job-of-the-marked-1")
    job = msgspec.structs.replace(job, event=msgspec.structs.replace(job.event, booking=booking))
    await put_in(at.store, WORKSPACE, [msgspec.json.encode(job).decode()])
    worker = Worker(services_of(at), "failing", jobs={"refused": fail})
    await work_off(worker)
    await worker.close()
