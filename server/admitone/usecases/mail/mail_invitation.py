"""The job `mail.invitation`: send the link with which an invited person joins the workspace."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from admitone.mail.message import Mailbox, Message
from admitone.store.records.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.usecases.accounts.invitations import accept_url, open_token
from admitone.usecases.mail.mail_compose import mail_domain
from admitone.usecases.mail.mail_deliver import Mailing, deliver

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.domain.people.invitation import Invitation
    from admitone.domain.people.user import User
    from admitone.usecases.shared.services import Services


async def mail_invitation(services: Services, job: Job) -> None:
    """Mail the invitation if it is still valid, by the Gmail of the inviting user if possible.

    Raises JobDelayed, JobFailed, and JobNotDue while a budget is used up.
    """
    invitation_id = (job.event.record or "").partition(":")[2]
    wanted = Wanted(records=(("invitation", invitation_id), ("user", job.event.by), SETTINGS))
    snapshot = await read_snapshot(services.store, job.workspace, wanted)
    invitation: Invitation | None = snapshot.find("invitation", invitation_id)
    inviter: User | None = snapshot.find("user", job.event.by)
    if invitation is None or services.now() >= invitation.expires_at:
        return
    workspace = (await snapshot.settings()).name
    url = accept_url(services, open_token(services, job.workspace, invitation))
    domain = mail_domain(services.public_url)
    name = inviter.name if inviter else workspace
    sender = Mailbox(inviter.email if inviter else f"no-reply@{domain}", name)
    says = f"{name} invites you to {workspace} on Admit One, where people book time with you by a link."
    how = f"Sign in with the Google account of {invitation.email} to accept:"
    message = Message(
        id=f"{job.id}@{domain}",
        sender=sender,
        reply_to=sender if inviter else None,
        to=Mailbox(invitation.email, ""),
        subject=f"{name} invites you to {workspace}",
        text=f"{says}\n\n{how}\n{url}\n",
        html=f'<p>{escape(says)}</p><p>{escape(how)}<br><a href="{escape(url)}">{escape(url)}</a></p>',
        calendar=None,
        sent_at=services.now(),
    )
    await deliver(services, Mailing(job, job.id, job.event.by, message))
