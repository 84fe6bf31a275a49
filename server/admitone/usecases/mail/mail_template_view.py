"""The workspace's mails as the API shows them: each kind, with its own template or the built-in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.domain.errors import NotFound
from admitone.domain.instant import Instant
from admitone.domain.mail.kinds import MAIL_KINDS, MailTemplateBody
from admitone.mail.templates import built_in
from admitone.store.records.mail.mails import read_template_faults
from admitone.texts.kept_message import restore

if TYPE_CHECKING:
    from admitone.domain.mail.kinds import MailKind, MailTemplate
    from admitone.store.records.mail.mails import TemplateFault
    from admitone.usecases.shared.services import Caller, Services


class MailFault(msgspec.Struct, frozen=True):
    """Why the workspace's own template was passed over last, in one of its fields."""

    at: Instant
    field: str
    message: str


class MailTemplateView(MailTemplateBody, frozen=True, kw_only=True):
    """A template that is in use; `updated_at` is None for a built-in one."""

    id: str
    url: str
    is_built_in: bool
    updated_at: Instant | None
    fault: MailFault | None


async def list_mail_templates(services: Services, caller: Caller) -> list[MailTemplateView]:
    """The templates of all kinds, in the order of the kinds."""
    faults = await read_template_faults(services.store, caller.workspace)
    records = await caller.snapshot.load(*(("mail_template", kind) for kind in MAIL_KINDS))
    return [
        view_mail_template(services, kind, record, faults.get(kind))
        for kind, record in zip(MAIL_KINDS, records, strict=True)
    ]


async def read_mail_template(services: Services, caller: Caller, kind: str) -> MailTemplateView:
    """The template in use for a kind of mail; raises NotFound."""
    known = mail_kind(kind)
    faults = await read_template_faults(services.store, caller.workspace)
    [record] = await caller.snapshot.load(("mail_template", known))
    return view_mail_template(services, known, record, faults.get(known))


def mail_kind(text: str) -> MailKind:
    """The kind with that name; raises NotFound."""
    for kind in MAIL_KINDS:
        if kind == text:
            return kind
    raise NotFound


def view_mail_template(
    services: Services, kind: MailKind, record: MailTemplate | None, fault: TemplateFault | None = None
) -> MailTemplateView:
    """The view of the workspace's own template, or of the built-in one if there is none."""
    found = record or built_in(kind)
    return MailTemplateView(
        id=kind,
        url=f"{services.public_url}/api/v1/mail-templates/{kind}",
        subject=found.subject,
        text=found.text,
        html=found.html,
        is_built_in=record is None,
        updated_at=None if record is None else Instant(record.updated_at),
        fault=None
        if fault is None
        else MailFault(Instant(fault.at), fault.field, restore(fault.sentence, fault.said)),
    )
