"""The typed key of the application's state."""

from __future__ import annotations

from aiohttp import web

from admitone.fakegoogle.state import State

STATE = web.AppKey("STATE", State)
