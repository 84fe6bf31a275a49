"""Mails: whatever stands in them, their bytes are what RFC 5322 says, and say what was meant."""

from __future__ import annotations

import email
from email.header import decode_header, make_header
from email.headerregistry import AddressHeader
from email.utils import getaddresses

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from admitone.mail.message import (
    AddressError,
    CalendarPart,
    Mailbox,
    needs_utf8,
    one_line,
    to_bytes,
    wire_address,
)
from tests.support.mail.messages import a_message
from tests.support.mail.workspace_with_mail import parsed

HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
}
ANYTHING = st.text(max_size=300) | st.text('a=?utf-8Bq\r\n:<>@,;"\\ ()é日\u202e\x00', max_size=120)
LONG_WORD = "x" * 1000


def raw(content: bytes, header: str) -> str:
    """A header by the older of the standard library's parsers, which decodes nothing by itself."""
    found = email.message_from_bytes(content)[header]
    return str(found).replace("\r\n", "")


def shown(text: str) -> str:
    """A header's text with its encoded words decoded."""
    return str(make_header(decode_header(text)))


def shown_name(content: bytes, header: str) -> tuple[str, str]:
    """The name and the address of a header that has one of each."""
    [(name, address)] = getaddresses([raw(content, header)])
    return shown(name), address


@settings(deadline=None)
@given(ANYTHING, ANYTHING, ANYTHING, ANYTHING)
@example("=?utf-8?q?a=0D=0ABcc:_evil@x.test?=", "=?utf-8?q?a=0D=0ABcc:_evil@x.test?=", "", "")
@example("Host, Hänna <x@y>", "a\r\nBcc: evil@x.test\r\n\r\nbody", ".\r\n.\r\n", LONG_WORD)
@example(LONG_WORD, LONG_WORD, LONG_WORD, "é" * 2000)
@example("\ud800", "\ud800", "\ud800", "\ud800")
def test_nothing_typed_makes_a_header_or_ends_one(name: str, subject: str, text: str, html: str) -> None:
    message = a_message(
        sender=Mailbox("bookings@host.test", name),
        to=Mailbox("carla@customer.test", name),
        subject=subject,
        text=text,
        html=html,
    )
    content = to_bytes(message)
    content.decode("ascii")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    mail = parsed(content)
    assert set(mail.keys()) - {"Content-Transfer-Encoding"} == HEADERS
    assert len(set(mail.keys())) == len(mail.keys())
    for header, address in (("From", "bookings@host.test"), ("To", "carla@customer.test")):
        found = mail[header]
        assert isinstance(found, AddressHeader)
        assert [one.addr_spec for one in found.addresses] == [address]
        assert shown_name(content, header) == (one_line(name, 100), address)
    assert shown(raw(content, "Subject")) == (one_line(subject, 400) or "(no subject)")
    assert mail["Message-ID"] == "<abc@book.test>"


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
@example(".\n..\nFrom here\n" + LONG_WORD)
def test_a_text_comes_out_as_it_went_in(text: str) -> None:
    mail = parsed(to_bytes(a_message(text=text, html=f"<p>{text}</p>")))
    plain, html = (part for part in mail.walk() if not part.is_multipart())
    assert plain.get_content_type() == "text/plain"
    assert html.get_content_type() == "text/html"
    assert plain.get_content().replace("\r\n", "\n") == f"{text}\n"


def test_an_invitation_is_a_part_and_a_file() -> None:
    content = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:\xc3\xa9\r\nEND:VCALENDAR\r\n"
    mail = parsed(to_bytes(a_message(calendar=CalendarPart("REQUEST", content))))
    assert mail.get_content_type() == "multipart/mixed"
    alternative, file = mail.iter_parts()
    kinds = [part.get_content_type() for part in alternative.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    part = list(alternative.iter_parts())[-1]
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    assert part.get_payload(decode=True) == file.get_payload(decode=True) == content
    assert file.get_filename() == "invite.ics"


def test_a_domain_goes_out_in_ascii_and_a_local_part_as_it_is() -> None:
    message = a_message(to=Mailbox("carla@bücher.test"))
    assert b"To: carla@xn--bcher-kva.test" in to_bytes(message)
    assert not needs_utf8(message)
    message = a_message(to=Mailbox("rené@bücher.test", "René"))
    assert needs_utf8(message)
    assert "To: =?utf-8?b?UmVuw6k=?= <rené@xn--bcher-kva.test>\r\n".encode() in to_bytes(message)


@pytest.mark.parametrize(
    "address",
    ["", "carla", "@customer.test", "carla@", "a\r\nb@c.test", "a@b\u2028c.test", "a@-ü-"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(AddressError):
        wire_address(address)
    with pytest.raises(AddressError):
        to_bytes(a_message(to=Mailbox(address)))


def test_answers_go_to_the_host_only_where_somebody_else_sends() -> None:
    mail = parsed(to_bytes(a_message(sender=Mailbox("hanna@host.test", "Hanna Host"))))
    assert mail["Reply-To"] is None


def test_names_cannot_turn_the_direction_of_an_address() -> None:
    assert one_line("Carla \u202etset.live@x\u2066", 100) == "Carla tset.live@x"


def test_a_long_subject_in_ascii_stays_readable() -> None:
    subject = "Booked: An introduction with Hanna Host of Acme, Thursday, December 3, 2026, in Paris"
    content = to_bytes(a_message(subject=subject))
    assert b"=?utf-8?" not in content
    assert all(len(line) <= 78 for line in content.partition(b"\r\n\r\n")[0].split(b"\r\n"))
    assert raw(content, "Subject") == subject


@pytest.mark.parametrize("length", [20, 40, 200, 900])
def test_one_click_unsubscribes(length: int) -> None:
    """RFC 8058: the two headers, whatever the length of the address, and only where there is one."""
    url = "https://book.test/unsubscribe/".ljust(length, "A")
    content = to_bytes(a_message(unsubscribe=url))
    mail = parsed(content)
    assert str(mail["List-Unsubscribe"]).strip() == f"<{url}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    lines = content.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(len(line) <= max(78, len(url) + 3) for line in lines)
    assert "List-Unsubscribe" not in parsed(to_bytes(a_message()))
