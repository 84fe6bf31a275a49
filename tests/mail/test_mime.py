"""The body of a mail is what the standard library writes, apart from the boundaries."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP

from hypothesis import given, settings
from hypothesis import strategies as st

from admitone.mail.message import CalendarPart, Mailbox, Message, to_bytes

TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), max_size=300)
FILES = st.builds(CalendarPart, st.sampled_from(["REQUEST", "CANCEL"]), st.binary(max_size=200))
BOUNDARY = re.compile(rb"={15}\d{19}==")


def a_mail(text: str, html: str, calendar: CalendarPart | None, mail_id: str = "one@host.test") -> bytes:
    return to_bytes(
        Message(
            id=mail_id,
            sender=Mailbox("hanna@host.test"),
            to=Mailbox("carla@customer.test"),
            subject="Booked",
            text=text,
            html=html,
            calendar=calendar,
            sent_at=0,
        )
    )


def by_the_library(text: str, html: str, calendar: CalendarPart | None) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail.set_content(text, cte="quoted-printable")
    if html:
        mail.add_alternative(html, subtype="html", cte="quoted-printable")
    if calendar:
        mail.add_alternative(calendar.content, maintype="text", subtype="calendar", cte="base64")
        inner: EmailMessage = mail.get_payload()[-1]  # type: ignore[index, assignment]
        inner.set_param("charset", "UTF-8")
        inner.set_param("method", calendar.method)
        mail.add_attachment(calendar.content, maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()


def named(content: bytes) -> bytes:
    """The content with its boundaries numbered."""
    numbers: dict[bytes, bytes] = {}
    return BOUNDARY.sub(lambda found: numbers.setdefault(found[0], b"%d" % len(numbers)), content)


@settings(deadline=None)
@given(TEXTS, TEXTS, FILES | st.none())
def test_it_is_written_as_the_standard_library_does(
    text: str, html: str, calendar: CalendarPart | None
) -> None:
    mail = a_mail(text, html, calendar)
    head = mail.index(b"Auto-Submitted: auto-generated\r\n") + len(b"Auto-Submitted: auto-generated\r\n")
    assert named(mail[head:]) == named(by_the_library(text, html, calendar))


def test_each_attempt_sends_the_same_bytes_and_each_mail_has_its_own_boundaries() -> None:
    calendar = CalendarPart("REQUEST", b"BEGIN:VCALENDAR")
    one, again = (a_mail("Hello", "<p>Hello</p>", calendar) for _ in range(2))
    other = a_mail("Hello", "<p>Hello</p>", calendar, "two@host.test")
    assert one == again
    assert not {*BOUNDARY.findall(one)} & {*BOUNDARY.findall(other)}
