"""Master pages: their links when the page, its rules or its members change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.api.calling import a_rule, answered, created, refused, token_of
from tests.support.pages.team import DAY, HALF_PAST, NINE, Team

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment


async def test_dynamic_to_static_and_back_touches_no_link(team: Team, customer: Api) -> None:
    admin = team.admin
    master = await admin.new_master_page(a_rule(team.event_type, await admin.new_pool(*team.pages)))
    path = f"/master-pages/{master['id']}"
    links = {
        state: await admin.new_link(master, on_cancel="reactivate" if state == "freed" else "keep")
        for state in ("active", "booked", "cancelled", "rescheduled", "kept", "freed")
    }
    starts = {"booked": NINE, "cancelled": NINE, "rescheduled": NINE, "kept": HALF_PAST, "freed": HALF_PAST}
    bookings = {state: await customer.booked(links[state]["code"], start) for state, start in starts.items()}
    general = await customer.booked(master["slug"], HALF_PAST)
    hosts = {state: (await team.hosts(booking))[0] for state, booking in bookings.items()}
    answered(await customer.post(f"/manage/{token_of(bookings['cancelled'])}/cancel", {}))
    moved = {"start": f"{DAY}T09:00:00Z"}
    answered(await customer.post(f"/manage/{token_of(bookings['rescheduled'])}/reschedule", moved))

    async def states() -> dict[str, str]:
        found = {
            state: answered(await admin.get(f"/links/{link['id']}"))["status"]
            for state, link in links.items()
        }
        for status in set(found.values()):
            listed = (await admin.get("/links", status=status, page=master["id"])).ids
            assert set(listed) == {links[state]["id"] for state in found if found[state] == status}
        return found

    dynamic = dict.fromkeys(links, "booked") | {"active": "active"}
    assert await states() == dynamic

    static = {"rule_type": "static", "pages": [page["id"] for page in team.pages]}
    reply = await admin.patch(path, static)
    refused(reply, 409, "would-break-links")
    assert (reply.body["links"], await states()) == (1, dynamic)
    after = answered(await admin.patch(path, static, confirm=1))
    assert after["rules"] == master["rules"]

    assert await states() == dynamic | {"active": "unavailable"}
    refused(await customer.get(f"/book/{links['active']['code']}"), 410, "link-unavailable")
    refused(await customer.book(links["active"]["code"], NINE), 410, "link-unavailable")
    refused(await customer.get(f"/book/{links['booked']['code']}"), 410, "link-booked")
    for state in ("booked", "rescheduled"):
        manage = f"/manage/{token_of(bookings[state])}"
        can = answered(await customer.get(manage))["can"]
        assert (can["cancel"], can["reschedule"]) == (True, False)
        assert can["why_not"].startswith("This booking can't be rescheduled because its page")
        later = {"start": f"{DAY}T09:30:00Z"}
        refused(await customer.post(f"{manage}/reschedule", later), 403, "policy-refuses")
        refused(await customer.get(f"{manage}/slots", from_=DAY, to=DAY), 403, "policy-refuses")
        refused(
            await admin.post(f"/bookings/{bookings[state]['id']}/reschedule", later), 403, "policy-refuses"
        )
    assert answered(await customer.get(f"/manage/{token_of(general)}"))["can"]["reschedule"] is True
    for state in ("kept", "freed"):  # of the two, one link is to be active again after that
        answered(await customer.post(f"/manage/{token_of(bookings[state])}/cancel", {}))
    refused(
        await admin.post(f"/bookings/{bookings['booked']['id']}/request-reschedule"),
        409,
        "one-time-not-offered",
    )
    assert await states() == dynamic | {"active": "unavailable", "freed": "unavailable"}

    back = await admin.patch(path, {"rule_type": "dynamic"})
    assert answered(back) == after | {"rule_type": "dynamic"}
    dynamic |= {"freed": "active"}
    assert await states() == dynamic
    answered(await customer.get(f"/book/{links['active']['code']}"))
    await customer.booked(links["freed"]["code"], HALF_PAST)
    for state in ("booked", "rescheduled"):
        later = {"start": f"{DAY}T09:30:00Z"}
        reply = await customer.post(f"/manage/{token_of(bookings[state])}/reschedule", later)
        assert answered(reply)["status"] == "rescheduled"
        assert await team.hosts(bookings[state]) == [hosts[state]]  # rescheduling stays with the host
    answered(await customer.post(f"/manage/{token_of(bookings['booked'])}/cancel", {}))


async def test_changes_that_would_break_links_say_how_many(team: Team, customer: Api, clock: Clock) -> None:
    admin, first = team.admin, team.pages[0]
    pool = await admin.new_pool(first)
    master = await admin.new_master_page(a_rule(team.event_type, pool))
    people = [{"name": f"No. {n}", "email": f"{n}@customer.test"} for n in range(3)]
    created(await admin.post("/links/batch", {"page": master["id"], "people": people}))
    created(await admin.post("/links/batch", {"page": first["id"], "people": people}))
    used, revoked, _expired = [await admin.new_link(master, expires_in_days=1) for _ in range(3)]
    await customer.booked(used["code"], NINE)
    answered(await admin.post(f"/links/{revoked['id']}/revoke"))
    clock.forward(days=1.1)
    for method, path, body, links in (
        ("PATCH", f"/master-pages/{master['id']}", {"enabled": False}, 3),
        ("DELETE", f"/master-pages/{master['id']}", None, 3),
        ("DELETE", f"/pools/{pool['id']}", None, 3),
        ("PATCH", f"/booking-pages/{first['id']}", {"enabled": False}, 6),
        ("DELETE", f"/booking-pages/{first['id']}", None, 6),
        ("DELETE", f"/event-types/{team.event_type['id']}", None, 6),
        ("PATCH", f"/booking-pages/{first['id']}", {"event_types": []}, 3),
    ):
        reply = await admin.call(method, path, body)
        refused(reply, 409, "would-break-links")
        assert reply.body["links"] == links, path
    answered(await admin.patch(f"/booking-pages/{first['id']}", {"title": "Nothing is lost by this"}))
    assert (await admin.delete(f"/pools/{pool['id']}", confirm=1)).status == 204
    assert (await admin.get("/links", status="unavailable")).items != []


async def test_whoever_is_disabled_or_gone_takes_no_part(
    team: Team, customer: Api, deployment: Deployment
) -> None:
    admin = team.admin
    master = await admin.new_master_page(a_rule(team.event_type, await admin.new_pool(*team.pages)))
    link = await admin.new_link(master)
    answered(await admin.patch(f"/booking-pages/{team.pages[0]['id']}", {"enabled": False}))
    assert await team.hosts(await customer.booked(master["slug"], NINE)) == [team.ids[1]]
    cal = type(admin)(admin.http, admin.server, user=team.ids[2])
    await deployment.change_user(cal, active=False)
    refused(await customer.book(master["slug"], NINE), 409, "slot-taken")
    await admin.delete(f"/booking-pages/{team.pages[1]['id']}", confirm=1)
    refused(await customer.get(f"/book/{link['code']}"), 410, "link-unavailable")
    refused(await customer.get(f"/book/{master['slug']}"), 404, "link-not-found")
    answered(await admin.patch(f"/booking-pages/{team.pages[0]['id']}", {"enabled": True}))
    assert answered(await customer.get(f"/book/{link['code']}"))["one_time"] is True
