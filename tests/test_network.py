"""The guard that keeps tests on this machine."""

from __future__ import annotations

import socket

import pytest

from tests.support.network import NetworkRefusedError


def test_connecting_to_another_machine_is_refused() -> None:
    with pytest.raises(NetworkRefusedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(NetworkRefusedError):
        socket.getaddrinfo("calendar.google.com", 443)


def test_a_datagram_to_another_machine_is_refused() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
        pytest.raises(NetworkRefusedError),
    ):
        datagrams.sendto(b"", ("192.0.2.1", 53))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_loopback_is_open(host: str) -> None:
    assert socket.getaddrinfo(host, 80, type=socket.SOCK_STREAM)
