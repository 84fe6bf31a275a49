"""A booking that is still to be confirmed: the host's calendar counts before and after that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.customer.visitor import CARLA, Visitor
from tests.support.google.host_page import DAY

if TYPE_CHECKING:
    from tests.support.customer.visitor import Answer
    from tests.support.google.host_page import HostPage


async def test_the_calendar_is_looked_at_before_and_asked_after_confirming(host_page: HostPage) -> None:
    await host_page.put("10:00", "11:00")
    visitor = Visitor(host_page.host.site.http, host_page.host.site.address)
    path = f"/.{await host_page.link()}"
    form = (await visitor.page(f"{path}?date={DAY}")).form()

    async def post(start: str) -> Answer:
        return await visitor.send_unmarked(form, path, start=f"{DAY}T{start}:00Z", **CARLA)

    assert (await post("10:00")).status == 409
    asked = await post("12:00")
    assert asked.status == 200
    await host_page.put("12:00", "13:00")  # the server does not know of it yet
    taken = await visitor.send_unmarked(asked.page.form(), path, _sure="1")
    assert taken.status == 409
    assert "That time was just taken." in taken.page.text
    await host_page.google.fault("calendar.freebusy.query", "503", times=None)
    host_page.clock.forward(seconds=1000)
    unreachable = await post("14:00")
    assert unreachable.status == 503
    assert "Nothing is booked. Please try again." in unreachable.page.text
