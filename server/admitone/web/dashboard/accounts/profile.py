"""The user's own name and time zone: `/dashboard/settings`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from admitone.domain.documents import convert
from admitone.domain.errors import Invalid
from admitone.usecases.accounts.profile_update import ProfileBody, update_profile
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import StructForm
from admitone.web.dashboard.zone_choices import zone_choices
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.errors import Refusal

PATH = "/dashboard/settings"
FORM = StructForm(ProfileBody)


async def show(request: web.Request) -> web.Response:
    """Show the caller's own name and time zone."""
    user = request[CALLER].user
    return await show_profile(request, FORM.values(ProfileBody(name=user.name, timezone=user.timezone)))


async def show_refused_photo(request: web.Request, refusal: Refusal, sentence: str) -> web.Response:
    """The profile, and why the photo that was chosen is not taken."""
    user = request[CALLER].user
    values = FORM.values(ProfileBody(name=user.name, timezone=user.timezone))
    return await show_profile(request, values, photo_error=sentence, status=STATUS[type(refusal)])


async def show_profile(
    request: web.Request,
    values: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    *,
    photo_error: str | None = None,
    status: int = 200,
) -> web.Response:
    """The forms; with `errors` by field, or with `photo_error`, if one was refused."""
    context = {
        "room": "settings",
        "part": "profile",
        "values": values,
        "errors": errors or {},
        "zones": zone_choices(values.get("timezone") or None),
        "photo": request[CALLER].user.photo,
        "picture_errors": {"photo": photo_error} if photo_error else {},
    }
    return await show_room(request, "accounts/profile", context, status=422 if errors else status)


async def update(request: web.Request) -> web.Response:
    """Change the caller's own name and time zone."""
    values, document = FORM.read(await read_form(request))
    try:
        await update_profile(request.app[SERVICES], request[CALLER], convert(document, ProfileBody))
    except Invalid as refusal:
        return await show_profile(request, values, by_field(refusal))
    return lead_to(PATH, said="saved")
