"""Create an API key, which is shown once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.errors import Busy
from admitone.domain.event import Event
from admitone.domain.people.audit import audit_entry
from admitone.domain.people.user import ApiKey
from admitone.domain.text import line_problems
from admitone.store.codes import Code
from admitone.store.records.configuration.configuration import RecordWrite, write_config
from admitone.store.records.configuration.configuration_cache import field_of
from admitone.usecases.accounts.api_keys import NewApiKeyView, view_new_api_key
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.record_writes import add_record, creation_order, earlier_answer
from admitone.usecases.shared.services import new_token

if TYPE_CHECKING:
    from admitone.domain.people.user import User
    from admitone.usecases.accounts.api_keys import ApiKeyBody
    from admitone.usecases.shared.services import Caller, Services


async def issue_api_key(services: Services, caller: Caller, body: ApiKeyBody) -> NewApiKeyView:
    """A new key that acts for the caller; raises Invalid, IdempotencyKeyReused, Busy."""
    if (earlier := earlier_answer(services, caller, NewApiKeyView)) is not None:
        return earlier
    key, record = _new_key(services, caller.workspace, caller.user, body)
    view = view_new_api_key(services, caller.user, record, key)
    return await add_record(services, caller, "api_key", record, view)


async def create_api_key(services: Services, workspace: str, user: User, body: ApiKeyBody) -> str:
    """A new key that acts for the user, for the command line; raises Invalid, Busy."""
    key, record = _new_key(services, workspace, user, body)
    written = await write_config(
        services.store,
        workspace,
        [RecordWrite(kind="api_key", id=record.id, version=0, record=record, created_at=creation_order())],
        Event(type="config.created", at=record.created_at, by=user.id, record=field_of("api_key", record.id)),
        now=record.created_at,
        audit=audit_entry("api_key", record.id, None, record, by=user.id, address="", at=record.created_at),
    )
    if written.code is Code.MOVED:
        raise Busy
    return key


def api_key_id(key: str) -> str:
    """The id of a key's record: Redis never holds the key itself."""
    return tokens.address("api_key", key)


def _new_key(services: Services, workspace: str, user: User, body: ApiKeyBody) -> tuple[str, ApiKey]:
    """A key and its record; raises Invalid for a bad label."""
    refuse(line_problems("label", body.label))
    key = new_token(workspace, tokens.API_KEY_LENGTH)
    now = services.now()
    record = ApiKey(
        id=api_key_id(key),
        user=user.id,
        label=body.label.strip(),
        created_at=now,
        scopes=body.scopes,
        expires_at=None if body.expires_in_days is None else now + body.expires_in_days * 86_400,
        epoch=user.epoch,
    )
    return key, record
