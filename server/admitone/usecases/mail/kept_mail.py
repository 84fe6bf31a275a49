"""The mails that nothing could send, shown to administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import NotFound
from admitone.mail.message import Message
from admitone.store.records.mail.mails import read_kept_mails

if TYPE_CHECKING:
    from admitone.usecases.shared.services import Caller, Services


class KeptMail(msgspec.Struct, frozen=True):
    """A mail and its id."""

    id: str
    message: Message


async def list_kept_mails(services: Services, caller: Caller) -> list[KeptMail]:
    """The newest hundred mails, newest first."""
    found = await read_kept_mails(services.store, caller.workspace)
    return [KeptMail(mail, _message.decode(content)) for mail, content in found]


async def read_kept_mail(services: Services, caller: Caller, mail: str) -> KeptMail:
    """One of the newest hundred mails; raises NotFound."""
    for kept in await list_kept_mails(services, caller):
        if kept.id == mail:
            return kept
    raise NotFound


_message = msgspec.json.Decoder(Message)
