"""Errors of sending a mail."""

from __future__ import annotations


class MailNotSent(Exception):  # noqa: N818 - the name says what happened
    """The mail was certainly not sent. `reason` contains no address; `is_final`: a retry would not help."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        self.reason = reason
        self.is_final = is_final
        super().__init__(reason)


class MailOutcomeUnknown(Exception):  # noqa: N818
    """The mail was handed over and no answer came: it may have been sent. `reason` contains no address."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
