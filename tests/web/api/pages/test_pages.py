"""`GET /api/v1/pages`: what a caller can share."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.support.api.calling import created

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment


async def test_one_s_own_come_first_then_the_others_by_title(admin: Api, member: Api) -> None:
    event_type = await admin.new_event_type(name="Intro", duration_minutes=45)
    bea = await admin.new_page(event_type, title="bea")
    alex = await admin.new_page(event_type, title="Alex")
    own = await member.new_page(event_type, title="Zoe", slug="zoe", general_link=False)
    shared = await member.get("/pages")
    assert shared.ids == [own["id"], alex["id"], bea["id"]]
    assert shared.body["next_cursor"] is None
    assert shared.items[0] == {
        "id": own["id"],
        "kind": "booking_page",
        "title": "Zoe",
        "slug": "zoe",
        "url": "http://127.0.0.1:8080/zoe",
        "general_link": False,
        "one_time": True,
        "owner": member.user,
        "event_types": [{"id": event_type["id"], "name": "Intro", "duration_minutes": 45}],
    }


async def test_only_what_a_link_can_be_made_for_is_one_time(
    deployment: Deployment, admin: Api, member: Api, other_member: Api
) -> None:
    event_type, gone = await admin.new_event_type(), await admin.new_event_type()
    pages = {
        "with": await admin.new_page(event_type, gone),
        "without": await admin.new_page(),
        "with none left": await admin.new_page(gone),
        "of somebody gone": await other_member.new_page(event_type),
    }
    await admin.new_page(event_type, enabled=False)
    await admin.delete(f"/event-types/{gone['id']}")
    await deployment.change_user(other_member, active=False)
    one_time = {page["id"]: page["one_time"] for page in (await member.get("/pages")).items}
    assert one_time == {page["id"]: name == "with" for name, page in pages.items()}
    listed = {page["id"]: page["event_types"] for page in (await member.get("/pages")).items}
    assert [each["id"] for each in listed[pages["with"]["id"]]] == [event_type["id"]]
    created(await member.post("/links", {"page": pages["with"]["id"]}))


async def test_all_of_them_are_there(admin: Api) -> None:
    event_type = await admin.new_event_type()
    made = await asyncio.gather(*(admin.new_page(event_type) for _ in range(205)))
    assert sorted((await admin.get("/pages")).ids) == sorted(page["id"] for page in made)


async def test_another_workspace_s_are_not(admin: Api, stranger: Api) -> None:
    await admin.new_page(await admin.new_event_type())
    assert (await stranger.get("/pages")).items == []
