"""What lists of people and their columns are called."""

from __future__ import annotations

from admitone.domain.imports.file_columns import IGNORED
from admitone.texts.message import message

STATES = {
    "uploaded": message("Columns to choose"),
    "checking": message("Being checked"),
    "checked": message("Ready"),
    "importing": message("Links are being made"),
    "imported": message("Links are made"),
    "cancelled": message("Discarded"),
    "failed": message("Not finished"),
    "expired": message("Expired"),
}
"""By the state of an import; `expired` is one whose list is gone."""
TARGETS = (
    (IGNORED, message("Do not use")),
    ("email", message("Email address")),
    ("name", message("First and last name")),
    ("first_name", message("First name")),
    ("last_name", message("Last name")),
    ("note", message("Note for the link")),
)
"""What a column can become."""
