"""Custom fields are counted with each write of contacts, for the choosers of the dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.store.records.contacts.contacts import read_fields
from tests.support.api.calling import answered, created
from tests.support.factories import WORKSPACE

if TYPE_CHECKING:
    from tests.support.api.calling import Api
    from tests.support.api.deployment import Deployment


async def counted(deployment: Deployment) -> dict[bytes, float]:
    """How many contacts have each custom field, as it is stored."""
    key = deployment.store.keys(WORKSPACE).field_counts
    found: Any = await deployment.store.client.zrange(key, 0, -1, withscores=True)
    return dict(found)


async def test_every_way_of_writing_counts(admin: Api, deployment: Deployment) -> None:
    people = [{"email": f"{number}@c.test", "fields": {"city": "Oslo", "plan": "pro"}} for number in range(3)]
    answered(await admin.post("/contacts/batch", {"contacts": people}))
    one = created(await admin.post("/contacts", {"email": "new@c.test", "fields": {"city": "Rome"}}))
    assert await counted(deployment) == {b"city": 4, b"plan": 3}
    merged = {"email": "new@c.test", "fields": {"city": "Bonn", "hat": "red"}}
    answered(await admin.post("/contacts", merged))
    answered(await admin.patch(f"/contacts/{one['id']}", {"fields": {"city": None, "size": "L"}}))
    assert await counted(deployment) == {b"city": 3, b"plan": 3, b"hat": 1, b"size": 1}
    assert (await read_fields(deployment.store, WORKSPACE, 2)) == ["plan", "city"]
    await admin.delete(f"/contacts/{one['id']}")
    assert await counted(deployment) == {b"city": 3, b"plan": 3}


async def test_contacts_with_thousands_of_fields_are_written(admin: Api, deployment: Deployment) -> None:
    people = [
        {"email": f"{n}@c.test", "fields": {f"f{n}_{field}": "x" for field in range(49)} | {"city": "Oslo"}}
        for n in range(90)
    ]
    answered(await admin.post("/contacts/batch", {"contacts": people}))
    found = await counted(deployment)
    assert (len(found), found[b"city"]) == (1000, 90)
