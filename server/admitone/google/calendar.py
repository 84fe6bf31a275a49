"""One calendar of a user: write its events, and read what was changed in it.

https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from admitone.domain.calendar.calendar_event import SEQUENCE
from admitone.domain.instant import Instant
from admitone.google.errors import CalendarClosed, GoogleRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.google.api import GoogleApi, GoogleGrant

WHOLE_DAY = 0
AT_ONCE = 2500
"""The most events in one answer."""
FIELDS = (
    "id,etag,status,start,end,sequence,attendees,hangoutLink,conferenceData/createRequest/status,"
    "extendedProperties/private"
)
BAD_REQUEST, NOT_FOUND, CONFLICT, GONE, PRECONDITION = 400, 404, 409, 410, 412
NO_WRITER = "requiredAccessLevel"


class _Time(msgspec.Struct, frozen=True, rename="camel"):
    date_time: str | None = None

    @property
    def at(self) -> int:
        return WHOLE_DAY if self.date_time is None else int(Instant.parse(self.date_time))


class _Properties(msgspec.Struct, frozen=True):
    private: dict[str, str] = {}


class _Status(msgspec.Struct, frozen=True, rename="camel"):
    status_code: str = ""


class _Request(msgspec.Struct, frozen=True):
    status: _Status = _Status()


class _Conference(msgspec.Struct, frozen=True, rename="camel"):
    create_request: _Request = _Request()


class GoogleEvent(msgspec.Struct, frozen=True, rename="camel"):
    """An event at Google; for a deleted one only `id` and `status` are certain."""

    id: str
    etag: str = ""
    status: Literal["confirmed", "tentative", "cancelled"] = "confirmed"
    start: _Time = _Time()
    end: _Time = _Time()
    sequence: int = 0
    attendees: list[dict[str, Any]] = []
    hangout_link: str | None = None
    conference_data: _Conference = _Conference()
    extended_properties: _Properties = _Properties()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was deleted."""
        return self.status == "cancelled"

    @property
    def times(self) -> tuple[int, int]:
        """Start and end (epoch seconds); both are WHOLE_DAY for an event without times."""
        return self.start.at, self.end.at

    @property
    def shows(self) -> int | None:
        """The SEQUENCE of the booking that was last written to the event; None if a person removed it."""
        text = self.extended_properties.private.get(SEQUENCE, "")
        return int(text) if text.isascii() and text.isdecimal() else None

    @property
    def is_meet_pending(self) -> bool:
        """Whether Google is still making the Meet link."""
        return self.conference_data.create_request.status.status_code == "pending"


class Changes(msgspec.Struct, frozen=True):
    """The changes since a sync token, and the next token."""

    events: list[GoogleEvent]
    token: str


class _Listed(msgspec.Struct, frozen=True, rename="camel"):
    items: list[GoogleEvent] = []
    next_page_token: str | None = None
    next_sync_token: str | None = None


class GoogleCalendar:
    """A calendar by its id, used with the grant of one user.

    Every method raises GoogleRefused, GoogleUnreachable and GrantRevoked. Google notifies guests unless
    `tell` is False. After GoogleUnreachable, a write may have been done, or may be done later.
    """

    def __init__(self, api: GoogleApi, grant: GoogleGrant, calendar: str) -> None:
        self._api = api
        self._grant = grant
        self._calendar = calendar

    async def get(self, event: str) -> GoogleEvent | None:
        """The event; None if it never existed. A deleted event has the status `cancelled`."""
        return await self._event(
            lambda events: events.get(calendarId=self._calendar, eventId=event, fields=FIELDS), NOT_FOUND
        )

    async def insert(self, body: Mapping[str, Any], *, tell: bool = True) -> GoogleEvent | None:
        """The new event; None if its id is taken: it was inserted before, and perhaps deleted since.

        If the calendar's owner may not use Meet, Google refuses the event; it is then inserted without Meet.

        Also raises CalendarClosed.
        """
        try:
            return await self._insert(body, tell=tell)
        except GoogleRefused as refusal:
            if refusal.status != BAD_REQUEST or "conferenceData" not in body:
                raise
        without = {name: value for name, value in body.items() if name != "conferenceData"}
        return await self._insert(without, tell=tell)

    async def _insert(self, body: Mapping[str, Any], *, tell: bool) -> GoogleEvent | None:
        def request(events: Any) -> Any:
            return events.insert(
                calendarId=self._calendar,
                body=body,
                sendUpdates=_updates(tell=tell),
                conferenceDataVersion=1,
                fields=FIELDS,
            )

        try:
            return await self._event(request, CONFLICT)
        except GoogleRefused as refusal:
            if refusal.status == NOT_FOUND or refusal.reason == NO_WRITER:
                raise CalendarClosed from None
            raise

    async def patch(
        self, event: GoogleEvent, body: Mapping[str, Any], *, tell: bool = True
    ) -> GoogleEvent | None:
        """The event with `body` merged into it; None if it has changed since it was read."""

        def request(events: Any) -> Any:
            built = events.patch(
                calendarId=self._calendar,
                eventId=event.id,
                body=body,
                sendUpdates=_updates(tell=tell),
                fields=FIELDS,
            )
            built.headers["if-match"] = event.etag
            return built

        return await self._event(request, PRECONDITION, NOT_FOUND)

    async def delete(self, event: str, *, tell: bool = True) -> None:
        """Delete the event; does nothing if it does not exist any more."""
        await self._call(
            lambda events: events.delete(
                calendarId=self._calendar, eventId=event, sendUpdates=_updates(tell=tell)
            ),
            NOT_FOUND,
            GONE,
        )

    async def changes(self, since: str | None, now: int) -> Changes | None:
        """The changes since a sync token, deleted events included; None if the token has expired.

        Without a token: all events from `now` on.
        """
        found: list[GoogleEvent] = []
        asked: dict[str, Any] = {"syncToken": since} if since else {"timeMin": Instant(now).text()}
        page: str | None = None
        while True:
            listed = await self._page(asked, page)
            if listed is None:
                return None
            found += listed.items
            page = listed.next_page_token
            if listed.next_sync_token is not None:
                return Changes(found, listed.next_sync_token)

    async def _page(self, asked: Mapping[str, Any], page: str | None) -> _Listed | None:
        def request(events: Any) -> Any:
            return events.list(
                calendarId=self._calendar,
                showDeleted=True,
                maxResults=AT_ONCE,
                pageToken=page,
                fields=f"items({FIELDS}),nextPageToken,nextSyncToken",
                **asked,
            )

        answer = await self._call(request, GONE)
        return None if answer is None else msgspec.convert(answer, _Listed)

    async def _event(self, request: Callable[[Any], Any], *expected: int) -> GoogleEvent | None:
        answer = await self._call(request, *expected)
        return None if answer is None else msgspec.convert(answer, GoogleEvent)

    async def _call(self, request: Callable[[Any], Any], *expected: int) -> Any | None:
        """The answer; None if Google refuses with one of the `expected` statuses."""
        try:
            return await self._api.call(self._grant, "calendar", lambda calendar: request(calendar.events()))
        except GoogleRefused as refusal:
            if refusal.status in expected:
                return None
            raise


def _updates(*, tell: bool) -> str:
    return "all" if tell else "none"
