"""Schema 8: each change of a user's occupied time is counted, from which servers know what they remember of it.

Nothing in the data changes. Earlier versions would book without counting.
"""

from __future__ import annotations

from typing import Final

from admitone.store.migrations.migration import Migration

TO_SCHEMA_8: Final = Migration(8)
