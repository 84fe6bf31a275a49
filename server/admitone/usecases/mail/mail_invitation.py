"""The job `mail.invitation`: send the link with which an invited person joins the workspace."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from admitone.domain.people.reader import reader_for
from admitone.mail.message import Mailbox, Message
from admitone.store.records.configuration.snapshot import SETTINGS, Wanted, read_snapshot
from admitone.texts.message import message
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

    The language is the workspace's if the dashboard has it, otherwise English.

    Raises JobDelayed, JobFailed, and JobNotDue while a budget is used up.
    """
    invitation_id = (job.event.record or "").partition(":")[2]
    wanted = Wanted(records=(("invitation", invitation_id), ("user", job.event.by), SETTINGS))
    snapshot = await read_snapshot(services.store, job.workspace, wanted)
    invitation: Invitation | None = snapshot.find("invitation", invitation_id)
    inviter: User | None = snapshot.find("user", job.event.by)
    if invitation is None or services.now() >= invitation.expires_at:
        return
    settings = await snapshot.settings()
    workspace, texts = settings.name, reader_for([], settings.locale, "dashboard").texts
    url = accept_url(services, open_token(services, job.workspace, invitation))
    domain = mail_domain(services.public_url)
    name = inviter.name if inviter else workspace
    sender = Mailbox(inviter.email if inviter else f"no-reply@{domain}", name)
    says = texts.say(
        message(
            "%(name)s invites you to %(workspace)s on Admit One, where people book time with you by a link.",
            name=name,
            workspace=workspace,
        )
    )
    how = texts.say(
        message("Sign in with the Google account of %(email)s to accept:", email=invitation.email)
    )
    mail = Message(
        id=f"{job.id}@{domain}",
        sender=sender,
        reply_to=sender if inviter else None,
        to=Mailbox(invitation.email, ""),
        subject=texts.say(message("%(name)s invites you to %(workspace)s", name=name, workspace=workspace)),
        text=f"{says}\n\n{how}\n{url}\n",
        html=f'<p>{escape(says)}</p><p>{escape(how)}<br><a href="{escape(url)}">{escape(url)}</a></p>',
        calendar=None,
        sent_at=services.now(),
    )
    await deliver(services, Mailing(job, job.id, job.event.by, mail, serves=invitation.expires_at))
