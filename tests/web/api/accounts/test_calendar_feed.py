"""`/calendar/TOKEN.ics`: what a calendar program reads of a user's bookings, and who holds the address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import icalendar
import pytest

from admitone.domain import tokens
from admitone.domain.budgets import FEED_REQUESTS
from admitone.store.records.credentials.sessions import Session, write_session
from admitone.usecases.shared.services import new_token
from admitone.web.http.session_cookie import csrf_token
from tests.support.api.calling import Api, a_rule, answered, refused, utc
from tests.support.customer.host import Host, a_host, booking_id
from tests.support.factories import HOUR, WORKSPACE
from tests.support.personal_data.marked import work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.api.deployment import Deployment

NINE, TEN = "2026-11-19T09:00:00Z", "2026-11-19T10:00:00Z"
PATH = "/me/calendar-feed"


class Feed:
    """A user's feed, as a program reads it that knows its address only."""

    def __init__(self, at: Deployment, user: Api) -> None:
        self.at = at
        self.user = user
        self.url = ""
        self.headers: Mapping[str, str] = {}

    async def put(self, **body: object) -> Any:
        """Make or change the feed, and take its address."""
        view = answered(await self.user.in_session().call("PUT", PATH, {"details": False, **body}))
        self.url = view["url"].replace("http://127.0.0.1:8080", self.at.url)
        return view

    async def status(self, **headers: str) -> int:
        """Ask for the file."""
        async with self.at.http.get(self.url, headers=headers) as answer:
            self.text, self.headers = await answer.text(), answer.headers
            return answer.status

    async def events(self) -> list[Any]:
        """The events of the file."""
        assert await self.status() == 200, self.text
        return icalendar.Calendar.from_ical(self.text).walk("VEVENT")

    async def titles(self) -> list[str]:
        """What the events are called."""
        return [str(event["SUMMARY"]) for event in await self.events()]


@pytest.fixture
async def host(deployment: Deployment) -> Host:
    return await a_host(deployment)


@pytest.fixture
async def feed(deployment: Deployment, host: Host) -> Feed:
    feed = Feed(deployment, host.api)
    await feed.put()
    return feed


async def test_it_tells_when_its_user_is_busy_and_nothing_else(feed: Feed, host: Host) -> None:
    await host.booked(NINE)
    [event] = await feed.events()
    assert event["SUMMARY"] == "Busy"
    assert (event["DTSTART"].to_ical(), event["DTEND"].to_ical()) == (
        b"20261119T090000Z",
        b"20261119T093000Z",
    )
    assert not {"LOCATION", "DESCRIPTION", "URL", "ORGANIZER", "ATTENDEE"} & set(event)
    for told in "Carla", "carla@customer.test", "Half an hour", host.page["slug"], host.page["id"]:
        assert told not in feed.text


async def test_with_details_it_tells_what_is_booked_by_whom_and_where(feed: Feed, host: Host) -> None:
    place = {"kind": "in_person", "detail": "12 Rue A; 3rd floor, left"}
    await host.change("event_type", location=place)
    booked = booking_id(await host.booked(NINE))
    assert (await feed.put(details=True))["details"]
    [event] = await feed.events()
    assert event["SUMMARY"] == "Half an hour: Carla Customer"
    assert event["LOCATION"] == "12 Rue A; 3rd floor, left"
    assert event["DESCRIPTION"] == "Booked by Carla Customer (carla@customer.test)"
    assert event["URL"] == f"http://127.0.0.1:8080/dashboard/bookings/{booked}"
    assert "/manage/" not in feed.text


async def test_the_file_is_one_that_every_calendar_program_takes(feed: Feed, host: Host) -> None:
    assert await feed.status() == 200
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert feed.headers["Cache-Control"] == "private, no-cache"
    assert feed.headers["Referrer-Policy"] == "no-referrer"
    assert feed.headers["X-Robots-Tag"] == "noindex"
    calendar = icalendar.Calendar.from_ical(feed.text)
    assert "METHOD" not in calendar
    assert (calendar["NAME"], calendar["X-WR-CALNAME"]) == ("Bookings of Hanna Host",) * 2
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in feed.text
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"], "a calendar is never empty"


async def test_it_follows_its_bookings(feed: Feed, host: Host) -> None:
    await feed.put(details=True)
    manage = await host.booked(NINE)
    [before] = await feed.events()
    path = f"/bookings/{booking_id(manage)}"
    answered(await host.api.post(f"{path}/reschedule", {"start": TEN}))
    [after] = await feed.events()
    assert after["DTSTART"].to_ical() == b"20261119T100000Z"
    assert (after["UID"], int(after["SEQUENCE"])) == (before["UID"], 1)
    answered(await host.api.post(f"{path}/cancel", {}))
    assert await feed.events() == []


async def test_it_has_the_bookings_of_its_user_in_whatever_place(
    feed: Feed, host: Host, deployment: Deployment
) -> None:
    guest = await deployment.user(name="Gina Guest")
    master = await host.api.new_master_page(
        a_rule(host.event_type, host.page, await guest.new_page(host.event_type))
    )
    link = await host.api.new_link(master)
    await deployment.customer.booked(link["code"], NINE)
    await host.booked(TEN)
    theirs = Feed(deployment, guest)
    await theirs.put(details=True)
    assert await theirs.titles() == ["Half an hour: Carla Customer"]
    assert await feed.titles() == ["Busy", "Busy"]


async def test_what_is_long_past_is_not_in_it(feed: Feed, host: Host, deployment: Deployment) -> None:
    await host.booked(NINE)
    deployment.clock.forward(days=25)
    assert await feed.titles() == ["Busy"]
    deployment.clock.forward(days=10)
    assert await feed.titles() == []


