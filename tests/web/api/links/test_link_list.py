"""`GET /api/v1/links`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.api.calling import created, refused

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from tests.support.api.calling import Api, Reply
    from tests.support.api.deployment import Clock


async def all_pages(api: Api, **query: object) -> list[Reply]:
    """Every page of a list, to its end."""
    replies = [await api.get("/links", **query)]
    while cursor := replies[-1].body["next_cursor"]:
        replies.append(await api.get("/links", **query, cursor=cursor))
        assert len(replies) < 100
    return replies


async def found(api: Api, **query: object) -> list[str]:
    """The ids on all pages of a list."""
    return [link for reply in await all_pages(api, **query) for link in reply.ids]


async def test_the_newest_come_first_page_by_page(admin: Api, page: Any) -> None:
    made = [(await admin.new_link(page))["id"] for _ in range(7)]
    replies = await all_pages(admin, limit=3)
    assert [reply.ids for reply in replies] == [made[:-4:-1], made[3:0:-1], made[:1]]
    assert await found(admin) == made[::-1]


async def test_links_made_while_a_list_is_read_neither_repeat_nor_hide_others(admin: Api, page: Any) -> None:
    made = [(await admin.new_link(page))["id"] for _ in range(4)]
    first = await admin.get("/links", limit=2)
    await admin.new_link(page)
    second = await admin.get("/links", limit=2, cursor=first.body["next_cursor"])
    assert first.ids + second.ids == made[::-1]


async def test_the_links_of_a_page_and_of_their_maker(admin: Api, member: Api, page: Any) -> None:
    other = await admin.new_page(await admin.new_event_type())
    one = (await admin.new_link(page))["id"]
    two = (await member.new_link(page))["id"]
    three = (await member.new_link(other))["id"]
    assert await found(admin, page=page["id"]) == [two, one]
    assert await found(admin, created_by=member.user) == [three, two]
    assert await found(admin, page=page["id"], created_by=member.user) == [two]
    assert await found(admin, page="missing") == []
    assert await found(admin, created_by="missing") == []


@pytest.mark.parametrize("limit", [1, 2, 50])
async def test_a_status_is_the_same_in_the_list_and_in_its_links(
    admin: Api, customer: Api, page: Any, clock: Clock, limit: int
) -> None:
    closed = await admin.new_page(await admin.new_event_type())
    for _ in range(2):
        await admin.new_link(page)
        booked, revoked = await admin.new_link(page), await admin.new_link(page)
        await admin.new_link(page, expires_in_days=1)
        await admin.new_link(closed)
        await customer.booked(
            booked["code"], (await customer.starts(booked["code"], "2026-11-19", "2026-11-19"))[0]
        )
        await admin.post(f"/links/{revoked['id']}/revoke")
    await admin.patch(f"/booking-pages/{closed['id']}", {"enabled": False}, confirm=1)
    clock.forward(days=1)
    everything = (await admin.get("/links")).items
    for status in ("active", "booked", "revoked", "expired", "unavailable"):
        expected = [link["id"] for link in everything if link["status"] == status]
        assert len(expected) == 2
        assert await found(admin, status=status, limit=limit) == expected
        of_page = [
            link["id"] for link in everything if link["status"] == status and link["page"] == page["id"]
        ]
        assert await found(admin, status=status, page=page["id"], limit=limit) == of_page


PEOPLE = {
    "zoe": {"name": "Zoë Müller-Lüdenscheidt", "email": "zoe@example.test"},
    "ann": {"name": "Ann Müller", "email": "Ann.Mueller@Example.test"},
    "bob": {"name": "Bob van der Zoo", "email": "bob@zoo.test"},
}


@pytest.mark.parametrize(
    ("q", "who"),
    [
        ("müll", {"zoe", "ann"}),
        ("MULLER", {"zoe", "ann"}),
        ("ann müller", {"ann"}),
        ("müller bob", set()),
        ("zo", {"zoe", "bob"}),
        ("zoe@example.test", {"zoe"}),
        ("ANN.MUELLER@example.TEST", {"ann"}),
        ("ann.", {"ann"}),
        ("ludenscheidt", set()),
        ("van der", {"bob"}),
        ("*", set()),
        ("[", set()),
        (" ", set()),
        ("\x00", set()),
    ],
)
async def test_people_are_found_by_the_beginnings_of_their_words(
    admin: Api, page: Any, q: str, who: set[str]
) -> None:
    ids = {name: (await admin.new_link(page, person=person))["id"] for name, person in PEOPLE.items()}
    await admin.new_link(page)
    for limit in (1, 50):
        reply = await admin.get("/links", q=q.encode(errors="surrogateescape").decode(errors="replace"))
        assert set(reply.ids) == {ids[name] for name in who}
        assert set(await found(admin, q=q.encode("utf-8", "replace").decode(), limit=limit)) == {
            ids[n] for n in who
        }


async def test_a_search_looks_up_few_words_however_many_are_asked_for(
    admin: Api, page: Any, redis: Redis
) -> None:
    zoe = await admin.new_link(page, person=PEOPLE["zoe"])
    assert await found(admin, q="z oe zo zoe x") == []
    assert await found(admin, q="m zoe ü") == [zoe["id"]]  # words of one letter do not count
    await redis.config_resetstat()
    for q in (" ".join("abcdefghijklm" * 300), "zo " * 2000, " ".join(f"zo{i}" for i in range(1000))):
        assert (await admin.get("/links", q=q)).status == 200
        assert (await admin.get("/bookings", q=q)).status == 200
    stats = await redis.info("commandstats")
    assert stats["cmdstat_zlexcount"]["calls"] == 2 * (0 + 1 + 8)
    assert stats["cmdstat_zrangebylex"]["calls"] == 1  # of the rarest word, if it has entries


async def test_a_search_keeps_to_the_other_filters(admin: Api, page: Any) -> None:
    other = await admin.new_page(await admin.new_event_type())
    here = await admin.new_link(page, person=PEOPLE["zoe"])
    there = await admin.new_link(other, person=PEOPLE["zoe"])
    await admin.post(f"/links/{there['id']}/revoke")
    assert await found(admin, q="zoe", page=page["id"]) == [here["id"]]
    assert await found(admin, q="zoe", status="revoked") == [there["id"]]
    assert await found(admin, q="zoe", status="booked") == []


async def test_a_filter_examines_a_thousand_links_a_call(admin: Api, page: Any) -> None:
    closed = await admin.new_page(await admin.new_event_type())
    rare = await admin.new_link(closed)
    await admin.patch(f"/booking-pages/{closed['id']}", {"enabled": False}, confirm=1)
    for count in (1000, 150):
        people = [{"name": f"No. {number}", "email": f"{number}@example.test"} for number in range(count)]
        created(await admin.post("/links/batch", {"page": page["id"], "people": people}))
    for limit in (1, 150, 200):
        first = await admin.get("/links", status="unavailable", limit=limit)
        assert first.ids == []
        cursor = first.body["next_cursor"]
        second = await admin.get("/links", status="unavailable", limit=limit, cursor=cursor)
        assert second.ids == [rare["id"]]
        rest = await admin.get("/links", cursor=first.body["next_cursor"], limit=200)
        assert len(rest.ids) == 151
        assert rest.body["next_cursor"] is None
    assert len(await found(admin, limit=200)) == 1151


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "used"}, "status"),
        ({"limit": 0}, "limit"),
        ({"limit": 201}, "limit"),
        ({"cursor": "W10"}, "cursor"),
        ({"cursor": "."}, "cursor"),
        ({"cursor": "WzFlNDAwLCJ4Il0"}, "cursor"),
        ({"Status": "active"}, "Status"),
    ],
)
async def test_a_list_refuses_what_it_does_not_know(admin: Api, query: dict[str, Any], field: str) -> None:
    refused(await admin.get("/links", **query), 422, "invalid", field)


@pytest.mark.parametrize("bytes_", ["%FF", "%ED%A0%80", "%00", "%F0%9F%98"])
@pytest.mark.parametrize("name", ["q", "page", "created_by"])
async def test_text_that_is_no_text_finds_nothing(admin: Api, page: Any, name: str, bytes_: str) -> None:
    await admin.new_link(page, person=PEOPLE["zoe"])
    assert (await admin.get(f"/links?{name}={bytes_}")).ids == []


async def test_a_parameter_stands_once(admin: Api) -> None:
    refused(await admin.get("/links?status=active&status=booked"), 422, "invalid", "status")
