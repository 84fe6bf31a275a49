"""The settings of the workspace: `/dashboard/settings/workspace`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.domain.errors import Invalid
from admitone.domain.pages.accent import OUR_ACCENT
from admitone.usecases.accounts.settings_update import update_settings
from admitone.usecases.accounts.settings_view import SettingsBody, read_settings
from admitone.web.dashboard.form_parts import Chosen, LeftOutIfEmpty
from admitone.web.dashboard.language_choices import language_choices
from admitone.web.dashboard.room import lead_to, show_room
from admitone.web.dashboard.sent_form import by_field, read_form
from admitone.web.dashboard.struct_form import FormValues, StructForm
from admitone.web.dashboard.zone_choices import zone_choices
from admitone.web.http.appkeys import CALLER, SERVICES
from admitone.web.http.problems import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.errors import Refusal

PATH = "/dashboard/settings/workspace"
FORM = StructForm(
    SettingsBody,
    {
        "link_expiry_days": Chosen("expiry", when="days", otherwise="never", when_missing="days"),
        "accent": Chosen("colour", when="own", otherwise="ours"),
        "members_see": LeftOutIfEmpty(),
        "host_notices": LeftOutIfEmpty(),
    },
    without=("reminders", "retention_months"),
)
"""Reminders are set with the mails, and retention with personal data."""


async def show(request: web.Request) -> web.Response:
    """Show the settings of the whole workspace."""
    view = await read_settings(request.app[SERVICES], request[CALLER])
    return await show_settings(request, FormValues(FORM.values(view), domain=view.domain))


async def show_refused_logo(request: web.Request, refusal: Refusal, sentence: str) -> web.Response:
    """The settings, and why the logo that was chosen is not taken."""
    view = await read_settings(request.app[SERVICES], request[CALLER])
    values = FormValues(FORM.values(view), domain=view.domain)
    return await show_settings(request, values, logo_error=sentence, status=STATUS[type(refusal)])


async def show_settings(
    request: web.Request,
    values: FormValues,
    errors: Mapping[str, str] | None = None,
    *,
    logo_error: str | None = None,
    status: int = 200,
) -> web.Response:
    """The forms; with `errors` by field, or with `logo_error`, if one was refused."""
    settings = await request[CALLER].snapshot.settings()
    context = {
        "room": "settings",
        "part": "workspace",
        "values": values,
        "errors": errors or {},
        "languages": language_choices(request),
        "zones": zone_choices(values.get("reporting_timezone") or None),
        "default_accent": OUR_ACCENT,
        "logo": settings.logo,
        "picture_errors": {"logo": logo_error} if logo_error else {},
    }
    return await show_room(request, "accounts/workspace", context, status=422 if errors else status)


async def update(request: web.Request) -> web.Response:
    """Change the workspace's settings."""
    form = await read_form(request)
    values, patch = FORM.read(form)
    if not form.text("domain"):  # a workspace without a domain is not asked about its people
        del patch["join_by_domain"]
    try:
        form.refuse()
        await update_settings(request.app[SERVICES], request[CALLER], patch)
    except Invalid as refusal:
        return await show_settings(request, values, by_field(refusal))
    return lead_to(PATH, said="saved")
