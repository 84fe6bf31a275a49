"""The hosts and pages of the seeded bookings: the demo's own two, and more until there are enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from admitone.commands.demo_history.story import PAGES, POOL
from admitone.commands.demo_seed import ensure_page
from admitone.domain.pages.event_type import EventType
from admitone.domain.pages.master_page import MasterPageBody, Reference, Rule
from admitone.domain.pages.pool import Member, PoolBody
from admitone.store.records.configuration.snapshot import Wanted, read_snapshot
from admitone.usecases.accounts.user_find import ensure_user
from admitone.usecases.pages.booking_pages import BOOKING_PAGES
from admitone.usecases.pages.event_types import EVENT_TYPES
from admitone.usecases.pages.master_pages import MASTER_PAGES
from admitone.usecases.pages.pools import POOLS
from admitone.usecases.shared.records import all_records, create_record
from admitone.usecases.shared.reporting_day import reporting_zone
from admitone.usecases.shared.services import Caller

if TYPE_CHECKING:
    from admitone.commands.demo_seed import Demo
    from admitone.usecases.shared.services import Services

NAMES = [
    "Bea Amsler",
    "Carl Brandt",
    "Dana Cole",
    "Emil Drew",
    "Fay Eder",
    "Gus Frey",
    "Hana Gold",
    "Ivo Hunt",
    "Jana Imhof",
    "Karl Jost",
    "Lena Kern",
    "Mika Lang",
    "Nora Moser",
    "Omar Nagel",
    "Pia Ott",
    "Rolf Peer",
    "Sara Quinn",
    "Timo Rossi",
    "Uma Stein",
    "Vera Tobler",
    "Willi Urban",
    "Xenia Vogt",
    "Yann Wirth",
    "Zoe Amann",
    "Alma Beck",
    "Bruno Clerc",
    "Clara Dietz",
    "David Egli",
]
TEAM = "team"


class Place(msgspec.Struct, frozen=True):
    """A page with its hosts. Of a master page, `pages` are those by which the hosts are chosen."""

    page: str
    hosts: Sequence[str]
    pages: Sequence[str] = ()


class Site(msgspec.Struct, frozen=True):
    """Where the stories happen; event types are those that the demo has, the shortest first."""

    workspace: str
    places: Sequence[Place]
    """By the numbers of pages in the stories; the last one is the master page."""
    event_types: Sequence[EventType]
    zone: ZoneInfo
    """The zone of the days of reports."""


async def ensure_site(services: Services, demo: Demo) -> Site:
    """The site; what is missing of it is created."""
    caller = await _caller(services, demo)
    found = await all_records(services, caller, EVENT_TYPES)
    event_types = await caller.snapshot.load(*(("event_type", each.id) for each in found))
    event_types = sorted(event_types, key=lambda each: each.duration_minutes)[:3]
    ids = [each.id for each in event_types]
    hosts = [await _host(services, name) for name in NAMES]
    for host in hosts:
        name = host.user.name
        await ensure_page(services, host, name, name.partition(" ")[0].lower(), ids)
    caller = await _caller(services, demo)
    users = [*demo.users, *(host.user.id for host in hosts)]
    by_owner = {page.owner: page.id for page in await all_records(services, caller, BOOKING_PAGES)}
    pages = [by_owner[user] for user in users]
    master = await _master_page(services, caller, pages[PAGES : PAGES + POOL], ids)
    team = Place(master, users[PAGES : PAGES + POOL], pages[PAGES : PAGES + POOL])
    single = [Place(page, [user]) for page, user in zip(pages[:PAGES], users[:PAGES], strict=True)]
    return Site(demo.workspace, [*single, team], event_types, await reporting_zone(caller.snapshot))


async def _caller(services: Services, demo: Demo) -> Caller:
    return Caller(await read_snapshot(services.store, demo.workspace, Wanted()), demo.administrator)


async def _host(services: Services, name: str) -> Caller:
    first = name.partition(" ")[0].lower()
    workspace, user = await ensure_user(services, f"{first}@acme.test", name=name)
    return Caller(await read_snapshot(services.store, workspace, Wanted()), user)


async def _master_page(
    services: Services, caller: Caller, pages: Sequence[str], event_types: Sequence[str]
) -> str:
    there = await all_records(services, caller, MASTER_PAGES)
    if there:
        return there[0].id
    members = [Member(page) for page in pages]
    pool = await create_record(
        services, caller, POOLS, PoolBody(name="Team", method="round_robin", members=members)
    )
    caller = Caller(await read_snapshot(services.store, caller.workspace, Wanted()), caller.user)
    rules = [Rule(event_type, Reference(pool=pool.id)) for event_type in event_types]
    slug = f"{TEAM}-{caller.workspace.lower()}"
    body = MasterPageBody(title="Talk to our team", slug=slug, rule_type="dynamic", rules=rules)
    return (await create_record(services, caller, MASTER_PAGES, body)).id
