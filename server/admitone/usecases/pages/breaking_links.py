"""What a change of configuration would break: active one-time links, and published workflows.

For each page, the event types that it offers are computed before and after the change. The links of those
pages that lose an event type are counted, newest first. Workflows break that make such links, that wait for a
record which is deleted, or that send from the mailbox of a user who loses access.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from admitone.domain.errors import WouldBreakLinks, WouldBreakWorkflows
from admitone.domain.workflows.needs import needs_links, needs_record
from admitone.store.records.configuration.configuration_cache import field_of
from admitone.store.records.readers import LinkTotals, count_links, read_link_totals
from admitone.usecases.pages.target_read import read_targets
from admitone.usecases.shared.published_workflows import workflows_that
from admitone.usecases.shared.records import all_stored
from admitone.usecases.shared.slugs import PAGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from admitone.domain.links.target import Target
    from admitone.store.records.configuration.snapshot import Snapshot
    from admitone.usecases.shared.services import Caller, Services

    _IsBroken = Callable[[str | None], bool]

MOST = 10_000
"""Links that are counted at most; for more the refusal says that there are at least this many."""


class Confirmation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`confirm=1` makes a change though active links or published workflows break by it."""

    confirm: bool = False


async def refuse_breaking(
    services: Services, caller: Caller, changed: tuple[str, str], after: object | None
) -> LinkTotals | None:
    """Raise WouldBreakLinks if a record (kind and id) breaks a link by becoming `after` (None: deleted).

    WouldBreakWorkflows, a WouldBreakLinks, if it breaks published workflows. Returns the totals of links at
    the moment of counting, or None if no page loses an event type. The script that writes the change compares
    the totals, because a link may be created meanwhile. A workflow that is published meanwhile is not seen:
    its steps fail with their cause.
    """
    broken = await _losing_pages(services, caller, {changed: after})
    is_lost = after is None or changed[0] == "user"
    workflows = await workflows_that(
        caller.snapshot,
        lambda body: needs_links(body, broken) or (is_lost and needs_record(body, *changed)),
    )
    if not broken:
        if workflows:
            raise WouldBreakWorkflows(workflows, 0, MOST)
        return None
    totals, found = await read_link_totals(services.store, caller.workspace), 0
    for page, is_broken in broken.items():
        if found < MOST:
            found += await count_links(
                services.store, caller.workspace, page, is_broken, now=services.now(), most=MOST - found
            )
    if workflows:
        raise WouldBreakWorkflows(workflows, found, MOST)
    if found:
        raise WouldBreakLinks(found, MOST)
    return totals


async def _losing_pages(
    services: Services, caller: Caller, changes: Mapping[tuple[str, str], object | None]
) -> dict[str, _IsBroken]:
    """The pages whose links would break, some or all, with a test for the event type of one link."""
    pages = [page.id for kind in PAGE_KINDS for page in await all_stored(services, caller, kind)]
    before = await read_targets(caller.snapshot, pages)
    after = await read_targets(_Changed(caller.snapshot, changes), pages)
    found = {page: _breaks(before[page], after[page]) for page in pages}
    return {page: is_broken for page, is_broken in found.items() if is_broken is not None}


class _Changed:
    """The configuration as it would be after the changes."""

    def __init__(self, snapshot: Snapshot, changes: Mapping[tuple[str, str], object | None]) -> None:
        self._snapshot = snapshot
        self._changes = {field_of(*changed): record for changed, record in changes.items()}

    def find(self, kind: str, record_id: str) -> Any:
        field = field_of(kind, record_id)
        return self._changes[field] if field in self._changes else self._snapshot.find(kind, record_id)

    def is_there(self, kind: str, record_id: str) -> bool:
        return field_of(kind, record_id) in self._changes or self._snapshot.is_there(kind, record_id)

    async def load(self, *wanted: tuple[str, str]) -> list[Any]:
        await self._snapshot.load(*wanted)
        return [self.find(*one) for one in wanted]


def _breaks(before: Target | None, after: Target | None) -> _IsBroken | None:
    """A test whether a link breaks, given its event type (None: any); None if no link breaks."""
    had, has = _offered(before), _offered(after)
    if had <= has:
        return None
    return lambda event_type: not has if event_type is None else event_type in had - has


def _offered(target: Target | None) -> set[str]:
    if target is None or not target.is_one_time:
        return set()
    return {event_type.id for event_type in target.offered()}
