"""Change the workspace's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.store.records.configuration.configuration_cache import SETTINGS_ID
from admitone.usecases.accounts.settings_view import SettingsBody, SettingsView, view_settings
from admitone.usecases.shared.bodies import changed_body, refuse
from admitone.usecases.shared.record_writes import existing, replace_record
from admitone.usecases.shared.settle import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from admitone.domain.people.user import Settings
    from admitone.usecases.shared.services import Caller, Services


async def update_settings(
    services: Services,
    caller: Caller,
    patch: Mapping[str, Any],
) -> SettingsView:
    """Apply a merge patch (RFC 7396). Links that exist keep the expiry and `on_cancel` that they have.

    Raises Invalid, Busy.
    """

    async def attempt(caller: Caller) -> Settings | None:
        before: Settings = await existing(caller, "settings", SETTINGS_ID)
        body = changed_body(before, SettingsBody, patch)
        refuse(body.problems())
        record = msgspec.structs.replace(
            before,
            name=body.name,
            join_by_domain=body.join_by_domain,
            link_expiry_days=body.link_expiry_days,
            on_cancel=body.on_cancel,
            calendar_sync=body.calendar_sync,
            accent=body.accent.lower() if body.accent else None,
            general_link_bookings_per_hour=body.general_link_bookings_per_hour,
            reminders=body.reminders,
            members_see=body.members_see,
            retention_months=body.retention_months,
            mails_per_day=body.mails_per_day,
            locale=body.locale,
            host_notices=body.host_notices,
            contacts_from_bookings=body.contacts_from_bookings,
            reporting_timezone=body.reporting_timezone,
        )
        written = await replace_record(services, caller, "settings", record, record_id=SETTINGS_ID)
        return record if written else None

    return view_settings(services, caller.workspace, await settle(caller, attempt))
