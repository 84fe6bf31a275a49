"""Write the workspace's own template of one mail, or go back to the built-in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.mail.kinds import MailTemplate, MailTemplateBody
from admitone.domain.mail.values import example_values
from admitone.mail.templates import Rendered, built_in, render_mail, template_problems
from admitone.store.records.mails import forget_template_fault
from admitone.usecases.mail.mail_template_view import MailTemplateView, mail_kind, view_mail_template
from admitone.usecases.shared.config_change import delete_record, patched, refuse, replace_record
from admitone.usecases.shared.services import refreshed, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.usecases.shared.services import Caller, Services


async def update_mail_template(
    services: Services,
    caller: Caller,
    kind_name: str,
    patch: Mapping[str, Any],
    convert: Callable[[object, type[MailTemplateBody]], MailTemplateBody],
) -> MailTemplateView:
    """Apply a merge patch to the template in use, built in or not; `convert` makes a body of a document.

    Raises NotFound, and Invalid where the template does not hold for the examples.
    """
    kind = mail_kind(kind_name)

    async def attempt() -> MailTemplate | None:
        nonlocal caller
        [before] = await caller.snapshot.load(("mail_template", kind))
        body = convert(patched(before or built_in(kind), MailTemplateBody, patch), MailTemplateBody)
        refuse(body.problems() or template_problems(kind, body, services.public_url))
        record = MailTemplate(subject=body.subject, text=body.text, html=body.html, updated_at=services.now())
        if await replace_record(services, caller, "mail_template", record, record_id=kind):
            return record
        caller = await refreshed(caller)
        return None

    written = await settle(attempt)
    await forget_template_fault(services.store, caller.workspace, kind)
    return view_mail_template(services, kind, written)


async def reset_mail_template(services: Services, caller: Caller, kind_name: str) -> None:
    """Go back to the built-in template; does nothing if it is in use. Raises NotFound."""
    kind = mail_kind(kind_name)

    async def attempt() -> bool | None:
        nonlocal caller
        [before] = await caller.snapshot.load(("mail_template", kind))
        if before is None or await delete_record(services, caller, "mail_template", kind):
            return True
        caller = await refreshed(caller)
        return None

    await settle(attempt)
    await forget_template_fault(services.store, caller.workspace, kind)


def preview_mail_template(services: Services, kind_name: str, body: MailTemplateBody) -> Rendered:
    """The example mail rendered with a template; raises NotFound, Invalid."""
    kind = mail_kind(kind_name)
    refuse(body.problems() or template_problems(kind, body, services.public_url))
    return render_mail(body, example_values(kind, services.public_url))
