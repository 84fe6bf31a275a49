"""A webhook never leads into a network that is not everybody's, by whatever name or notation."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from admitone.domain.webhooks.public_address import is_loopback, is_public
from admitone.outbound.sender import Sender, Unreachable, why

if TYPE_CHECKING:
    from tests.support.webhooks.receiver import Receiver

PRIVATE = [
    "0.0.0.0",  # noqa: S104 - nobody binds to it
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001:0:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_everybody_s(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808", "2606:4700:4700::1111"]
)
def test_addresses_that_are(address: str) -> None:
    assert is_public(address)


def test_loopback_is_known_in_either_notation() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::ffff:127.0.0.1")
    assert not is_loopback("10.0.0.1")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
async def test_nothing_is_sent_to_this_machine_however_it_is_written(receiver: Receiver, host: str) -> None:
    with pytest.raises(Unreachable, match="private network"):
        await Sender().post(receiver.url.replace("127.0.0.1", host), {}, b"{}")
    assert receiver.received == []


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "fd00:ec2::254"])
async def test_nothing_is_sent_where_a_name_leads_into_a_private_network(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    _answer_with(monkeypatch, [address])
    with pytest.raises(Unreachable, match="private network"):
        await Sender().post("https://crm.example.com/hook", {}, b"{}")


async def test_one_private_answer_among_public_ones_is_enough(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answer_with(monkeypatch, ["8.8.8.8", "127.0.0.1"])
    with pytest.raises(Unreachable, match="private network"):
        await Sender().post(receiver.url.replace("127.0.0.1", "rebinding.test"), {}, b"{}")
    assert receiver.received == []


async def test_the_answer_that_was_judged_is_the_one_that_is_called(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever answers otherwise the second time gains nothing: there is no second question."""
    asked = _answer_with(monkeypatch, ["127.0.0.1"], ["8.8.8.8"])
    url = receiver.url.replace("127.0.0.1", "rebinding.test")
    reply = await Sender(loopback=True).post(url, {}, b"{}")
    assert reply.status == 200
    assert len(asked) == 1
    assert receiver.received[0].headers["host"].startswith("rebinding.test")


@pytest.mark.parametrize(
    "url",
    [
        "http://public.test@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}#@public.test/",
        "http://１２７.0.0.1:{port}/",
        "http://public.test\\@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\\@public.test/",
        "http://[::1]@public.test:{port}/",
        "http:///hook",
        "http://[",
    ],
)
async def test_no_way_of_writing_it_leads_elsewhere_than_was_judged(receiver: Receiver, url: str) -> None:
    port = receiver.url.split(":")[2].split("/")[0]
    with pytest.raises(Unreachable):
        await Sender().post(url.format(port=port), {}, b"{}")
    assert receiver.received == []


async def test_loopback_allows_no_other_private_network(monkeypatch: pytest.MonkeyPatch) -> None:
    _answer_with(monkeypatch, ["10.0.0.1"])
    with pytest.raises(Unreachable, match="private network"):
        await Sender(loopback=True).post("http://10.0.0.1/", {}, b"{}")


async def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.answers = [302]
    receiver.headers = {"Location": receiver.url}
    assert (await Sender(loopback=True).post(receiver.url, {}, b"{}")).status == 302
    assert len(receiver.received) == 1


async def test_why_an_endpoint_cannot_be_reached_is_said() -> None:
    with pytest.raises(Unreachable) as refusal:
        await Sender(loopback=True).post("http://127.0.0.1:9/", {}, b"{}")
    assert refusal.value.reason == "It could not be reached: nothing listens there."
    key: Any = None
    untrusted = aiohttp.ClientConnectorCertificateError(key, ssl.SSLCertVerificationError())
    assert why(untrusted) == "its certificate cannot be trusted"
    assert why(aiohttp.ClientConnectorSSLError(key, ssl.SSLError())) == "it does not speak TLS as it should"


def _answer_with(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Have the machine's resolver answer these in turn; what was asked is noted."""
    asked: list[str] = []
    rest = list(answers)

    async def getaddrinfo(_: Any, host: Any, port: Any, **__: Any) -> Any:
        addresses = [host]
        if not _is_address(host):  # uvloop asks for an address, too, when it connects to one
            asked.append(host)
            addresses = rest.pop(0) if len(rest) > 1 else rest[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, int(port))) for address in addresses]

    monkeypatch.setattr(type(asyncio.get_running_loop()), "getaddrinfo", getaddrinfo)
    return asked


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
