"""Facts of a run with defaults: a test names only what it is about."""

from __future__ import annotations

from admitone.domain.availability.zones import zone
from admitone.domain.contacts.contact import Contact
from admitone.domain.links.link import LinkState
from admitone.domain.workflows.facts import BookingFacts, Facts, LinkFacts
from tests.support.factories import NOW

OPENED = LinkFacts(LinkState.ACTIVE, is_opened=True)
UNSEEN = LinkFacts(LinkState.ACTIVE)
BOOKED = LinkFacts(LinkState.BOOKED, is_opened=True)
SCHEDULED = BookingFacts("scheduled", NOW + 86_400, NOW + 90_000)


def a_contact(**given: object) -> Contact:
    """Carla, with what is given."""
    values: dict[str, object] = {
        "id": "c1",
        "email": "carla@example.com",
        "created_at": NOW,
        "first_name": "Carla",
        "timezone": "Europe/Paris",
    }
    return Contact(**values | given)  # type: ignore[arg-type]


def some_facts(
    *,
    now: int = NOW,
    in_zone: str = "Europe/Paris",
    contact: Contact | None = None,
    link: LinkFacts | None = None,
    booking: BookingFacts | None = None,
) -> Facts:
    """The facts of Carla's run, with what is given."""
    return Facts(now=now, contact=contact or a_contact(), zone=zone(in_zone), link=link, booking=booking)
