"""Custom values: what the templates of a step can name, and where each of them exists.

What a run surely has at a step is found by following every path to it (docs/rules/workflows.md, *Custom
values*).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from admitone.domain.contacts.contact import FIELD_NAME
from admitone.domain.workflows.conditions import NEGATED
from admitone.domain.workflows.steps import Branch, GenerateLink, NotifyHost, SendEmail, Stop, all_steps
from admitone.texts.message import message

if TYPE_CHECKING:
    from admitone.domain.workflows.steps import Condition, Step, When
    from admitone.domain.workflows.workflow import WorkflowBody

LINK_STEP: Final = "generate_one_time_booking_link"
LINK: Final = "link"
BOOKING: Final = "booking"
USER: Final = "user"
FIELDS: Final = "contact.fields."
_ADDRESS: Final = re.compile(
    rf"\b({LINK_STEP}(?:_\d+)?|{LINK})(?:\.one_time_link\b|\[\s*['\"]one_time_link['\"])"
)

_OF_LINKS: Mapping[str, str] = {
    "one_time_link": message("One-time link"),
    "expires_at": message("Expires at"),
    "page": message("Booking page"),
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "contact": {
        "first_name": message("First name"),
        "last_name": message("Last name"),
        "name": message("Full name"),
        "email": message("Email"),
        "phone": message("Phone"),
        "timezone": message("Time zone"),
        "locale": message("Language"),
        "tags": message("Tags"),
    },
    USER: {"name": message("Name"), "email": message("Email")},
    "workspace": {"name": message("Name")},
    BOOKING: {
        "start": message("Start"),
        "end": message("End"),
        "event_type": message("Event type"),
        "host": message("Host"),
        "place": message("Place"),
        "manage_link": message("Manage link"),
    },
    LINK: _OF_LINKS,
}
"""By group, the names after its dot and what they mean. A link that a run made has the names of `link`."""
ALWAYS: Final = frozenset({"contact", "workspace"})


class Available(msgspec.Struct, frozen=True):
    """The groups that exist at a step: on every path that leads there, and on some."""

    surely: frozenset[str]
    possibly: frozenset[str]

    @property
    def has_link(self) -> bool:
        """Whether a run may have a link here: its own, or that of its trigger."""
        return any(is_link(name) for name in self.possibly)

    @property
    def has_own_link(self) -> bool:
        """Whether a run may have made a link before this step."""
        return any(is_link(name) for name in self.possibly - {LINK})

    @property
    def has_booking(self) -> bool:
        """Whether a run may have a booking here: that of its trigger, or of a link."""
        return BOOKING in self.possibly or self.has_link


class CustomValue(msgspec.Struct, frozen=True):
    """One name, such as `contact.first_name`, what it is, and how a template shows it."""

    name: str
    label: str
    template: str


class ValueGroup(msgspec.Struct, frozen=True):
    """The values of one source: `name` is what their names begin with; `step` is the step that makes them."""

    name: str
    title: str
    values: Sequence[CustomValue]
    step: str | None = None


def link_names(steps: Sequence[Step]) -> dict[str, str]:
    """The name in templates of each step that makes a link, by the step's id: the n-th ends in _n."""
    makers = [step.id for step in all_steps(steps) if isinstance(step, GenerateLink)]
    return {
        step: LINK_STEP if number == 1 else f"{LINK_STEP}_{number}" for number, step in enumerate(makers, 1)
    }


def named_links(*templates: str) -> frozenset[str]:
    """The links whose addresses the templates name, by their groups, such as `link`."""
    return frozenset(group for template in templates for group in _ADDRESS.findall(template))


def is_link(group: str) -> bool:
    """Whether the group is a one-time link."""
    return group == LINK or group.startswith(LINK_STEP)


def is_value(name: str) -> bool:
    """Whether the name is one of its group's, such as `contact.phone` or `contact.fields.company`."""
    if name.startswith(FIELDS):
        return re.fullmatch(FIELD_NAME, name.removeprefix(FIELDS)) is not None
    group, _, rest = name.partition(".")
    return rest in VALUES.get(LINK if is_link(group) else group, ())


def needs_sender(body: WorkflowBody) -> bool:
    """Whether something mails: then the workflow cannot be published without a sender."""
    return any(isinstance(step, (SendEmail, NotifyHost)) for step in all_steps(body.steps))


