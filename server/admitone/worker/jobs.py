"""Every job by its name: the use case that does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from admitone.domain.job import Job
from admitone.usecases.services import Services

Handler = Callable[[Services, Job], Awaitable[None]]

JOBS: Mapping[str, Handler] = {}
