"""The state of a running stand-in: its records, keys and faults."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from admitone.fakegoogle import demo
from admitone.fakegoogle.calendar.store import add_calendars
from admitone.fakegoogle.control.faults import Faults
from admitone.fakegoogle.oauth.keys import SigningKey
from admitone.fakegoogle.records import Account, Client, Data, Mailbox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.fakegoogle.calendar.watch import Push


class State:
    """Handlers run on one event loop and change the state between two awaits, so each change is atomic."""

    def __init__(
        self,
        data: Data | None = None,
        *,
        clients: Sequence[Client] = (demo.CLIENT,),
        key: SigningKey | None = None,
    ) -> None:
        """Start with the saved `data`, else with the demo accounts; `clients` are registered either way."""
        self.faults = Faults()
        self.touched = asyncio.Event()  # set if something may have changed since the last save
        self.pushes: asyncio.Queue[Push] = asyncio.Queue()
        self._clients = tuple(clients)
        self._first_key = key
        self.data = data or Data()
        self._prepare()

    @property
    def keys(self) -> list[SigningKey]:
        """The published keys; the last one signs."""
        return self._keys

    def reset(self) -> None:
        """Forget everything except the keys, as at the first start."""
        self.faults.clear()
        self.data = Data(keys=self.data.keys)
        self._prepare()

    def add_account(self, account: Account) -> None:
        """Add an account with its calendars and an empty mailbox; change the profile of an existing one."""
        self.data.accounts[account.email] = account
        self.data.mailboxes.setdefault(account.email, Mailbox())
        add_calendars(self.data, account)

    def add_client(self, client: Client) -> None:
        """Register a client, or replace its registration."""
        self.data.clients[client.client_id] = client

    def rotate_keys(self, *, drop_old: bool) -> None:
        """Sign with a new key; the old keys stay published unless `drop_old`."""
        self._set_keys([*([] if drop_old else self._keys), SigningKey.generate()])

    def snapshot(self) -> object:
        """All records as values for JSON, without the private keys."""
        return {
            **msgspec.to_builtins(self.data, order="deterministic"),
            "keys": [key.kid for key in self._keys],
        }

    def _prepare(self) -> None:
        kept = [SigningKey.from_pem(pem) for pem in self.data.keys]
        self._set_keys(kept or [self._first_key or SigningKey.generate()])
        for client in self._clients:
            self.add_client(client)
        if not self.data.accounts:
            for account in demo.ACCOUNTS:
                self.add_account(account)

    def _set_keys(self, keys: list[SigningKey]) -> None:
        self._keys = keys
        self.data.keys = [key.pem for key in keys]
