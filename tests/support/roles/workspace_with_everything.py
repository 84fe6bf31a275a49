"""One workspace with a record of every kind, and the paths of its routes."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.jobs.job import JobFailed
from admitone.store.records.credentials.grants import write_grant
from admitone.store.records.credentials.sessions import session_id
from admitone.store.records.erasures import file_request
from admitone.store.records.mail.mails import keep_mail
from tests.support.api.calling import CARLA, a_rule, answered, created, utc
from tests.support.contacts.stored_imports import a_contact_import, put_contact_import
from tests.support.factories import HOUR, NOW, WORKSPACE, a_grant, a_job
from tests.support.mail.held import hold_mail, use_up
from tests.support.mail.messages import a_message
from tests.support.store.dumps import READ, parse_dump
from tests.support.worker.workers import Workers, work_off

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.web.http.route import Route
    from tests.support.api.calling import Api
    from tests.support.dashboard.server import DashboardServer

ALIASES = {"booking-pages": "pages", "mail-templates": "mail"}
STOP = {"id": "stop", "kind": "stop"}
NOTES = "I bring the plans."
"""What the customer of the booking wrote."""
PART = re.compile(r"/(?P<of>[a-z-]+)/\{(?P<name>\w+)\}")


QUERIES = {"/api/v1/pages/{id}/slots": "?from=2026-12-01&to=2026-12-02"}
"""What calls need beside their path."""


class WorkspaceWithEverything:
    """A workspace. Its pages, links and bookings are `owner`'s, a member's; `other` is another member.

    Something is made once and called again, or (`is_fresh`) made anew for each call, so that what one call
    deletes is there for the next.
    """

    def __init__(
        self, dashboard: DashboardServer, admin: Api, owner: Api, other: Api, *, event_type: Any
    ) -> None:
        self.dashboard = dashboard
        self.admin = admin
        self.owner = owner
        self.other = other
        self.is_fresh = False
        self.event_type = event_type
        self.substitute = ""
        """The id of the user to whom the newest booking can be given."""
        self._made: dict[str, Any] = {}
        self._moved = 0

    async def content(self) -> dict[bytes, tuple[bool, bytes]]:
        """Everything in the workspace's partition, in which there is no other workspace: by key, whether it
        expires, and its content."""
        store = self.dashboard.store
        partition = store.keys(WORKSPACE).jobs.removesuffix("jobs").encode()
        found = parse_dump(await store.client.eval(READ, 0))
        return {key: (expires, content) for key, _, expires, content in found if key.startswith(partition)}

    @property
    def ids(self) -> set[str]:
        """The ids of what was made; the names of guides and mails and the ids of steps are words of any
        workspace."""
        return {one["id"] for kind, one in self._made.items() if kind not in {"help", "mail", "steps"}}

    async def path(self, route: Route) -> str:
        """A route's path, with the ids of records in place of its parameters."""
        path = route.path
        for part in PART.finditer(route.path):
            one = await self.one(ALIASES.get(part["of"], part["of"]))
            path = path.replace(f"{{{part['name']}}}", one["id"], 1)
        return f"{path}{QUERIES.get(route.path, '')}"

    def later(self) -> str:
        """A start in a week or later at which nobody has anything yet."""
        self._moved += 1
        return utc(self.dashboard.clock.now // HOUR * HOUR + (7 * 24 + self._moved) * HOUR)

    async def one(self, kind: str) -> Any:
        """One record, by the word that precedes its id in paths."""
        if self.is_fresh or kind not in self._made:
            self._made[kind] = await getattr(self, "_" + kind.replace("-", "_"))()
        return self._made[kind]

    async def _event_types(self) -> Any:
        return await self.admin.new_event_type()

    async def _pages(self) -> Any:
        return await self.owner.new_page(self.event_type)

    async def _pools(self) -> Any:
        return await self.admin.new_pool(await self.one("pages"))

    async def _master_pages(self) -> Any:
        return await self.admin.new_master_page(a_rule(self.event_type, await self.one("pools")))

    async def _help(self) -> Any:
        return {"id": "links"}

    async def _links(self) -> Any:
        return await self.owner.new_link(await self.one("pages"), person=CARLA)

    async def _bookings(self) -> Any:
        """A booking of the owner's, of a master page with a choice of hosts; its mail is held."""
        substitute = await self.dashboard.user(name="Susi Substitute")
        self.substitute = substitute.user
        pages = [await user.new_page(self.event_type) for user in (self.owner, substitute)]
        pool = await self.admin.new_pool(*pages)
        master = await self.admin.new_master_page(a_rule(self.event_type, pool))
        link = await self.admin.new_link(master, person=CARLA)
        starts = await self.dashboard.customer.starts(link["code"], "2026-11-19", "2026-12-30")
        booked = await self.dashboard.customer.booked(
            link["code"], starts[0], name=None, email=None, notes=NOTES
        )
        await use_up(self.dashboard.store, self.dashboard.clock.now)
        await hold_mail(self.dashboard.store, booked["id"], self.dashboard.clock.now)
        return booked

    async def _contacts(self) -> Any:
        """A contact who has a link and a booking; one that is made anew has another address."""
        address = f"{secrets.token_hex(4)}@example.com" if self.is_fresh else CARLA["email"]
        reply = await self.admin.post("/contacts", {"email": address})
        return reply.body

    async def _import(self) -> Any:
        made = a_contact_import(by=self.admin.user, at=self.dashboard.clock.now)
        await put_contact_import(self.dashboard.store, made)
        return {"id": made.id}

    async def _many(self) -> Any:
        """The owner's list of people who shall get a link each."""
        made = a_contact_import(kind="links", by=self.owner.user, at=self.dashboard.clock.now)
        await put_contact_import(self.dashboard.store, made)
        return {"id": made.id}

    async def _webhooks(self) -> Any:
        body = {"endpoint": "https://crm.example.com/hook", "events": ["link.created"]}
        return created(await self.admin.post("/webhooks", body))

    async def _workflows(self) -> Any:
        trigger = {"kind": "hook", "map": {"email": "email"}}
        body = {"name": "Follow up", "trigger": trigger, "steps": [STOP]}
        made = created(await self.admin.post("/workflows", body))
        return answered(await self.admin.post(f"/workflows/{made['id']}/publish"))

    async def _runs(self) -> Any:
        """A run of the workflow that was made last."""
        workflow = self._made.get("workflows") or await self._workflows()
        address = f"{secrets.token_hex(8)}@customer.test"
        contact = created(await self.admin.post("/contacts", {"email": address}))
        body = {"contacts": [contact["id"]]}
        [entered] = answered(await self.admin.post(f"/workflows/{workflow['id']}/enrol", body))["items"]
        return {"id": entered["run"]}

    async def _enrolments(self) -> Any:
        """An enrolment in the workflow that was made last."""
        workflow = self._made.get("workflows") or await self._workflows()
        return answered(await self.admin.post(f"/workflows/{workflow['id']}/enrol", {"all": True}))[
            "enrolment"
        ]

    async def _steps(self) -> Any:
        """The only step of each workflow."""
        return STOP

    async def _jobs(self) -> Any:
        async def fail(job: Job) -> None:
            raise JobFailed("The host’s calendar is gone.")

        workers, job = Workers(self.dashboard.store), a_job("try", id=secrets.token_hex(13))
        await workers.put(job)
        await work_off(workers.worker(jobs={"try": lambda _, job: fail(job)}))
        return {"id": job.id}

    async def _api_keys(self) -> Any:
        return created(await self.owner.new_key("Script"))

    async def _sessions(self) -> Any:
        """A session of the owner's, besides the one by which they call."""
        token = await self.dashboard.session(self.owner)
        return {"id": session_id(token)}

    async def _apps(self) -> Any:
        """An app of the owner's."""
        named = secrets.token_hex(13)
        grant = a_grant(user=self.owner.user, until=NOW + HOUR)
        await write_grant(self.dashboard.store, WORKSPACE, named, grant, now=NOW)
        return {"id": named}

    async def _users(self) -> Any:
        user = await self.dashboard.user(name="Nora New")
        return {"id": user.user}

    async def _invitations(self) -> Any:
        return created(await self.admin.post("/invitations", {"email": "ida@example.com"}))

    async def _erasures(self) -> Any:
        """What the customer of a cancelled booking requested."""
        link = await self.owner.new_link(await self.owner.new_page(self.event_type), person=CARLA)
        customer, erasure = self.dashboard.customer, secrets.token_hex(13)
        start, *_ = await customer.starts(link["code"], "2026-11-19", "2026-12-30")
        address = f"{erasure}@customer.test"
        booking = await customer.booked(link["code"], start, name="Ina", email=address)
        answered(await self.admin.post(f"/bookings/{booking['id']}/cancel", {}))
        await file_request(self.dashboard.store, WORKSPACE, erasure, booking["id"], NOW)
        return {"id": erasure}

    async def _requests(self) -> Any:
        return await self._erasures()

    async def _mail(self) -> Any:
        return {"id": "confirmation"}

    async def _kept_mail(self) -> Any:
        await keep_mail(
            self.dashboard.store, WORKSPACE, "kept-of-ours", NOW, msgspec.json.encode(a_message())
        )
        return {"id": "kept-of-ours"}
