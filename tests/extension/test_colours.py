"""The extension has the server's colours, although it is shipped apart from the server."""

from __future__ import annotations

import re

from tests.support.extension.browser import ROOT

TOKENS = ROOT / "extension/shared/tokens.css"
PANEL = ROOT / "extension/gmail/panel/panel.css"
SYSTEM_COLOURS = {"Canvas", "CanvasText", "ButtonText", "Highlight", "HighlightText"}
PANEL_ONLY = {"back"}  # the shadow behind the panel


def test_our_pages_have_the_servers_colours() -> None:
    assert TOKENS.read_bytes() == (ROOT / "server/admitone/web/static/tokens.css").read_bytes()


def test_the_panel_has_the_colours_of_our_pages() -> None:
    light, dark, forced = (
        dict(re.findall(r"--([\w-]+): ([^;]+);", block))
        for block in re.findall(r"dialog(?:\[data-theme\S*\])? \{([^}]*--card[^}]*)\}", PANEL.read_text())
    )
    assert light.keys() == dark.keys() == forced.keys()
    assert set(forced.values()) <= SYSTEM_COLOURS
    for theme, colours in (("", light), ('[data-theme="dark"]', dark)):
        block = re.search(rf"^:root{re.escape(theme)} \{{([^}}]*)\}}", TOKENS.read_text(), re.MULTILINE)
        assert block, theme
        tokens = dict(re.findall(r"--([\w-]+): ([^;]+);", block[1]))
        for name in colours.keys() - PANEL_ONLY:
            assert colours[name] == tokens[name], (theme, name)
