"""The pages that customers see."""

from admitone.web.customer import cancel, erase, manage, reschedule, resend, static, visit

__all__ = ["cancel", "erase", "manage", "reschedule", "resend", "static", "visit"]
