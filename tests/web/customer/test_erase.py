"""`/manage/TOKEN/erase`: a customer asks for their data to be erased, and administrators decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.api.calling import answered, created, refused
from tests.support.personal_data.marked import work

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor


@pytest.fixture
async def path(host: Host) -> str:
    """The manage page of a booking that its customer cancelled."""
    path = await host.booked()
    answered(await host.deployment.customer.post(f"{path}/cancel", {}))
    return path


async def ask(visitor: Visitor, path: str) -> None:
    """File the request as a person does."""
    form = (await visitor.page(f"{path}/erase")).form()
    answer = await visitor.send(form, f"{path}/erase", sure="1")
    assert (answer.status, answer.location) == (303, f"{path}/erase")
    assert "You asked for your data to be erased" in (await visitor.get(f"{path}/erase")).text


async def test_the_request_is_filed_once_and_carried_out(host: Host, visitor: Visitor, path: str) -> None:
    assert f'href="{path}/erase"' in (await visitor.get(path)).text
    await ask(visitor, path)
    [request] = (await host.api.get("/erasures")).items
    assert (request["state"], request["email"], request["requested_by"]) == (
        "requested",
        "carla@customer.test",
        "customer",
    )
    assert answered(await host.api.post(f"/erasures/{request['id']}/carry-out"))["state"] == "running"
    refused(await host.api.post(f"/erasures/{request['id']}/decline"), 404, "not-found")
    for _ in range(50):
        await work(host.deployment)
        host.deployment.clock.forward(seconds=1)
        [request] = (await host.api.get("/erasures")).items
        if request["state"] == "done":
            break
    assert (request["state"], request["email"], request["booking"]) == ("done", None, None)
    for page in ("", "/erase"):
        assert (await visitor.get(f"{path}{page}")).status == 410


async def test_a_declined_request_can_be_filed_again(host: Host, visitor: Visitor, path: str) -> None:
    await ask(visitor, path)
    [request] = (await host.api.get("/erasures")).items
    answered(await host.api.post(f"/erasures/{request['id']}/decline"))
    refused(await host.api.post(f"/erasures/{request['id']}/carry-out"), 404, "not-found")
    assert len(await host.bookings()) == 1
    await ask(visitor, path)
    assert [one["state"] for one in (await host.api.get("/erasures")).items] == ["requested"]


async def test_a_request_is_done_once_its_booking_is_erased_in_another_way(
    host: Host, visitor: Visitor, path: str
) -> None:
    await ask(visitor, path)
    created(await host.api.post("/erasures", {"email": "carla@customer.test"}))
    for _ in range(5):
        await work(host.deployment)
        host.deployment.clock.forward(seconds=1)
    for erasure in (await host.api.get("/erasures")).items:
        assert (erasure["state"], erasure["email"], erasure["booking"]) == ("done", None, None)
        assert answered(await host.api.post(f"/erasures/{erasure['id']}/carry-out"))["state"] == "done"


async def test_a_booking_to_come_holds_it_up(host: Host, visitor: Visitor) -> None:
    path = await host.booked()
    await ask(visitor, path)
    [request] = (await host.api.get("/erasures")).items
    refused(await host.api.post(f"/erasures/{request['id']}/carry-out"), 409, "has-live-bookings")


async def test_no_one_post_files_it(host: Host, visitor: Visitor, path: str) -> None:
    at = f"{path}/erase"
    form = (await visitor.page(at)).form()
    assert (await visitor.send(form, at)).status == 422
    asked = await visitor.send_unmarked(form, at, sure="1")
    assert (asked.status, "Ask for your data to be erased?" in asked.text) == (200, True)
    assert (await visitor.send_unmarked(asked.page.form(), at)).status == 422
    assert (await visitor.post(at, {"sure": "1", "_person": "1"})).status == 422
    assert (await host.api.get("/erasures")).items == []
    agreed = await visitor.send_unmarked(asked.page.form(), at, _sure="1")
    assert agreed.status == 303
    assert len((await host.api.get("/erasures")).items) == 1
