"""Filters of a list for which its form has no field: reports and programs lead to them by the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from admitone.texts.message import message
from admitone.usecases.reports.labels import labels
from admitone.web.dashboard.room import with_query
from admitone.web.http.appkeys import CALLER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from admitone.domain.reports.figures import Dimension

TITLES: Mapping[Dimension, str] = {
    "event_type": message("Event type"),
    "channel": message("Channel"),
    "domain": message("Domain"),
}


class OnlyFilter(msgspec.Struct, frozen=True):
    """A filter in the address; `title` and `label` are for people, `without` is the address without it."""

    name: str
    value: str
    title: str
    label: str
    without: str


async def only_filters(request: web.Request, *names: Dimension) -> list[OnlyFilter]:
    """Those of the filters `names` that the address has."""
    given = {name: value for name in names if (value := request.query.get(name))}
    return [
        OnlyFilter(
            name=name,
            value=value,
            title=TITLES[name],
            label=(await labels(request[CALLER].snapshot, name, [value]))[value],
            without=with_query(request, **{name: None}, cursor=None),
        )
        for name, value in given.items()
    ]
