"""The mails that bring a one-time link to its person, and that remind of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from admitone.domain.mail.budget import TO_ONE_ADDRESS
from admitone.store.records.links import mail_link, revoke_link
from admitone.store.records.operations import new_operation
from admitone.usecases.mail.link_email import EVENTS
from tests.support.factories import NOW, WORKSPACE, an_event
from tests.support.fakegoogle.running import GMAIL
from tests.support.mail.workspace_with_mail import HOST_ACCOUNT, calendars_of, html_of, text_of, to
from tests.support.store.actions import put_contact, put_link

if TYPE_CHECKING:
    from admitone.domain.links.link import Link, LinkMailKind
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

CARLA = {"name": "Carla Customer", "email": "carla@customer.test"}
DAY = 86_400


async def a_link_for_carla(workspace: WorkspaceWithMail, **changes: Any) -> Link:
    return await put_link(workspace.store, **{**CARLA, "page": "page", "created_by": "user", **changes})


async def send(workspace: WorkspaceWithMail, link: Link, kind: LinkMailKind = "link") -> None:
    """Record that the host sends the mail."""
    event = an_event(EVENTS[kind], link=link.id, by="user", at=workspace.services.now())
    operation = new_operation()
    await mail_link(
        workspace.store, WORKSPACE, link.id, event, event.at, operation=operation, kept=operation.id
    )


@pytest.mark.parametrize(
    ("kind", "subject", "said"),
    [
        ("link", "Choose a time: ", "Choose a time that suits you for "),
        ("reminder", "Reminder: choose a time for ", "You have not chosen a time for "),
    ],
)
async def test_it_brings_the_link_in_the_senders_name(
    workspace: WorkspaceWithMail, kind: LinkMailKind, subject: str, said: str
) -> None:
    link = await a_link_for_carla(workspace, expires_at=NOW + 30 * DAY)
    await send(workspace, link, kind)
    await workspace.work()
    [mail] = await workspace.kept()
    assert to(mail) == CARLA["email"]
    assert mail["Subject"].startswith(subject)
    assert [address.addr_spec for address in mail["From"].addresses] == ["hanna@host.test"]
    for text in (text_of(mail), html_of(mail)):
        assert said in text
        assert "Hello Carla Customer," in text
        assert f"/.{link.code}" in text
        assert "You can use it until " in text
    assert calendars_of(mail) == []


async def test_the_senders_gmail_sends_it(workspace: WorkspaceWithMail) -> None:
    await workspace.connect(f"{GMAIL}.compose")
    await send(workspace, await a_link_for_carla(workspace))
    await workspace.work()
    assert await workspace.kept() == []
    [_] = workspace.google.state.data.mailboxes[HOST_ACCOUNT].messages


async def test_it_is_in_the_language_of_the_page(workspace: WorkspaceWithMail) -> None:
    await workspace.change("booking_page", "page", locale="fr")
    await send(workspace, await a_link_for_carla(workspace))
    await workspace.work()
    [mail] = await workspace.kept()
    assert 'lang="fr"' in html_of(mail)


async def test_a_contact_reads_it_in_their_own_language(workspace: WorkspaceWithMail) -> None:
    await put_contact(workspace.store, email=CARLA["email"], locale="es")
    await send(workspace, await a_link_for_carla(workspace))
    await workspace.work()
    [mail] = await workspace.kept()
    assert 'lang="es"' in html_of(mail)


async def test_a_link_that_was_revoked_meanwhile_is_not_mailed(workspace: WorkspaceWithMail) -> None:
    link = await a_link_for_carla(workspace)
    await send(workspace, link)
    await revoke_link(workspace.store, WORKSPACE, link.id, an_event("link.revoked", link=link.id), NOW)
    await workspace.work()
    assert await workspace.kept() == []
    assert await workspace.parked() == []


async def test_it_counts_in_the_budget_of_its_address(workspace: WorkspaceWithMail) -> None:
    hourly = TO_ONE_ADDRESS[0].most
    link = await a_link_for_carla(workspace)
    for _ in range(hourly + 1):
        await send(workspace, link, "reminder")
    await workspace.work()
    assert len(await workspace.kept()) == hourly


async def test_a_workspace_may_write_its_own(workspace: WorkspaceWithMail) -> None:
    await workspace.write_template("link", subject="For {{ customer }}", text="{{ link_url }} {{ expires }}")
    link = await a_link_for_carla(workspace, expires_at=None)
    await send(workspace, link)
    await workspace.work()
    [mail] = await workspace.kept()
    assert mail["Subject"] == "For Carla Customer"
    assert text_of(mail).strip().endswith(f"/.{link.code}")
    assert await workspace.faults() == {}
