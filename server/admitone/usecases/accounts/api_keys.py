"""API keys: their views, listing them and deleting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from admitone.domain.errors import NotFound
from admitone.domain.instant import Instant
from admitone.usecases.shared.listing import Listing, ListQuery, map_listing
from admitone.usecases.shared.record_writes import existing, remove_record
from admitone.usecases.shared.records import stored_records
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from admitone.domain.people.user import ApiKey
    from admitone.usecases.shared.services import Caller, Services


class ApiKeyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a caller writes to make a key; one with scope `read` changes nothing."""

    label: str
    scope: Literal["read", "write"] = "write"


class ApiKeyView(ApiKeyBody, frozen=True, kw_only=True):
    """A key without the key itself, of which only a hash is stored; `user` is whom it acts for."""

    id: str
    url: str
    user: str
    created_at: Instant


class NewApiKeyView(ApiKeyView, frozen=True, kw_only=True):
    """A key at the only moment at which it can be shown."""

    key: str


def view_api_key(services: Services, record: ApiKey) -> ApiKeyView:
    """The view of a key."""
    return ApiKeyView(**_values(services, record))


def view_new_api_key(services: Services, record: ApiKey, key: str) -> NewApiKeyView:
    """The view of a key that was just created, with the key itself."""
    return NewApiKeyView(**_values(services, record), key=key)


def is_visible(caller: Caller, record: ApiKey) -> bool:
    """Administrators see every key of the workspace, members their own."""
    return caller.is_administrator or record.user == caller.user.id


def _values(services: Services, record: ApiKey) -> dict[str, Any]:
    return {
        "id": record.id,
        "url": f"{services.public_url}/api/v1/api-keys/{record.id}",
        "user": record.user,
        "label": record.label,
        "scope": record.scope,
        "created_at": Instant(record.created_at),
    }


async def list_api_keys(services: Services, caller: Caller, query: ListQuery) -> Listing[ApiKeyView]:
    """One part of the list of keys that the caller may see; raises Invalid for a bad cursor."""
    found = await stored_records(
        services, caller, "api_key", query, matches=lambda record: is_visible(caller, record)
    )
    return map_listing(found, lambda record: view_api_key(services, record))


async def delete_api_key(services: Services, caller: Caller, key_id: str) -> None:
    """Delete a key; raises NotFound (also for a key that the caller may not see), Busy."""

    async def attempt(caller: Caller) -> bool | None:
        record: ApiKey = await existing(caller, "api_key", key_id)
        if not is_visible(caller, record):
            raise NotFound
        return True if await remove_record(services, caller, "api_key", key_id) else None

    await settle(caller, attempt)
