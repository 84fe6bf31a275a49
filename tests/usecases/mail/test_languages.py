"""In which language a mail about a booking is: the customer's choice at the booking, the host's workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.texts.catalogues import languages
from tests.support.mail.workspace_with_mail import html_of, to

if TYPE_CHECKING:
    from tests.support.mail.workspace_with_mail import WorkspaceWithMail

HOSTS_GERMAN = "de" if "de" in languages("dashboard") else "en"
"""Hosts read German once the dashboard has it."""


async def mail_languages(workspace: WorkspaceWithMail) -> dict[str, str]:
    """The language of each mail, by whom it is for."""
    await workspace.work()
    return {
        to(mail).partition("@")[0]: html_of(mail).partition('lang="')[2].partition('"')[0]
        for mail in await workspace.kept()
    }


@pytest.mark.parametrize(
    ("booked_in", "page", "settings", "customers", "hosts"),
    [
        ("fr-CA", None, None, "fr", "en"),
        ("fr-CA", "ja", "es", "fr", "en"),  # the page fixed its language after the booking
        (None, "ja", "de", "ja", HOSTS_GERMAN),
        (None, None, "de", "de", HOSTS_GERMAN),
        (None, None, "ar", "ar", "en"),  # the dashboard has no Arabic
        (None, None, None, "en", "en"),
    ],
)
async def test_customers_read_the_language_of_their_booking_and_hosts_their_workspaces(
    workspace: WorkspaceWithMail,
    booked_in: str | None,
    page: str | None,
    settings: str | None,
    customers: str,
    hosts: str,
) -> None:
    await workspace.change("settings", "-", locale=settings)
    await workspace.change("booking_page", "page", locale=page)
    await workspace.booked(data={"locale": booked_in})
    assert await mail_languages(workspace) == {"carla": customers, "hanna": hosts}
