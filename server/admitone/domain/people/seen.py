"""Where a session or an app was last used: a network address, and the browser in a few words."""

from __future__ import annotations

import msgspec

from admitone.texts.message import message

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
"""A part of the User-Agent header and the browser's name; most browsers also name those after them."""
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)

_ON = " on "


class Seen(msgspec.Struct, frozen=True):
    """An IP address, and a text such as "Firefox on Linux"; both are empty if they are not known."""

    address: str = ""
    device: str = ""

    @property
    def said_device(self) -> str:
        """The device as a message, so that it can be said in other languages."""
        browser, on, system = self.device.partition(_ON)
        return message("%(browser)s on %(system)s", browser=browser, system=system) if on else self.device


def device_of(user_agent: str) -> str:
    """The browser and system that a User-Agent header names; empty if it names none that we know."""
    browser = next((name for part, name in _BROWSERS if part in user_agent), "")
    system = next((name for part, name in _SYSTEMS if part in user_agent), "")
    return _ON.join(name for name in (browser, system) if name)
