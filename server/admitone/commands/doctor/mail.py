"""The doctor looks at the mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone import app
from admitone.commands.doctor.finding import doubtful, well, wrong
from admitone.mail.errors import MailNotSent

if TYPE_CHECKING:
    from admitone.commands.doctor.finding import Finding
    from admitone.config import Config

ABOUT = "Mail server"


async def look_at_mail(config: Config) -> list[Finding]:
    """Connect, log in and name the sender; sends no mail."""
    server = app.smtp(config)
    if server is None:
        return [
            doubtful(
                ABOUT,
                "No mail server is set: mails of hosts without Gmail are kept and not sent.",
                "Set ADMITONE_SMTP_URL and ADMITONE_MAIL_FROM, unless all hosts connect Gmail.",
            )
        ]
    try:
        await server.check()
    except MailNotSent as refusal:
        return [
            wrong(
                ABOUT,
                f"The mail server takes no mail from {server.sender}. {refusal.reason}.",
                "Check ADMITONE_SMTP_URL, and that its user may send from ADMITONE_MAIL_FROM.",
            )
        ]
    return [well(ABOUT, f"The mail server takes mail from {server.sender}.")]
