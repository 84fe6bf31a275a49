"""How long tests wait for what is bound to happen: tests wait for conditions, never for moments."""

from __future__ import annotations

from typing import Final

PATIENCE: Final = 120
"""Seconds after which it will not happen any more. Long, for a machine may have other things to do."""
PATIENCE_MS: Final = PATIENCE * 1000
"""The same in milliseconds, as browsers are told."""
