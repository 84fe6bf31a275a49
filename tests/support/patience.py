"""How long tests wait for a condition; no test waits for a fixed time."""

from __future__ import annotations

from typing import Final

PATIENCE: Final = 120
"""Seconds after which a test gives up. It is long, since the machine may be busy."""
PATIENCE_MS: Final = PATIENCE * 1000
"""The same in milliseconds, as browsers are told."""
