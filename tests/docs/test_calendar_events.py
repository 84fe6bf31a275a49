"""The guide names what there is."""

from __future__ import annotations

import re
from pathlib import Path

from admitone.usecases.accounts.settings_view import SettingsBody
from admitone.usecases.shared.booking_view import BookingView

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "calendar-events.md").read_text()


def test_it_names_the_fields_of_a_booking() -> None:
    for field in ("join_url", "conflict"):
        assert f"`{field}`" in GUIDE
        assert field in BookingView.__struct_fields__


def test_it_names_the_setting_as_the_room_does() -> None:
    room = (ROOT / "server/admitone/web/templates/dashboard/accounts/workspace.html").read_text()
    found = re.search(r"\*Settings → Workspace → ([^*]+)\*", GUIDE)
    assert found
    assert f'"calendar_sync", _("{found[1]}"' in room
    assert "calendar_sync" in SettingsBody.__struct_fields__
