"""The same content script in Firefox: a link is inserted, and undo takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accounts.browser import ADA
from tests.support.extension.browser import GMAIL, SERVER, new_listener
from tests.support.extension.firefox import FIREFOX, NODE, connect_proxy, run_firefox, unpack_signed_in
from tests.support.extension.gmail import serving_gmail
from tests.support.extension.people import a_person
from tests.support.extension.tls_proxy import tls_proxy

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.accounts.site import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (FIREFOX and NODE), reason="Firefox or Node is not installed"),
]


async def test_a_link_is_inserted_and_undone_in_firefox(
    site: Site, certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    admin = await a_person(site, ADA, "Ada Keller", "administrator")
    await admin.new_page(title="Meet Ada", slug="meet-ada")
    await unpack_signed_in(tmp_path, admin)
    with new_listener() as gmail, new_listener() as server:
        ports = {GMAIL: gmail.getsockname()[1], SERVER: server.getsockname()[1]}
        async with (
            serving_gmail(gmail, certificate),
            tls_proxy(server, certificate, site.address),
            connect_proxy(ports) as port,
        ):
            seen = await run_firefox(
                extension=str(tmp_path), proxy=port, button="Insert one-time link", word="brave"
            )
    later, link = (await admin.api.get("/links")).items
    anchor = f'<div>Hello brave <a href="{link["url"]}">Meet Ada</a>'
    assert seen["inserted"].replace("&nbsp;", " ") == f"{anchor} world</div>", seen
    assert seen["typed"].replace("&nbsp;", " ") == f"{anchor}Bye world</div>", seen
    assert seen["undone"][-1] == seen["before"], seen
    assert f'<a href="{later["url"]}">Meet Ada</a>' in seen["byPanel"], seen
    assert (seen["isPanelOpen"], seen["errors"]) == (False, [])
