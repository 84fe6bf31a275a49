"""API keys: their views, listing them and deleting them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta

from admitone.domain.errors import NotFound
from admitone.domain.instant import Instant
from admitone.domain.people.scopes import EVERYTHING, Scope
from admitone.usecases.shared.listing import Listing, ListQuery, map_listing
from admitone.usecases.shared.record_writes import existing, remove_record
from admitone.usecases.shared.records import stored_records
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.people.user import ApiKey, User
    from admitone.usecases.shared.services import Caller, Services


class ApiKeyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes to make a key: what it may do, and for how long.

    A scope that ends with `:write` includes reading. With `expires_in_days` null, the key does not expire.
    """

    label: str
    scopes: Annotated[list[Scope], Meta(min_length=1)] = msgspec.field(default_factory=lambda: [*EVERYTHING])
    expires_in_days: Annotated[int, Meta(ge=1, le=3650)] | None = None


class ApiKeyView(msgspec.Struct, frozen=True, kw_only=True):
    """A key without the key itself, of which only a hash is stored; `user` is whom it acts for.

    A key has `ended` if it has expired, or its user was deactivated or has signed out everywhere since.
    """

    id: str
    url: str
    user: str
    label: str
    scopes: Sequence[Scope]
    created_at: Instant
    expires_at: Instant | None
    ended: bool


class NewApiKeyView(ApiKeyView, frozen=True, kw_only=True):
    """A key at the only moment at which it can be shown."""

    key: str


def view_new_api_key(services: Services, user: User, record: ApiKey, key: str) -> NewApiKeyView:
    """The view of a key that was just created for `user`, with the key itself."""
    return NewApiKeyView(**_values(services, user, record), key=key)


def is_visible(caller: Caller, record: ApiKey) -> bool:
    """Administrators see every key of the workspace, members their own."""
    return caller.is_administrator or record.user == caller.user.id


def _values(services: Services, user: User | None, record: ApiKey) -> dict[str, Any]:
    return {
        "id": record.id,
        "url": f"{services.public_url}/api/v1/api-keys/{record.id}",
        "user": record.user,
        "label": record.label,
        "scopes": record.scopes,
        "created_at": Instant(record.created_at),
        "expires_at": None if record.expires_at is None else Instant(record.expires_at),
        "ended": user is None or not record.is_live(user, services.now()),
    }


async def list_api_keys(services: Services, caller: Caller, query: ListQuery) -> Listing[ApiKeyView]:
    """One part of the list of keys that the caller may see; raises Invalid for a bad cursor."""
    found = await stored_records(
        services, caller, "api_key", query, matches=lambda record: is_visible(caller, record)
    )
    users = await caller.snapshot.load(*(("user", record.user) for record in found.items))
    by_id = {user.id: user for user in users if user is not None}
    return map_listing(found, lambda record: ApiKeyView(**_values(services, by_id.get(record.user), record)))


async def delete_api_key(services: Services, caller: Caller, key_id: str) -> None:
    """Delete a key; raises NotFound (also for a key that the caller may not see), Busy."""

    async def attempt(caller: Caller) -> bool | None:
        record: ApiKey = await existing(caller, "api_key", key_id)
        if not is_visible(caller, record):
            raise NotFound
        return True if await remove_record(services, caller, "api_key", key_id) else None

    await settle(caller, attempt)
