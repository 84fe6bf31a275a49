"""The options of the list of time zones. There are hundreds, so the HTML is cached for each chosen zone."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup

from admitone.domain.availability.zone_list import zone_list

_GROUP = Markup('<optgroup label="{}">{}</optgroup>')
_OPTION = Markup('<option value="{}">{}')
_CHOSEN = Markup('<option value="{}" selected>{}')


@lru_cache(maxsize=64)
def zone_options(chosen: str) -> Markup:
    """The options for a `select`, with `chosen` selected."""
    return Markup("\n").join(
        _GROUP.format(
            area,
            Markup("").join(
                (_CHOSEN if name == chosen else _OPTION).format(name, city) for name, city in names
            ),
        )
        for area, names in zone_list(chosen)
    )
