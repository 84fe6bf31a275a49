"""What imports and their columns are called."""

from __future__ import annotations

from admitone.domain.imports.file_columns import FIELD, IGNORED
from admitone.texts.message import message

STATES = {
    "uploaded": message("Columns to choose"),
    "checking": message("Being checked"),
    "checked": message("Ready to import"),
    "importing": message("Being imported"),
    "imported": message("Imported"),
    "cancelled": message("Stopped"),
    "failed": message("Not finished"),
    "expired": message("Expired"),
}
"""By the state of an import; `expired` is one whose file is gone."""
TARGETS = (
    (IGNORED, message("Do not import")),
    ("email", message("Email address")),
    ("first_name", message("First name")),
    ("last_name", message("Last name")),
    ("name", message("First and last name")),
    ("phone", message("Phone")),
    ("timezone", message("Time zone")),
    ("locale", message("Language")),
    ("tags", message("Tags")),
    (FIELD, message("Custom field")),
)
"""What a column can become."""
