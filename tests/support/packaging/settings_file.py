"""`deploy/settings.env`: every setting with its meaning, to be copied and filled in.

`python -m tests.support.packaging.settings_file` writes it again.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from admitone.config import Config

FILE = Path(__file__).parents[3] / "deploy" / "settings.env"
_HEAD = """\
# All settings of Admit One, for compose.yaml and for systemd. A line without `#` sets one; write a value
# that has blanks or a `$` in single quotes. A secret may be in a file of its own: NAME_FILE=/path. Nobody
# but the administrator may read this file.
"""


def settings_file() -> str:
    """The text, derived from the declarations."""
    parts = [_HEAD]
    for setting in Config({}).declared():
        meaning = f"{setting.doc} Default: {setting.default_doc or 'none'}."
        lines = textwrap.wrap(meaning, 116, break_long_words=False, break_on_hyphens=False)
        default = setting.default if isinstance(setting.default, str) else ""
        parts.append("\n".join([*(f"# {line}" for line in lines), f"#{setting.name}={default}", ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(settings_file())
