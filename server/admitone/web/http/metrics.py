"""Figures for Prometheus: requests and their time, the store, the outbox, the worker, mails."""

from __future__ import annotations

from functools import partial
from math import nan
from typing import TYPE_CHECKING

import msgspec
from prometheus_client import CollectorRegistry, Counter, Gauge

from admitone.domain.workflows.figures import RESULTS
from admitone.web.http.request_figures import RequestFigures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from admitone.domain.workflows.figures import RunCounts
    from admitone.mail.transport import MailCounts
    from admitone.store.outbox.outbox_figures import OutboxFigures
    from admitone.store.redis.cluster.router import Router
    from admitone.store.redis.lines import Lines
    from admitone.store.redis.memory_figures import MemoryFigures

OUTBOX = (
    ("waiting", "Events and jobs in the outbox that nobody has finished."),
    ("delayed", "Jobs that are tried again later, and timers."),
    ("parked", "Jobs that failed for good and wait for an administrator."),
    ("retried", "How often a job could not be done yet, by any worker, since the data began."),
    ("oldest_seconds", "The age of what has waited in the outbox for longest."),
)
"""The gauges of `OutboxFigures`, in the order of its fields."""
MEMORY = (
    ("used", "Bytes of memory that Redis uses."),
    ("max", "Bytes of memory at which Redis refuses writes, its `maxmemory`; 0 for no limit."),
)
"""The gauges of `MemoryFigures`, in the order of its fields."""
SAVES = "1 while Redis writes to its disk, 0 after a write or a dump has failed."
OUTCOMES = ("planned", "done", "retried", "parked", "taken_over")


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        self.own = CollectorRegistry()
        """The figures of this process."""
        self.shared = CollectorRegistry()
        """Figures of the data, the same in each process; read when they are asked for."""
        self.requests = RequestFigures()
        self.own.register(self.requests)
        self._limits = Counter(
            "admitone_connection_limits_reached",
            "Connections that were closed because there were too many, or because no request came.",
            ["limit"],
            registry=self.own,
        )
        self._outbox = [
            Gauge(f"admitone_jobs_{name}", help_text, registry=self.shared) for name, help_text in OUTBOX
        ]
        self._memory = [
            Gauge(f"admitone_redis_memory_{name}_bytes", help_text, registry=self.shared)
            for name, help_text in MEMORY
        ]
        self._up = Gauge("admitone_redis_up", "1 while Redis answers, else 0.", registry=self.shared)
        self._saves = Gauge("admitone_redis_saves", SAVES, registry=self.shared)

    def count_limit(self, limit: str) -> None:
        """Count a connection that a limit ended or refused."""
        self._limits.labels(limit).inc()

    def show_outbox(self, figures: OutboxFigures | None) -> None:
        """Show the outbox's figures; None if they could not be read."""
        _show(self._outbox, figures)

    def show_redis(self, memory: MemoryFigures | None, *, saves: bool | None) -> None:
        """Show how full Redis is and whether it writes to its disk; None if Redis does not answer."""
        _show(self._memory, memory)
        self._up.set(memory is not None)
        self._saves.set(nan if saves is None else saves)

    def watch_worker(self, counts: Mapping[str, int]) -> None:
        """Show the outcomes of the entries that this process's own worker took."""
        outcomes = Gauge(
            "admitone_worker_entries",
            "Entries of the outbox that the worker in this process has dealt with since the start.",
            ["outcome"],
            registry=self.own,
        )
        for outcome in OUTCOMES:
            outcomes.labels(outcome).set_function(partial(counts.__getitem__, outcome))

    def watch_runs(self, counts: RunCounts) -> None:
        """Show what became of runs of workflows in this process."""
        runs = Gauge(
            "admitone_workflow_runs",
            "Runs of workflows that this process has begun, ended or seen fail since the start.",
            ["result"],
            registry=self.own,
        )
        for result in RESULTS:
            runs.labels(result).set_function(partial(counts.__getitem__, result))

    def watch_grants(self, counts: Mapping[str, int]) -> None:
        """Show how many Google accounts this process has found disconnected."""
        Gauge(
            "admitone_google_grants_revoked",
            "Users whose Google grant this process has found revoked since the start.",
            registry=self.own,
        ).set_function(partial(counts.__getitem__, "revoked"))

    def watch_mail(self, counts: MailCounts) -> None:
        """Show the mails that this process sent."""
        sent = Gauge(
            "admitone_mails_sent",
            "Mails that this process has sent, or kept, since the start.",
            ["way"],
            registry=self.own,
        )
        for way in counts.sent:
            sent.labels(way).set_function(partial(counts.sent.__getitem__, way))
        for name, help_text, read in (
            (
                "admitone_mails_refused",
                "Attempts of this process at which the mail server refused a mail, or did not answer.",
                lambda: counts.refused,
            ),
            (
                "admitone_mails_repeated",
                "Mails that this process sent again after an attempt whose outcome nobody knows.",
                lambda: counts.repeats,
            ),
            (
                "admitone_mails_built_in",
                "Mails that this process sent in the built-in words, as the workspace's template failed.",
                lambda: counts.fallbacks,
            ),
            (
                "admitone_mails_held",
                "Mails that this process held because a budget was used up.",
                lambda: counts.held,
            ),
            (
                "admitone_mails_superseded",
                "Held mails that this process dropped for a later mail about the same booking.",
                lambda: counts.superseded,
            ),
            (
                "admitone_mails_lapsed",
                "Held mails that this process gave up after a day.",
                lambda: counts.lapsed,
            ),
            (
                "admitone_invitations_withheld",
                "Changes of calendar events of which guests were not told, as a budget was used up.",
                lambda: counts.untold,
            ),
        ):
            Gauge(name, help_text, registry=self.own).set_function(read)

    def watch_store(self, lines: Lines | Router) -> None:
        """Show the store's round trips so far, how many requests wait, and whether replicas are behind."""
        for name, help_text, read in (
            ("admitone_redis_trips", "Round trips to Redis since the start.", lambda: lines.trips),
            (
                "admitone_redis_waiting",
                "Requests that wait for the next round trip.",
                lambda: lines.waiting,
            ),
            (
                "admitone_redis_replicas_behind",
                "1 while writes are not acknowledged because too few replicas have them, else 0.",
                lambda: lines.is_behind,
            ),
        ):
            Gauge(name, help_text, registry=self.own).set_function(read)


def _show(gauges: Sequence[Gauge], figures: msgspec.Struct | None) -> None:
    """Set each gauge to the field in its place, or to NaN without figures."""
    values = msgspec.structs.astuple(figures) if figures else (nan,) * len(gauges)
    for gauge, value in zip(gauges, values, strict=True):
        gauge.set(value)
