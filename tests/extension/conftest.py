"""A browser with the extension in it, the server that it works with, and people on that server."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from admitone.fakegoogle.state import State
from tests.support.accounts.browser import ADA, MAX
from tests.support.accounts.site import REGISTERED, SECURE_ORIGIN, running_site
from tests.support.certificate import write_certificate
from tests.support.extension.front import fronted
from tests.support.extension.gmail import open_gmail, serving_gmail
from tests.support.extension.loaded import loaded_extension, running_machine
from tests.support.extension.people import a_person
from tests.support.fakegoogle.running import running, signing_key
from tests.support.invariants import check_invariants

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from redis.asyncio import Redis

    from tests.support.accounts.site import Site
    from tests.support.api.deployment import Clock
    from tests.support.extension.front import Front
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.loaded import Extension, Machine
    from tests.support.extension.people import Person
    from tests.support.fakegoogle.running import FakeGoogle


@pytest.fixture(scope="session")
def machine() -> Iterator[Machine]:
    """A browser that the whole run shares: starting one takes longer than most tests."""
    with running_machine() as one:
        yield one


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """What every front shows; the browser is told to believe it."""
    return write_certificate(tmp_path_factory.mktemp("certificate"), "127.0.0.1")


@pytest.fixture
async def extension(machine: Machine) -> AsyncIterator[Extension]:
    """The extension as it is after its installation."""
    async with loaded_extension(machine) as one:
        yield one


@pytest.fixture
async def google() -> AsyncIterator[FakeGoogle]:
    """A stand-in with its demo accounts."""
    async with running(State(key=signing_key(), clients=[REGISTERED])) as one:
        yield one


@pytest.fixture
async def site(redis: Redis, redis_url: str, google: FakeGoogle, clock: Clock) -> AsyncIterator[Site]:
    """The server; whatever a test does, the database must add up afterwards."""
    async with running_site(redis_url, google, clock, origin=SECURE_ORIGIN, SIGN_UP="open") as one:
        yield one
        assert await check_invariants(redis) == []


@pytest.fixture
async def front(machine: Machine, certificate: tuple[Path, Path], site: Site) -> AsyncIterator[Front]:
    """How the browser reaches the server."""
    async with fronted(machine.server, certificate, site.address) as one:
        yield one


@pytest.fixture
async def ada(site: Site, front: Front) -> Person:
    """An administrator with a page to share."""
    assert not front.is_cut
    ada = await a_person(site, ADA, "Ada Keller", "administrator")
    await ada.new_page(title="Meet Ada", slug="meet-ada")
    return ada


@pytest.fixture
async def max_(site: Site, ada: Person) -> Person:
    """A member of the same workspace, without a page."""
    max_ = await a_person(site, MAX, "Max Brunner")
    assert max_.workspace == ada.workspace
    return max_


@pytest.fixture
async def gmail(
    extension: Extension, machine: Machine, certificate: tuple[Path, Path]
) -> AsyncIterator[OpenGmail]:
    """Opens tabs with a page in Gmail's place."""
    async with serving_gmail(machine.gmail, certificate):
        yield partial(open_gmail, extension)
