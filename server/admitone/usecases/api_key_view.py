"""An API key as the API shows it, and whose it is to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

from admitone.domain.instant import Instant

if TYPE_CHECKING:
    from admitone.domain.user import ApiKey
    from admitone.usecases.services import Caller, Services


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
    """The view of a key that was just made."""
    return NewApiKeyView(**_values(services, record), key=key)


def is_visible(caller: Caller, record: ApiKey) -> bool:
    """Administrators see every key of the workspace, members their own."""
    return caller.is_administrator or record.user == caller.user.id


def _values(services: Services, record: ApiKey) -> dict[str, Any]:
    return msgspec.structs.asdict(record) | {
        "url": f"{services.public_url}/api/v1/api-keys/{record.id}",
        "created_at": Instant(record.created_at),
    }
