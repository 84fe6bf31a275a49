"""Make an API key, which is shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from admitone.domain import tokens
from admitone.domain.errors import Busy, Invalid
from admitone.domain.event import Event
from admitone.domain.people.user import ApiKey
from admitone.domain.text import line_problems
from admitone.store.codes import Code
from admitone.store.records.configuration import RecordWrite, write_config
from admitone.store.records.configuration_cache import field_of
from admitone.usecases.shared.record_writes import creation_order
from admitone.usecases.shared.services import new_token

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Services


async def create_api_key(
    services: Services,
    workspace: str,
    user: User,
    label: str,
    scope: Literal["read", "write"] = "write",
) -> str:
    """A key by which a program acts as the user; raises Invalid for a label that is none, Busy."""
    if problems := line_problems("label", label):
        raise Invalid(*problems)
    key = new_token(workspace, tokens.API_KEY_LENGTH)
    now = services.now()
    record = ApiKey(id=api_key_id(key), user=user.id, label=label.strip(), created_at=now, scope=scope)
    written = await write_config(
        services.store,
        workspace,
        [RecordWrite(kind="api_key", id=record.id, version=0, record=record, created_at=creation_order())],
        Event(type="config.created", at=now, by=user.id, record=field_of("api_key", record.id)),
        now=now,
    )
    if written.code is Code.MOVED:
        raise Busy
    return key


def api_key_id(key: str) -> str:
    """The id under which a key's record lies: Redis never holds the key."""
    return tokens.address("api_key", key)
