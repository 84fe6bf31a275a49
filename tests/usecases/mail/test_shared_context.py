"""The mails of one event are prepared from one reading of its booking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.usecases.mail.mail_context import mails_of_one_event, read_mail_context
from tests.support.factories import WORKSPACE, an_event
from tests.support.store.actions import read

if TYPE_CHECKING:
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail


async def test_it_is_read_once_inside_and_anew_outside(workspace: WorkspaceWithMail) -> None:
    booking = await workspace.booked()
    event = an_event("booking.scheduled", booking=booking.id)
    snapshot = await read(workspace.store, booking=booking.id, records=(("settings", "-"),))
    services = workspace.services
    with mails_of_one_event(snapshot):
        one = await read_mail_context(services, WORKSPACE, booking.id, event)
        two = await read_mail_context(services, WORKSPACE, booking.id, event)
    assert one is not None
    assert one is two
    assert one.managed.snapshot is snapshot
    await workspace.cancelled(booking)
    later = await read_mail_context(services, WORKSPACE, booking.id, event)
    assert later is not None
    assert (one.booking.status, later.booking.status) == ("scheduled", "cancelled")