async def test_who_has_read_it_reads_it_again_only_after_a_change(
    feed: Feed, host: Host, deployment: Deployment
) -> None:
    manage = await host.booked(NINE)
    assert await feed.status() == 200
    known = feed.headers["ETag"]
    deployment.clock.forward(hours=2)
    assert await feed.status(**{"If-None-Match": f'"other", {known}'}) == 304
    assert (feed.text, feed.headers["ETag"], feed.headers["Cache-Control"]) == (
        "",
        known,
        "private, no-cache",
    )
    await host.booked(TEN)
    assert await feed.status(**{"If-None-Match": known}) == 200
    later = feed.headers["ETag"]
    await feed.put(details=True)
    assert await feed.status(**{"If-None-Match": later}) == 200
    detailed = feed.headers["ETag"]
    answered(await host.api.post(f"/bookings/{booking_id(manage)}/cancel", {}))
    assert await feed.status(**{"If-None-Match": detailed}) == 200


async def test_the_address_stays_until_its_user_makes_another(feed: Feed) -> None:
    first = feed.url
    assert (await feed.put(details=True))["url"].endswith(first.rpartition("/")[2])
    assert (await feed.user.delete(PATH)).status == 204
    assert await feed.status() == 404
    off = {"enabled": False, "url": None, "details": False, "created_at": None}
    assert answered(await feed.user.in_session().get(PATH)) == off
    assert (await feed.user.delete(PATH)).status == 204
    await feed.put()
    assert feed.url != first
    assert await feed.status() == 200


@pytest.fixture
async def theirs(deployment: Deployment, host: Host) -> Feed:
    """The feed of a member; `host` is an administrator."""
    feed = Feed(deployment, await deployment.user(name="Max Member"))
    await feed.put(details=True)
    assert await feed.status() == 200
    return feed


async def test_it_ends_when_its_user_is_deactivated_for_good(theirs: Feed, host: Host) -> None:
    for active in (False, True):
        answered(await host.api.patch(f"/users/{theirs.user.user}", {"active": active}))
        assert await theirs.status() == 404


async def test_it_ends_when_its_user_leaves(theirs: Feed) -> None:
    assert (await theirs.user.in_session().post("/me/leave")).status == 204
    assert await theirs.status() == 404


async def test_it_ends_when_its_user_signs_out_everywhere_and_can_be_made_anew(
    theirs: Feed, deployment: Deployment
) -> None:
    ended = theirs.url
    assert await sign_out_everywhere(deployment, theirs.user) == 303
    assert await theirs.status() == 404
    theirs.user.session = new_token(WORKSPACE, tokens.SESSION_LENGTH)
    again = Session(user=theirs.user.user, at=deployment.clock.now, epoch=1)
    await write_session(deployment.store, WORKSPACE, theirs.user.session, again)
    assert not answered(await theirs.user.in_session().get(PATH))["enabled"]
    await theirs.put()
    assert await theirs.status() == 200
    theirs.url = ended
    assert await theirs.status() == 404


async def sign_out_everywhere(deployment: Deployment, user: Api) -> int:
    """Press the button of the dashboard."""
    async with deployment.http.post(
        f"{deployment.url}/auth/sign-out-everywhere",
        data={"csrf": csrf_token(user.session)},
        headers={"Cookie": f"admitone={user.session}"},
        allow_redirects=False,
    ) as answer:
        return answer.status


async def test_a_key_neither_reads_the_address_nor_makes_one(feed: Feed) -> None:
    assert answered(await feed.user.get(PATH)) == {
        "enabled": True,
        "url": None,
        "details": False,
        "created_at": utc(feed.at.clock.now),
    }
    refused(await feed.user.call("PUT", PATH, {"details": True}), 403, "session-required")


async def test_no_other_address_opens_it(feed: Feed) -> None:
    whole = feed.url
    start, token = whole[: -len("A.ics")], whole[-len("A.ics")]
    feed.url = f"{start}{'B' if token == 'A' else 'A'}.ics"
    assert await feed.status() == 404
    feed.url = whole.removesuffix(".ics")
    assert await feed.status() == 404
    feed.url = whole[:-6] + ".ics"
    assert await feed.status() == 404


async def test_redis_does_not_hold_the_address(feed: Feed, deployment: Deployment) -> None:
    token = feed.url.rpartition("/")[2].removesuffix(".ics")
    client = deployment.store.client
    texts = [str(await client.dump(key)) async for key in client.scan_iter()]
    assert texts
    assert not any(token[20:] in text for text in texts)


async def test_it_is_read_as_often_as_its_budget_says(feed: Feed, deployment: Deployment) -> None:
    now = deployment.clock.now
    counter = deployment.store.keys(WORKSPACE).feed_requests(feed.user.user, now // HOUR)
    await deployment.store.client.set(counter, FEED_REQUESTS.most - 1, ex=HOUR)
    assert await feed.status() == 200
    assert await feed.status() == 429
    assert int(feed.headers["Retry-After"]) == HOUR - now % HOUR
    deployment.clock.forward(hours=1)
    assert await feed.status() == 200
    assert await deployment.store.client.ttl(counter) > 0


async def test_whom_an_erasure_named_is_in_it_no_more(feed: Feed, host: Host, deployment: Deployment) -> None:
    await feed.put(details=True)
    await host.booked(NINE)
    deployment.clock.forward(days=5)
    assert "Carla" in (await feed.titles())[0]
    reply = await host.api.post("/erasures", {"email": "carla@customer.test"})
    assert reply.status in {201, 202}, reply
    await work(deployment)
    assert "Carla" not in "".join(await feed.titles())
