"""Refusals about contacts."""

from __future__ import annotations

from admitone.domain.errors.refusal import Kind, Refusal
from admitone.texts.message import message


class ContactExists(Refusal):
    """Another contact of the workspace has this address."""

    code = "contact-exists"
    kind = Kind.CONFLICT
    sentence = message("Another contact has this email address.")
