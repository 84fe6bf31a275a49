"""A mail server that takes every mail, or fails as a test asks."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

DROP_BEFORE = "drop before"
DROP_AFTER = "drop after"
SILENT = "silent"


class MailServer:
    """`taken` are the mails that arrived; `faults` are for the next mails: an answer, or a constant above."""

    def __init__(self) -> None:
        self.port = 0
        self.taken: list[Envelope] = []
        self.faults: list[str] = []
        self.refused_recipients: dict[str, str] = {}

    @property
    def url(self) -> str:
        """The value for ADMITONE_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """RCPT TO"""
        if address in self.refused_recipients:
            return self.refused_recipients[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The end of DATA."""
        fault = self.faults.pop(0) if self.faults else ""
        if fault not in {"", DROP_AFTER, SILENT}:
            if fault == DROP_BEFORE:
                _cut(server)
            return fault
        self.taken.append(envelope)
        if fault == DROP_AFTER:
            _cut(server)
        if fault == SILENT:
            await asyncio.Event().wait()
        return "250 taken"


@asynccontextmanager
async def mail_server(**options: Any) -> AsyncIterator[MailServer]:
    """A server on a free port."""
    handler = MailServer()
    connections: list[SMTP] = []

    def connect() -> SMTP:
        protocol = SMTP(handler, hostname="mail.test", **{"enable_SMTPUTF8": True} | options)
        connections.append(protocol)
        return protocol

    server = await asyncio.get_running_loop().create_server(connect, "127.0.0.1", 0)
    handler.port = server.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        server.close()
        tasks = [task for protocol in connections if (task := protocol._handler_coroutine)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _cut(server: SMTP) -> None:
    assert server.transport is not None
    cast("asyncio.Transport", server.transport).abort()
