"""The pages that customers see."""

from admitone.web.customer import cancel, manage, reschedule, resend, static, visit

__all__ = ["cancel", "manage", "reschedule", "resend", "static", "visit"]
