from __future__ import annotations

import pytest

from admitone.google.endpoints import google_endpoints


def test_google_itself_by_default() -> None:
    endpoints = google_endpoints(None)
    assert endpoints.authorization == "https://accounts.google.com/o/oauth2/v2/auth"
    assert endpoints.token == "https://oauth2.googleapis.com/token"
    assert endpoints.revocation == "https://oauth2.googleapis.com/revoke"
    assert endpoints.certificates == "https://www.googleapis.com/oauth2/v1/certs"
    assert endpoints.root is None


@pytest.mark.parametrize("endpoint", ["http://127.0.0.1:8081", "http://127.0.0.1:8081/"])
def test_another_server_takes_the_place_of_every_host(endpoint: str) -> None:
    endpoints = google_endpoints(endpoint)
    assert endpoints.authorization == "http://127.0.0.1:8081/o/oauth2/v2/auth"
    assert endpoints.token == "http://127.0.0.1:8081/token"
    assert endpoints.revocation == "http://127.0.0.1:8081/revoke"
    assert endpoints.certificates == "http://127.0.0.1:8081/oauth2/v1/certs"
    assert endpoints.root == "http://127.0.0.1:8081/"
