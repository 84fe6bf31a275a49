"""The pages that customers see."""

from admitone.web.customer import cancel, manage, media, reschedule, resend, static, visit

__all__ = ["cancel", "manage", "media", "reschedule", "resend", "static", "visit"]
