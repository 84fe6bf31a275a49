"""Schema 3. Users, sessions, grants and API keys have an epoch; it is 0 in data of before."""

from __future__ import annotations

from admitone.store.migrations.migration import Migration

TO_SCHEMA_3 = Migration(3)
