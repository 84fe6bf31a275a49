"""Every migration, in the order of schema numbers; the last one leads to the present schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from admitone.store.migrations.schema_2 import TO_SCHEMA_2
from admitone.store.migrations.schema_3 import TO_SCHEMA_3
from admitone.store.migrations.schema_4 import TO_SCHEMA_4
from admitone.store.migrations.schema_5 import TO_SCHEMA_5
from admitone.store.migrations.schema_6 import TO_SCHEMA_6
from admitone.store.migrations.schema_7 import TO_SCHEMA_7
from admitone.store.migrations.schema_8 import TO_SCHEMA_8
from admitone.store.migrations.schema_9 import TO_SCHEMA_9

if TYPE_CHECKING:
    from collections.abc import Sequence

    from admitone.store.migrations.migration import Migration

MIGRATIONS: Sequence[Migration] = (
    TO_SCHEMA_2,
    TO_SCHEMA_3,
    TO_SCHEMA_4,
    TO_SCHEMA_5,
    TO_SCHEMA_6,
    TO_SCHEMA_7,
    TO_SCHEMA_8,
    TO_SCHEMA_9,
)
