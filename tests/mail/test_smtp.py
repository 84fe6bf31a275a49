"""Sending by SMTP: what arrived, what certainly did not, and what nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.mail.errors import MailNotSent, MailOutcomeUnknown
from admitone.mail.message import Mailbox, to_bytes
from admitone.mail.smtp import Smtp
from admitone.mail.smtp_url import SmtpServer, smtp_server
from tests.support.mail.messages import a_message
from tests.support.mail.smtp_server import DROP_AFTER, DROP_BEFORE, SILENT, mail_server

if TYPE_CHECKING:
    from tests.support.mail.smtp_server import MailServer

FROM = "bookings@host.test"


def smtp(server: MailServer, seconds: float = 30) -> Smtp:
    return Smtp(smtp_server(server.url), FROM, seconds=seconds)


async def test_a_mail_arrives_byte_by_byte(server: MailServer) -> None:
    message = a_message(text=".\n..dots\n", html="")
    await smtp(server).send(message, key="m")
    [envelope] = server.taken
    assert (envelope.mail_from, envelope.rcpt_tos) == (FROM, ["carla@customer.test"])
    assert envelope.content == to_bytes(message)


async def test_an_address_beyond_ascii_is_sent_as_such(server: MailServer) -> None:
    await smtp(server).send(a_message(to=Mailbox("rené@bücher.test", "René")), key="m")
    [envelope] = server.taken
    assert envelope.rcpt_tos == ["rené@xn--bcher-kva.test"]
    assert "SMTPUTF8" in envelope.mail_options


async def test_a_server_that_takes_ascii_only_is_not_tried_again() -> None:
    async with mail_server(enable_SMTPUTF8=False) as server:
        with pytest.raises(MailNotSent) as refusal:
            await smtp(server).send(a_message(to=Mailbox("rené@customer.test")), key="m")
        assert refusal.value.is_final
        await smtp(server).send(a_message(to=Mailbox("carla@bücher.test")), key="m")
        assert [envelope.rcpt_tos for envelope in server.taken] == [["carla@xn--bcher-kva.test"]]


@pytest.mark.parametrize(
    ("answer", "is_final"), [("451 busy", False), ("421 later", False), ("554 no", True), ("552 full", True)]
)
async def test_a_refusal_says_whether_trying_again_helps(
    server: MailServer, answer: str, is_final: bool
) -> None:
    server.faults.append(answer)
    with pytest.raises(MailNotSent) as refusal:
        await smtp(server).send(a_message(), key="m")
    assert refusal.value.is_final is is_final
    assert "@" not in refusal.value.reason
    assert server.taken == []


async def test_a_recipient_that_does_not_exist_is_final(server: MailServer) -> None:
    server.refused_recipients["carla@customer.test"] = "550 no such user"
    with pytest.raises(MailNotSent) as refusal:
        await smtp(server).send(a_message(), key="m")
    assert refusal.value.is_final


@pytest.mark.parametrize("fault", [DROP_BEFORE, DROP_AFTER])
async def test_a_connection_lost_after_data_leaves_the_outcome_open(server: MailServer, fault: str) -> None:
    server.faults.append(fault)
    with pytest.raises(MailOutcomeUnknown):
        await smtp(server).send(a_message(), key="m")


async def test_a_server_that_goes_silent_is_left(server: MailServer) -> None:
    server.faults.append(SILENT)
    seconds = 0.5
    while server.faults:  # until it came as far as the silence, which takes longer on a slow machine
        with pytest.raises((MailOutcomeUnknown, MailNotSent)) as raised:
            await smtp(server, seconds=seconds).send(a_message(), key="m")
        seconds *= 4
    assert raised.type is MailOutcomeUnknown


async def test_nobody_listening_is_no_mail_sent() -> None:
    async with mail_server() as server:
        gone = smtp(server)
    with pytest.raises(MailNotSent) as refusal:
        await gone.send(a_message(), key="m")
    assert not refusal.value.is_final


async def test_a_server_without_tls_gets_nothing_where_tls_is_due(server: MailServer) -> None:
    due = Smtp(SmtpServer("127.0.0.1", server.port, tls=False, starttls=True), FROM)
    with pytest.raises(MailNotSent):
        await due.send(a_message(), key="m")
    assert server.taken == []


async def test_a_wrong_password_is_put_right_while_mail_waits() -> None:
    async with mail_server(auth_required=False, auth_require_tls=False) as server:
        known = SmtpServer("127.0.0.1", server.port, tls=False, starttls=False, user="u", password="wrong")
        with pytest.raises(MailNotSent) as refusal:
            await Smtp(known, FROM).send(a_message(), key="m")
        assert not refusal.value.is_final


def test_addresses_of_servers() -> None:
    assert smtp_server("smtp://127.0.0.1:1025") == SmtpServer("127.0.0.1", 1025, tls=False, starttls=False)
    assert smtp_server("smtp://mail.test") == SmtpServer("mail.test", 587, tls=False, starttls=True)
    assert smtp_server("smtps://me%40x.test:p%3Aw@mail.test") == SmtpServer(
        "mail.test", 465, tls=True, starttls=False, user="me@x.test", password="p:w"
    )


@pytest.mark.parametrize(
    "text",
    [
        "mail.test",
        "http://mail.test",
        "smtp://",
        "smtp://mail.test:99999",
        "smtp://u@mail.test",
        "smtps://mail.test/x",
        "smtps://mail.test?x=1",
        "smtps://ma il.test",
    ],
)
def test_what_is_no_address_of_a_server(text: str) -> None:
    with pytest.raises(ValueError, match="smtps://"):
        smtp_server(text)
