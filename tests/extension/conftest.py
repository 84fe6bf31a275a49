"""A browser with the extension, the server that it works with, and users of that server."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from admitone.fakegoogle.state import State
from tests.support.accounts.browser import ADA, MAX
from tests.support.accounts.site import REGISTERED, SECURE_ORIGIN, running_site
from tests.support.certificate import write_certificate
from tests.support.extension.browser import connected_extension, running_extension_browser
from tests.support.extension.gmail import open_gmail, serving_gmail
from tests.support.extension.people import a_person
from tests.support.extension.tls_proxy import tls_proxy
from tests.support.fakegoogle.running import running, signing_key
from tests.support.invariants import check_invariants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from redis.asyncio import Redis

    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.extension.browser import Extension, ExtensionBrowser
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture(scope="session")
def extension_browser() -> Iterator[ExtensionBrowser]:
    """A Chromium for the whole session: starting one takes longer than most tests."""
    with running_extension_browser() as one:
        yield one


@pytest.fixture(scope="session")
async def connected(extension_browser: ExtensionBrowser) -> AsyncIterator[Extension]:
    """One connection to it for the whole session: each takes a process of playwright's."""
    async with connected_extension(extension_browser.address) as one:
        yield one


@pytest.fixture
async def extension(connected: Extension) -> AsyncIterator[Extension]:
    """The extension as it is after its installation."""
    yield connected
    await connected.forget_everything()


@pytest.fixture(scope="module")
def kept_gmail(connected: Extension) -> Iterator[None]:
    """Tests of the module share one tab of Gmail: a new one loads all scripts of the extension again."""
    connected.keeps_gmail = True
    yield
    connected.keeps_gmail = False  # the next test closes the tab


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The certificate of every proxy; the browser is told to accept it."""
    return write_certificate(tmp_path_factory.mktemp("certificate"), "127.0.0.1")


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """A stand-in for Google with its demo accounts."""
    async with running(State(key=signing_key(), clients=[REGISTERED])) as one:
        yield one


@pytest.fixture
async def site(redis: Redis, redis_url: str, google: FakeGoogle, clock: Clock) -> AsyncIterator[Site]:
    """The server. After the test, the counters and indexes in its database must be consistent."""
    async with running_site(redis_url, google, clock, origin=SECURE_ORIGIN, SIGN_UP="open") as one:
        yield one
        assert await check_invariants(redis) == []


@pytest.fixture
async def proxy(
    extension_browser: ExtensionBrowser, certificate: tuple[Path, Path], site: Site
) -> AsyncIterator[TlsProxy]:
    """The proxy through which the browser reaches the server."""
    async with tls_proxy(extension_browser.server, certificate, site.address) as one:
        yield one


@pytest.fixture
async def admin(site: Site, proxy: TlsProxy) -> Person:
    """Ada, an administrator, with the booking page "Meet Ada"."""
    assert not proxy.is_down
    admin = await a_person(site, ADA, "Ada Keller", "administrator")
    await admin.new_page(title="Meet Ada", slug="meet-ada")
    return admin


@pytest.fixture
async def member(site: Site, admin: Person) -> Person:
    """Max, a member of the same workspace, without a page."""
    member = await a_person(site, MAX, "Max Brunner")
    assert member.workspace == admin.workspace
    return member


@pytest.fixture
async def gmail(
    extension: Extension, extension_browser: ExtensionBrowser, certificate: tuple[Path, Path]
) -> AsyncIterator[OpenGmail]:
    """A function that opens a tab with the stand-in for Gmail."""
    async with serving_gmail(extension_browser.gmail, certificate):
        yield partial(open_gmail, extension)
