"""A workspace in which every kind of stored record exists, made by the API or else by the store."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain import tokens
from admitone.domain.jobs.job import JobFailed, JobNotDue
from admitone.domain.mail.unsubscribe_token import make_token, read_token
from admitone.store.records.bookings import note_event, say_completed
from admitone.store.records.contacts.unsubscribed import resubscribe, unsubscribe
from admitone.store.records.credentials.google_connections import (
    Connection,
    seal_refresh_token,
    write_connection,
)
from admitone.store.records.credentials.grants import write_grant
from admitone.store.records.credentials.sessions import Session, write_session
from admitone.store.records.erasures import file_request
from admitone.store.records.mail.mails import TemplateFault, keep_mail, note_template_fault, note_trying
from admitone.store.records.webhook_deliveries import Delivery, note_delivery
from admitone.usecases.links.link_expire import expire_links
from admitone.usecases.personal_data.erasure_run import run_erasure
from admitone.usecases.shared.services import Services
from tests.support.api.calling import CARLA, a_rule, answered, created, master_page_body, token_of
from tests.support.api.deployment import PUBLIC_URL
from tests.support.contacts.stored_imports import a_contact_import, put_contact_import
from tests.support.factories import (
    TODAY,
    WORKSPACE,
    a_grant,
    a_job,
    a_refresh_token,
    an_event,
    an_event_place,
)
from tests.support.mail.held import hold_mail, use_up
from tests.support.mail.messages import a_message
from tests.support.mail.waiting import let_mail_wait
from tests.support.pictures.made import a_picture
from tests.support.store.actions import the_booking
from tests.support.worker.workers import Workers, work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment

Names = dict[str, str]
"""Ids, codes and tokens by what they are of; `now` is the time afterwards (epoch seconds)."""


async def fill_workspace(at: Deployment) -> Names:
    """Make the records, and move the clock three days on for those that need time to pass."""
    admin = await at.user("administrator", name="Ada Admin", email="ada@host.test")
    member = await at.user(name="Max Member", email="max@host.test")
    assert admin.key
    names: Names = {"admin": admin.user, "key": admin.key, "member": member.user}
    event_type = await admin.new_event_type(
        name="Consultation",
        location={"kind": "google_meet"},
        buffer_after_minutes=15,
        max_per_day=8,
        policy={"cancel": {"allow": "until", "minutes": 60}, "reason": "optional", "text": "See you."},
    )
    other_type = await admin.new_event_type(
        window={"kind": "dates", "from": "2026-11-18", "to": "2026-12-24"}
    )
    page = await admin.new_page(event_type, other_type, title="Talk to Ada", slug="ada-admin")
    second = await member.new_page(event_type, title="Talk to Max", slug="max-member")
    pool = await admin.new_pool(page, second)
    master = await admin.new_master_page(a_rule(event_type, pool), title="Talk to us", slug="team-talk")
    static = created(
        await admin.post(
            "/master-pages",
            master_page_body(rule_type="static", pages=[page["id"]], distribution="pooled", slug="any-talk"),
        )
    )
    names |= {
        "event_type": event_type["id"],
        "page": page["id"],
        "pool": pool["id"],
        "master": master["id"],
        "static": static["id"],
    }
    names |= await _workspace_records(at, admin)
    names |= await _links(at, admin, page, event_type)
    names |= await _bookings(at, admin, member, names)
    names |= await _jobs_and_mails(at, names)
    imported = await put_contact_import(at.store, a_contact_import(by=admin.user, at=at.clock.now))
    names["import"] = imported.id
    people = a_contact_import(kind="links", by=admin.user, at=at.clock.now)
    names["list_of_people"] = (await put_contact_import(at.store, people)).id
    names |= await _workflows(at, admin)
    names |= await _erasures(at, admin, page, names)
    names |= await _hooks_and_unsubscriptions(at, admin)
    at.clock.forward(days=3)
    await at.customer.get(f"/book/{names['code_of_expired']}")
    answered(await admin.post(f"/bookings/{names['booking_no_show']}/no-show"))
    done = await the_booking(at.store, names["booking_completed"])
    event = an_event("booking.completed", booking=done.id)
    await say_completed(at.store, WORKSPACE, done, event, at.clock.now, TODAY)
    services = Services(at.store, at.clock, PUBLIC_URL, test_addresses=True)
    with suppress(JobNotDue):
        await expire_links(services, a_job("link.expire", event=an_event("timer.due", record="links")))
    [seen] = (await admin.get("/activity", limit=1)).ids
    assert (await admin.post("/activity/seen", {"id": seen})).status == 204
    return names | {"now": str(at.clock.now)}


async def _workspace_records(at: Deployment, admin: Api) -> Names:
    """Settings, an invitation, a webhook, a mail template, an API key and who is signed in where."""
    answered(await admin.patch("/settings", {"on_cancel": "reactivate"}))
    for path in ("/settings/logo", "/me/photo"):
        answered(await admin.call("PUT", path, data=a_picture(), content_type="image/png"))
    hook = {"endpoint": "https://crm.example.com/hook", "events": ["link.created"]}
    webhook = created(await admin.post("/webhooks", hook))
    outcome = Delivery("msg_1", "link.created", at.clock.now, status=200)
    await note_delivery(at.store, WORKSPACE, webhook["id"], outcome)
    invitation = created(await admin.post("/invitations", {"email": "ida@example.com"}))
    answered(await admin.patch("/mail-templates/confirmation", {"subject": "Hi {{ customer.name }}"}))
    key = created(await admin.new_key("Script"))
    answered(await admin.in_session().call("PUT", "/me/calendar-feed", {"details": True}))
    session = WORKSPACE + "S" * (tokens.SESSION_LENGTH - len(WORKSPACE))
    await write_session(at.store, WORKSPACE, session, Session(user=admin.user, at=at.clock.now))
    values: dict[str, Any] = {
        "user": admin.user,
        "email": "ada@gmail.test",
        "scopes": ["https://www.googleapis.com/auth/calendar.events"],
        "refresh_token": seal_refresh_token(at.store, WORKSPACE, admin.user, "refresh"),
        "connected_at": at.clock.now,
        "timezone": "Europe/Paris",
    }
    await write_connection(at.store, WORKSPACE, Connection(**values))
    grant = a_grant(user=admin.user)
    await write_grant(at.store, WORKSPACE, "grant", grant, now=at.clock.now, successor=a_refresh_token())
    await at.store.signing_keys.signing(at.clock.now)
    return {
        "webhook": webhook["id"],
        "invitation": invitation["id"],
        "api_key": key["id"],
        "session": session,
    }


async def _workflows(at: Deployment, admin: Api) -> Names:
    """A workflow that a hook starts, with an event that starts nothing, and a contact who waits in it."""
    details = {"first_name": "Wanda", "phone": "+33 1", "timezone": "Europe/Paris", "locale": "fr"}
    body = {"email": "wanda@customer.test", "tags": ["Lead"], "fields": {"company": "Acme"}, **details}
    contact = created(await admin.post("/contacts", body))
    steps = [
        {"id": "tag", "kind": "add_tags", "tags": ["met"]},
        {"id": "wait", "kind": "wait", "for": {"days": 5}},
    ]
    draft = {"name": "New lead", "trigger": {"kind": "hook", "map": {"email": "mail"}}, "steps": steps}
    workflow = created(await admin.post("/workflows", draft))
    path = f"/workflows/{workflow['id']}"
    answered(await admin.post(f"{path}/publish"))
    answered(await admin.patch(path, {"name": "Leads"}))
    hook = answered(await admin.get(f"{path}/hook"))["url"].removeprefix(PUBLIC_URL)
    for mail in ("nobody", "wes@customer.test"):
        async with at.http.post(f"{at.url}{hook}", json={"mail": mail}) as answer:
            assert answer.status == 202
    [entered] = (await admin.post(f"{path}/enrol", {"contacts": [contact["id"]]})).items
    everyone = (await admin.post(f"{path}/enrol", {"all": True})).body["enrolment"]
    names = {"contact": contact["id"], "workflow": workflow["id"], "run": entered["run"]}
    return names | {"enrolment": everyone["id"]}


async def _links(at: Deployment, admin: Api, page: Any, event_type: Any) -> Names:
    """A link in each state; that of bookings comes with them."""
    made = {
        "plain": await admin.new_link(page, on_cancel="keep"),
        "personalised": await admin.new_link(page, person=CARLA, event_type=event_type["id"], note="VIP"),
        "revoked": await admin.new_link(page),
        "expired": await admin.new_link(page, expires_in_days=1),
        "booked": await admin.new_link(page, on_cancel="keep"),
        "reactivated": await admin.new_link(page),
        "kept": await admin.new_link(page, on_cancel="keep"),
        "again": await admin.new_link(page),
    }
    answered(await admin.patch(f"/links/{made['plain']['id']}", {"note": "For Carla"}))
    answered(await admin.post(f"/links/{made['revoked']['id']}/revoke"))
    await at.customer.get(f"/book/{made['plain']['code']}")
    await at.customer.post(f"/book/{made['plain']['code']}/opened", {})
    keyed = {"page": page["id"], "note": "By a key"}
    created(await admin.post("/links", keyed, idempotency_key="key-of-links"))
    return {f"link_{name}": link["id"] for name, link in made.items()} | {
        f"code_of_{name}": link["code"] for name, link in made.items()
    }


async def _bookings(at: Deployment, admin: Api, member: Api, names: Names) -> Names:
    """A booking in each status, by general links, by one-time links and by a master page."""
    customer, found = at.customer, Names()
    choice = {"event_type": names["event_type"]}
    free = iter(await customer.starts("ada-admin", "2026-11-19", "2026-11-19", **choice))

    async def book(code: str, name: str, **more: Any) -> str:
        booking = await customer.booked(code, next(free), **choice, **more)
        next(free)  # the buffer
        found[f"booking_{name}"], found[f"token_of_{name}"] = booking["id"], token_of(booking)
        return token_of(booking)

    await book("ada-admin", "no_show")
    await book("ada-admin", "completed")
    free = iter(await customer.starts("ada-admin", "2026-11-24", "2026-11-25", **choice))
    await book("ada-admin", "scheduled", timezone="America/New_York")
    moved = await book("ada-admin", "rescheduled")
    answered(await customer.post(f"/manage/{moved}/reschedule", {"start": next(free)}))
    next(free)
    cancelled = await book("ada-admin", "cancelled")
    answered(await customer.post(f"/manage/{cancelled}/cancel", {"reason": "I am ill"}))

    await book(names["code_of_booked"], "of_link")
    await book(names["code_of_kept"], "of_kept")
    answered(await admin.post(f"/bookings/{found['booking_of_kept']}/cancel"))
    first = await book(names["code_of_again"], "of_again")
    answered(await customer.post(f"/manage/{first}/cancel", {}))
    await book(names["code_of_again"], "of_again_again")
    once = await book(names["code_of_reactivated"], "of_reactivated")
    answered(await customer.post(f"/manage/{once}/cancel", {}))
    asked = await book("ada-admin", "asked", email="carlo@customer.test")
    answered(await admin.post(f"/bookings/{tokens.booking_id(asked)}/request-reschedule"))

    await book("team-talk", "reassigned")
    given = await the_booking(at.store, found["booking_reassigned"])
    taker = member if list(given.users) == [admin.user] else admin
    answered(await admin.post(f"/bookings/{given.id}/reassign", {"host": taker.user}))
    scheduled = await the_booking(at.store, found["booking_scheduled"])
    place = an_event_place(user=admin.user, etag='"1"', join_url="https://meet.test/a")
    await note_event(at.store, WORKSPACE, scheduled, place)
    return found


async def _hooks_and_unsubscriptions(at: Deployment, admin: Api) -> Names:
    """A workflow's hook with its last event, which started nothing; who unsubscribed, and who undid it."""
    draft = {"name": "From a form", "trigger": {"kind": "hook", "map": {"email": "email"}}}
    workflow = created(await admin.post("/workflows", draft))
    hook = answered(await admin.get(f"/workflows/{workflow['id']}/hook"))["url"].rpartition("/")[2]
    async with at.http.post(f"{at.url}/hooks/{hook}", json={"email": CARLA["email"]}) as answer:
        assert answer.status == 202
    key = await at.store.unsubscribe_key.make()
    named = [
        read_token(key, make_token(key, WORKSPACE, "0" * 16, email)) for email in (CARLA["email"], "o@x.test")
    ]
    for one in named:
        assert one
        await unsubscribe(at.store, one, None, at.clock.now)
    assert named[1]
    await resubscribe(at.store, named[1], None, "operation", at.clock.now)
    return {"hook": hook, "workflow_of_hook": workflow["id"]}


