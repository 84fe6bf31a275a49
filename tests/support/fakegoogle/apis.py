"""Access to an account through google-api-python-client; every answer is checked against its schema."""

from __future__ import annotations

import asyncio
import importlib.resources
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import google_auth_httplib2
import httplib2
import msgspec
import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from admitone.fakegoogle.api import discovery
from admitone.fakegoogle.api.schema import is_date_time, violations
from admitone.fakegoogle.demo import CLIENT
from tests.support.patience import PATIENCE

from .running import CALENDAR, GMAIL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from .running import FakeGoogle

ALL_SCOPES = (
    f"{CALENDAR}.events",
    f"{CALENDAR}.freebusy",
    f"{CALENDAR}.calendarlist.readonly",
    f"{GMAIL}.compose",
    f"{GMAIL}.readonly",
)


class Refused(Exception):  # noqa: N818 - the word of the tests
    """The API refused the call."""

    def __init__(self, status: int, body: Any, headers: dict[str, str]) -> None:
        super().__init__(body)
        self.status = status
        self.error = body["error"]
        self.reason = self.error["errors"][0]["reason"]
        self.headers = headers


class Access:
    """Calls with one access token; `events`, `drafts` and so on build requests, `run` sends them."""

    def __init__(self, google: FakeGoogle, token: str) -> None:
        self.google = google
        self.token = token
        self.calendar = _service("calendar.v3", google.url)
        self.gmail = _service("gmail.v1", google.url)
        self.events = self.calendar.events()
        self.messages = self.gmail.users().messages()
        self.drafts = self.gmail.users().drafts()

    def http(self) -> Any:
        """A transport that sends the token and never refreshes it."""
        credentials = Credentials(self.token)  # type: ignore[no-untyped-call]
        return google_auth_httplib2.AuthorizedHttp(
            credentials, http=httplib2.Http(timeout=PATIENCE), refresh_status_codes=()
        )

    async def run(self, request: Any) -> Any:
        """The answer, checked against its schema. Raises `Refused`."""
        http = self.http()
        try:
            answer = await asyncio.to_thread(request.execute, http=http)
        except HttpError as error:
            raise refused(error) from None
        finally:
            http.close()
        check_answer(request.methodId, answer)
        return answer

    async def insert(self, calendar_id: str = "primary", **more: Any) -> Any:
        """Insert an event: an hour on 2 March 2026, with `more` properties and parameters."""
        return await self.run(self.inserting(calendar_id, **more))

    def inserting(self, calendar_id: str = "primary", **more: Any) -> Any:
        """The request that inserts such an event."""
        parameters = {
            name: more.pop(name)
            for name in ("conferenceDataVersion", "sendUpdates", "fields")
            if name in more
        }
        body = {"summary": "Demo", **hour("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"), **more}
        return self.events.insert(calendarId=calendar_id, body=body, **parameters)

    async def listed(self, **parameters: Any) -> list[str]:
        """The ids in a list of events."""
        answer = await self.run(self.events.list(calendarId="primary", **parameters))
        return [event["id"] for event in answer["items"]]

    async def busy(self, *calendars: str, day: str = "2026-03-02", **more: Any) -> Any:
        """The free/busy answer for a day, by calendar."""
        body = {
            "timeMin": f"{day}T00:00:00Z",
            "timeMax": f"{day}T23:59:59Z",
            "items": [{"id": one} for one in calendars or ("primary",)],
            **more,
        }
        return (await self.run(self.calendar.freebusy().query(body=body)))["calendars"]

    async def raw(self, verb: str, path: str, **more: Any) -> tuple[int, Any]:
        """A request that google-api-python-client would not make: status and JSON."""
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        async with self.google.http.request(
            verb, f"{self.google.url}{path}", headers=headers, **more
        ) as answer:
            return answer.status, await answer.json() if answer.content_type == "application/json" else None


async def access(
    google: FakeGoogle, account: str = "admin@acme.test", scopes: Iterable[str] = ALL_SCOPES
) -> Access:
    """Access to an account with these scopes."""
    minted = await google.control("tokens", account=account, scopes=list(scopes), client_id=CLIENT.client_id)
    return Access(google, minted["access_token"])


@asynccontextmanager
async def refusal(status: int, reason: str) -> AsyncIterator[Any]:
    """Assert that the code inside is refused with these values."""
    with pytest.raises(Refused) as raised:
        yield raised
    assert (raised.value.status, raised.value.reason) == (status, reason), raised.value.error
    assert raised.value.error["code"] == status
    assert raised.value.error["message"]


def hour(start: str, end: str, zone: str | None = None) -> dict[str, Any]:
    """`start` and `end` of an event."""
    more = {"timeZone": zone} if zone else {}
    return {"start": {"dateTime": start, **more}, "end": {"dateTime": end, **more}}


def check_answer(method_id: str, answer: Any) -> None:
    """Assert that an answer matches the discovery document, and that its date-times have offsets."""
    api = discovery.calendar() if method_id.startswith("calendar.") else discovery.gmail()
    schema = api.methods[method_id].response
    if schema is None:
        assert answer == ""
        return
    assert violations(api, schema, answer, nulls=False) == []
    for text in _date_times(answer):
        assert is_date_time(text), text


def refused(error: HttpError) -> Refused:
    """The body of an error, which must have Google's shape."""
    headers = {name.lower(): value for name, value in error.resp.items()}
    return Refused(error.resp.status, msgspec.json.decode(error.content), headers)


def _date_times(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["dateTime"]] if "dateTime" in value else []
        return own + [text for item in value.values() for text in _date_times(item)]
    if isinstance(value, list):
        return [text for item in value for text in _date_times(item)]
    return []


def _service(name: str, url: str) -> Any:
    document = {**_document(name), "rootUrl": f"{url}/"}
    return build_from_document(document, http=httplib2.Http(timeout=PATIENCE))


@cache
def _document(name: str) -> dict[str, Any]:
    documents = importlib.resources.files("googleapiclient").joinpath("discovery_cache", "documents")
    document: dict[str, Any] = msgspec.json.decode(documents.joinpath(f"{name}.json").read_bytes())
    return document
