"""Every problem that a test meets must be one that the documentation lists for the call."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from admitone.web.openapi.operation import api_call
from admitone.web.openapi.problem_list import problems_of
from admitone.web.routes import ROUTES


def refuse_unlisted(method: str, path: str, answered: Any) -> None:
    """Fail if `answered` is a problem that its call does not list; other answers pass.

    Addresses that are not calls of the API, and the dashboard's `csrf`, are not listed anywhere.
    """
    if not isinstance(answered, dict) or not str(answered.get("type", "")).startswith("/problems/"):
        return
    code = answered["type"].removeprefix("/problems/")
    for pattern, problems in _calls(method):
        if pattern.fullmatch(f"/api/v1{path}"):
            assert code in problems, f"{method} {path} answers {code}; name it in the handler's `refuses`"
            return


@cache
def _calls(method: str) -> list[tuple[re.Pattern[str], frozenset[str]]]:
    """What each call of a method may answer; fixed paths first, since `{id}` fits them too."""
    found = [
        (re.compile(re.sub(r"\{\w+\}", "[^/]+", route.path)), frozenset(problems_of(route, call)))
        for route in ROUTES
        if route.method == method and (call := api_call(route.handler))
    ]
    return sorted(found, key=lambda one: "[^/]+" in one[0].pattern)
