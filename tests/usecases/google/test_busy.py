"""What is in a host's calendar is not offered, and cannot be booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.records.start_cache import StartCache
from admitone.usecases.times.busy_times import busy_times, forget_busy_times, known_busy
from tests.support.accounts.browser import ADA, MAX
from tests.support.google.host_page import DAY, HostPage
from tests.support.google.signed_in_host import ROOM, SignedInHost
from tests.usecases.google.conftest import serving

if TYPE_CHECKING:
    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.fakegoogle.running import FakeGoogle

FREE_BUSY = "calendar.freebusy.query"


async def test_an_event_blocks_its_time_and_the_bookings_buffers(host_page: HostPage) -> None:
    await host_page.change_event_type(buffer_before_minutes=30, buffer_after_minutes=0)
    await host_page.put("10:00", "11:00")
    starts = await host_page.starts(DAY)
    assert [start for start in starts if "09:00" <= start <= "12:00"] == ["09:00", "09:30", "11:30", "12:00"]


async def test_only_what_google_calls_busy_blocks(host_page: HostPage) -> None:
    before = await host_page.starts(DAY)
    await host_page.put("09:00", "10:00", transparency="transparent")
    declined = [{"email": ADA, "responseStatus": "declined"}, {"email": MAX, "responseStatus": "accepted"}]
    await host_page.put("10:00", "11:00", attendees=declined)
    cancelled = await host_page.put("11:00", "12:00")
    await host_page.act("calendar.events.delete", calendarId="primary", eventId=cancelled["id"])
    assert await host_page.starts(DAY, anew=True) == before
    await host_page.put("12:00", "13:00", attendees=[{"email": ADA, "responseStatus": "tentative"}])
    assert set(before) - set(await host_page.starts(DAY, anew=True)) == {"12:00", "12:30"}
    await host_page.act(
        "calendar.events.insert",
        {"start": {"date": DAY}, "end": {"date": "2026-11-24"}},
        calendarId="primary",
    )
    assert await host_page.starts(DAY, anew=True) == []
    assert await host_page.starts("2026-11-24") == before


async def test_an_event_that_has_begun_blocks_until_it_ends(host_page: HostPage) -> None:
    await host_page.change_event_type(min_notice_minutes=0, buffer_before_minutes=15)
    await host_page.put("09:00", "11:30")
    for time, first in (("08:20", "08:30"), ("09:10", "12:00"), ("11:20", "12:00"), ("11:40", "12:00")):
        host_page.clock.now = host_page.at(DAY, time)
        remembered = [await host_page.starts(DAY) for _ in range(2)]
        host_page.host.site.services.store.starts = StartCache()
        assert remembered == [await host_page.starts(DAY)] * 2
        assert remembered[0][0] == first


async def test_only_the_chosen_calendars_block(host_page: HostPage) -> None:
    other = await host_page.second_calendar()
    await host_page.put("09:00", "10:00", calendar=other)
    assert "09:00" in await host_page.starts(DAY)
    answer = await host_page.host.submit(ROOM, ("blocking", other), ("writing", "primary"))
    assert answer.status == 303
    await host_page.put("11:00", "12:00")
    starts = await host_page.starts(DAY)
    assert ("09:00" in starts, "11:00" in starts) == (False, True)
    assert (await host_page.host.submit(ROOM, ("writing", "primary"))).status == 303
    assert "09:00" in await host_page.starts(DAY)


async def test_the_day_is_explained_with_the_calendar(host_page: HostPage) -> None:
    await host_page.put("10:00", "11:00")
    page = await host_page.host.browser.get(f"/dashboard/pages/{host_page.page['id']}/times?date={DAY}")
    assert page.text.count("Another event or booking is at this time.") == 2


async def test_a_time_that_became_busy_is_taken_and_not_listed_any_more(host_page: HostPage) -> None:
    assert "10:00" in await host_page.starts(DAY)
    await host_page.put("10:00", "10:15")
    assert "10:00" in await host_page.starts(DAY)  # from the cache
    answer = await host_page.book(DAY, "10:00")
    assert (answer.status, answer.body["type"]) == (409, "/problems/slot-taken")
    assert (await host_page.book(DAY, "10:30")).status == 201
    host_page.clock.forward(seconds=1)
    assert "10:00" not in await host_page.starts(DAY)


async def test_a_member_sees_their_own_busy_time_and_no_titles(host_page: HostPage, site: Site) -> None:
    colleague = await SignedInHost.opened(site, host_page.google, MAX)
    assert colleague.workspace == host_page.host.workspace
    await host_page.put("11:00", "12:00")
    await host_page.put("11:30", "13:00", summary="Secret")
    assert (await host_page.book(DAY, "10:00")).status == 201
    asked = f"/pages/{host_page.page['id']}/slots?from={DAY}&to={DAY}&timezone=UTC"
    [own, other] = [await each.api("GET", asked) for each in (host_page.host, colleague)]
    assert own.body["busy"] == [
        [f"{DAY}T10:00:00Z", f"{DAY}T10:30:00Z"],
        [f"{DAY}T11:00:00Z", f"{DAY}T13:00:00Z"],
    ]
    assert other.body["busy"] == []
    assert other.body["days"] == own.body["days"]
    assert "Secret" not in own.text


async def test_a_booking_keeps_its_calendar_check(host_page: HostPage) -> None:
    booking = (await host_page.book(DAY, "10:00")).body
    assert await host_page.recorded(booking) == ("checked", None)


async def test_refusals_keep_their_order(host_page: HostPage) -> None:
    link = await host_page.link()
    first = await host_page.book(DAY, "10:00", link, key="once")
    await host_page.put("10:00", "10:30")  # as the booking's own event will be
    assert (await host_page.book(DAY, "10:00", link, key="once")).body == first.body
    assert (await host_page.book(DAY, "10:00", link)).status == 410
    assert (await host_page.book(DAY, "10:07")).status == 422
    assert (await host_page.book(DAY, "10:00")).status == 409


async def test_a_booking_moves_where_its_own_event_is_and_not_onto_others(host_page: HostPage) -> None:
    await host_page.change_event_type(increment_minutes=15)
    booking = (await host_page.book(DAY, "10:00")).body
    await host_page.put("10:00", "10:30")  # its event
    await host_page.put("11:00", "12:00")
    token = booking["manage_url"].rpartition("/")[2]
    offered = await host_page.reschedule_starts(token, DAY)
    assert ("10:15" in offered, "11:00" in offered) == (True, False)
    assert (await host_page.reschedule(token, DAY, "11:15")).status == 409
    assert (await host_page.reschedule(token, DAY, "10:15")).status == 200
    moved = await host_page.host.api(
        "POST", f"/bookings/{booking['id']}/reschedule", {"start": f"{DAY}T10:45:00Z"}
    )
    assert moved.body["type"] == "/problems/slot-taken"
    moved = await host_page.host.api(
        "POST", f"/bookings/{booking['id']}/reschedule", {"start": f"{DAY}T12:00:00Z"}
    )
    assert moved.status == 200


async def test_the_time_of_a_cancelled_booking_is_offered_once_its_event_is_gone(
    host_page: HostPage, site: Site
) -> None:
    booking = (await host_page.book(DAY, "10:00")).body
    await host_page.write(booking)
    assert "10:00" not in await host_page.starts(DAY, anew=True)
    token = booking["manage_url"].rpartition("/")[2]
    assert (await host_page.customer.post(f"/manage/{token}/cancel", {})).status == 200
    assert "10:00" not in await host_page.starts(DAY)
    await host_page.write(booking)
    host_page.clock.forward(seconds=1)
    assert "10:00" in await host_page.starts(DAY)


async def test_two_servers_share_what_google_said(
    host_page: HostPage, redis_url: str, google: FakeGoogle, clock: Clock
) -> None:
    await host_page.put("10:00", "11:00")
    starts = await host_page.starts(DAY)
    await google.fault(FREE_BUSY, "503", times=None)
    async with serving(redis_url, google, clock) as other:
        found = await busy_times(
            other.services,
            host_page.host.workspace,
            [host_page.host.user],
            host_page.at(DAY, "08:00"),
            host_page.at(DAY, "16:00"),
        )
    assert found == {host_page.host.user: [(host_page.at(DAY, "10:00"), host_page.at(DAY, "11:00"))]}
    assert "10:00" not in starts


async def test_many_hosts_are_asked_for_together(host_page: HostPage, site: Site, google: FakeGoogle) -> None:
    other = await SignedInHost.opened(site, google, MAX)
    await other.connect()
    await host_page.put("10:00", "11:00")
    users = [host_page.host.user, other.user, "nobody", host_page.host.user]
    first, last = host_page.at(DAY, "00:00"), host_page.at(DAY, "20:00")
    await google.fault(FREE_BUSY, "500", account=MAX, times=None)
    found = await known_busy(site.services, host_page.host.workspace, users, first, last, is_fresh=True)
    assert list(found) == [host_page.host.user, other.user, "nobody"]
    mine, theirs, nobody = found.values()
    assert mine is not None
    assert (list(mine.busy), mine.way) == (
        [(host_page.at(DAY, "10:00"), host_page.at(DAY, "11:00"))],
        "checked",
    )
    assert theirs is None
    assert nobody is not None
    assert (list(nobody.busy), nobody.way) == ([], None)


async def test_a_change_that_google_told_of_is_seen_at_once(host_page: HostPage, site: Site) -> None:
    assert "10:00" in await host_page.starts(DAY)
    await host_page.put("10:00", "11:00")
    await forget_busy_times(site.services, host_page.host.workspace, host_page.host.user)
    host_page.clock.forward(seconds=1)
    assert "10:00" not in await host_page.starts(DAY)
