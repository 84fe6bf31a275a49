"""Our addresses of one word are not general links, whatever method they are asked with."""

from __future__ import annotations

import pytest

from admitone.web.routes import ROUTES
from tests.support.web.clients import client_of


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/dashboard"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
async def test_another_method_is_refused_and_those_there_are_named(path: str, method: str) -> None:
    async with client_of(*ROUTES) as client, client.request(method, path) as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "GET,HEAD"
