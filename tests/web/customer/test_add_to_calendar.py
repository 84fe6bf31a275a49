"""The ticket offers the booking to the customer's calendar, and tells its provider no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import icalendar
import pytest

from tests.support.customer.host import booking_id
from tests.support.customer.visitor import CARLA

if TYPE_CHECKING:
    from tests.support.customer.host import Host
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"


async def offered(visitor: Visitor, manage: str) -> list[str]:
    """The addresses of other sites on the ticket that open a calendar."""
    page = await visitor.page(manage)
    links = [attributes for tag, attributes in page.tags if tag == "a"]
    found = [one for one in links if "calendar" in urlsplit(one["href"] or "").netloc + (one["href"] or "")]
    away = [one for one in found if (one["href"] or "").startswith("https:")]
    assert all(one["rel"] == "noopener noreferrer" and one["target"] == "_blank" for one in away)
    return [one["href"] or "" for one in away]


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ({"kind": "google_meet"}, "Online meeting. Its details will follow."),
        ({"kind": "link", "detail": "https://meet.test/x"}, "Video call"),
        ({"kind": "phone", "detail": "+33 1 23"}, "+33 1 23"),
        ({"kind": "in_person", "detail": "12 Rue A & B; 3. Stöck"}, "12 Rue A & B; 3. Stöck"),
        ({"kind": "in_person", "detail": "See https://meet.test/x"}, None),
        ({"kind": "ask"}, None),
    ],
)
async def test_what_when_and_where_and_nothing_else(
    host: Host, visitor: Visitor, location: dict[str, str], place: str | None
) -> None:
    await host.change("event_type", location=location, name="Prices & more")
    manage = await host.booked(TEN, notes="Ring twice")
    addresses = await offered(visitor, manage)
    assert [urlsplit(address).netloc for address in addresses] == [
        "calendar.google.com",
        "outlook.live.com",
        "outlook.office.com",
    ]
    for address in addresses:
        query = parse_qs(urlsplit(address).query)
        assert query.get("text", query.get("subject")) == ["Prices & more with Hanna Host"]
        assert query.get("location") == ([place] if place else None)
        said = unquote(address)
        for secret in (manage.rpartition("/")[2], "meet.test", "Ring", *CARLA.values(), "hanna@", "manage"):
            assert secret not in said


async def test_a_cancelled_booking_leads_into_no_meeting(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", location={"kind": "link", "detail": "https://meet.test/x"})
    manage = await host.booked(TEN)
    api = f"/manage/{manage.rpartition('/')[2]}"
    assert (await host.deployment.customer.get(api)).body["join_url"] == "https://meet.test/x"
    assert "https://meet.test/x" in (await visitor.page(manage)).text
    await host.api.post(f"/bookings/{booking_id(manage)}/cancel", {})
    view = (await host.deployment.customer.get(api)).body
    assert (view["join_url"], view["location"]) == (None, {"kind": "link", "detail": ""})
    assert await offered(visitor, manage) == []
    assert "meet.test" not in (await visitor.get(manage)).text
    file = (await visitor.get(f"{manage}/invite.ics")).text
    [event] = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    assert "meet.test" not in file
