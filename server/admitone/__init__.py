"""Admit One: one-time booking links for Gmail, self-hosted."""
