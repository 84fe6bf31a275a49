"""What is held about people, and its end: `/dashboard/settings/personal-data`.

An address is sent in the body of a form: nothing personal is in the address of a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.bookings.booking import LIVE
from admitone.domain.errors import HasLiveBookings, Invalid
from admitone.texts.message import message
from admitone.usecases.accounts.settings_update import update_settings
from admitone.usecases.accounts.settings_view import SettingsBody, read_settings
from admitone.usecases.personal_data import erasure_start
from admitone.usecases.personal_data.erasure_start import Address
from admitone.usecases.personal_data.erasure_view import list_erasures
from admitone.usecases.personal_data.export import export_address
from admitone.usecases.shared.listing import ListQuery
from admitone.web.dashboard.room import lead_to, more_at, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.body import respond_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.usecases.personal_data.export import Export
    from admitone.web.dashboard.struct_form import FormValues

PATH = "/dashboard/settings/personal-data"
RETENTION = StructForm(SettingsBody, only=("retention_months",))
NOT_SURE = message("Tick the box to confirm: nobody can undo this.")


async def show(request: web.Request) -> web.Response:
    """Show requests and erasures, how long data are kept, and a form to look an address up."""
    return await _show(request)


async def look_up(request: web.Request) -> web.Response:
    """Show what is held about an address."""
    email = (await read_form(request)).text("email")
    return await _about(request, email)


async def export(request: web.Request) -> web.Response:
    """Send what is held about an address as a file."""
    email = (await read_form(request)).text("email")
    try:
        found = await export_address(request.app[SERVICES], request[CALLER], Address(email))
    except Invalid as refusal:
        return await _show(request, email=email, errors=by_field(refusal), status=422)
    return respond_json(found, headers={"Content-Disposition": 'attachment; filename="personal-data.json"'})


async def erase(request: web.Request) -> web.Response:
    """Start to erase an address, if the box beside the button is ticked."""
    form = await read_form(request)
    email = form.text("email")
    if not form.is_on("sure"):
        return await _about(request, email, {"sure": NOT_SURE})
    try:
        await erasure_start.start_erasure(request.app[SERVICES], request[CALLER], Address(email))
    except (Invalid, HasLiveBookings) as refusal:
        return await _about(request, email, _errors(refusal))
    return lead_to(PATH, said="erasing")


async def carry_out(request: web.Request) -> web.Response:
    """Start the erasure that a customer requested, if the box beside the button is ticked."""
    form = await read_form(request)
    if not form.is_on("sure"):
        return lead_to(PATH, said="not-erased")
    try:
        await erasure_start.carry_out(request.app[SERVICES], request[CALLER], request.match_info["id"])
    except HasLiveBookings as refusal:
        return await _show(request, errors=_errors(refusal), to_come=refusal.bookings, status=409)
    return lead_to(PATH, said="erasing")


async def decline(request: web.Request) -> web.Response:
    """Decline what a customer requested."""
    await read_form(request)
    await erasure_start.decline(request.app[SERVICES], request[CALLER], request.match_info["id"])
    return lead_to(PATH, said="declined")


async def update_retention(request: web.Request) -> web.Response:
    """Change how long bookings and links are kept."""
    form = await read_form(request)
    values, patch = RETENTION.read(form)
    try:
        form.refuse()
        await update_settings(request.app[SERVICES], request[CALLER], patch)
    except Invalid as refusal:
        return await _show(request, values=values, errors=by_field(refusal), status=422)
    return lead_to(PATH, said="saved")


async def _about(request: web.Request, email: str, errors: Mapping[str, str] | None = None) -> web.Response:
    """The room with what is held about an address; with `errors` if its erasure was refused."""
    try:
        held = await export_address(request.app[SERVICES], request[CALLER], Address(email))
    except Invalid as refusal:
        return await _show(request, email=email, errors=by_field(refusal), status=422)
    to_come = [one.booking.id for one in held.bookings if one.booking.status in LIVE]
    status = 422 if errors else 200
    return await _show(request, email=email, held=held, to_come=to_come, errors=errors, status=status)


async def _show(
    request: web.Request,
    *,
    email: str = "",
    held: Export | None = None,
    to_come: list[str] | None = None,
    values: FormValues | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    services, caller = request.app[SERVICES], request[CALLER]
    found = await list_erasures(services, caller, ListQuery(cursor=request.query.get("cursor") or None))
    context: dict[str, Any] = {
        "room": "settings",
        "part": "personal-data",
        "path": PATH,
        "requests": [one for one in found.items if one.state == "requested"],
        "erasures": [one for one in found.items if one.state != "requested"],
        "more": more_at(request, found),
        "email": email,
        "held": held,
        "to_come": to_come or [],
        "values": values or RETENTION.values(await read_settings(services, caller)),
        "errors": errors or {},
    }
    return await show_room(request, "personal_data/personal_data", context, status=status)


def _errors(refusal: Invalid | HasLiveBookings) -> dict[str, str]:
    return by_field(refusal) if isinstance(refusal, Invalid) else {"": refusal.detail}
