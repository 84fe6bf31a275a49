"""Change the workspace's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.records.configuration_cache import SETTINGS_ID
from admitone.usecases.accounts.settings_view import SettingsBody, SettingsView, view_settings
from admitone.usecases.shared.config_change import existing, patched, refuse, replace_record
from admitone.usecases.shared.services import refreshed, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.domain.people.user import Settings
    from admitone.usecases.shared.services import Caller, Services


async def update_settings(
    services: Services,
    caller: Caller,
    patch: Mapping[str, Any],
    convert: Callable[[object, type[SettingsBody]], SettingsBody],
) -> SettingsView:
    """Apply a merge patch; `convert` makes a body of a document. Links that exist keep theirs.

    Raises Invalid.
    """

    async def attempt() -> Settings | None:
        nonlocal caller
        before: Settings = await existing(caller, "settings", SETTINGS_ID)
        body = convert(patched(before, SettingsBody, patch), SettingsBody)
        refuse(body.problems())
        record = msgspec.structs.replace(
            before,
            name=body.name.strip(),
            join_by_domain=body.join_by_domain,
            link_expiry_days=body.link_expiry_days,
            on_cancel=body.on_cancel,
            calendar_sync=body.calendar_sync,
            accent=body.accent.lower() if body.accent else None,
            general_link_bookings_per_hour=body.general_link_bookings_per_hour,
            reminders=body.reminders,
        )
        if await replace_record(services, caller, "settings", record, record_id=SETTINGS_ID):
            return record
        caller = await refreshed(caller)
        return None

    return view_settings(services, caller.workspace, await settle(attempt))
