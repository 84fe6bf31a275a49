"""`GET /api/v1/links` by words and by state: links are found by all that is said of them, in one call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.store.codes import Code
from admitone.store.records import link_indexes
from admitone.store.records.links import create_links
from admitone.usecases.shared import listing, search
from tests.support.api.calling import answered, created, token_of
from tests.support.factories import NOW, TODAY, a_link, an_event
from tests.support.personal_data.marked import work
from tests.support.sizes import size
from tests.support.store.actions import read, try_revoke

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Clock, Deployment

ANN = {"name": "Ann-Marie Bär van der Berg", "email": "ann@customer.test"}
EXAMINED = 10


def carla(number: int) -> dict[str, str]:
    """One of many people of one name."""
    return {"name": f"Carla Customer{number}", "email": f"{number}@customer.test"}


async def test_links_are_found_by_the_words_of_a_name_and_by_the_address(admin: Api, page: Any) -> None:
    link = await admin.new_link(page, person=ANN)
    await admin.new_link(page, person={"name": "Bernd Bär", "email": "bernd@customer.test"})
    for text in ("ann", "berg", "BÄR ann", "bar van", "ann@customer.test"):
        assert (await admin.get("/links", q=text)).ids == [link["id"]], text
    assert len((await admin.get("/links", q="bär")).ids) == 2
    assert (await admin.get("/links", q="marie")).ids == []


async def test_a_link_is_found_by_its_note(admin: Api, page: Any) -> None:
    link = await admin.new_link(page, person=ANN, note="Met at the fair, (Berlin)")
    for text in ("fair", "berlin", "ann fair"):
        assert (await admin.get("/links", q=text)).ids == [link["id"]], text
    answered(await admin.patch(f"/links/{link['id']}", {"note": "Met Ann in Paris"}))
    assert (await admin.get("/links", q="fair")).ids == []
    for text in ("paris", "met", "ann"):
        assert (await admin.get("/links", q=text)).ids == [link["id"]], text
    answered(await admin.patch(f"/links/{link['id']}", {"note": ""}))
    assert (await admin.get("/links", q="met")).ids == []
    assert (await admin.get("/links", q="ann")).ids == [link["id"]]


async def test_a_link_is_found_by_who_booked(
    admin: Api, customer: Api, page: Any, deployment: Deployment
) -> None:
    link = await admin.new_link(page, on_cancel="reactivate", note="For Otto")
    starts = await customer.starts(link["code"], "2026-11-19", "2026-11-19")
    first = await customer.booked(link["code"], starts[0], name="Otto Other", email="otto@customer.test")
    answered(await customer.post(f"/manage/{token_of(first)}/cancel", {}))
    await customer.booked(link["code"], starts[1], name="Carla Customer", email="carla@customer.test")
    for text in ("otto", "other", "carla", "carla@customer.test", "otto carla"):
        assert (await admin.get("/links", q=text)).ids == [link["id"]], text
    created(await admin.post("/erasures", {"email": "otto@customer.test"}))
    await work(deployment)
    for text in ("other", "otto@customer.test"):
        assert (await admin.get("/links", q=text)).ids == [], text
    for text in ("otto", "carla", "otto carla"):  # the note and the other customer stay
        assert (await admin.get("/links", q=text)).ids == [link["id"]], text


async def test_a_booking_is_found_by_its_notes(admin: Api, customer: Api, page: Any) -> None:
    starts = await customer.starts(page["slug"], "2026-11-19", "2026-11-19")
    booking = await customer.booked(page["slug"], starts[0], notes="We met at the fair!")
    await customer.booked(page["slug"], starts[1])
    assert (await admin.get("/bookings", q="fair carla")).ids == [booking["id"]]


@pytest.mark.soak
async def test_among_many_the_rare_are_found_in_one_call(
    admin: Api, page: Any, deployment: Deployment
) -> None:
    many = size(100_000, 2_000)
    snapshot = await read(deployment.store)
    for first in range(0, many, 1000):
        links = [
            a_link(page=page["id"], created_by=admin.user, created_at=NOW + n, **carla(n))
            for n in range(first, first + 1000)
        ]
        answer = await create_links(
            snapshot,
            links,
            [an_event("link.created", link=link.id) for link in links],
            created=NOW * 10**6 + first,
            day=TODAY,
            operation=None,
            kept=None,
        )
        assert answer.code is Code.OK
        if first == 0:
            oldest = [link.id for link in links[:10]]
            for link in oldest:
                await try_revoke(deployment.store, link)
    assert len((await admin.get("/links", q=f"carla customer{many - 1}")).ids) == 1
    newest = (await admin.get("/links", q="carla customer", limit=3)).items
    assert [one["person"] for one in newest] == [carla(many - n) for n in (1, 2, 3)]
    for more in ({}, {"page": page["id"]}, {"created_by": admin.user}):
        assert (await admin.get("/links", status="revoked", limit=10, **more)).ids == oldest[::-1]


@pytest.fixture
def few_are_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few records are many."""
    for module in (listing, search, link_indexes):
        monkeypatch.setattr(module, "EXAMINED", EXAMINED)


@pytest.mark.usefixtures("few_are_examined")
async def test_the_oldest_of_a_state_come_in_one_call(
    admin: Api, member: Api, customer: Api, page: Any, clock: Clock
) -> None:
    old = {state: [await member.new_link(page) for _ in range(3)] for state in ("booked", "revoked")}
    old["expired"] = [await member.new_link(page, expires_in_days=1) for _ in range(3)]
    people = [{"name": f"No. {number}", "email": f"{number}@example.test"} for number in range(100)]
    created(await admin.post("/links/batch", {"page": page["id"], "people": people}))
    starts = await customer.starts(page["slug"], "2026-11-19", "2026-11-19")
    for link, start in zip(old["booked"], starts, strict=False):
        await customer.booked(link["code"], start)
    for link in old["revoked"]:
        answered(await admin.post(f"/links/{link['id']}/revoke"))
    clock.forward(days=1)
    for state, links in old.items():
        ids = [link["id"] for link in reversed(links)]
        for more in ({}, {"page": page["id"]}, {"created_by": member.user}):
            reply = await admin.get("/links", status=state, limit=3, **more)
            assert reply.ids == ids, (state, more)
        first = await admin.get("/links", status=state, limit=2)
        assert first.ids == ids[:2]
        assert (await admin.get("/links", status=state, cursor=first.body["next_cursor"])).ids == ids[2:]
        assert (await admin.get("/links", status=state, created_by=admin.user)).ids == []


@pytest.mark.usefixtures("few_are_examined")
@pytest.mark.parametrize("count", [EXAMINED - 1, 3 * EXAMINED])
async def test_expired_links_are_listed_before_a_worker_announces_them(
    admin: Api, page: Any, clock: Clock, count: int
) -> None:
    people = [{"name": f"No. {number}", "email": f"{number}@example.test"} for number in range(count)]
    body = {"page": page["id"], "people": people, "expires_in_days": 1}
    made = [link["id"] for link in created(await admin.post("/links/batch", body))["items"]]
    lasting = (await admin.new_link(page))["id"]
    clock.forward(days=1)
    found: list[str] = []
    cursor: str | None = None
    while not found or cursor:
        reply = await admin.get("/links", status="expired", limit=4, **({"cursor": cursor} if cursor else {}))
        found += reply.ids
        cursor = reply.body["next_cursor"]
    assert found == made[::-1]
    assert lasting not in found
