"""The page of a booking that its customer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.customer.host import booking_id

if TYPE_CHECKING:
    from tests.support.api.deployment import Clock
    from tests.support.customer.host import Host
    from tests.support.customer.markup import Page
    from tests.support.customer.visitor import Visitor

TEN = "2026-11-19T09:00:00Z"
DAY = 24 * 60


def own(page: Page) -> list[str]:
    """The links about the booking: not those to calendars of others, and not the foot of every page."""
    return [link for link in page.links if link.startswith("/manage/")]


async def test_it_is_the_ticket(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN, timezone="America/New_York")
    page = await visitor.page(manage)
    for words in (
        "Half an hour",
        "with Hanna Host",
        "Your booking is confirmed",
        "Thursday, 19 November 2026",
        "04:00–04:30",
        "New York time",
        "Carla Customer",
        "carla@customer.test",
    ):
        assert words in page.text
    assert own(page) == [f"{manage}/{action}" for action in ("invite.ics", "reschedule", "cancel", "erase")]


async def test_another_zone_may_be_asked_for(host: Host, visitor: Visitor) -> None:
    page = await visitor.page(f"{await host.booked(TEN)}?timezone=Asia/Tokyo")
    assert "18:00–18:30" in page.text
    assert (
        "Paris time" in (await visitor.page(f"{await host.booked('2026-11-19T10:00:00Z')}?timezone=x")).text
    )


async def test_it_is_said_until_when_it_may_be_changed(host: Host, visitor: Visitor, clock: Clock) -> None:
    policy = {
        "cancel": {"allow": "until", "minutes": 60},
        "reschedule": {"allow": "until", "minutes": 120},
        "text": "Please be kind.\nCall us.",
    }
    await host.change("event_type", policy=policy)
    manage = await host.booked(TEN)
    page = await visitor.page(manage)
    assert "You can reschedule until Thu 19 Nov, 08:00." in page.text
    assert "You can cancel until Thu 19 Nov, 09:00." in page.text
    assert "Please be kind. Call us." in page.text
    clock.forward(hours=20.5)  # 08:36 in Paris
    page = await visitor.page(manage)
    assert f"{manage}/reschedule" not in page.links
    assert f"{manage}/cancel" in page.links
    assert "It is too late for this change. Please contact the organiser." in page.text
    clock.forward(hours=1)
    assert own(await visitor.page(manage)) == [f"{manage}/invite.ics", f"{manage}/erase"]


async def test_its_states_are_said(host: Host, visitor: Visitor, clock: Clock) -> None:
    manage = await host.booked(TEN)
    await host.deployment.customer.post(
        f"/manage/{manage.rpartition('/')[2]}/reschedule", {"start": "2026-11-19T10:00:00Z"}
    )
    page = await visitor.page(manage)
    assert "Your booking was rescheduled" in page.text
    assert "11:00–11:30" in page.text
    clock.forward(hours=23)  # 10:06:40 in UTC
    page = await visitor.page(manage)
    assert "In progress" in page.text
    assert own(page) == [f"{manage}/invite.ics", f"{manage}/erase"]
    clock.forward(hours=1)
    page = await visitor.page(manage)
    assert "This booking is over" in page.text
    assert own(page) == [f"{manage}/erase"]
    await host.api.post(f"/bookings/{booking_id(manage)}/no-show", {})
    assert "Marked as a no-show" in (await visitor.page(manage)).text


async def test_a_cancelled_booking_says_so(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    await host.api.post(f"/bookings/{booking_id(manage)}/cancel", {})
    page = await visitor.page(manage)
    assert "Your booking was cancelled" in page.text
    assert own(page) == [f"{manage}/erase"]
    for action in ("cancel", "reschedule"):
        answer = await visitor.get(f"{manage}/{action}")
        assert answer.status == 409
        assert "This booking can't be changed any more." in answer.page.text


@pytest.mark.parametrize(
    ("location", "words", "link"),
    [
        ({"kind": "google_meet"}, "Online meeting. Its details will follow.", None),
        ({"kind": "phone", "detail": "+33 1 23"}, "By phone +33 1 23", None),
        ({"kind": "in_person", "detail": "12 Rue A"}, "12 Rue A", None),
        ({"kind": "in_person"}, "In person", None),
        ({"kind": "ask"}, "Place to be agreed", None),
        ({"kind": "link", "detail": "https://meet.test/x"}, "Video call", "https://meet.test/x"),
        ({"kind": "link", "detail": "javascript:alert(1)"}, "Video call", None),
    ],
)
async def test_it_says_where(
    host: Host, visitor: Visitor, location: dict[str, str], words: str, link: str | None
) -> None:
    await host.change("event_type", location=location)
    assert words in (await visitor.page(await host.path())).text
    page = await visitor.page(await host.booked(TEN))
    assert words in page.text
    assert not [address for address in page.links if not address.startswith(("/", "https:"))]
    assert [address for address in page.links if "://meet." in address] == [link] * bool(link)
    assert link is None or link in page.text


async def test_the_meetings_address_is_not_shown_before_it_is_booked(host: Host, visitor: Visitor) -> None:
    await host.change("event_type", location={"kind": "link", "detail": "https://meet.test/x"})
    assert "meet.test" not in (await visitor.get(await host.path())).text


async def test_the_page_lives_without_its_booking_page(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    await host.api.delete(f"/booking-pages/{host.page['id']}")
    page = await visitor.page(manage)
    assert "Your booking is confirmed" in page.text
    assert f"{manage}/cancel" in page.links
    assert f"{manage}/reschedule" not in page.links
    assert "its page no longer exists" in page.text
    assert (await visitor.get(f"{manage}/reschedule")).status == 403


async def test_a_token_is_read_as_people_type_it(host: Host, visitor: Visitor) -> None:
    manage = await host.booked(TEN)
    typed = manage.replace("/manage/", "").lower().replace("0", "o")
    assert (await visitor.get(f"/manage/{typed}")).status == 200
