"""An API client: a user's, with an API key, or a customer's, without a key."""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from admitone.web.http.session_cookie import csrf_token
from tests.support.api.listed_problems import refuse_unlisted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from io import BytesIO

    from aiohttp import ClientSession

WEEKDAY = [["09:00", "17:00"]]
WEEKDAYS = {"mon": WEEKDAY, "tue": WEEKDAY, "wed": WEEKDAY, "thu": WEEKDAY, "fri": WEEKDAY}
ROUND_THE_CLOCK = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
CARLA = {"name": "Carla Customer", "email": "carla@customer.test"}


class Reply(NamedTuple):
    """An answer; `body` is its decoded JSON, or None if it has no JSON."""

    status: int
    body: Any
    headers: Mapping[str, str]
    text: str

    @property
    def items(self) -> list[Any]:
        """The items of a list."""
        assert self.status == 200, self
        items: list[Any] = self.body["items"]
        return items

    @property
    def ids(self) -> list[str]:
        """The ids of a list's items."""
        return [item["id"] for item in self.items]


class Api:
    """The calls of one user (`user` is their id) or of a customer. Paths are those after `/api/v1`."""

    def __init__(
        self,
        http: ClientSession,
        server: str | Callable[[], str],
        key: str | None = None,
        user: str = "",
        session: str = "",
    ) -> None:
        self.http = http
        self.server = server
        self.key = key
        self.user = user
        self.session = session
        """The token of a session of the user's; it is used where there is no key."""

    async def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query: Mapping[str, object] | None = None,
        data: bytes | BytesIO | None = None,
        content_type: str = "application/json",
        idempotency_key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One call; `data` are bytes to send as they are, in place of `body`."""
        sent = dict(headers or {})
        if self.key:
            sent["Authorization"] = f"Bearer {self.key}"
        elif self.session:
            sent |= {"Cookie": f"admitone={self.session}", "X-CSRF-Token": csrf_token(self.session)}
        if idempotency_key:
            sent["Idempotency-Key"] = idempotency_key
        if body is not None:
            data = json.dumps(body).encode()
        if data is not None:
            sent["Content-Type"] = content_type
        base = self.server if isinstance(self.server, str) else self.server()
        asked = {name: str(value) for name, value in (query or {}).items()}
        async with self.http.request(
            method, f"{base}/api/v1{path}", params=asked, data=data, headers=sent
        ) as answer:
            has_end = answer.content_type != "text/event-stream"
            text = await answer.text() if has_end else ""
            is_json = answer.content_type in {"application/json", "application/problem+json"}
            found = json.loads(text) if is_json and text else None
            refuse_unlisted(method, path, found)
            return Reply(answer.status, found, answer.headers, text)

    async def new_key(
        self, label: str = "CRM", *, idempotency_key: str | None = None, **changes: object
    ) -> Reply:
        """Try to make an API key: the user does that in a session of theirs."""
        return await self.in_session().post(
            "/api-keys", {"label": label, **changes}, idempotency_key=idempotency_key
        )

    def in_session(self) -> Api:
        """The same user, in the session of their browser."""
        assert self.session
        return Api(self.http, self.server, None, self.user, self.session)

    async def get(self, path: str, **query: object) -> Reply:
        """GET; a parameter whose name is a Python keyword takes an underscore (`from_`)."""
        return await self.call("GET", path, query={name.rstrip("_"): value for name, value in query.items()})

    async def post(self, path: str, body: object = None, *, idempotency_key: str | None = None) -> Reply:
        """POST."""
        return await self.call("POST", path, body, idempotency_key=idempotency_key)

    async def patch(self, path: str, body: object, **query: object) -> Reply:
        """PATCH, with a merge patch."""
        return await self.call("PATCH", path, body, query=query, content_type="application/merge-patch+json")

    async def delete(self, path: str, **query: object) -> Reply:
        """DELETE."""
        return await self.call("DELETE", path, query=query)

    async def new_event_type(self, **changes: object) -> Any:
        """Half an hour on the telephone."""
        return created(await self.post("/event-types", event_type_body(**changes)))

    async def new_page(self, *event_types: Any, **changes: object) -> Any:
        """A page with weekday hours in Paris, for these event types."""
        return created(await self.post("/booking-pages", page_body(*event_types, **changes)))

    async def new_pool(self, *pages: Any, method: str = "round_robin", **changes: object) -> Any:
        """A pool of these booking pages."""
        members = [{"page": page["id"]} for page in pages]
        body = {"name": "Everybody", "method": method, "members": members} | changes
        return created(await self.post("/pools", body))

    async def new_master_page(self, *rules: Any, **changes: object) -> Any:
        """A master page with these dynamic rules."""
        return created(await self.post("/master-pages", master_page_body(*rules, **changes)))

    async def new_link(self, page: Any, **changes: object) -> Any:
        """A one-time link to a page."""
        return created(await self.post("/links", {"page": page["id"], **changes}))

    async def starts(self, code: str, first: str, last: str, **query: object) -> list[str]:
        """The starts that are offered from one date to another, of a code or slug."""
        reply = await self.get(f"/book/{code}/slots", from_=first, to=last, **query)
        assert reply.status == 200, reply
        return [slot["start"] for day in reply.body["days"] for slot in day["slots"]]

    async def book(
        self, code: str, start: str | int, *, idempotency_key: str | None = None, **changes: Any
    ) -> Reply:
        """Try to book, as Carla unless told otherwise."""
        body = booking_body(start, **changes)
        return await self.post(f"/book/{code}", body, idempotency_key=idempotency_key)

    async def booked(self, code: str, start: str | int, **changes: Any) -> Any:
        """Book, and check that it succeeds."""
        return created(await self.book(code, start, **changes))


def event_type_body(**changes: object) -> dict[str, Any]:
    """The body that makes an event type; a field that is None in `changes` is left out."""
    body = {"name": "Half an hour", "duration_minutes": 30, "location": {"kind": "phone"}}
    return _without_none(body | changes)


def page_body(*event_types: Any, **changes: object) -> dict[str, Any]:
    """The body that makes a booking page."""
    body = {
        "title": "Talk to Hanna",
        "slug": f"hanna-{secrets.token_hex(6)}",
        "event_types": [event_type["id"] for event_type in event_types],
        "schedule": {"timezone": "Europe/Paris", "weekly": WEEKDAYS},
    }
    return _without_none(body | changes)


def master_page_body(*rules: Any, **changes: object) -> dict[str, Any]:
    """The body that makes a master page with dynamic rules."""
    slug = f"team-{secrets.token_hex(6)}"
    return {"title": "Talk to us", "slug": slug, "rule_type": "dynamic", "rules": list(rules)} | changes


def a_rule(event_type: Any, primary: Any, *additional: Any) -> dict[str, Any]:
    """A rule for an event type; each place is filled from a booking page or a pool."""
    places = [{"pool" if "members" in each else "page": each["id"]} for each in (primary, *additional)]
    return {"event_type": event_type["id"], "primary": places[0], "additional": places[1:]}


def booking_body(start: str | int, **changes: object) -> dict[str, Any]:
    """The body that books; `start` is text or epoch seconds."""
    return _without_none({"start": start if isinstance(start, str) else utc(start), **CARLA} | changes)


def somebody() -> str:
    """The address of a new customer: by its general link, a page is booked for one five times a day."""
    return f"{secrets.token_hex(6)}@customer.test"


def utc(seconds: int) -> str:
    """Epoch seconds as the API writes them."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def created(reply: Reply) -> Any:
    """The body of a 201, which says where the new record is."""
    assert reply.status == 201, reply
    assert reply.headers["Location"].startswith("/api/v1/"), reply
    return reply.body


def answered(reply: Reply) -> Any:
    """The body of a 200."""
    assert reply.status == 200, reply
    return reply.body


def token_of(booking: Any) -> str:
    """The manage token in the answer to a booking."""
    token: str = booking["manage_url"].rpartition("/")[2]
    return token


def refused(reply: Reply, status: int, code: str, *fields: str, retry: bool = False) -> None:
    """Check every member of a problem document; `fields` are the fields that it names, in order."""
    assert reply.status == status, reply
    problem = reply.body
    assert reply.headers["Content-Type"] == "application/problem+json"
    named = {
        "would-break-links": {"links"},
        "would-break-workflows": {"links", "workflows"},
        "has-live-bookings": {"bookings"},
    }.get(code, set())
    assert problem.keys() == {"type", "title", "status", "detail", "retry", "errors"} | named
    assert (problem["type"], problem["status"], problem["retry"]) == (f"/problems/{code}", status, retry)
    assert problem["title"].endswith(".")
    assert problem["detail"].endswith(".")
    assert tuple(error["field"] for error in problem["errors"]) == fields, problem
    assert all(error["message"].endswith(".") for error in problem["errors"]), problem


def _without_none(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}
