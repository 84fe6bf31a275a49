"""`/api/v1/held-mails`: what waits for a budget, and what was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.api.calling import answered, refused
from tests.support.factories import NOW
from tests.support.mail.held import hold_mail, use_up

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment


async def test_held_and_lapsed_mails_are_listed_to_those_who_see_their_bookings(
    deployment: Deployment, admin: Api, member: Api, other_member: Api
) -> None:
    event_type = await admin.new_event_type()
    bookings = []
    for host in member, other_member:
        page = await host.new_page(event_type)
        booked = await deployment.customer.booked(page["slug"], "2026-11-19T10:00:00Z")
        bookings.append(booked["id"])
    waiting, lapsed = bookings
    await use_up(deployment.store, NOW)
    await hold_mail(deployment.store, waiting, NOW)
    await hold_mail(deployment.store, lapsed, NOW + 1, lapses=True)

    found = answered(await admin.get("/held-mails"))
    first, second = found["items"]
    assert found["next_cursor"] is None
    assert (first["booking"], first["state"], first["due"]) == (lapsed, "lapsed", None)
    del second["id"]
    assert second == {
        "name": "mail.customer",
        "state": "held",
        "held_at": "2026-11-18T11:06:40Z",
        "due": "2026-11-19T11:06:40Z",
        "superseded": 0,
        "booking": waiting,
    }
    part = answered(await admin.get("/held-mails?limit=1"))
    rest = answered(await admin.get(f"/held-mails?limit=1&cursor={part['next_cursor']}"))
    assert [mail["booking"] for mail in part["items"] + rest["items"]] == [lapsed, waiting]
    assert [mail["booking"] for mail in (await member.get("/held-mails")).items] == [waiting]
    assert [mail["booking"] for mail in (await other_member.get("/held-mails")).items] == [lapsed]
    await deployment.change_settings(members_see="all")
    assert len((await member.get("/held-mails")).items) == 2


async def test_a_strangers_workspace_and_a_bad_cursor_show_nothing(
    deployment: Deployment, admin: Api, stranger: Api
) -> None:
    page = await admin.new_page(await admin.new_event_type())
    booking = await deployment.customer.booked(page["slug"], "2026-11-19T10:00:00Z")
    await use_up(deployment.store, NOW)
    await hold_mail(deployment.store, booking["id"], NOW)
    assert (await stranger.get("/held-mails")).items == []
    refused(await admin.get("/held-mails?cursor=x"), 422, "invalid", "cursor")
    assert (await deployment.customer.get("/held-mails")).status == 401
