"""The typed key under which the application carries its state."""

from __future__ import annotations

from aiohttp import web

from admitone.fakegoogle.state import State

STATE = web.AppKey("STATE", State)
