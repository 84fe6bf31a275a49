"""What can go wrong when a mail is handed over."""

from __future__ import annotations


class MailNotSent(Exception):  # noqa: N818 - what happened, as the caller puts it
    """Nobody has the mail; `reason` names no address. `is_final`: to try again would not help."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        self.reason = reason
        self.is_final = is_final
        super().__init__(reason)


class MailOutcomeUnknown(Exception):  # noqa: N818
    """The mail was handed over and no answer came: it may have been sent. `reason` names no address."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)
