"""The forms of steps: for each kind, the values that its form shows, and the step that its fields make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import UNSET

from admitone.domain.documents import convert
from admitone.domain.errors import FieldError, Invalid
from admitone.domain.workflows.edit import find_step
from admitone.domain.workflows.steps import (
    AddTags,
    Branch,
    CallWebhook,
    GenerateLink,
    NotifyHost,
    RemoveTags,
    SendEmail,
    SetField,
    Step,
    Stop,
    Wait,
    kind_of,
)
from admitone.texts.message import message
from admitone.web.dashboard.struct_form import FormValues
from admitone.web.dashboard.workflows.condition_form import condition_values, read_when
from admitone.web.dashboard.workflows.wait_form import read_wait, wait_values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from admitone.web.dashboard.sent_form import SentForm

TEXTS: Mapping[str, tuple[str, ...]] = {
    "send_email": ("subject", "text", "html"),
    "set_field": ("name", "value"),
    "call_webhook": ("webhook",),
    "notify_host": ("subject", "text"),
    "stop": (),
}
"""The kinds of steps whose fields are texts only."""
FIRST: Mapping[str, Mapping[str, Any]] = {
    "wait": {"for": {"days": 1}},
    "if": {"when": {"conditions": [{}]}},
}
"""What a new step begins with, where that is not empty."""
_TAGS = ("add_tags", "remove_tags")


def new_step(kind: str, step_id: str) -> Step:
    """A new step of a kind; raises Invalid if there is no such kind."""
    return _step({"id": step_id, "kind": kind, **FIRST.get(kind, {})})


def decoded_step(text: str) -> Step:
    """The step in a JSON text; raises Invalid if it is none."""
    try:
        document = msgspec.json.decode(text, type=dict[str, Any])
        return _step({"kind": "", **document})
    except msgspec.MsgspecError:
        raise Invalid(FieldError("step", message("The step cannot be read."))) from None


def step_values(step: Step) -> FormValues:
    """The values that the form of a step shows."""
    return FormValues(_VALUES[type(step)](step))


def read_step(sent: SentForm, steps: Sequence[Step], step_id: str) -> Step:
    """The step with this id as the form has it; the branches of an *If/else* stay as they are.

    Raises Invalid: a field cannot be read.
    """
    before = find_step(steps, step_id)
    assert before is not None
    kind = kind_of(before)
    document = {"id": step_id, "kind": kind, **_document(sent, kind)}
    if isinstance(before, Branch):
        sent.refuse()
        when = convert({"id": step_id, "kind": kind, **document}, Branch).when
        return Branch(id=step_id, when=when, then=before.then, else_=before.else_)
    sent.refuse()
    return _step(document)


def _step(document: Mapping[str, Any]) -> Step:
    struct = KINDS.get(str(document["kind"]))
    if struct is None:
        raise Invalid(FieldError("kind", message("There is no such step.")))
    return convert(document, struct)


def _document(sent: SentForm, kind: str) -> dict[str, Any]:
    if kind in TEXTS:
        return {name: sent.text(name) for name in TEXTS[kind]}
    if kind in _TAGS:
        return {"tags": [tag.strip() for tag in sent.text("tags").split(",") if tag.strip()]}
    if kind == "wait":
        return read_wait(sent)
    if kind == "if":
        return {"when": read_when(sent)}
    return _read_link(sent)


def _read_link(sent: SentForm) -> dict[str, Any]:
    found: dict[str, Any] = {"page": sent.text("page"), "event_type": sent.text("event_type") or None}
    expiry = sent.text("expiry")
    if expiry == "days":
        found["expires_in_days"] = sent.number("expires_in_days", required=True)
    elif expiry == "never":
        found["expires_in_days"] = None
    found["skip_form"] = {"yes": True, "no": False}.get(sent.text("skip_form"))
    found["on_cancel"] = sent.text("on_cancel") or None
    return found


def _link_values(step: GenerateLink) -> dict[str, Any]:
    days = step.expires_in_days
    return {
        "page": step.page,
        "event_type": step.event_type or "",
        "expiry": "setting" if days is UNSET else "never" if days is None else "days",
        "expires_in_days": days if isinstance(days, int) else None,
        "skip_form": {True: "yes", False: "no", None: ""}[step.skip_form],
        "on_cancel": step.on_cancel or "",
    }


def _text_values(step: Step) -> dict[str, Any]:
    return {name: getattr(step, name) for name in TEXTS[kind_of(step)]}


def _tag_values(step: AddTags | RemoveTags) -> dict[str, Any]:
    return {"tags": ", ".join(step.tags)}


_VALUES: Mapping[type[Step], Callable[[Any], dict[str, Any]]] = {
    GenerateLink: _link_values,
    SendEmail: _text_values,
    Wait: wait_values,
    Branch: lambda step: condition_values(step.when),
    AddTags: _tag_values,
    RemoveTags: _tag_values,
    SetField: _text_values,
    CallWebhook: _text_values,
    NotifyHost: _text_values,
    Stop: _text_values,
}
KINDS: Mapping[str, type[Step]] = {str(struct.__struct_config__.tag): struct for struct in _VALUES}
"""The struct of each kind of step."""
