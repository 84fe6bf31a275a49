"""Handlers of some jobs; whatever else follows from an event is left undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from admitone.domain.jobs.job import Job
    from admitone.usecases.shared.services import Services


class IgnoringOtherJobs(dict[str, Any]):
    """Handlers by the names of their jobs, of which any other has one that does nothing."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Any:
        async def nothing(_: Services, __: Job) -> None:
            return

        return nothing
