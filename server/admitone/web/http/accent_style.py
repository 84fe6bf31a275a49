"""The style sheet of a workspace's own colour. Its name holds the colour, but not the workspace."""

from __future__ import annotations

from functools import lru_cache

from admitone.domain.pages.accent import DARK, LIGHT, Shades, is_accent, shades

_PREFIX = "accent/"
_SUFFIX = ".css"


def accent_name(accent: str) -> str:
    """The name of the style sheet for `#rrggbb`, in the namespace of the static files."""
    return f"{_PREFIX}{accent[1:].lower()}{_SUFFIX}"


@lru_cache(maxsize=256)
def accent_style(name: str) -> bytes | None:
    """The style sheet of that name, to load after tokens.css; None if the name does not hold a colour."""
    accent = "#" + name.removeprefix(_PREFIX).removesuffix(_SUFFIX)
    if not is_accent(accent) or accent_name(accent) != name:
        return None
    light, dark = _rules(shades(accent, LIGHT)), _rules(shades(accent, DARK))
    return (
        f":root {{ {light} }}\n"
        f'@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {dark} }} }}\n'
        f':root[data-theme="dark"] {{ {dark} }}\n'
    ).encode()


def _rules(found: Shades) -> str:
    return f"--accent: {found.accent}; --accent-soft: {found.soft}; --on-accent: {found.on_accent};"