async def _erasures(at: Deployment, admin: Api, page: Any, names: Names) -> Names:
    """A customer's request, and an erasure under way, which has erased a booking and a link."""
    eve = {"name": "Eve Erased", "email": "eve@customer.test"}
    link = await admin.new_link(page, person=eve)
    start = next(iter(await at.customer.starts(link["code"], "2026-11-26", "2026-11-26", **_choice(names))))
    booking = await at.customer.booked(link["code"], start, **_choice(names), **eve)
    answered(await at.customer.post(f"/manage/{token_of(booking)}/cancel", {}))
    erasure = created(await admin.post("/erasures", {"email": eve["email"]}))
    services = Services(at.store, at.clock, PUBLIC_URL, test_addresses=True)
    job = a_job("erasure.run", event=an_event("timer.due", record=f"erasure:{erasure['id']}"))
    with suppress(JobNotDue):
        await run_erasure(services, job)
    await file_request(at.store, WORKSPACE, "request", names["booking_completed"], at.clock.now)
    return {
        "erasure": erasure["id"],
        "code_of_erased": link["code"],
        "token_of_erased": token_of(booking),
    }


def _choice(names: Names) -> dict[str, str]:
    return {"event_type": names["event_type"]}


async def _jobs_and_mails(at: Deployment, names: Names) -> Names:
    """A parked job, mails that failed in each way, and one that is being sent; other jobs are delayed."""

    async def fail(_: Job) -> None:
        raise JobFailed("The host’s calendar is gone.")

    workers, job = Workers(at.store), a_job("try", id="0123456789abcdefghjkmnpqrs")
    await workers.put(job)
    worker = workers.worker(jobs={"try": lambda _, job: fail(job)})
    await work_off(worker)
    await worker.close()
    await let_mail_wait(at.store, names["booking_scheduled"], at.clock.now)
    await keep_mail(at.store, WORKSPACE, "kept", at.clock.now, msgspec.json.encode(a_message()))
    fault = TemplateFault(at.clock.now, "text", "There is no `customer.nam`.")
    await note_template_fault(at.store, WORKSPACE, "confirmation", fault)
    await note_trying(at.store, WORKSPACE, f"{names['booking_scheduled']}-0", at.clock.now, "attempt")
    await use_up(at.store, at.clock.now)
    await hold_mail(at.store, names["booking_scheduled"], at.clock.now)
    return {"job": job.id, "mail": "kept"}
