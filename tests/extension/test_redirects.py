"""A server that redirects the worker to another origin: no token and no person's data arrive there."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING

import pytest

from tests.support.extension.connections import CHUNK, serving
from tests.support.extension.sign_in import SEND, sign_in_with_google

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.support.accounts.site import Site
    from tests.support.extension.browser import Extension
    from tests.support.extension.gmail import OpenGmail
    from tests.support.extension.people import Person
    from tests.support.extension.tls_proxy import TlsProxy

pytestmark = pytest.mark.browser
OPEN_TO_ALL = (
    b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *, Authorization\r\n"
    b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
)


class Elsewhere:
    """Another server; `seen` is all that it was sent."""

    def __init__(self) -> None:
        self.address = ""
        self.seen = b""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Allow everything."""
        while chunk := await reader.read(CHUNK):
            self.seen += chunk
            writer.write(OPEN_TO_ALL)
            await writer.drain()


@pytest.fixture
async def elsewhere(certificate: tuple[Path, Path]) -> AsyncIterator[Elsewhere]:
    """The other server, which the browser trusts."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certificate)
    one = Elsewhere()
    async with serving(one.serve, host="127.0.0.1", port=0, ssl=tls) as server:
        one.address = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        yield one


async def test_a_renewal(extension: Extension, admin: Person, proxy: TlsProxy, elsewhere: Elsewhere) -> None:
    await admin.sign_in(extension)
    proxy.redirect("POST /oauth/token", elsewhere.address)
    assert (await extension.ask("pages"))["ok"]  # the second try is answered
    assert elsewhere.seen == b""


async def test_signing_in_and_out(
    extension: Extension, admin: Person, site: Site, proxy: TlsProxy, elsewhere: Elsewhere
) -> None:
    page = extension.own_page
    await page.evaluate(SEND, {"kind": "server.set", "address": site.origin})
    proxy.redirect("POST /oauth/token", elsewhere.address)
    assert (await sign_in_with_google(page, admin.name))["code"] == "unreachable"
    assert await page.evaluate(SEND, {"kind": "sign-in"}) == {"ok": True}
    proxy.redirect("POST /oauth/revoke", elsewhere.address)
    assert await extension.ask("sign-out") == {"ok": True}
    assert elsewhere.seen == b""


async def test_calls_of_the_api(
    extension: Extension, admin: Person, gmail: OpenGmail, proxy: TlsProxy, elsewhere: Elsewhere
) -> None:
    await admin.sign_in(extension)
    window = (await gmail()).page
    proxy.redirect("GET /api/v1/pages", elsewhere.address)
    [page] = (await extension.ask_from_gmail(window, "pages"))["pages"]
    proxy.redirect("POST /api/v1/links", elsewhere.address)
    person = {"name": "Carla", "email": "carla@customer.test"}
    link = await extension.ask_from_gmail(window, "link.create", page=page["id"], person=person)
    assert [each["id"] for each in (await admin.api.get("/links")).items] == [link["id"]]
    assert elsewhere.seen == b""
