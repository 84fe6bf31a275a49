"""Schema 7: what has a default is new in stored records, which stay as they are."""

from __future__ import annotations

from typing import Final

from admitone.store.migrations.migration import Migration

TO_SCHEMA_7: Final = Migration(7)
