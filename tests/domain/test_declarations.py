"""Mails, methods of distribution and webhook events are declared completely, and documents name methods."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from admitone.domain.availability.distribution import METHODS, Method
from admitone.domain.event import EventKind
from admitone.domain.mail.kinds import MAILS, MailKind
from admitone.domain.webhooks.webhook import EVENTS, WebhookEvent

ROOT = Path(__file__).parents[2]


def test_every_kind_of_mail_is_declared() -> None:
    assert tuple(MAILS) == get_args(MailKind)


def test_every_method_of_distribution_is_declared() -> None:
    assert tuple(METHODS) == get_args(Method)


def test_webhooks_are_told_of_events_that_happen() -> None:
    assert tuple(EVENTS) == get_args(WebhookEvent)
    assert set(EVENTS) <= set(get_args(EventKind))


def test_one_mail_follows_from_an_event_for_each_recipient() -> None:
    told = [(mail.to, event) for mail in MAILS.values() for event in mail.after]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("document", ["docs/teams.md", "docs/rules/distribution.md"])
def test_the_documents_name_every_method(document: str) -> None:
    assert all(f"| `{method}` |" in (ROOT / document).read_text() for method in METHODS)
