"""Webhooks: their records, and the delivery of messages."""
