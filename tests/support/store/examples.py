"""Hypothesis on a store: how many examples, and what it must not mind."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings


def examples(count: int, **more: Any) -> settings:
    """`count` examples of a test that shares one Redis among them and so must empty it itself."""
    return settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        **more,
    )
