"""A page as customers see it: what booking needs, and nothing else (docs/rules/links.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from admitone.domain.instant import Instant
from admitone.domain.links.link import Person
from admitone.domain.pages.event_type import Location
from admitone.domain.pages.form import FormField, is_complete
from admitone.domain.pages.language import fixed_language
from admitone.usecases.links.link_view import instant, skips_form
from admitone.usecases.links.meeting_promise import promised_meetings

if TYPE_CHECKING:
    from admitone.domain.pages.event_type import EventType
    from admitone.domain.people.user import Settings, User
    from admitone.usecases.links.visit import Visit
    from admitone.usecases.shared.services import Services


class OfferedEventType(msgspec.Struct, frozen=True):
    """An event type as customers see it before they book: `location` has no detail that opens a meeting."""

    id: str
    name: str
    duration_minutes: int
    location: Location
    description: str
    max_guests: int


class VisitView(msgspec.Struct, frozen=True):
    """A page as customers see it; `skip_form` says that name, email and all that is required are known.

    With `confirm_email` a booking needs the code that `POST …/confirm` mails to the customer's address.
    A master page may ask other questions for each event type: `form` is that of the asked or first one.
    `locale` is the language that the page or its workspace fixes, null if the browser decides.
    """

    title: str
    host_name: str
    description: str
    one_time: bool
    expires_at: Instant | None
    event_types: Sequence[OfferedEventType]
    person: Person | None
    skip_form: bool
    confirm_email: bool
    form: Sequence[FormField]
    timezone: str
    locale: str | None
    theme: str


async def view_visit(
    services: Services, visit: Visit, settings: Settings, event_type: str | None = None
) -> VisitView:
    """The view of a visit; the form and the host are those of `event_type` if the page offers it.

    Raises LinkBooked and the other refusals of a link that is not active.
    """
    target, event_types = visit.offered(services.now())
    page, link = target.page, visit.link
    promised = await promised_meetings(services, visit.snapshot.workspace, target, event_types)
    only = _asked(visit, event_types, event_type)
    form, host = target.form(only), target.host(only)
    return VisitView(
        title=page.title,
        host_name=host.name if host else "",
        description=page.description,
        one_time=link is not None,
        expires_at=instant(link.expires_at) if link else None,
        event_types=[_offered(each, is_promised=each.id in promised) for each in event_types],
        person=link.person if link else None,
        skip_form=link is not None and skips_form(link) and is_complete(form),
        confirm_email=visit.asks_code,
        form=form,
        timezone=target.timezone(only),
        locale=fixed_language(page, settings),
        theme=page.theme,
    )


def host_shown(services: Services, visit: Visit, event_type: str | None = None) -> User | None:
    """The host whom the view names, None if it names nobody; raises as `view_visit`."""
    target, event_types = visit.offered(services.now())
    return target.host(_asked(visit, event_types, event_type))


def _asked(visit: Visit, event_types: Sequence[EventType], event_type: str | None) -> str | None:
    """The asked event type if it is offered, else the one that the link is for."""
    if any(each.id == event_type for each in event_types):
        return event_type
    return visit.link.event_type if visit.link else None


def _offered(event_type: EventType, *, is_promised: bool) -> OfferedEventType:
    """The event type without the settings that concern hosts only; `is_promised` says if Meet links are."""
    return OfferedEventType(
        event_type.id,
        event_type.name,
        event_type.duration_minutes,
        event_type.location.before_booking().with_meeting(is_promised=is_promised),
        event_type.description,
        event_type.max_guests,
    )
