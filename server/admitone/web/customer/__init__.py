"""The pages that customers see."""

from admitone.web.customer import (
    cancel,
    erase,
    manage,
    media,
    privacy,
    reschedule,
    resend,
    static,
    unsubscribe,
    visit,
)

__all__ = [
    "cancel",
    "erase",
    "manage",
    "media",
    "privacy",
    "reschedule",
    "resend",
    "static",
    "unsubscribe",
    "visit",
]
