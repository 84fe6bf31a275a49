"""A secret key is retired as docs/secrets.md tells, with servers running, and everything opens afterwards."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, Any

from admitone.domain.webhooks.webhook import signature
from admitone.sealing import Sealer
from admitone.store.records.credentials.google_connections import (
    open_refresh_token,
    read_connection,
    seal_refresh_token,
    write_connection,
)
from admitone.store.records.mail.mails import read_kept_mails
from admitone.store.redis.connect import open_redis
from admitone.store.store import Store, open_store
from tests.support.api.calling import Api, answered, created, token_of
from tests.support.api.deployment import PARTITIONS
from tests.support.api.servers import Servers, always_open, coming_days, servers_on
from tests.support.commands.command_line import run
from tests.support.factories import NOW, a_connection
from tests.support.server_process import SECRET_KEY, ServerProcess, running_servers
from tests.support.webhooks.receiver import receiving
from tests.support.worker.workers import until

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.support.redis_server import RedisServer
    from tests.support.webhooks.receiver import Receiver

NEW = bytes(range(100, 132))
NEW_KEY = f"new:{base64.b64encode(NEW).decode()}"
BOTH_KEYS = f"{NEW_KEY},{SECRET_KEY}"


def reseal(redis: RedisServer, keys: str, *options: str) -> subprocess.CompletedProcess[str]:
    return run("secrets", "reseal", *options, REDIS_URL=redis.url, SECRET_KEY=keys)


async def restart(server: ServerProcess, keys: str) -> None:
    assert await asyncio.to_thread(server.stop) == 0
    server.settings["SECRET_KEY"] = keys
    await asyncio.to_thread(server.start)


async def test_a_key_is_retired_while_servers_run(own_redis: RedisServer, tmp_path: Path) -> None:
    settings = {"REDIS_URL": own_redis.url, "WEBHOOKS_TO_LOOPBACK": "yes"}
    with running_servers(1, tmp_path, **settings) as [server]:
        async with servers_on(own_redis.url, [server]) as servers, receiving() as receiver:
            made = await MadeUnderOldKey.begin(servers, receiver)
            await restart(server, BOTH_KEYS)
            checked = await asyncio.to_thread(reseal, own_redis, BOTH_KEYS, "--check")
            assert checked.returncode == 1
            assert "manage links: 1 by key test\n" in checked.stdout
            assert "1 of the manage links still need key test.\n" in checked.stderr
            done, meanwhile = await asyncio.gather(
                asyncio.to_thread(reseal, own_redis, BOTH_KEYS), made.make_links(20)
            )
            assert done.returncode == 0, done  # on standard error it may tell of progress
            assert "manage links: 1 resealed, 1 by key new\n" in done.stdout
            assert done.stdout.endswith("\nEverything opens with key new alone.\n")
            await restart(server, NEW_KEY)
            await made.goes_on(meanwhile)
        wrong = await asyncio.to_thread(reseal, own_redis, SECRET_KEY, "--check")
        assert wrong.returncode == 1
        assert "Error: The data in Redis is sealed with a secret key new, which is not in" in wrong.stderr


class MadeUnderOldKey:
    """What was made under the old key."""

    def __init__(self, servers: Servers, admin: Api, receiver: Receiver) -> None:
        self.servers = servers
        self.admin = admin
        self.receiver = receiver
        self.page: Any = None
        self.link: Any = None
        self.booked: Any = None
        self.invitation: Any = None
        self.secret = b""
        self.starts: list[str] = []
        self.mails: list[tuple[str, bytes]] = []

    @classmethod
    async def begin(cls, servers: Servers, receiver: Receiver) -> MadeUnderOldKey:
        admin = await servers.user()
        admin.server = servers.any_url  # another one after each start
        made = cls(servers, admin, receiver)
        made.page = await always_open(admin)
        made.link = created(await made.new_link("a-key"))
        hook = {"endpoint": receiver.url, "events": ["booking.cancelled"]}
        shown = created(await admin.post("/webhooks", hook))["secret"]
        made.secret = base64.b64decode(shown.removeprefix("whsec_"))
        made.invitation = created(await admin.post("/invitations", {"email": "ivy@example.test"}))
        made.starts = await servers.customer.starts(made.link["code"], *coming_days(2))
        other = created(await made.new_link("another-key"))
        made.booked = created(await made.book(other["code"]))
        token = seal_refresh_token(servers.store, servers.workspace, admin.user, "google's token")
        connection = a_connection(user=admin.user, refresh_token=token)
        await write_connection(servers.store, servers.workspace, connection)
        await servers.store.signing_keys.signing(NOW)
        await until(lambda: made.has_mails(3))  # to the customer, to the host, to who is invited
        return made

    async def has_mails(self, count: int) -> bool:
        self.mails = await read_kept_mails(self.servers.store, self.servers.workspace)
        return len(self.mails) == count

    async def new_link(self, key: str) -> Any:
        return await self.admin.post("/links", {"page": self.page["id"]}, idempotency_key=key)

    async def make_links(self, count: int) -> list[Any]:
        return [created(await self.new_link(f"meanwhile-{number}")) for number in range(count)]

    async def book(self, code: str) -> Any:
        return await self.servers.customer.book(code, self.starts[0], idempotency_key="a-key")

    async def goes_on(self, meanwhile: list[Any]) -> None:
        """Everything that was given out works, with the new key alone."""
        customer = self.servers.customer
        assert created(await self.new_link("a-key")) == self.link
        codes = {one["code"] for one in (await self.admin.get("/links", limit=200)).items}
        assert codes >= {self.link["code"], *(one["code"] for one in meanwhile)}
        assert (await self.admin.get("/invitations")).items == [self.invitation]
        for link in (self.link, meanwhile[0], meanwhile[-1]):
            answered(await customer.get(f"/book/{link['code']}"))
        created(await customer.book(self.link["code"], self.starts[2]))
        token = token_of(self.booked)
        assert answered(await customer.get(f"/manage/{token}"))["id"] == self.booked["id"]
        answered(await customer.post(f"/manage/{token}/cancel", {}))
        await until(self.is_told)
        [told] = self.receiver.received
        sent = int(told.headers["webhook-timestamp"])
        assert told.headers["webhook-signature"] == signature(self.secret, told.id, sent, told.body)
        async with (
            open_redis(self.servers.processes[0].settings["REDIS_URL"]) as client,
            open_store(client, Sealer({"new": NEW}), PARTITIONS) as store,
        ):
            await self.opens(store)

    async def is_told(self) -> bool:
        return len(self.receiver.received) == 1

    async def opens(self, store: Store) -> None:
        """What no call of the API shows."""
        connection = await read_connection(store, self.servers.workspace, self.admin.user)
        assert connection
        assert open_refresh_token(store, self.servers.workspace, connection) == "google's token"
        assert set(self.mails) <= set(await read_kept_mails(store, self.servers.workspace))
        signing = await self.servers.store.signing_keys.signing(NOW)
        assert await store.signing_keys.find(signing.id) == signing.public
