"""The typed keys of the application's state."""

from __future__ import annotations

import aiohttp
from aiohttp import web

from admitone.fakegoogle.addon.draft import Deployment, OpenDraft
from admitone.fakegoogle.state import State

ADDON = web.AppKey("ADDON", Deployment)
"""The add-on that is installed in Gmail; missing if there is none."""
DRAFTS = web.AppKey("DRAFTS", dict[str, OpenDraft])
HTTP = web.AppKey("HTTP", aiohttp.ClientSession)
STATE = web.AppKey("STATE", State)
