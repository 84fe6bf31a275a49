"""Schema 8: changes of a user's occupied time are counted, since servers remember what follows from it.

Nothing in the data changes. Earlier versions would book without counting.
"""

from __future__ import annotations

from typing import Final

from admitone.store.migrations.migration import Migration

TO_SCHEMA_8: Final = Migration(8)
