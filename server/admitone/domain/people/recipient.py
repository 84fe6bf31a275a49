"""Recipients: the spellings of an email address that lead to the same mailbox count as one recipient."""

from __future__ import annotations

GMAIL = frozenset({"gmail.com", "googlemail.com"})
"""Domains of Gmail, which ignores dots before the @ (https://support.google.com/mail/answer/7436150)."""


def recipient_key(email: str) -> str:
    """The address by which the budgets of a recipient are counted; it is for comparing, not for sending.

    It is casefolded, without a `+tag`, and for Gmail without dots and with one of its two domains.
    """
    local, _, domain = email.casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in GMAIL:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"
