"""Loopback only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from admitone.fakegoogle.guard import is_loopback

if TYPE_CHECKING:
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_these_are_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "example.com", "10.0.0.1", "localhost.evil.test", "::"])  # noqa: S104
def test_these_are_not(host: str) -> None:
    assert not is_loopback(host)


async def test_another_name_for_this_machine_is_refused(google: FakeGoogle) -> None:
    for host in ("evil.test", "evil.test:8081", "localhost.evil.test"):
        async with google.http.get(f"{google.url}/_control/state", headers={"Host": host}) as answer:
            assert answer.status == 403


async def test_control_takes_json_only(google: FakeGoogle) -> None:
    """A page of another origin can make a browser send a form, but not JSON."""
    for path in ("reset", "release", "revoke"):
        async with google.http.post(f"{google.url}/_control/{path}", data={"account": "a"}) as answer:
            assert answer.status == 415
