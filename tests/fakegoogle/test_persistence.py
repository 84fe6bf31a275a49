"""A stand-in that is restarted has its state again."""

from __future__ import annotations

import asyncio
import stat
from typing import TYPE_CHECKING

from admitone.fakegoogle.persistence import keeping, read_data
from admitone.fakegoogle.state import State
from tests.support.fakegoogle.apis import Access, access
from tests.support.fakegoogle.running import running, signing_key, until

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "data" / "fakegoogle.json"
    async with running(file=file) as google:
        admin = await access(google)
        event = await admin.insert()
        tokens = await (await google.token(code=await google.code(access_type="offline"))).json()
        kids = [key.kid for key in google.state.keys]
        before = google.state.snapshot()
    async with running(State(read_data(file)), file=file) as google:
        assert google.state.snapshot() == before
        assert [key.kid for key in google.state.keys] == kids
        assert await Access(google, admin.token).listed() == [event["id"]]
        assert (await google.refresh(tokens["refresh_token"])).status == 200


async def test_changes_are_written_while_it_runs_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "fakegoogle.json"
    async with running(file=file) as google:
        event = await (await access(google)).insert()
        await until(
            lambda: event["id"] in _events(file),
        )
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_ending_in_the_middle_of_a_write_is_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admitone.fakegoogle.persistence.PAUSE_SECONDS", 0)
    state, file = State(key=signing_key()), tmp_path / "fakegoogle.json"
    for turns in range(30):
        async with keeping(state, file):
            state.touched.set()
            for _ in range(turns % 6):
                await asyncio.sleep(0)
        assert read_data(file) == state.data


def test_what_cannot_be_read_is_nothing(tmp_path: Path) -> None:
    file = tmp_path / "fakegoogle.json"
    assert read_data(file) is None
    for text in ("", "{", "[]", '{"accounts": 7}'):
        file.write_text(text)
        assert read_data(file) is None


def _events(file: Path) -> set[str]:
    data = read_data(file)
    return set(data.calendars["admin@acme.test"].events) if data is not None else set()
