"""Schema 5: contacts, workflows, their versions, triggers and hooks, runs, and the events about them exist.

Data of before need no change. The number keeps earlier versions away from data that have these: they know
none of the records, and would stop the work at an event that they cannot read.
"""

from __future__ import annotations

from admitone.store.migrations.migration import Migration

TO_SCHEMA_5 = Migration(5)
