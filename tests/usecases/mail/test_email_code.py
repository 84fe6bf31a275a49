"""The mail with the code that confirms a customer's address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.usecases.bookings.email_code import request_email_code
from admitone.usecases.links.visit import Visit
from admitone.usecases.pages.target_read import read_target
from tests.support.fakegoogle.running import GMAIL
from tests.support.mail.workspace_with_mail import HOST_ACCOUNT, calendars_of, html_of, text_of, to
from tests.support.store.actions import read

if TYPE_CHECKING:
    from email.message import EmailMessage

    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

CARLA = "carla@customer.test"


async def ask(workspace: WorkspaceWithMail, email: str = CARLA, locale: str | None = None) -> None:
    """Ask for a code on the host's page."""
    await workspace.change("booking_page", "page", confirm_email=True)
    snapshot = await read(workspace.store)
    visit = Visit("page", snapshot, None, await read_target(snapshot, "page"))
    await request_email_code(workspace.services, visit, email, None, locale)


def code_in(mail: EmailMessage) -> str:
    """The code in a mail's subject."""
    code = str(mail["Subject"]).partition(" ")[0]
    assert len(code) == 6
    assert code.isdigit()
    return code


async def test_the_code_is_mailed_in_the_hosts_name(workspace: WorkspaceWithMail) -> None:
    await ask(workspace)
    await workspace.work()
    [mail] = await workspace.kept()
    code = code_in(mail)
    assert to(mail) == CARLA
    assert mail["Subject"] == f"{code} is your code for Talk to Hanna"
    assert [address.addr_spec for address in mail["From"].addresses] == ["hanna@host.test"]
    for text in (text_of(mail), html_of(mail)):
        assert code in text
        assert "with Hanna Host" in text
        assert "It is valid for 10 minutes. Nothing is booked yet." in text
    assert calendars_of(mail) == []


@pytest.mark.parametrize(
    ("locale", "page", "settings", "said"),
    [
        ("es-MX", None, "de", "es"),
        (None, "fr", "de", "fr"),
        (None, None, "de", "de"),
        (None, None, None, "en"),
    ],
)
async def test_it_is_in_the_language_of_who_asked_for_it(
    workspace: WorkspaceWithMail, locale: str | None, page: str | None, settings: str | None, said: str
) -> None:
    await workspace.change("settings", "-", locale=settings)
    await workspace.change("booking_page", "page", locale=page)
    await ask(workspace, locale=locale)
    await workspace.work()
    [mail] = await workspace.kept()
    assert f'lang="{said}"' in html_of(mail)


async def test_asking_again_mails_the_same_code(workspace: WorkspaceWithMail) -> None:
    for _ in range(2):
        await ask(workspace)
        await workspace.work()
    first, second = await workspace.kept()
    assert code_in(first) == code_in(second)


async def test_a_code_that_is_too_old_is_not_mailed(workspace: WorkspaceWithMail) -> None:
    await ask(workspace)
    workspace.clock.forward(minutes=10)
    await workspace.work()
    assert await workspace.kept() == []
    assert await workspace.parked() == []


async def test_the_hosts_gmail_sends_it(workspace: WorkspaceWithMail) -> None:
    await workspace.connect(f"{GMAIL}.compose")
    await ask(workspace)
    await workspace.work()
    assert await workspace.kept() == []
    [_] = workspace.google.state.data.mailboxes[HOST_ACCOUNT].messages


async def test_a_workspace_may_write_its_own(workspace: WorkspaceWithMail) -> None:
    await workspace.write_template("email_code", subject="Your code", text="{{ code }} for {{ event_type }}")
    await ask(workspace)
    await workspace.work()
    [mail] = await workspace.kept()
    assert text_of(mail).strip().endswith("for Talk to Hanna")
    assert await workspace.faults() == {}
