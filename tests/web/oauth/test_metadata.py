"""GET /.well-known/oauth-authorization-server (RFC 8414)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yarl import URL

from admitone.web.routes import ROUTES
from tests.support.api.deployment import PUBLIC_URL

if TYPE_CHECKING:
    from tests.support.oauth.app import App


async def test_the_metadata_say_what_the_server_does(app: App) -> None:
    url = URL(f"{app.deployment.url}/.well-known/oauth-authorization-server")
    reply = await app.call("GET", url)
    assert reply.status == 200
    assert reply.headers["Content-Type"] == "application/json"
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    paths = {route.path for route in ROUTES}
    for name in ("authorization_endpoint", "token_endpoint", "revocation_endpoint"):
        assert reply.body.pop(name).removeprefix(PUBLIC_URL) in paths
    assert reply.body == {
        "issuer": PUBLIC_URL,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["none"],
        "revocation_endpoint_auth_methods_supported": ["none"],
        "authorization_response_iss_parameter_supported": True,
        "admitone_extension_interfaces": {"oldest": 1, "newest": 2},
    }
