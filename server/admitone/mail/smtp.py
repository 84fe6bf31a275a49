"""Sends mail by an SMTP server (RFC 5321), one connection a mail."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import aiosmtplib
import structlog

from admitone.mail.errors import MailNotSent, MailOutcomeUnknown
from admitone.mail.message import needs_utf8, to_bytes, wire_address
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.mail.message import Message
    from admitone.mail.smtp_url import SmtpServer

log = structlog.get_logger()

SECONDS = 30.0
"""Seconds that one answer of the server may take."""
FAREWELL = 2.0
"""Seconds that the answer to QUIT may take; the mail is sent by then."""
FINAL = 500
"""From this reply code on, a retry does not help (RFC 5321, 4.2.1)."""

UNABLE = message("The mail server does not offer what this mail needs.")
NO_ANSWER = message("The mail server did not answer once it had the mail.")
UNREACHABLE = message("The mail server cannot be reached.")


class Smtp:
    """Sends mails through `server`, from the address `sender`."""

    def __init__(self, server: SmtpServer, sender: str, *, seconds: float = SECONDS) -> None:
        self.sender = sender
        self._server = server
        self._seconds = seconds

    async def send(self, message: Message, *, key: str) -> None:
        """Send a mail; raises AddressError, MailNotSent, MailOutcomeUnknown."""
        content = to_bytes(message)
        client = self._client()
        handed_over = False
        try:
            await client.connect()
            await self._log_in(client)
            await self._envelope(client, message)
            handed_over = True  # from here on, the server may have the mail even if it does not answer
            await client.data(content)
            with suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=FAREWELL)
        except aiosmtplib.SMTPResponseException as error:
            log.warning("mail-refused", mail=key, code=error.code)
            raise MailNotSent(
                _answered(error.code),
                is_final=error.code >= FINAL and not _is_ours(error),
            ) from error
        except aiosmtplib.SMTPNotSupported as error:
            raise MailNotSent(UNABLE, is_final=True) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            log.warning("mail-connection-lost", mail=key, error=type(error).__name__, handed_over=handed_over)
            if handed_over:
                raise MailOutcomeUnknown(NO_ANSWER) from error
            raise MailNotSent(UNREACHABLE) from error
        finally:
            client.close()

    async def check(self) -> None:
        """Do all that comes before a recipient is named: TLS, logging in, the sender. Sends nothing.

        Raises MailNotSent, whose reason has the server's own words.
        """
        client = self._client()
        try:
            await client.connect()
            await self._log_in(client)
            await client.mail(wire_address(self.sender))
            await client.quit(timeout=FAREWELL)
        except aiosmtplib.SMTPResponseException as error:
            raise MailNotSent(
                f"It answered {error.code} {error.message.strip().rstrip('.')}", is_final=True
            ) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailNotSent(f"It cannot be reached ({error})") from error
        finally:
            client.close()

    async def _log_in(self, client: aiosmtplib.SMTP) -> None:
        if self._server.user is not None:
            await client.login(self._server.user, self._server.password or "")

    def _client(self) -> aiosmtplib.SMTP:
        server = self._server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.tls,
            start_tls=server.starttls,
            timeout=self._seconds,
            local_hostname=self.sender.rpartition("@")[2],
        )

    async def _envelope(self, client: aiosmtplib.SMTP, message: Message) -> None:
        await client.ehlo()
        options = []
        if needs_utf8(message):
            if not client.supports_extension("smtputf8"):
                raise aiosmtplib.SMTPNotSupported("SMTPUTF8")
            options = ["SMTPUTF8", "BODY=8BITMIME"]
        encoding = "utf-8" if options else "ascii"
        await client.mail(wire_address(message.sender.address), options=options, encoding=encoding)
        await client.rcpt(wire_address(message.to.address), encoding=encoding)


def _is_ours(error: aiosmtplib.SMTPResponseException) -> bool:
    """Whether the server refused our configuration, which can be corrected while the mail waits."""
    return isinstance(error, (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPHeloError))


def _answered(code: int) -> str:
    return message("The mail server answered %(code)s.", code=code)
