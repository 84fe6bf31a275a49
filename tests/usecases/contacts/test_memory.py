"""A contact takes little memory, with everything that finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.contacts.contact import ContactBody
from admitone.usecases.contacts.contact_merge import Writer, merge_contacts
from admitone.usecases.shared.services import Services
from tests.support.factories import NOW, WORKSPACE
from tests.support.sizes import size
from tests.support.store.actions import a_store

if TYPE_CHECKING:
    from tests.support.redis_server import RedisServer

CONTACTS = size(20, 1) * 1000
BYTES = 1000


def a_body(number: int) -> ContactBody:
    """What is usual to know of a contact."""
    return ContactBody(
        email=f"charlotte.hernandez{number}@customer.test",
        first_name="Charlotte",
        last_name="Hernandez",
        phone="+33 1 23 45 67 89",
        timezone="Europe/Paris",
        locale="fr",
        tags=["lead", "newsletter"],
        fields={"company": "Example Limited", "size": "40", "source": "website"},
    )


async def test_a_contact_takes_at_most_1000_bytes_with_its_indexes(own_redis: RedisServer) -> None:
    """On the server that Admit One starts by itself: the one that a run shares may be another."""
    async with a_store(own_redis.url) as store:
        services = Services(store, lambda: NOW, "", test_addresses=True)
        for first in range(0, CONTACTS, 1000):
            bodies = [a_body(first + number) for number in range(1000)]
            await merge_contacts(services, WORKSPACE, bodies, Writer(by="user"))
        client: Any = store.client
        found: dict[str, float] = {}
        async for key in client.scan_iter("*contact*"):
            kind = "contact" if b":contact:" in key else key.decode().partition(WORKSPACE)[2]
            taken = await client.memory_usage(key, samples=0) + SLOT
            found[kind] = found.get(kind, 0) + taken / CONTACTS
    assert sum(found.values()) <= BYTES, found


SLOT = 16
"""Bytes of a key's place in the table of all keys, which MEMORY USAGE does not count."""
