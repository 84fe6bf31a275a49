"""What a workspace of an earlier schema holds, and the addresses under which it is read."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from admitone.web.dashboard.help.guides import GUIDES
from admitone.web.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LINKS = {
    "plain": "active",
    "personalised": "active",
    "revoked": "revoked",
    "expired": "expired",
    "booked": "booked",
    "kept": "booked",
    "reactivated": "active",
    "again": "booked",
}
BOOKINGS = {
    "scheduled": "scheduled",
    "rescheduled": "rescheduled",
    "cancelled": "cancelled",
    "no_show": "no_show",
    "completed": "completed",
    "of_link": "scheduled",
    "of_kept": "cancelled",
    "of_again": "cancelled",
    "of_again_again": "scheduled",
    "of_reactivated": "cancelled",
    "asked": "cancelled",
    "reassigned": "scheduled",
}
SLUGS = ("ada-admin", "max-member", "team-talk", "any-talk")
RECORDS = {
    "event-types": ("event_type",),
    "booking-pages": ("page",),
    "pages": ("page",),
    "pools": ("pool",),
    "master-pages": ("master", "static"),
    "webhooks": ("webhook",),
    "workflows": ("workflow",),
    "contacts": ("contact",),
    "import": ("import",),
    "many": ("list_of_people",),
    "runs": ("run",),
    "erasures": ("erasure",),
    "users": ("admin", "member"),
}
"""The records that `{id}` stands for, by the part of the path before it."""
DAYS = "?from=2026-11-26&to=2026-11-27"


def read_addresses(names: Mapping[str, str], prefix: str) -> Iterator[str]:
    """Every address that begins with `prefix` and reads something, with the records of the workspace.

    A stream is left out: its answer has no end.
    """
    for route in ROUTES:
        if route.method == "GET" and route.path.startswith(prefix) and not route.path.endswith("/stream"):
            yield from _addresses(route.path, names)


def _addresses(path: str, names: Mapping[str, str]) -> Iterator[str]:
    parameters = re.findall(r"\{(\w+)(?::[^}]*)?\}", path)
    pattern = re.sub(r"\{(\w+)(?::[^}]*)?\}", r"{\1}", path)
    found = [_values(parameter, path, names) for parameter in parameters]
    for values in product(*found):
        address = pattern.format(**dict(zip(parameters, values, strict=True)))
        yield address + _query(path, names)


def _query(path: str, names: Mapping[str, str]) -> str:
    if not path.endswith("/slots"):
        return ""
    return DAYS if "/manage/" in path else f"{DAYS}&event_type={names['event_type']}"


def _values(parameter: str, path: str, names: Mapping[str, str]) -> list[str]:
    if parameter == "id":
        kinds = RECORDS[path.partition("/{id}")[0].rpartition("/")[2]]
        return [names[kind] for kind in kinds if kind in names]  # an earlier schema has fewer kinds
    codes = [names[f"code_of_{name}"] for name in LINKS]
    return {
        "code": codes if path.startswith("/.") else [*codes, *SLUGS],
        "slug": list(SLUGS),
        "token": [names[f"token_of_{name}"] for name in BOOKINGS],
        "link": [names[f"link_{name}"] for name in LINKS],
        "booking": [names[f"booking_{name}"] for name in BOOKINGS],
        "guide": list(GUIDES),
        "kind": ["confirmation", "reminder"],
        "step": ["tag"],
        "run": [names["run"]] if "run" in names else [],
        "enrolment": [names["enrolment"]] if "enrolment" in names else [],
        "mail": ["confirmation"] if path.startswith("/api") else [names["mail"]],
    }[parameter]
