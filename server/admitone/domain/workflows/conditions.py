"""The conditions of an *If/else*, on the facts of a run (docs/rules/workflows.md, *Conditions*)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from admitone.domain.contacts.contact import tag_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from admitone.domain.contacts.contact import Contact
    from admitone.domain.workflows.facts import Facts
    from admitone.domain.workflows.steps import Condition, When

CONTACT_TEXTS: Final = ("email", "first_name", "last_name", "phone", "timezone", "locale")
"""What a condition may look at of a contact, besides tags and custom fields."""
FIELD: Final = "contact.fields."
TAGS: Final = "contact.tags"
LINK_VALUES: Final = ("opened", "booked", "active", "expired", "revoked")
BOOKING_VALUES: Final = ("scheduled", "rescheduled", "cancelled", "completed", "no_show")
NEGATED: Final = {"is_not": "is", "contains_not": "contains", "not_set": "set"}
"""Each of these operators holds exactly where the other one does not."""


def holds(when: When, facts: Facts) -> bool:
    """Whether all, or any, of the conditions hold. Without conditions, `all` holds and `any` does not."""
    found = (condition_holds(condition, facts) for condition in when.conditions)
    return all(found) if when.match == "all" else any(found)


def condition_holds(condition: Condition, facts: Facts) -> bool:
    """Whether one condition holds. Texts are compared casefolded, without blanks around them."""
    operator = NEGATED.get(condition.is_, condition.is_)
    return _holds(condition, operator, facts) is (operator == condition.is_)


def _holds(condition: Condition, operator: str, facts: Facts) -> bool:
    match condition.about:
        case "link":
            return _is_one_of(_link_values(facts), operator, condition.value)
        case "booking":
            return _is_one_of(_booking_values(facts), operator, condition.value)
        case "contact.tags":
            return _is_one_of(facts.contact.tags, operator, tag_of(condition.value))
        case about:
            return _text_holds(contact_text(facts.contact, about), operator, condition.value)


def _is_one_of(values: Collection[str], operator: str, value: str) -> bool:
    return bool(values) if operator == "set" else value in values


def _link_values(facts: Facts) -> Collection[str]:
    if facts.link is None:
        return ()
    return {str(facts.link.state), "opened"} if facts.link.is_opened else {str(facts.link.state)}


def _booking_values(facts: Facts) -> Collection[str]:
    """A booking that was moved is scheduled as well: both say that it takes place."""
    if facts.booking is None:
        return ()
    status = facts.booking.status
    return {status, "scheduled"} if status == "rescheduled" else {status}


def _text_holds(text: str, operator: str, value: str) -> bool:
    if operator == "set":
        return bool(text.strip())
    known, wanted = text.strip().casefold(), value.strip().casefold()
    return wanted in known if operator == "contains" else wanted == known


def contact_text(contact: Contact, about: str) -> str:
    """The contact's value that `about` names, such as `contact.phone`; empty if there is none."""
    if about.startswith(FIELD):
        return contact.fields.get(about.removeprefix(FIELD), "")
    name = about.removeprefix("contact.")
    return str(getattr(contact, name) or "") if name in CONTACT_TEXTS else ""
