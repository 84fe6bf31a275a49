"""What the user chose, from the fields of a card or carried along by its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.documents import convert
from admitone.domain.links.content import Content
from admitone.domain.links.link import BatchBody, LinkBody
from admitone.web.addon.cards.compose import EACH, NEVER, ONE_TIME
from admitone.web.addon.use import Choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.domain.instant import Instant
    from admitone.usecases.pages.page_list import SharedPage
    from admitone.web.addon.event import AddonEvent
    from admitone.web.addon.use import Use


MOST_DIGITS = 4


def read_choices(event: AddonEvent) -> Choices:
    """The choices in the fields of the card beside a draft, or those that another card carries."""
    if carried := event.parameter("carried"):
        try:
            return msgspec.json.decode(carried, type=Choices)
        except msgspec.DecodeError:
            return Choices()
    if not event.given("page"):
        return Choices()
    return Choices(
        page=event.text("page"),
        event_type=event.text("event_type"),
        is_one_time=event.is_on(ONE_TIME) or bool(event.parameter(ONE_TIME)),
        is_personal=event.is_on("personalise"),
        recipient=event.text("recipient"),
        name=event.text("name"),
        shows_form=event.is_on("form"),
        expiry=event.text("expiry"),
        style=event.text("style") or "link",
    )


def carried(chosen: Choices) -> str:
    """The choices as a parameter of a button."""
    return msgspec.json.encode(chosen).decode()


def is_one_time(page: SharedPage, chosen: Choices) -> bool:
    """Whether a one-time link is wanted: always for a page without a general link."""
    return page.one_time and (chosen.is_one_time or not page.general_link)


def content_of(use: Use, chosen: Choices, starts: Sequence[Instant] = ()) -> Content:
    """What to insert; times are those of the user's zone."""
    style = "times" if starts else chosen.style
    document = {"style": style, "starts": [start.text() for start in starts], "timezone": use.clock.zone.key}
    return convert(document, Content)


def event_type_of(page: SharedPage, chosen: Choices) -> str | None:
    """The event type that was chosen, unless the page lacks it: then another page was chosen since."""
    return chosen.event_type if any(each.id == chosen.event_type for each in page.event_types) else None


def link_body(use: Use, page: SharedPage, chosen: Choices, content: Content) -> LinkBody | BatchBody:
    """The body of the API's call that makes these links; raises Invalid."""
    options: dict[str, Any] = {
        "page": page.id,
        "event_type": event_type_of(page, chosen),
        "skip_form": not chosen.shows_form if chosen.is_personal else None,
        "channel": "addon",
    }
    if chosen.expiry:
        options["expires_in_days"] = None if chosen.expiry == NEVER else _number(chosen.expiry)
    made: LinkBody | BatchBody
    if chosen.is_personal and chosen.recipient == EACH:
        people = [{"name": name_of(address), "email": address} for address in use.event.recipients]
        made = convert(options | {"people": people}, BatchBody)
    else:
        person = _person(chosen) if chosen.is_personal else None
        made = convert(options | ({"person": person} if person else {}), LinkBody)
    return msgspec.structs.replace(made, content=content)


def name_of(address: str) -> str:
    """A name from an address, for whom no better one is known: `ada.keller@…` is Ada Keller."""
    words = address.partition("@")[0].partition("+")[0].replace("_", ".").split(".")
    return " ".join(word.capitalize() for word in words if word) or address


def _person(chosen: Choices) -> dict[str, str]:
    return {"name": chosen.name or name_of(chosen.recipient), "email": chosen.recipient}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0
