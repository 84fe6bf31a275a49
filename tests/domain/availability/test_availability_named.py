"""Cases that scheduling software is known to get wrong, each with where it was reported.

docs/availability.md explains the rules by the same cases, title by title.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from admitone.domain.availability.case import Booked, Host, Verdict
from admitone.domain.availability.days import local_days
from admitone.domain.availability.decision import decide, offered_slots
from admitone.domain.availability.zones import zone
from tests.support.domain.availability_cases import at, case, hours, shown
from tests.support.domain.named_cases import NAMED
from tests.support.domain.named_cases.named import HOUR, Named


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.title)
def test_named(named: Named) -> None:
    assert shown(named.starts, named.hours.zone.key) == named.expected


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.title)
def test_what_is_offered_can_be_booked(named: Named) -> None:
    assert {decide(named.case, start).verdict for start in named.starts} <= {Verdict.FREE}


@pytest.mark.parametrize("viewer", ["UTC", "Europe/London", "Pacific/Apia", "America/St_Johns", "Asia/Tokyo"])
@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.title)
def test_the_viewers_zone_only_groups(named: Named, viewer: str) -> None:
    """Cal.com #7684: the customer's change of the clocks moved the host's hours."""
    start, end = min(named.starts, default=0), max(named.starts, default=0) + 1
    days = local_days([slot.start for slot in offered_slots(named.case, start, end)], zone(viewer))
    assert [at for day in days for at in day.starts] == named.starts


@pytest.mark.parametrize("server", ["Pacific/Kiritimati", "America/New_York"])
def test_the_servers_zone_does_not_matter(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nextcloud Calendar #6407: a day of slots shifted with the server's own zone."""
    monkeypatch.setenv("TZ", server)
    time.tzset()
    try:
        for named in NAMED:
            assert shown(named.starts, named.hours.zone.key) == named.expected
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_buffer_holds_when_booking_too() -> None:
    """Cal.com #14868: a start inside a buffer was not listed, and could be booked by its address."""
    booked = Booked(at("2026-01-27 10:00", "UTC"), at("2026-01-27 11:00", "UTC"), HOUR, 0)
    host = Host("ann", hours("UTC", [("09:00", "17:00")]), booked=[booked])
    question = case(host, duration_minutes=60)
    assert decide(question, at("2026-01-27 09:00", "UTC")).verdict is Verdict.TAKEN
    assert decide(question, at("2026-01-27 11:00", "UTC")).verdict is Verdict.FREE


def test_the_document_tells_every_case() -> None:
    document = Path(__file__).parents[3].joinpath("docs", "availability.md").read_text("utf-8")
    assert [named.title for named in NAMED if f"| {named.title} | {named.source} |" not in document] == []
