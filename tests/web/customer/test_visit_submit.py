"""Booking by the page's form, without scripts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.support.customer.host import path_of
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"
ELEVEN = "2026-11-19T10:00:00Z"
AT = "?date=2026-11-19&timezone=America/New_York"


async def test_a_form_that_is_filled_in_books(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    form = (await visitor.page(path + AT)).form()
    answer = await visitor.send(form, path, start=TEN, **CARLA, notes="Ring\r\ntwice")
    ticket = await visitor.follow(answer)
    assert "Your booking is confirmed" in ticket.text
    assert "Thursday, 19 November 2026" in ticket.text
    assert "04:00–04:30" in ticket.text  # in New York
    [booking] = await host.bookings()
    assert booking["start"] == TEN
    assert booking["person"] == CARLA
    assert booking["timezone"] == "America/New_York"
    assert booking["notes"] == "Ring\ntwice"


async def test_a_posted_form_reads_its_visit_once(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    form = (await visitor.page("/hanna-page")).form()
    await visitor.send(
        form, "/hanna-page", start=ELEVEN, **CARLA
    )  # the days of reports are known from now on
    form = (await visitor.page(path)).form()
    before = host.deployment.store.lines.trips
    await visitor.send(form, path, start=TEN, **CARLA)
    # The visit, its host's calendars, the script; what is asked for at the same moment shares a trip.
    assert host.deployment.store.lines.trips - before <= 3


async def test_a_general_link_books_again_and_again(host: Host, visitor: Visitor) -> None:
    for start in (TEN, ELEVEN):
        form = (await visitor.page("/hanna-page")).form()
        answer = await visitor.send(form, "/hanna-page", start=start, **CARLA)
        assert answer.location.startswith("/manage/")
        assert "Set-Cookie" not in answer.headers
    assert len(await host.bookings()) == 2


async def test_the_page_that_the_customer_sees_later_speaks_their_locale(
    host: Host, visitor: Visitor
) -> None:
    path = await host.path()
    await visitor.send((await visitor.page(path)).form(), path, start=TEN, **CARLA)
    [booking] = await host.bookings()
    keys = host.deployment.store.keys("0ABC")
    document = await host.deployment.store.client.get(keys.booking_data(booking["id"]))
    assert '"i":"en-GB"' in str(document)


async def test_the_browser_that_booked_is_led_to_its_booking(
    host: Host, visitor: Visitor, new_visitor: Callable[[], Awaitable[Visitor]]
) -> None:
    path = await host.path()
    answer = await visitor.send((await visitor.page(path)).form(), path, start=TEN, **CARLA)
    cookie = answer.headers["Set-Cookie"]
    for attribute in (f"Path={path}", "HttpOnly", "SameSite=Lax", "Max-Age="):
        assert attribute in cookie
    assert "Secure" not in cookie  # the public address is http on loopback
    assert answer.location.rpartition("/")[2] not in cookie
    again = await visitor.get(path)
    assert again.location == answer.location
    assert (await visitor.get(await host.path())).status == 200  # another link is another matter
    other = await (await new_visitor()).get(path)
    assert other.status == 410
    forged = await (await new_visitor()).get(path, Cookie="admitone_booked=forged")
    assert forged.status == 410


async def test_the_cookie_of_one_link_opens_no_other(
    host: Host, visitor: Visitor, new_visitor: Callable[[], Awaitable[Visitor]]
) -> None:
    first, second = await host.path(), await host.path()
    answer = await visitor.send((await visitor.page(first)).form(), first, start=TEN, **CARLA)
    value = answer.headers["Set-Cookie"].partition(";")[0]
    await visitor.send((await visitor.page(second)).form(), second, start=ELEVEN, **CARLA)
    assert (await (await new_visitor()).get(second, Cookie=value)).status == 410


async def test_a_reactivated_link_is_shown_to_the_browser_that_booked(host: Host, visitor: Visitor) -> None:
    path = await host.path(on_cancel="reactivate")
    answer = await visitor.send((await visitor.page(path)).form(), path, start=TEN, **CARLA)
    token = answer.location.rpartition("/")[2]
    await host.deployment.customer.post(f"/manage/{token}/cancel", {})
    assert (await visitor.get(path)).status == 200


async def test_a_personalised_link_needs_a_time_only(host: Host, visitor: Visitor) -> None:
    path = path_of(await host.link(person=CARLA))
    form = (await visitor.page(path)).form()
    assert (await visitor.send(form, path, start=TEN)).status == 303
    [booking] = await host.bookings()
    assert booking["person"] == CARLA


async def test_what_the_customer_types_outranks_the_links_person(host: Host, visitor: Visitor) -> None:
    path = path_of(await host.link(person=CARLA))
    form = (await visitor.page(f"{path}?skip=0")).form()
    assert (
        await visitor.send(form, path, start=TEN, name="Carl Customer", email="carl@customer.test")
    ).location
    [booking] = await host.bookings()
    assert booking["person"] == {"name": "Carl Customer", "email": "carl@customer.test"}


async def test_a_form_sent_twice_is_one_booking(host: Host, visitor: Visitor) -> None:
    path = await host.path()
    form = (await visitor.page(path)).form()
    answers = await asyncio.gather(*(visitor.send(form, path, start=TEN, **CARLA) for _ in range(5)))
    assert len({answer.location for answer in answers}) == 1
    assert len(await host.bookings()) == 1
    general = (await visitor.page("/hanna-page")).form()
    answers = await asyncio.gather(
        *(visitor.send(general, "/hanna-page", start=ELEVEN, **CARLA) for _ in range(5))
    )
    assert len({answer.location for answer in answers}) == 1
    assert len(await host.bookings()) == 2
