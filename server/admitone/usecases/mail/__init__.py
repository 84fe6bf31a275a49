"""Mails: what they say, to whom they go, and by which way."""
