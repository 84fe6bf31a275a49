"""Write the workspace's own template of one mail, or go back to the built-in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.mail.kinds import MailTemplate, MailTemplateBody
from admitone.domain.mail.values import example_values
from admitone.mail.templates import Rendered, built_in, render_mail, template_problems
from admitone.store.records.mail.mails import forget_template_fault
from admitone.usecases.mail.mail_template_view import MailTemplateView, mail_kind, view_mail_template
from admitone.usecases.shared.bodies import changed_body, refuse
from admitone.usecases.shared.record_writes import remove_record, replace_record
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.mail.kinds import MailKind
    from admitone.usecases.shared.services import Caller, Services


async def update_mail_template(
    services: Services,
    caller: Caller,
    kind_name: str,
    patch: Mapping[str, Any],
) -> MailTemplateView:
    """Apply a merge patch to the template in use, built in or not.

    Raises NotFound, and Invalid where the template does not hold for the examples.
    """
    kind = mail_kind(kind_name)

    async def attempt(caller: Caller) -> MailTemplate | None:
        [before] = await caller.snapshot.load(("mail_template", kind))
        body = changed_body(before or built_in(kind), MailTemplateBody, patch)
        await _refuse_unless_it_holds(services, kind, body)
        record = MailTemplate(subject=body.subject, text=body.text, html=body.html, updated_at=services.now())
        written = await replace_record(services, caller, "mail_template", record, record_id=kind)
        return record if written else None

    written = await settle(caller, attempt)
    await forget_template_fault(services.store, caller.workspace, kind)
    return view_mail_template(services, kind, written)


async def reset_mail_template(services: Services, caller: Caller, kind_name: str) -> None:
    """Go back to the built-in template; does nothing if it is in use. Raises NotFound."""
    kind = mail_kind(kind_name)

    async def attempt(caller: Caller) -> bool | None:
        [before] = await caller.snapshot.load(("mail_template", kind))
        if before is None or await remove_record(services, caller, "mail_template", kind):
            return True
        return None

    await settle(caller, attempt)
    await forget_template_fault(services.store, caller.workspace, kind)


async def preview_mail_template(services: Services, kind_name: str, body: MailTemplateBody) -> Rendered:
    """The example mail rendered with a template; raises NotFound, Invalid."""
    kind = mail_kind(kind_name)
    await _refuse_unless_it_holds(services, kind, body)
    return await services.mail.renderer.run(render_mail, body, example_values(kind, services.public_url))


async def _refuse_unless_it_holds(services: Services, kind: MailKind, body: MailTemplateBody) -> None:
    refuse(body.problems())
    refuse(await services.mail.renderer.run(template_problems, kind, body, services.public_url))
