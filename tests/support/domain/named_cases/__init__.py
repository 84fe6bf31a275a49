"""Cases that scheduling software is known to get wrong, by what they are about."""

from __future__ import annotations

from tests.support.domain.named_cases.clock_changes import CLOCK_CHANGES
from tests.support.domain.named_cases.settings import SETTINGS
from tests.support.domain.named_cases.windows import WINDOWS

NAMED = [*CLOCK_CHANGES, *WINDOWS, *SETTINGS]
