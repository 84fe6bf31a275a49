"""Admit One: one-time booking links for Gmail, self-hosted."""

from importlib.metadata import version

__version__ = version("admitone")
