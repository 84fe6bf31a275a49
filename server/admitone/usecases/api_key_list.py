"""List API keys, oldest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.api_key_view import ApiKeyView, is_visible, view_api_key
from admitone.usecases.config_list import ListQuery, list_config
from admitone.usecases.listing import Page

if TYPE_CHECKING:
    from admitone.usecases.services import Caller, Services


async def list_api_keys(services: Services, caller: Caller, query: ListQuery) -> Page[ApiKeyView]:
    """One page of the keys that the caller may see; raises Invalid for a bad cursor."""
    found = await list_config(
        services, caller, "api_key", query, matches=lambda record: is_visible(caller, record)
    )
    return Page([view_api_key(services, record) for record in found.items], found.next_cursor)
