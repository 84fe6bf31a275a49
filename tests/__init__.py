"""The tests. What they import lives as long as the run: `tests.conftest` turns collections on again."""

import gc

gc.disable()
