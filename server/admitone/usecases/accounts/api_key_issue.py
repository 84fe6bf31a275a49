"""Make an API key for oneself, from the dashboard or by another key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain import tokens
from admitone.domain.people.user import ApiKey
from admitone.domain.text import line_problems
from admitone.usecases.accounts.api_key_create import api_key_id
from admitone.usecases.accounts.api_keys import NewApiKeyView, view_new_api_key
from admitone.usecases.shared.bodies import refuse
from admitone.usecases.shared.record_writes import add_record, earlier_answer
from admitone.usecases.shared.services import new_token

if TYPE_CHECKING:
    from admitone.usecases.accounts.api_keys import ApiKeyBody
    from admitone.usecases.shared.services import Caller, Services


async def issue_api_key(services: Services, caller: Caller, body: ApiKeyBody) -> NewApiKeyView:
    """The new key, which acts for the caller; raises Invalid, IdempotencyKeyReused, Busy."""
    if (earlier := earlier_answer(services, caller, NewApiKeyView)) is not None:
        return earlier
    refuse(line_problems("label", body.label))
    key = new_token(caller.workspace, tokens.API_KEY_LENGTH)
    record = ApiKey(
        id=api_key_id(key),
        user=caller.user.id,
        label=body.label.strip(),
        created_at=services.now(),
        scope=body.scope,
    )
    return await add_record(services, caller, "api_key", record, view_new_api_key(services, record, key))
