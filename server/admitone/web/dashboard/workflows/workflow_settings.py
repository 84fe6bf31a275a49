"""The settings of a workflow: `/dashboard/workflows/ID/settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.errors import FieldError, Invalid, WorkflowChanged
from admitone.texts.message import message
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import FormValues
from admitone.web.dashboard.workflows.draft_change import change_draft
from admitone.web.dashboard.workflows.missing import SETTINGS
from admitone.web.dashboard.workflows.panel_texts import answer_saved
from admitone.web.dashboard.workflows.words import RE_ENTRY, STOP_ON_BOOKING
from admitone.web.dashboard.workflows.workflow_editor import read_editing, show_editor
from admitone.web.dashboard.zone_choices import zone_choices

if TYPE_CHECKING:
    from aiohttp import web

    from admitone.domain.workflows.workflow import WorkflowBody
    from admitone.web.dashboard.sent_form import SentForm

NEVER = "never"
"""The choice that stands for null in `stop_on_booking`."""
NO_DAY = message("Choose at least one day.")
NO_TIME = message("Choose a time.")
FIRST_DAYS = ["mon", "tue", "wed", "thu", "fri"]


async def show(request: web.Request) -> web.Response:
    """Show the settings of a workflow."""
    return await _show(request)


async def update(request: web.Request) -> web.Response:
    """Change the settings of a workflow."""
    sent = await read_form(request)
    try:
        await change_draft(request, sent, read_settings(sent))
    except (Invalid, WorkflowChanged) as refusal:
        return await _show(request, sent, refusal)
    return await answer_saved(request, show)


def setting_values(draft: WorkflowBody) -> dict[str, Any]:
    """The values that the form shows; a window that is off shows what it would begin with."""
    window = draft.sending_window
    return {
        "name": draft.name,
        "re_entry": draft.re_entry,
        "stop_on_booking": draft.stop_on_booking or NEVER,
        "sender": draft.sender or "",
        "window": window is not None,
        "days": list(window.days) if window else FIRST_DAYS,
        "start": window.start if window else "09:00",
        "end": window.end if window else "17:00",
        "timezone": (window and window.timezone) or "",
    }


def read_settings(sent: SentForm) -> dict[str, Any]:
    """The merge patch of what the form says."""
    stop = sent.text("stop_on_booking")
    window = {
        "days": sent.texts("days"),
        "start": sent.text("start"),
        "end": sent.text("end"),
        "timezone": sent.text("timezone") or None,
    }
    if sent.is_on("window"):
        empty = {"days": NO_DAY, "start": NO_TIME, "end": NO_TIME}
        sent.problems += [
            FieldError(f"sending_window.{name}", said) for name, said in empty.items() if not window[name]
        ]
    return {
        "name": sent.text("name"),
        "re_entry": sent.text("re_entry"),
        "stop_on_booking": None if stop == NEVER else stop,
        "sender": sent.text("sender") or None,
        "sending_window": window if sent.is_on("window") else None,
    }


async def _show(
    request: web.Request, sent: SentForm | None = None, refusal: Invalid | WorkflowChanged | None = None
) -> web.Response:
    editing = await read_editing(request)
    values = FormValues(setting_values(editing.workflow.draft))
    if sent is not None:
        shown = {"window": sent.is_on("window"), "days": sent.texts("days")}
        values = FormValues(sent.fields | shown)
    refused = isinstance(refusal, Invalid)
    errors = by_field(refusal) if isinstance(refusal, Invalid) else dict(editing.missing.at(SETTINGS))
    context: dict[str, Any] = {
        "part": "settings",
        "values": values,
        "errors": {name.removeprefix("sending_window."): problem for name, problem in errors.items()},
        "form_refused": refused,
        "conflict": refusal is not None and not refused,
        "re_entries": RE_ENTRY,
        "stops": STOP_ON_BOOKING,
        "zones": zone_choices(values.get("timezone") or None),
    }
    status = 200 if refusal is None else 422 if refused else 409
    return await show_editor(request, "settings", context, editing=editing, status=status)
