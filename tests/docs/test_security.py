"""docs/security.md and docs/production.md say what the code does, and name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

from admitone.commands.doctor.machine import ENOUGH_FILES
from admitone.commands.doctor.tls import EXPIRES_SOON
from admitone.domain.bookings.policy import NewPolicy
from admitone.domain.budgets import (
    BOOKINGS_OF_LINK,
    DAY,
    FEED_REQUESTS,
    HOUR,
    INVITATIONS,
    LINK_BOOKINGS,
    MOVES,
    RECIPIENT_BOOKINGS,
    RECIPIENT_INVITATIONS,
)
from admitone.google.id_token import CLOCK_SKEW_SECONDS
from admitone.store.records.misses import PERIOD
from admitone.store.redis.memory_figures import NEARLY_FULL
from admitone.web.http.connections.client_address import FORWARDING
from admitone.web.http.connections.connection import LONGEST_HEADER, LONGEST_URI
from admitone.web.http.connections.network_limit import MISSES
from admitone.web.http.doctor_visit import HEADER, LIFETIME
from admitone.web.routes import SMALL

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "docs" / "security.md").read_text()
PRODUCTION = (ROOT / "docs" / "production.md").read_text()
DECISION = (ROOT / "docs" / "decisions" / "042-the-doctor-shows-the-secret-key.md").read_text()


def test_every_promise_names_tests_that_exist() -> None:
    promises = re.findall(r"^\|[^|]+\| (`tests/[^|]+) \|$", SECURITY, re.MULTILINE)
    paths = re.findall(r"`(tests/[^`]+)`", "\n".join(promises))
    assert len(promises) >= 10
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_limits_are_those_of_the_code() -> None:
    assert f"| {MISSES} in {PERIOD // 60} minutes, then 429" in SECURITY
    assert f"{SMALL.body // 1024} KB for most" in SECURITY
    assert f"| {LONGEST_URI // 1024} KB; {LONGEST_HEADER // 1024} KB |" in SECURITY


def test_budgets_are_those_of_the_code() -> None:
    assert {MOVES.period, LINK_BOOKINGS.period} == {HOUR}
    assert {each.period for each in (RECIPIENT_BOOKINGS, RECIPIENT_INVITATIONS, INVITATIONS)} == {DAY}
    assert f"by its customer | {MOVES.most} an hour;" in SECURITY
    assert f"; {NewPolicy().max_reschedules} for a new one |" in SECURITY
    assert f"one-time link | {LINK_BOOKINGS.most} an hour, {BOOKINGS_OF_LINK} in its life |" in SECURITY
    assert f"for one recipient | {RECIPIENT_BOOKINGS.most} in 24 hours |" in SECURITY
    assert f"one calendar feed | {FEED_REQUESTS.most} in an hour of the clock |" in SECURITY
    assert FEED_REQUESTS.period == HOUR
    invitations = f"{RECIPIENT_INVITATIONS.most} in 24 hours for one recipient, {INVITATIONS.most} in all"
    assert f"invitations to one workspace | {invitations} |" in SECURITY


def test_the_doctor_s_thresholds_are_those_of_the_code() -> None:
    assert f"fewer than {ENOUGH_FILES:,} for a process" in PRODUCTION
    assert f"{NEARLY_FULL:.0%}".replace("%", " % of it used") in PRODUCTION
    assert f"more than {CLOCK_SKEW_SECONDS} seconds apart" in PRODUCTION
    assert f"ends within {EXPIRES_SOON // 86_400} days" in PRODUCTION
    assert all(name in PRODUCTION for name in FORWARDING if not name.startswith("X-Forwarded-"))
    assert f"`{HEADER}`" in DECISION
    assert LIFETIME == 5 * 60