def available_at_steps(body: WorkflowBody) -> dict[str, Available]:
    """What exists at each step, by its id. A step that no run reaches, because of a *Stop*, is not in it."""
    groups = {*ALWAYS}
    if body.sender is not None or needs_sender(body):
        groups.add(USER)
    if body.trigger.kind.startswith("booking."):
        groups.add(BOOKING)
    if body.trigger.kind.startswith("link."):
        groups.add(LINK)
    flow = _Flow(link_names(body.steps), keeps_booking=BOOKING in groups)
    flow.follow(body.steps, Available(frozenset(groups), frozenset(groups)))
    return flow.found


def value_groups(body: WorkflowBody, step: str, fields: Sequence[str] = ()) -> list[ValueGroup]:
    """What the picker offers at a step (its id), with the names of custom `fields` that are known.

    What exists on some paths only is not offered.
    """
    here = available_at_steps(body).get(step)
    surely = ALWAYS if here is None else here.surely
    makers = {name: maker for maker, name in link_names(body.steps).items()}
    names = [name for name in (*VALUES, *makers) if name in surely]
    return [_group(name, makers.get(name), fields) for name in names]


def _group(name: str, step: str | None, fields: Sequence[str]) -> ValueGroup:
    known = {f"{name}.{part}": label for part, label in VALUES[LINK if step else name].items()}
    if name == "contact":
        known |= {f"{FIELDS}{field}": field for field in fields}
    values = [CustomValue(value, label, _shown(value)) for value, label in known.items()]
    return ValueGroup(name, group_title(name), values, step)


def group_title(name: str) -> str:
    """What a group is called: a link as its step is named, with its number."""
    titles = {
        "contact": message("Contact"),
        USER: message("Sender"),
        "workspace": message("Workspace"),
        BOOKING: message("Booking"),
        LINK: message("The trigger’s link"),
    }
    if name in titles:
        return titles[name]
    number = name.removeprefix(LINK_STEP).removeprefix("_")
    if not number:
        return message("Generate one-time booking link")
    return message("Generate one-time booking link %(number)s", number=number)


def _shown(name: str) -> str:
    """The template that shows a value; times are told in the contact's zone."""
    if name in {"booking.start", "booking.end"} or name.endswith(".expires_at"):
        return f"{{{{ {name} | date_in: contact.timezone }}}}"
    return f"{{{{ {name} }}}}"


class _Flow:
    """Follows every path; `found` is what exists at each step that a run can reach."""

    def __init__(self, makers: Mapping[str, str], *, keeps_booking: bool) -> None:
        self._makers = makers
        self._keeps_booking = keeps_booking
        self.found: dict[str, Available] = {}

    def follow(self, steps: Sequence[Step], here: Available) -> Available | None:
        """What exists after these steps, or None if no run gets there."""
        after: Available | None = here
        for step in steps:
            if after is None:
                return None
            self.found[step.id] = after
            after = self._after(step, after)
        return after

    def _after(self, step: Step, here: Available) -> Available | None:
        if isinstance(step, Stop):
            return None
        if isinstance(step, GenerateLink):
            made = {self._makers[step.id]}
            # The booking is that of the newest link, which has none yet, or that of the trigger.
            kept = here.surely if self._keeps_booking else here.surely - {BOOKING}
            return Available(kept | made, here.possibly | made)
        if isinstance(step, Branch):
            ways = (
                self.follow(step.then, _knowing(here, step.when, holds=True)),
                self.follow(step.else_, _knowing(here, step.when, holds=False)),
            )
            return _either([way for way in ways if way is not None])
        return here


def _either(ways: Sequence[Available]) -> Available | None:
    if not ways:
        return None
    return Available(
        frozenset.intersection(*(way.surely for way in ways)),
        frozenset.union(*(way.possibly for way in ways)),
    )


def _knowing(here: Available, when: When, *, holds: bool) -> Available:
    """What exists in a branch: in one that only runs with a booking enter, there is one."""
    proofs = [_proves_booking(condition, holds=holds) for condition in when.conditions]
    is_conjunction = (when.match == "all") is holds
    if not proofs or not (any(proofs) if is_conjunction else all(proofs)):
        return here
    return Available(here.surely | {BOOKING}, here.possibly | {BOOKING})


def _proves_booking(condition: Condition, *, holds: bool) -> bool:
    """Whether a run has a booking if this condition holds, or does not hold."""
    operator = NEGATED.get(condition.is_, condition.is_)
    if (operator == condition.is_) is not holds:
        return False
    if condition.about == BOOKING:
        return True
    return condition.about == LINK and operator != "set" and condition.value == "booked"
