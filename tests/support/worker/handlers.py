"""Handlers of some jobs; every other job is ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services


class IgnoringOtherJobs(dict[str, Any]):
    """Handlers by the names of their jobs; the handler of any other name does nothing."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Any:
        async def nothing(_: Services, __: Job) -> None:
            return

        return nothing
