"""`/api/v1/links`: expiring, revoking and reactivating one-time links, and their timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.api.calling import CARLA, answered, refused, token_of

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

START = "2026-11-19T08:00:00Z"
LATER = "2026-11-19T09:00:00Z"


async def status_of(admin: Api, link: Any) -> str:
    """The status that a host sees; every list agrees with it."""
    found = answered(await admin.get(f"/links/{link['id']}"))
    for status in ("active", "booked", "revoked", "expired", "unavailable"):
        listed = (await admin.get("/links", status=status)).ids
        assert (link["id"] in listed) == (status == found["status"])
    status = found["status"]
    assert isinstance(status, str)
    return status


async def test_a_link_expires_and_a_later_expiry_revives_it(
    admin: Api, customer: Api, page: Any, clock: Clock
) -> None:
    link = await admin.new_link(page, expires_in_days=1)
    clock.forward(days=1, seconds=-1)
    assert await status_of(admin, link) == "active"
    clock.forward(seconds=1)
    assert await status_of(admin, link) == "expired"
    refused(await customer.get(f"/book/{link['code']}"), 410, "link-expired")
    refused(await customer.book(link["code"], "2026-11-20T08:00:00Z"), 410, "link-expired")
    told = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    assert told[-1] == {"type": "link.expired", "at": "2026-11-19T11:06:40Z"}
    answered(await admin.patch(f"/links/{link['id']}", {"expires_in_days": 1}))
    assert await status_of(admin, link) == "active"
    await customer.booked(link["code"], "2026-11-20T08:00:00Z")
    clock.forward(days=2)
    assert await status_of(admin, link) == "booked"


async def test_a_link_is_unavailable_for_as_long_as_its_target_is(
    deployment: Deployment, admin: Api, member: Api, customer: Api
) -> None:
    event_type, other = await admin.new_event_type(), await admin.new_event_type()
    page = await member.new_page(event_type, other)
    link = await admin.new_link(page, event_type=event_type["id"])
    path = f"/booking-pages/{page['id']}"

    async def expect(status: str) -> None:
        assert await status_of(admin, link) == status
        reply = await customer.get(f"/book/{link['code']}")
        if status == "active":
            answered(reply)
        else:
            refused(reply, 410, "link-unavailable")
            refused(await customer.book(link["code"], START), 410, "link-unavailable")

    await expect("active")
    answered(await member.patch(path, {"enabled": False}, confirm=1))
    await expect("unavailable")
    answered(await member.patch(path, {"enabled": True}))
    await expect("active")
    answered(await member.patch(path, {"event_types": [other["id"]]}, confirm=1))
    await expect("unavailable")
    answered(await member.patch(path, {"event_types": [event_type["id"]]}))
    await expect("active")
    await deployment.change_user(member, active=False)
    await expect("unavailable")
    await deployment.change_user(member, active=True)
    await expect("active")
    answered(await member.patch(path, {"general_link": False}))
    await expect("active")
    await admin.delete(f"/event-types/{event_type['id']}", confirm=1)
    await expect("unavailable")
    await member.delete(path, confirm=1)
    await expect("unavailable")


async def test_booked_revoked_expired_unavailable_in_this_order(
    admin: Api, customer: Api, page: Any, clock: Clock
) -> None:
    booked, revoked, expired = [await admin.new_link(page, expires_in_days=1) for _ in range(3)]
    unavailable = await admin.new_link(page)
    await customer.booked(booked["code"], START)
    answered(await admin.post(f"/links/{revoked['id']}/revoke"))
    clock.forward(days=1)
    answered(await admin.patch(f"/booking-pages/{page['id']}", {"enabled": False}, confirm=1))
    for link, status in (
        (booked, "booked"),
        (revoked, "revoked"),
        (expired, "expired"),
        (unavailable, "unavailable"),
    ):
        assert await status_of(admin, link) == status
        refused(await customer.get(f"/book/{link['code']}"), 410, f"link-{status}")
        refused(await customer.book(link["code"], START), 410, f"link-{status}")


async def test_revoking_withdraws_a_link_once(admin: Api, customer: Api, page: Any, clock: Clock) -> None:
    link = await admin.new_link(page)
    clock.forward(hours=1)
    revoked = answered(await admin.post(f"/links/{link['id']}/revoke"))
    assert revoked == link | {"status": "revoked", "revoked_at": "2026-11-18T12:06:40Z"}
    refused(await customer.book(link["code"], START), 410, "link-revoked")
    clock.forward(hours=1)
    assert answered(await admin.post(f"/links/{link['id']}/revoke")) == revoked
    told = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    assert [entry["type"] for entry in told] == ["link.created", "link.revoked"]


async def test_revoking_leaves_an_expired_link_as_it_is(admin: Api, page: Any, clock: Clock) -> None:
    link = await admin.new_link(page, expires_in_days=1)
    clock.forward(days=1)
    assert answered(await admin.post(f"/links/{link['id']}/revoke")) == link | {"status": "expired"}
    answered(await admin.patch(f"/links/{link['id']}", {"expires_in_days": 1}))
    assert await status_of(admin, link) == "active"


async def test_a_booked_link_is_not_revoked(admin: Api, customer: Api, page: Any) -> None:
    link = await admin.new_link(page)
    booking = await customer.booked(link["code"], START)
    refused(await admin.post(f"/links/{link['id']}/revoke"), 409, "link-booked")
    answered(await customer.post(f"/manage/{token_of(booking)}/cancel", {}))
    refused(await admin.post(f"/links/{link['id']}/revoke"), 409, "link-booked")
    assert await status_of(admin, link) == "booked"


async def test_reactivating_lifts_a_revocation(admin: Api, customer: Api, page: Any, clock: Clock) -> None:
    link = await admin.new_link(page, expires_in_days=2)
    assert answered(await admin.post(f"/links/{link['id']}/reactivate")) == link
    answered(await admin.post(f"/links/{link['id']}/revoke"))
    assert answered(await admin.post(f"/links/{link['id']}/reactivate")) == link
    clock.forward(days=2)
    expired = answered(await admin.post(f"/links/{link['id']}/reactivate"))
    assert expired == link | {"status": "expired"}
    answered(await admin.patch(f"/links/{link['id']}", {"expires_in_days": 2}))
    clock.forward(hours=1)
    await customer.booked(link["code"], "2026-11-23T08:00:00Z")
    told = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    assert [entry["type"] for entry in told] == [
        "link.created",
        "link.revoked",
        "link.reactivated",
        "link.updated",
        "booking.scheduled",
    ]


async def test_reactivating_frees_a_booked_link_once_its_bookings_are_cancelled(
    admin: Api, customer: Api, page: Any
) -> None:
    link = await admin.new_link(page)
    first = await customer.booked(link["code"], START)
    refused(await admin.post(f"/links/{link['id']}/reactivate"), 409, "link-booked")
    answered(await admin.post(f"/bookings/{first['id']}/cancel"))
    freed = answered(await admin.post(f"/links/{link['id']}/reactivate"))
    assert freed == link | {"bookings": [first["id"]]}
    second = await customer.booked(link["code"], LATER)
    refused(await admin.post(f"/links/{link['id']}/reactivate"), 409, "link-booked")
    found = answered(await admin.get(f"/links/{link['id']}"))
    assert (found["status"], found["bookings"]) == ("booked", [first["id"], second["id"]])


async def test_a_no_show_does_not_free_a_link(admin: Api, customer: Api, page: Any, clock: Clock) -> None:
    link = await admin.new_link(page)
    booking = await customer.booked(link["code"], START)
    clock.forward(days=1)
    answered(await admin.post(f"/bookings/{booking['id']}/no-show"))
    refused(await admin.post(f"/links/{link['id']}/reactivate"), 409, "link-booked")


async def test_the_timeline_says_that_nobody_opened_a_link_before_it_was_used(
    admin: Api, customer: Api, page: Any, clock: Clock
) -> None:
    link = await admin.new_link(page, on_cancel="reactivate")
    first = await customer.booked(link["code"], START)
    answered(await admin.post(f"/bookings/{first['id']}/cancel", {}))
    clock.forward(minutes=1)
    assert (await customer.post(f"/book/{link['code']}/opened")).status == 204
    second = await customer.booked(link["code"], START)
    told = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    used = {entry["booking"]: entry for entry in told if entry["type"] == "booking.scheduled"}
    assert used[first["id"]]["opened"] is False
    assert "opened" not in used[second["id"]]


async def test_the_timeline_tells_all_that_happened(
    admin: Api, customer: Api, page: Any, clock: Clock
) -> None:
    link = await admin.new_link(page)
    clock.forward(minutes=1)
    answered(await customer.get(f"/book/{link['code']}"))
    clock.forward(minutes=1)
    assert (await customer.post(f"/book/{link['code']}/opened")).status == 204
    clock.forward(minutes=1)
    booking = await customer.booked(link["code"], START)
    clock.forward(minutes=1)
    move = {"start": LATER, "reason": "The train"}
    answered(await customer.post(f"/manage/{token_of(booking)}/reschedule", move))
    clock.forward(minutes=1)
    answered(await admin.post(f"/bookings/{booking['id']}/cancel", {"reason": "I am ill"}))
    told = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    by_carla = {"by": "customer", "booking": booking["id"]}
    assert told == [
        {"type": "link.created", "at": "2026-11-18T11:06:40Z", "by": admin.user},
        {"type": "link.fetched", "at": "2026-11-18T11:07:40Z"},
        {"type": "link.opened", "at": "2026-11-18T11:08:40Z", "by": "customer"},
        {"type": "booking.scheduled", "at": "2026-11-18T11:09:40Z", **by_carla},
        {"type": "booking.rescheduled", "at": "2026-11-18T11:10:40Z", **by_carla, "reason": "The train"},
        {
            "type": "booking.cancelled",
            "at": "2026-11-18T11:11:40Z",
            "by": admin.user,
            "booking": booking["id"],
            "reason": "I am ill",
        },
    ]


async def test_a_link_is_not_emailed_where_nothing_sends_mail(admin: Api, page: Any) -> None:
    link = await admin.new_link(page, person=CARLA)
    refused(await admin.post(f"/links/{link['id']}/email", {"kind": "link"}), 409, "mail-not-set-up")
    told = answered(await admin.get(f"/links/{link['id']}"))["timeline"]
    assert [entry["type"] for entry in told] == ["link.created"]
